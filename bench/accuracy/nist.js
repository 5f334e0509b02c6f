// Correct digits of mean and standard deviation on NIST's nine samples, and of F on its eleven sets for analysis of
// variance, against the exact value of the binary64 inputs.
import { existsSync, readFileSync } from "node:fs";
import { exactF, nistAnova } from "./anova.js";
import { unitsOff } from "./error.js";

/** Minus the decimal logarithm of the relative error; 17 stands for none that a double could have less of. */
const digits = (found, exact) => Math.min(17, -Math.log10(Math.abs(unitsOff(found, exact)) / 2 ** 52));

export function nistDigits(moments, notes) {
  const path = new URL("../../../shared/corpus/nist-univariate/nist-univariate.json", import.meta.url);
  if (!existsSync(path)) {
    notes.push("nist-univariate: not here");
    return [];
  }
  return JSON.parse(readFileSync(path, "utf8")).datasets.map(({ name, data, exact_binary64: exact, certified }) => {
    const { mean, standardDeviation } = moments(Float64Array.from(data, Number));
    return {
      name,
      mean: digits(mean, exact.mean),
      deviation: digits(standardDeviation, exact.std),
      certified: digits(standardDeviation, certified.std_n_minus_1),
    };
  });
}

/** Of F: against the exact value, against the certified one, and of the exact one against that, which is all one can have. */
export function anovaDigits(anovaTest, notes) {
  const sets = nistAnova();
  if (sets.length === 0) notes.push("nist-anova: not here");
  return sets.map(({ name, groups, certified }) => {
    const exact = exactF(groups);
    const { statistic } = anovaTest(groups);
    const [found, of, best] = [
      digits(statistic, exact),
      digits(statistic, certified),
      digits(Number(exact), certified),
    ];
    return { name, exact: found, certified: of, best };
  });
}

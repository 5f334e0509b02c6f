// Correct digits of mean and standard deviation on NIST's nine samples, against the exact value of the binary64 inputs.
import { existsSync, readFileSync } from "node:fs";
import { unitsOff } from "./error.js";

/** Minus the decimal logarithm of the relative error; 17 stands for none that a double could have less of. */
const digits = (found, exact) => Math.min(17, -Math.log10(Math.abs(unitsOff(found, exact)) / 2 ** 52));

export function nistDigits(moments, notes) {
  const path = new URL("../../../shared/corpus/nist-univariate/nist-univariate.json", import.meta.url);
  if (!existsSync(path)) {
    notes.push("nist-univariate: not here");
    return [];
  }
  notes.push("nist-anova: Smirnov has no analysis of variance");
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

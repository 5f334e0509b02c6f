/** Apache Commons' reference values of twelve families, where they are at hand. */
import * as distributions from "smirnov/distributions";
import { describe, expect, test } from "vitest";
import { fromCorpus, hasCorpus, table, Worst } from "./reference.js";

type Law = Record<string, (...args: number[]) => number>;
type Table = Record<string, string[]>;

const lawOf = (name: string) => (distributions as unknown as Record<string, Law>)[name]!;
const number = (text: string) => Number(text.replace(/inf$/i, "Infinity"));

const families: Record<string, [law: string, parameters?: (...given: number[]) => number[]]> = {
  beta: ["beta"],
  binomial: ["binomial"],
  chisquared: ["chiSquare"],
  exponential: ["exponential", (mean) => [1 / mean!]],
  f: ["fisherF"],
  gamma: ["gamma"],
  hypergeometric: ["hypergeometric"],
  lognormal: ["logNormal"],
  normal: ["normal"],
  poisson: ["poisson"],
  t: ["studentT"],
  uniformcontinuous: ["uniform"],
};
const methods: Record<string, string> = {
  pdf: "pdf",
  logpdf: "logPdf",
  pmf: "pmf",
  logpmf: "logPmf",
  cdf: "cdf",
  sf: "sf",
  icdf: "quantile",
  isf: "upperQuantile",
};

describe.skipIf(!hasCorpus("distributions-commons/distributions.json"))("Apache Commons' reference values", () => {
  test("agree in all 3 458 rows, as far as the references go: 120 units of 2^-52 at worst, 20 in all but 40", () => {
    const given = fromCorpus<{ distributions: Record<string, Table> }>("distributions-commons/distributions.json");
    let [compared, apart] = [0, 0];
    for (const [name, columns] of Object.entries(given.distributions)) {
      const [law, parameters] = families[name.split(".")[0]!]!;
      const values = columns.parameters!.map(number);
      const args = parameters ? parameters(...values) : values;
      for (const column of Object.keys(columns).filter((key) => key.endsWith("values"))) {
        const method = methods[column.split(".")[0]!]!;
        const points = columns[column.replace("values", "points")] ?? columns["cdf.points"]!;
        points.forEach((point, i) => {
          compared++;
          const actual = lawOf(law)[method]!(number(point), ...args);
          const expected = number(columns[column]![i]!);
          const label = `${name} ${column} at ${point}: ${actual} instead of ${expected}`;
          // what is 0, infinite or below the normal numbers there is so here
          if (!(Math.abs(expected) > 1e-300 && Number.isFinite(expected))) {
            expect(Math.abs(actual) <= 1e-300 ? 0 : actual, label).toBe(Math.abs(expected) <= 1e-300 ? 0 : expected);
            return;
          }
          const units = Math.abs(actual / expected - 1) / 2 ** -52;
          expect(units, label).toBeLessThan(120);
          if (units > 20) apart++;
        });
      }
    }
    expect(compared).toBe(3458);
    expect(apart).toBeLessThanOrEqual(40);
  });
});

describe("the rows furthest apart, computed anew", () => {
  test("are the reference's errors: mpmath at the same arguments is within 3 units", () => {
    const worst = new Worst();
    for (const [name, args, expected] of table<[string, number[], string][]>("commons-apart")) {
      const [law, method] = name.split(".");
      worst.see(lawOf(law!)[method!]!(...args), expected, name, args);
    }
    expect(worst.above(3)).toBe("");
  });
});

describe("every law", () => {
  const continuous = [
    "andersonDarling",
    "beta",
    "chiSquare",
    "cramerVonMises",
    "exponential",
    "fisherF",
    "gamma",
    "kolmogorov",
    "logNormal",
    "normal",
    "smirnovN",
    "studentT",
    "uniform",
  ];
  const discrete = ["binomial", "hypergeometric", "poisson"];
  const tails = ["cdf", "sf", "quantile", "upperQuantile"];

  test("has both tails and both quantiles, and a density or probabilities where they are simple", () => {
    for (const law of continuous) expect(Object.keys(lawOf(law)), law).toEqual(["pdf", "logPdf", ...tails]);
    for (const law of discrete) expect(Object.keys(lawOf(law)), law).toEqual(["pmf", "logPmf", ...tails]);
    for (const law of ["kolmogorovN", "kolmogorovTwoSample"]) expect(Object.keys(lawOf(law)), law).toEqual(tails);
    const objects = Object.entries(distributions).filter(([, value]) => typeof value === "object");
    expect(objects.map(([name]) => name).sort()).toEqual(
      [...continuous, ...discrete, "kolmogorovN", "kolmogorovTwoSample"].sort(),
    );
  });
});

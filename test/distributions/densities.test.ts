import fc from "fast-check";
import {
  andersonDarling,
  beta,
  chiSquare,
  cramerVonMises,
  exponential,
  fisherF,
  gamma,
  kolmogorov,
  logNormal,
  normal,
  smirnovN,
  studentT,
  uniform,
} from "smirnov/distributions";
import { describe, expect, test } from "vitest";
import { table, Worst } from "./reference.js";

type Law = Record<"pdf" | "logPdf" | "cdf" | "sf" | "quantile" | "upperQuantile", (...args: number[]) => number>;

const laws = { beta, chiSquare, exponential, fisherF, gamma, logNormal, normal, studentT } as unknown as Record<
  string,
  Law
>;
const limits: Record<string, Law> = { kolmogorov, andersonDarling, cramerVonMises };
const tables = table<Record<string, (number | string)[][]>>("densities");
const limitTables = table<Record<string, (number | string)[][]>>("limit-laws");

/** Largest error of a column; logarithms below 1 are judged in absolute terms, since they vanish where the density is 1. */
function worstOf(
  rows: (number | string)[][],
  law: (...args: number[]) => number,
  column: number,
  isLog = false,
): Worst {
  const worst = new Worst();
  for (const row of rows) {
    const args = row.slice(0, row.length + column < row.length - 2 ? column : -2) as number[];
    const expected = Number(row.at(column));
    const found = law(...args);
    if (isLog && Math.abs(expected) < 1) worst.see(1 + found - expected, 1, row);
    else worst.see(found, row.at(column)!, row);
  }
  return worst;
}

describe("densities against mpmath, in units of 2^-52", () => {
  test.each(Object.keys(laws))("%s stays within 2, its logarithm within 2.5", (name) => {
    expect(worstOf(tables[name]!, laws[name]!.pdf, -2).above(2)).toBe("");
    expect(worstOf(tables[name]!, laws[name]!.logPdf, -1, true).above(2.5)).toBe("");
  });

  test.each(Object.keys(limits))("the limit law %s stays within 4", (name) => {
    expect(worstOf(limitTables[`${name}Density`]!, limits[name]!.pdf, -2).above(4)).toBe("");
    expect(worstOf(limitTables[`${name}Density`]!, limits[name]!.logPdf, -1, true).above(4)).toBe("");
  });

  test("Smirnov's law stays within 1, both tails and the density", () => {
    const [cdf, sf, pdf] = [new Worst(), new Worst(), new Worst()];
    for (const [d, n, lower, upper, density] of limitTables.smirnovTails as [
      number,
      number,
      string,
      string,
      string,
    ][]) {
      cdf.see(smirnovN.cdf(d, n), lower, d, n);
      sf.see(smirnovN.sf(d, n), upper, d, n);
      pdf.see(smirnovN.pdf(d, n), density, d, n);
    }
    expect([cdf.above(1), sf.above(1), pdf.above(1)]).toEqual(["", "", ""]);
  });

  test("normal and lognormal tails keep their digits when mean and deviation are given", () => {
    for (const name of ["normal", "logNormal"]) {
      const [cdf, sf] = [new Worst(), new Worst()];
      for (const [x, mean, sd, lower, upper] of tables[`${name}Tails`] as [number, number, number, string, string][]) {
        cdf.see(laws[name]!.cdf(x, mean, sd), lower, x, mean, sd);
        sf.see(laws[name]!.sf(x, mean, sd), upper, x, mean, sd);
      }
      expect([cdf.above(3), sf.above(3)], name).toEqual(["", ""]);
    }
  });
});

describe("densities are derivatives", () => {
  const shape = fc.double({ min: -0.3, max: 3, noNaN: true }).map((exponent) => 10 ** exponent);
  const parameters: Record<string, number> = {
    beta: 2,
    chiSquare: 1,
    exponential: 1,
    fisherF: 2,
    gamma: 2,
    logNormal: 2,
    normal: 2,
    studentT: 1,
  };

  test.each(Object.keys(laws))("%s: a small step of the cdf", (name) => {
    const { cdf, sf, pdf, logPdf, quantile } = laws[name]!;
    const p = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(p, fc.array(shape, { minLength: parameters[name]!, maxLength: parameters[name]! }), (share, args) => {
        const x = quantile(share, ...args);
        const step = 1e-6 * Math.min(Math.abs(x), name === "beta" ? 1 - x : Math.abs(x));
        fc.pre(step > 1e-200 && Math.abs(x) < 1e100 && pdf(x, ...args) > 1e-100);
        const [below, above] = [x - step, x + step];
        const tail = share > 0.5 ? sf(below, ...args) - sf(above, ...args) : cdf(above, ...args) - cdf(below, ...args);
        fc.pre(tail > 1e-9);
        const slope = tail / (above - below);
        expect(Math.abs(slope / pdf(x, ...args) - 1)).toBeLessThan(1e-5);
        expect(logPdf(x, ...args)).toBeCloseTo(Math.log(pdf(x, ...args)), 10);
      }),
    );
  });
});

describe("densities at the ends of their laws", () => {
  const infinity = Number.POSITIVE_INFINITY;

  test("are 0 outside, and have their limits at the ends", () => {
    expect([gamma.pdf(-1, 2), gamma.pdf(0, 0.5), gamma.pdf(0, 1), gamma.pdf(0, 2), gamma.pdf(infinity, 2)]).toEqual([
      0,
      infinity,
      1,
      0,
      0,
    ]);
    expect([beta.pdf(-1, 2, 3), beta.pdf(0, 0.5, 3), beta.pdf(0, 1, 3), beta.pdf(1, 2, 1), beta.pdf(1, 2, 3)]).toEqual([
      0,
      infinity,
      3,
      2,
      0,
    ]);
    expect([fisherF.pdf(-1, 2, 3), fisherF.pdf(0, 1, 3), fisherF.pdf(0, 2, 3), fisherF.pdf(0, 3, 3)]).toEqual([
      0,
      infinity,
      1,
      0,
    ]);
    expect([logNormal.pdf(-1), logNormal.pdf(0), logNormal.pdf(infinity), logNormal.logPdf(0)]).toEqual([
      0,
      0,
      0,
      -infinity,
    ]);
    expect([exponential.pdf(-1), exponential.pdf(0, 3), exponential.logPdf(-1)]).toEqual([0, 3, -infinity]);
    expect([uniform.pdf(-1), uniform.pdf(2, 0, 4), uniform.logPdf(9), uniform.logPdf(0.5)]).toEqual([
      0,
      0.25,
      -infinity,
      -0,
    ]);
    expect([normal.pdf(infinity), normal.logPdf(-infinity), studentT.pdf(infinity, 3)]).toEqual([0, -infinity, 0]);
    for (const { pdf, logPdf } of Object.values(limits)) {
      expect([pdf(-1), pdf(0), pdf(infinity), logPdf(0), logPdf(infinity)]).toEqual([0, 0, 0, -infinity, -infinity]);
    }
  });

  test("of the limit laws go on as logarithms where they are no numbers any more", () => {
    expect(kolmogorov.logPdf(100)).toBeCloseTo(Math.log(800) - 20000, 8);
    expect(andersonDarling.logPdf(2e7) / -2e7).toBeCloseTo(1, 6);
    expect(andersonDarling.logPdf(999.9) - andersonDarling.logPdf(1000)).toBeCloseTo(0.1, 3);
    expect(cramerVonMises.logPdf(1e-200) * 1e-200).toBeCloseTo(-0.125, 12);
  });

  test("NaN in gives NaN out", () => {
    for (const law of [...Object.values(laws), ...Object.values(limits)]) {
      expect([law.pdf(Number.NaN, 1, 1), law.logPdf(Number.NaN, 1, 1)]).toEqual([Number.NaN, Number.NaN]);
    }
    expect([smirnovN.pdf(Number.NaN, 5), uniform.pdf(Number.NaN)]).toEqual([Number.NaN, Number.NaN]);
  });
});

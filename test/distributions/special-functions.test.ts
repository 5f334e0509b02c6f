import {
  betaI,
  betaIComplement,
  erf,
  erfc,
  erfcInverse,
  erfcx,
  erfInverse,
  fisherF,
  gammaP,
  gammaQ,
  lgamma,
  normal,
  studentT,
} from "smirnov/distributions";
import { describe, expect, test } from "vitest";
import { table, Worst } from "./reference.js";

type Row = [...number[], string];
interface Tables {
  gamma: Record<string, [a: number, x: number, p: string, q: string][]>;
  beta: Record<string, [a: number, b: number, x: number, lower: string, upper: string][]>;
  erf: [x: number, erf: string, erfc: string][];
  lgamma: Row[];
  normal: Row[];
  studentT: [t: number, df: number, sf: string][];
  fisherF: [f: number, d1: number, d2: number, cdf: string, sf: string][];
}

const tables = table<Tables>("special-functions");

describe("special functions against mpmath, largest relative error in units of 2^-52", () => {
  test("erf and erfc stay within 1.2 and 2.2", () => {
    const [ofErf, ofErfc] = [new Worst(), new Worst()];
    for (const [x, e, c] of tables.erf) {
      ofErf.see(erf(x), e, x);
      ofErfc.see(erfc(x), c, x);
    }
    expect(ofErf.above(1.2) + ofErfc.above(2.2)).toBe("");
  });

  test("lgamma stays within 1.5, next to its zeros too", () => {
    const worst = new Worst();
    for (const [x, value] of tables.lgamma as [number, string][]) worst.see(lgamma(x), value, x);
    expect(worst.above(1.5)).toBe("");
  });

  test.each(Object.keys(tables.gamma))("gammaP and gammaQ stay within 5, %s shapes", (name) => {
    const worst = new Worst();
    for (const [a, x, p, q] of tables.gamma[name]!) {
      worst.see(gammaP(a, x), p, "P", a, x);
      worst.see(gammaQ(a, x), q, "Q", a, x);
    }
    expect(worst.above(5)).toBe("");
  });

  test.each(Object.keys(tables.beta))("betaI and its complement stay within 2, %s parameters", (name) => {
    const worst = new Worst();
    for (const [a, b, x, lower, upper] of tables.beta[name]!) {
      worst.see(betaI(x, a, b), lower, "lower", a, b, x);
      worst.see(betaIComplement(x, a, b), upper, "upper", a, b, x);
    }
    expect(worst.above(2)).toBe("");
  });

  test("normal tails stay within 3 up to 37 standard deviations", () => {
    const worst = new Worst();
    for (const [x, sf] of tables.normal as [number, string][]) {
      worst.see(normal.sf(x), sf, x);
      worst.see(normal.cdf(-x), sf, x);
    }
    expect(worst.above(3)).toBe("");
  });

  test("tails of Student's t and Fisher's F stay within 3", () => {
    const worst = new Worst();
    for (const [t, df, sf] of tables.studentT) worst.see(studentT.sf(t, df), sf, "t", t, df);
    for (const [f, d1, d2, cdf, sf] of tables.fisherF) {
      worst.see(fisherF.cdf(f, d1, d2), cdf, "F cdf", f, d1, d2);
      worst.see(fisherF.sf(f, d1, d2), sf, "F sf", f, d1, d2);
    }
    expect(worst.above(3)).toBe("");
  });
});

describe("inverses of erf and erfc", () => {
  test("undo them, in the tail too", () => {
    for (const x of [-2, -0.3, 1e-200, 1e-9, 0.1, 0.47, 0.48, 1, 2.5]) {
      expect(Math.abs(erfInverse(erf(x)) / x - 1), `${x}`).toBeLessThan(1e-13);
    }
    for (const x of [-2, -0.4, 0.1, 0.3, 0.6, 1, 5, 20, 26]) {
      expect(Math.abs(erfcInverse(erfc(x)) / x - 1), `${x}`).toBeLessThan(1e-14);
    }
  });

  test("have the ends of their domains, and NaN beyond", () => {
    const infinity = Number.POSITIVE_INFINITY;
    expect([erfInverse(-1), erfInverse(0), erfInverse(1)]).toEqual([-infinity, 0, infinity]);
    expect([erfcInverse(0), erfcInverse(1), erfcInverse(2)]).toEqual([infinity, 0, -infinity]);
    expect([erfInverse(1.1), erfcInverse(-0.1), erfcInverse(2.1), erfInverse(Number.NaN)]).toEqual(
      Array(4).fill(Number.NaN),
    );
  });
});

describe("special functions at the edges", () => {
  test("NaN in gives NaN out", () => {
    for (const f of [erf, erfc, erfcx, lgamma, normal.cdf, normal.sf, normal.quantile]) expect(f(Number.NaN)).toBeNaN();
    expect([gammaP(1, Number.NaN), gammaQ(Number.NaN, 1), betaI(Number.NaN, 1, 1), betaI(0.5, 1, Number.NaN)]).toEqual(
      Array(4).fill(Number.NaN),
    );
  });

  test("infinities and zero have their limits", () => {
    const infinity = Number.POSITIVE_INFINITY;
    expect([erf(infinity), erf(-infinity), erfc(infinity), erfc(-infinity), erfcx(infinity)]).toEqual([1, -1, 0, 2, 0]);
    expect([gammaP(2, 0), gammaQ(2, 0), gammaP(2, infinity), gammaQ(2, infinity)]).toEqual([0, 1, 1, 0]);
    expect([betaI(0, 2, 3), betaI(1, 2, 3), betaIComplement(0, 2, 3), betaIComplement(1, 2, 3)]).toEqual([0, 1, 1, 0]);
    expect([lgamma(0), lgamma(1), lgamma(2), lgamma(infinity)]).toEqual([infinity, 0, 0, infinity]);
    expect([normal.cdf(infinity), normal.sf(infinity), normal.cdf(-infinity)]).toEqual([1, 0, 0]);
  });
});

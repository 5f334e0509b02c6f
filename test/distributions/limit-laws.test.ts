import { andersonDarling, cramerVonMises, kolmogorov, kolmogorovN, smirnovN } from "smirnov/distributions";
import { describe, expect, test } from "vitest";
import { table } from "./reference.js";

interface Tables {
  andersonDarling: [x: number, cdf: string, sf: string][];
  cramerVonMises: [x: number, cdf: string, sf: string][];
  kolmogorov: [x: number, cdf: string, sf: string][];
  smirnovN: [d: number, n: number, sf: string][];
  kolmogorovN: [d: number, n: number, cdf: string, sf: string][];
}

const tables = table<Tables>("limit-laws");
const laws = { andersonDarling, cramerVonMises, kolmogorov };

const off = (actual: number, expected: string) =>
  Number(expected) < 1e-300 ? Math.abs(actual) : Math.abs(actual / Number(expected) - 1);

describe("limit laws against mpmath", () => {
  test.each(Object.keys(laws) as (keyof typeof laws)[])("%s: 1e-14 per unit of the exponent, both tails", (name) => {
    for (const [x, cdf, sf] of tables[name]) {
      expect(off(laws[name].cdf(x), cdf), `cdf(${x})`).toBeLessThan(1e-14 * (1 - Math.log(Number(cdf))));
      expect(off(laws[name].sf(x), sf), `sf(${x})`).toBeLessThan(1e-14 * (1 - Math.log(Number(sf))));
    }
  });

  test.each(Object.keys(laws) as (keyof typeof laws)[])("%s at the edges", (name) => {
    const { cdf, sf } = laws[name];
    expect([cdf(0), sf(0), cdf(-1), sf(-1)]).toEqual([0, 1, 0, 1]);
    expect([cdf(Number.POSITIVE_INFINITY), sf(Number.POSITIVE_INFINITY)]).toEqual([1, 0]);
    expect([cdf(Number.NaN), sf(Number.NaN)]).toEqual([Number.NaN, Number.NaN]);
  });
});

describe("laws of one sample of n values", () => {
  test("smirnovN.sf is Smirnov's sum to 1e-12", () => {
    for (const [d, n, sf] of tables.smirnovN) expect(off(smirnovN.sf(d, n), sf), `${d}, ${n}`).toBeLessThan(1e-12);
  });

  test("kolmogorovN is Durbin's matrix to 1e-10", () => {
    for (const [d, n, cdf, sf] of tables.kolmogorovN) {
      expect(off(kolmogorovN.cdf(d, n), cdf), `cdf ${d}, ${n}`).toBeLessThan(1e-12);
      expect(off(kolmogorovN.sf(d, n), sf), `sf ${d}, ${n}`).toBeLessThan(1e-10);
    }
  });

  test("kolmogorovN takes real n between the integers", () => {
    for (const z of [0.6, 1, 1.5, 3]) {
      const at = (n: number) => kolmogorovN.sf(z / Math.sqrt(100), n);
      expect(at(100.5)).toBeLessThan(at(100));
      expect(at(100.5)).toBeGreaterThan(at(101));
    }
  });

  test("kolmogorovN tends to kolmogorov", () => {
    for (const z of [0.5, 1, 2]) expect(off(kolmogorovN.sf(z / 1e6, 1e12), `${kolmogorov.sf(z)}`)).toBeLessThan(1e-5);
  });

  test("n below 1 is a RangeError", () => {
    expect(() => kolmogorovN.sf(0.1, 0)).toThrow("kolmogorovN.sf: n must be at least 1, got 0");
    expect(() => smirnovN.sf(0.1, -1)).toThrow(RangeError);
  });
});

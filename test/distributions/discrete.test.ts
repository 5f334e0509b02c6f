import fc from "fast-check";
import { binomial, hypergeometric, poisson } from "smirnov/distributions";
import { describe, expect, test } from "vitest";
import { quotientOf, table, Worst } from "./reference.js";

type Law = Record<"pmf" | "logPmf" | "cdf" | "sf" | "quantile" | "upperQuantile", (...args: number[]) => number>;

const laws = { binomial, poisson, hypergeometric } as Record<string, Law>;
const tables = table<Record<string, (number | string | null)[][]>>("discrete");
const infinity = Number.POSITIVE_INFINITY;

/** Parameters of a law, small enough to add up all of its probabilities. */
const parameters: Record<string, fc.Arbitrary<number[]>> = {
  binomial: fc.tuple(fc.nat(200), fc.double({ min: 0, max: 1, noNaN: true })),
  poisson: fc.double({ min: 0, max: 60, noNaN: true }).map((mean) => [mean]),
  hypergeometric: fc
    .tuple(fc.nat(200), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([size, a, b]) => [size, Math.floor(a * size), Math.floor(b * size)]),
};

describe.each(Object.keys(laws))("%s", (name) => {
  const { pmf, logPmf, cdf, sf, quantile, upperQuantile } = laws[name]!;

  test("agrees with mpmath: probabilities within 1 unit of 2^-52, tails within 4", () => {
    const worst = { pmf: new Worst(), logPmf: new Worst(), cdf: new Worst(), sf: new Worst() };
    for (const row of tables[name]!) {
      const args = row.slice(0, -4) as number[];
      const [mass, log, lower, upper] = row.slice(-4) as string[];
      if (log !== null) {
        worst.pmf.see(pmf(...args), mass!, args);
        if (Math.abs(Number(log)) < 1) worst.logPmf.see(1 + logPmf(...args) - Number(log), 1, args);
        else worst.logPmf.see(logPmf(...args), log!, args);
      }
      worst.cdf.see(cdf(...args), lower!, args);
      worst.sf.see(sf(...args), upper!, args);
    }
    expect([worst.pmf.above(1), worst.logPmf.above(1.5), worst.cdf.above(4), worst.sf.above(4)]).toEqual([
      "",
      "",
      "",
      "",
    ]);
  });

  test("the tails are sums of probabilities, and both add up to 1", () => {
    fc.assert(
      fc.property(parameters[name]!, fc.nat(120), (args, k) => {
        let sum = 0;
        for (let i = 0; i <= k; i++) sum += pmf(i, ...args);
        expect(Math.abs(cdf(k, ...args) - sum)).toBeLessThan(1e-13);
        expect(Math.abs(cdf(k, ...args) + sf(k, ...args) - 1)).toBeLessThan(1e-14);
        expect(cdf(k + 0.5, ...args)).toBe(cdf(k, ...args));
        expect(pmf(k + 0.5, ...args)).toBe(0);
      }),
    );
  });

  test("the quantile is the first k that reaches p, the upper one the first that leaves at most p", () => {
    const share = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true });
    fc.assert(
      fc.property(parameters[name]!, share, (args, p) => {
        const k = quantile(p, ...args);
        expect(cdf(k, ...args)).toBeGreaterThanOrEqual(p);
        if (pmf(k - 1, ...args) > 0) expect(cdf(k - 1, ...args)).toBeLessThan(p);
        const u = upperQuantile(p, ...args);
        expect(sf(u, ...args)).toBeLessThanOrEqual(p);
        if (pmf(u - 1, ...args) > 0) expect(sf(u - 1, ...args)).toBeGreaterThan(p);
      }),
    );
  });

  test("the quantile of a cdf is where it was taken, 1e-300 included", () => {
    for (const row of tables[name]!.slice(0, 120)) {
      const [k, ...args] = row.slice(0, -4) as [number, ...number[]];
      const p = cdf(k, ...args);
      if (p > 1e-300 && p < 0.999 && pmf(k, ...args) > 1e-12 * p) expect(quantile(p, ...args), `${row}`).toBe(k);
      const q = sf(k, ...args);
      if (q > 1e-300 && q < 0.999 && pmf(k, ...args) > 1e-12 * q) expect(upperQuantile(q, ...args), `${row}`).toBe(k);
    }
  });

  test("NaN in gives NaN out", () => {
    const args = fc.sample(parameters[name]!, 1)[0]!;
    for (const f of [pmf, logPmf, cdf, sf, quantile, upperQuantile]) expect(f(Number.NaN, ...args)).toBeNaN();
  });
});

describe("laws that are a single value", () => {
  test("put everything there", () => {
    expect([binomial.pmf(0, 5, 0), binomial.pmf(5, 5, 1), binomial.pmf(0, 0, 0.3), binomial.pmf(1, 5, 0)]).toEqual([
      1, 1, 1, 0,
    ]);
    expect([binomial.quantile(0.5, 5, 1), binomial.quantile(0, 5, 1), binomial.upperQuantile(0, 5, 0)]).toEqual([
      5, 5, 0,
    ]);
    expect([poisson.pmf(0, 0), poisson.pmf(1, 0), poisson.quantile(1, 0), poisson.logPmf(1, 0)]).toEqual([
      1,
      0,
      0,
      -infinity,
    ]);
    expect([hypergeometric.pmf(3, 5, 5, 3), hypergeometric.pmf(0, 5, 3, 0), hypergeometric.cdf(2, 5, 5, 3)]).toEqual([
      1, 1, 0,
    ]);
    expect([hypergeometric.quantile(0.2, 5, 3, 5), hypergeometric.logPmf(2, 5, 3, 5)]).toEqual([3, -infinity]);
  });

  test("quantiles at 0 and 1 are the ends", () => {
    expect([binomial.quantile(0, 9, 0.3), binomial.quantile(1, 9, 0.3), binomial.upperQuantile(0, 9, 0.3)]).toEqual([
      0, 9, 9,
    ]);
    expect([poisson.quantile(0, 4), poisson.quantile(1, 4), poisson.upperQuantile(1, 4)]).toEqual([0, infinity, 0]);
    expect([hypergeometric.quantile(0, 10, 7, 6), hypergeometric.quantile(1, 10, 7, 6)]).toEqual([3, 6]);
  });
});

describe("hypergeometric", () => {
  /** C(n, k) as a whole number. */
  function choose(n: bigint, k: bigint): bigint {
    if (k < 0n || k > n) return 0n;
    let value = 1n;
    for (let i = 0n; i < k; i++) value = (value * (n - i)) / (i + 1n);
    return value;
  }

  test("is a quotient of whole numbers", () => {
    const worst = new Worst();
    for (const [size, marked, draws] of [
      [40, 17, 23],
      [300, 60, 150],
      [500, 490, 20],
    ] as const) {
      const all = choose(BigInt(size), BigInt(draws));
      let sum = 0n;
      for (let k = 0; k <= draws; k++) {
        const ways = choose(BigInt(marked), BigInt(k)) * choose(BigInt(size - marked), BigInt(draws - k));
        sum += ways;
        worst.see(hypergeometric.pmf(k, size, marked, draws), quotientOf(ways, all), "pmf", k, size, marked, draws);
        worst.see(hypergeometric.cdf(k, size, marked, draws), quotientOf(sum, all), "cdf", k, size, marked, draws);
        worst.see(hypergeometric.sf(k, size, marked, draws), quotientOf(all - sum, all), "sf", k, size, marked, draws);
      }
    }
    expect(worst.above(3)).toBe("");
  });

  test("what is drawn and what is marked can be exchanged", () => {
    fc.assert(
      fc.property(parameters.hypergeometric!, fc.nat(100), ([size, marked, draws], k) => {
        const [a, b] = [hypergeometric.sf(k, size!, marked!, draws!), hypergeometric.sf(k, size!, draws!, marked!)];
        expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-14 * a);
      }),
    );
  });

  test("a population of 9e15 takes no longer, and its tails step by its probabilities", () => {
    const [size, marked, draws] = [9e15, 4e15, 5e15];
    const deviation = Math.sqrt((((draws * marked) / size) * (1 - marked / size) * (size - draws)) / size);
    const mean = Math.round((draws / size) * marked);
    const start = process.cpuUsage();
    for (const z of [-36, -9, -3, 3, 9, 36]) {
      const k = mean + Math.round(z * deviation);
      // a quarter of a deviation further on, by the ratio of normal tails to second order
      const tail = z < 0 ? hypergeometric.cdf(k, size, marked, draws) : hypergeometric.sf(k - 1, size, marked, draws);
      const mass = hypergeometric.pmf(k, size, marked, draws);
      const x = Math.abs(z);
      // Mills' ratio by Laplace's continued fraction, the steps of the law being far below its deviation
      let fraction = x;
      for (let i = 60; i >= 1; i--) fraction = x + i / fraction;
      expect(Math.abs(tail / mass / (deviation / fraction) - 1), `${z}`).toBeLessThan(2e-6);
    }
    expect(process.cpuUsage(start).user).toBeLessThan(1e6);
  });
});

describe("parameters out of their domain are RangeErrors that say so", () => {
  test.each([
    [() => binomial.pmf(1, 2.5, 0.5), "binomial.pmf: n must be an integer from 0 to 9007199254740991, got 2.5"],
    [() => binomial.cdf(1, 5, 1.5), "binomial.cdf: p must lie in [0, 1], got 1.5"],
    [() => binomial.quantile(-0.1, 5, 0.5), "binomial.quantile: a probability lies in [0, 1], got -0.1"],
    [() => poisson.sf(1, -1), "poisson.sf: mean must be at least 0 and finite, got -1"],
    [() => hypergeometric.pmf(1, 10, 11, 5), "hypergeometric.pmf: successes must be an integer from 0 to 10, got 11"],
    [() => hypergeometric.sf(1, 10, 5, -1), "hypergeometric.sf: draws must be an integer from 0 to 10, got -1"],
  ])("%#", (call, message) => {
    expect(call).toThrow(new RangeError(message));
  });
});

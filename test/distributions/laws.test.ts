import fc from "fast-check";
import {
  andersonDarling,
  andersonDarlingTwoSample,
  andersonDarlingVariance,
  beta,
  chiSquare,
  cramerVonMises,
  exponential,
  fisherF,
  gamma,
  kolmogorov,
  kolmogorovN,
  logNormal,
  normal,
  smirnovN,
  studentT,
  uniform,
} from "smirnov/distributions";
import { describe, expect, test } from "vitest";

interface Law {
  cdf(x: number): number;
  sf(x: number): number;
  quantile?(p: number): number;
}

const parameter = fc.double({ min: -1.5, max: 5, noNaN: true }).map((exponent) => 10 ** exponent);

/** Laws with drawn parameters, and a place to look at in standard units or so. */
const laws: Record<string, fc.Arbitrary<{ law: Law; from: number; to: number }>> = {
  normal: fc.constant({ law: normal, from: -12, to: 12 }),
  studentT: parameter.map((df) => ({
    law: {
      cdf: (x: number) => studentT.cdf(x, df),
      sf: (x: number) => studentT.sf(x, df),
      quantile: (p: number) => studentT.quantile(p, df),
    },
    from: -8,
    to: 8,
  })),
  chiSquare: parameter.map((df) => ({
    law: {
      cdf: (x: number) => chiSquare.cdf(x, df),
      sf: (x: number) => chiSquare.sf(x, df),
      quantile: (p: number) => chiSquare.quantile(p, df),
    },
    from: Math.max(0, df - 9 * Math.sqrt(df)),
    to: df + 9 * Math.sqrt(df),
  })),
  gamma: fc.tuple(parameter, parameter).map(([shape, scale]) => ({
    law: {
      cdf: (x: number) => gamma.cdf(x, shape, scale),
      sf: (x: number) => gamma.sf(x, shape, scale),
      quantile: (p: number) => gamma.quantile(p, shape, scale),
    },
    from: 0,
    to: 3 * shape * scale,
  })),
  beta: fc.tuple(parameter, parameter).map(([a, b]) => ({
    law: {
      cdf: (x: number) => beta.cdf(x, a, b),
      sf: (x: number) => beta.sf(x, a, b),
      quantile: (p: number) => beta.quantile(p, a, b),
    },
    from: 0,
    to: 1,
  })),
  fisherF: fc.tuple(parameter, parameter).map(([d1, d2]) => ({
    law: {
      cdf: (x: number) => fisherF.cdf(x, d1, d2),
      sf: (x: number) => fisherF.sf(x, d1, d2),
      quantile: (p: number) => fisherF.quantile(p, d1, d2),
    },
    from: 0,
    to: 6,
  })),
  exponential: parameter.map((rate) => ({
    law: {
      cdf: (x: number) => exponential.cdf(x, rate),
      sf: (x: number) => exponential.sf(x, rate),
      quantile: (p: number) => exponential.quantile(p, rate),
    },
    from: 0,
    to: 20 / rate,
  })),
  uniform: fc.constant({ law: uniform, from: -0.5, to: 1.5 }),
  kolmogorov: fc.constant({ law: kolmogorov, from: 0, to: 3 }),
  andersonDarling: fc.constant({ law: andersonDarling, from: 0, to: 12 }),
  cramerVonMises: fc.constant({ law: cramerVonMises, from: 0, to: 2 }),
  kolmogorovN: fc.integer({ min: 1, max: 60 }).map((n) => ({
    law: {
      cdf: (d: number) => kolmogorovN.cdf(d, n),
      sf: (d: number) => kolmogorovN.sf(d, n),
      quantile: (p: number) => kolmogorovN.quantile(p, n),
    },
    from: 0,
    to: 1,
  })),
  smirnovN: fc.integer({ min: 1, max: 60 }).map((n) => ({
    law: {
      cdf: (d: number) => smirnovN.cdf(d, n),
      sf: (d: number) => smirnovN.sf(d, n),
      quantile: (p: number) => smirnovN.quantile(p, n),
    },
    from: 0,
    to: 1,
  })),
  logNormal: fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), parameter).map(([mu, sigma]) => ({
    law: {
      cdf: (x: number) => logNormal.cdf(x, mu, sigma),
      sf: (x: number) => logNormal.sf(x, mu, sigma),
      quantile: (p: number) => logNormal.quantile(p, mu, sigma),
    },
    from: 0,
    to: Math.exp(mu + 3 * Math.min(sigma, 50)),
  })),
};

const share = fc.double({ min: 0, max: 1, noNaN: true });
const probability = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true });

describe.each(Object.keys(laws))("%s", (name) => {
  test("cdf and sf lie in [0, 1] and add up to 1", () => {
    fc.assert(
      fc.property(laws[name]!, share, ({ law, from, to }, s) => {
        const x = from + s * (to - from);
        const [cdf, sf] = [law.cdf(x), law.sf(x)];
        expect(Math.min(cdf, sf)).toBeGreaterThanOrEqual(0);
        expect(Math.abs(cdf + sf - 1)).toBeLessThan(1e-12);
      }),
    );
  });

  test("cdf rises and sf falls", () => {
    fc.assert(
      fc.property(laws[name]!, share, share, ({ law, from, to }, s, t) => {
        const [x, y] = [from + Math.min(s, t) * (to - from), from + Math.max(s, t) * (to - from)];
        expect(law.cdf(x)).toBeLessThanOrEqual(law.cdf(y) * (1 + 1e-12));
        expect(law.sf(y)).toBeLessThanOrEqual(law.sf(x) * (1 + 1e-12));
      }),
    );
  });

  test("the quantile undoes the cdf", () => {
    fc.assert(
      fc.property(laws[name]!, probability, ({ law }, p) => {
        if (!law.quantile) return;
        const x = law.quantile(p);
        if (!Number.isFinite(x)) {
          // the quantile lies beyond, or close to, the largest binary64 number
          expect(x < 0 ? law.cdf(-1e280) : law.sf(1e280)).toBeGreaterThanOrEqual((x < 0 ? p : 1 - p) * (1 - 1e-11));
          return;
        }
        // one unit of x may move the cdf by more than the tolerance; what is too small for binary64 is 0
        const [below, above] = [law.cdf(x - Math.abs(x) * 2e-15), law.cdf(x === 0 ? 1e-280 : x + Math.abs(x) * 2e-15)];
        expect(below).toBeLessThanOrEqual(p * (1 + 1e-11));
        expect(above).toBeGreaterThanOrEqual(p * (1 - 1e-11));
      }),
    );
  });

  test("NaN in gives NaN out", () => {
    const { law } = fc.sample(laws[name]!, 1)[0]!;
    expect([law.cdf(Number.NaN), law.sf(Number.NaN)]).toEqual([Number.NaN, Number.NaN]);
    if (law.quantile) expect(law.quantile(Number.NaN)).toBeNaN();
  });
});

describe("symmetries", () => {
  test("normal and t tails mirror each other", () => {
    fc.assert(
      fc.property(fc.double({ min: -30, max: 30, noNaN: true }), parameter, (x, df) => {
        expect(normal.cdf(x)).toBe(normal.sf(-x));
        expect(studentT.cdf(x, df)).toBe(studentT.sf(-x, df));
      }),
    );
  });

  test("upper quantiles reach where 1 - p rounds to 1", () => {
    for (const p of [1e-20, 1e-100, 1e-290]) {
      expect(normal.sf(normal.upperQuantile(p)) / p).toBeCloseTo(1, 11);
      expect(studentT.sf(studentT.upperQuantile(p, 7), 7) / p).toBeCloseTo(1, 11);
      expect(chiSquare.sf(chiSquare.upperQuantile(p, 3.5), 3.5) / p).toBeCloseTo(1, 11);
      expect(fisherF.sf(fisherF.upperQuantile(p, 3, 40), 3, 40) / p).toBeCloseTo(1, 11);
      expect(beta.cdf(beta.quantile(p, 2, 40), 2, 40) / p).toBeCloseTo(1, 11);
    }
  });

  test("upper quantiles settle where the tail vanishes within a step", () => {
    const p = 3.169867008969064e-281;
    expect(
      beta.sf(beta.upperQuantile(p, 0.16654305531512267, 1051.6587937908237), 0.16654305531512267, 1051.6587937908237) /
        p,
    ).toBeCloseTo(1, 11);
  });

  test("quantiles at 0 and 1 are the ends of the law", () => {
    const infinity = Number.POSITIVE_INFINITY;
    expect([normal.quantile(0), normal.quantile(0.5), normal.quantile(1)]).toEqual([-infinity, 0, infinity]);
    expect([studentT.quantile(0, 3), studentT.quantile(0.5, 3), studentT.quantile(1, 3)]).toEqual([
      -infinity,
      0,
      infinity,
    ]);
    expect([chiSquare.quantile(0, 3), chiSquare.quantile(1, 3)]).toEqual([0, infinity]);
    expect([beta.quantile(0, 2, 3), beta.quantile(1, 2, 3)]).toEqual([0, 1]);
    expect([fisherF.quantile(0, 2, 3), fisherF.quantile(1, 2, 3)]).toEqual([0, infinity]);
  });

  test("Student's t with infinitely many degrees of freedom is normal", () => {
    expect(studentT.sf(2, Number.POSITIVE_INFINITY)).toBe(normal.sf(2));
    expect(studentT.quantile(0.9, Number.POSITIVE_INFINITY)).toBe(normal.quantile(0.9));
  });
});

describe("parameters out of their domain are RangeErrors that say so", () => {
  test.each([
    [() => studentT.sf(1, 0), "studentT.sf: degreesOfFreedom must be positive, got 0"],
    [() => studentT.quantile(1.5, 3), "studentT.quantile: a probability lies in [0, 1], got 1.5"],
    [() => chiSquare.cdf(1, Number.NaN), "chiSquare.cdf: degreesOfFreedom must be positive and finite, got NaN"],
    [() => gamma.sf(1, 2, -3), "gamma.sf: scale must be positive and finite, got -3"],
    [() => uniform.cdf(1, 2, 2), "uniform.cdf: low must be less than high, got 2 and 2"],
    [() => normal.cdf(1, 0, -1), "normal.cdf: sd must be positive and finite, got -1"],
    [() => logNormal.pdf(1, Number.NaN), "logNormal.pdf: mu must be finite, got NaN"],
    [() => kolmogorov.quantile(2), "kolmogorov.quantile: a probability lies in [0, 1], got 2"],
    [() => kolmogorovN.upperQuantile(0.5, 0.5), "kolmogorovN.upperQuantile: n must be at least 1, got 0.5"],
    [() => fisherF.logPdf(1, 0, 2), "fisherF.logPdf: numerator degrees of freedom must be positive and finite, got 0"],
    [() => smirnovN.sf(0.1, 0), "smirnovN.sf: n must be positive and finite, got 0"],
    [() => andersonDarlingTwoSample(1, 0, 5), "andersonDarlingTwoSample: n must be a positive integer, got 0"],
  ])("%#", (call, message) => {
    expect(call).toThrow(new RangeError(message));
  });
});

describe("two-sample Anderson-Darling", () => {
  test("the variance is Scholz and Stephens' formula, term by term", () => {
    const direct = (n: number, m: number) => {
      const N = n + m;
      let [h, g] = [0, 0];
      for (let i = 1; i < N; i++) h += 1 / i;
      for (let i = 1; i <= N - 2; i++) for (let j = i + 1; j < N; j++) g += 1 / ((N - i) * j);
      const H = 1 / n + 1 / m;
      const a = 4 * g - 6 + (10 - 6 * g) * H;
      const b = (2 * g - 4) * 4 + 16 * h + (2 * g - 14 * h - 4) * H - 8 * h + 4 * g - 6;
      const c = (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * H + 4 * h;
      const d = (2 * h + 6) * 4 - 8 * h;
      return (a * N ** 3 + b * N ** 2 + c * N + d) / ((N - 1) * (N - 2) * (N - 3));
    };
    for (const [n, m] of [
      [2, 2],
      [5, 9],
      [30, 200],
      [700, 900],
    ] as const) {
      expect(andersonDarlingVariance(n, m) / direct(n, m)).toBeCloseTo(1, 11);
    }
  });

  test("the law is the limit law for large samples, and keeps its mean of 1", () => {
    expect(andersonDarlingTwoSample(3, 1e7, 1e7) / andersonDarling.sf(3)).toBeCloseTo(1, 5);
    expect(andersonDarlingTwoSample(1, 10, 20)).toBe(andersonDarling.sf(1));
    expect(andersonDarlingTwoSample(2, 1, 1)).toBe(andersonDarling.sf(2));
  });
});

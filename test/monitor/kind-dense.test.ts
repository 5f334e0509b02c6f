import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Evidence } from "../../dist/monitor/kind/amplitude.js";
import { Noise } from "../../dist/monitor/kind/noise.js";
import { addRamps, addSteps, addStretches, lengths } from "../../dist/monitor/kind/shapes.js";

/** log of the mean of exp(A b - A² a / 2) over the moment prior of A, by Simpson's rule over where the integrand lives. */
function integrated(b: number, a: number, tau: number, twoSided: boolean): number {
  const sd = 1 / Math.sqrt(a + 1 / tau ** 2);
  const [low, high] = [twoSided ? b * sd * sd - 12 * sd : 0, Math.max(b * sd * sd, 0) + 12 * sd];
  const logOf = (x: number) =>
    2 * Math.log(Math.abs(x)) -
    3 * Math.log(tau) -
    Math.log(2 * Math.PI) / 2 +
    (twoSided ? 0 : Math.LN2) -
    (x * x) / (2 * tau * tau) +
    x * b -
    (x * x * a) / 2;
  const panels = 4000;
  const step = (high - low) / panels;
  const logs = Array.from({ length: panels + 1 }, (_, k) => logOf(low + k * step));
  const top = Math.max(...logs);
  const sum = logs.reduce(
    (total, log, k) => total + Math.exp(log - top) * (k === 0 || k === panels ? 1 : k % 2 === 1 ? 4 : 2),
    0,
  );
  return top + Math.log((sum * step) / 3);
}

/** The inverse of a symmetric matrix, by elimination. */
function inverse(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...matrix.map((_, j) => (i === j ? 1 : 0))]);
  for (let k = 0; k < n; k++) {
    const pivot = rows[k]![k]!;
    rows[k] = rows[k]!.map((one) => one / pivot);
    for (let i = 0; i < n; i++) {
      const factor = rows[i]![k]!;
      if (i !== k) rows[i] = rows[i]!.map((one, j) => one - factor * rows[k]![j]!);
    }
  }
  return rows.map((row) => row.slice(n));
}

/** s'Qz and s'Qs of the scored windows, the covariance matrix being written out. */
function projector(scores: readonly number[], phi: number, sd: number, level: number) {
  const times = scores.flatMap((z, t) => (Number.isNaN(z) ? [] : [t]));
  const q = inverse(times.map((t) => times.map((u) => sd * sd * phi ** Math.abs(t - u) + level * level)));
  return (valueAt: (t: number) => number) => {
    const s = times.map(valueAt);
    let [projection, size] = [0, 0];
    for (const [i, row] of q.entries())
      for (const [j, one] of row.entries()) {
        projection += s[i]! * one * scores[times[j]!]!;
        size += s[i]! * one * s[j]!;
      }
    return { projection, size };
  };
}

const n = 26;
const score = fc.option(fc.double({ min: -4, max: 9, noNaN: true }), { nil: Number.NaN, freq: 5 });
const given = fc.record({
  scores: fc
    .array(score, { minLength: n, maxLength: n })
    .filter((all) => all.filter((z) => !Number.isNaN(z)).length > 2),
  other: fc.array(score, { minLength: n, maxLength: n }),
  phi: fc.oneof(fc.constant(0), fc.double({ min: -0.9, max: 0.9, noNaN: true })),
  sd: fc.constantFrom(1, 1.7),
  level: fc.constantFrom(0, 0.5),
  period: fc.integer({ min: 2, max: 12 }),
});

/** What is 0 before `onset`, and the shapes as docs/drift-kinds.md has them. */
const shapes = {
  step: (onset: number) => (t: number) => (t >= onset ? 1 : 0),
  ramp: (onset: number, width: number) => (t: number) => Math.min(1, Math.max(0, (t - onset + 1) / width)),
  stretch: (onset: number, duration: number) => (t: number) => (t >= onset && t < onset + duration ? 1 : 0),
};

describe("Evidence", () => {
  it("is the integral over the amplitudes", () => {
    const amount = fc.double({ min: 0.01, max: 60, noNaN: true });
    fc.assert(
      fc.property(
        fc.double({ min: -40, max: 120, noNaN: true }),
        amount,
        fc.double({ min: 0.5, max: 20, noNaN: true }),
        fc.boolean(),
        (b, a, tau, twoSided) => {
          const evidence = new Evidence(tau, twoSided);
          evidence.add(3, b, a, 0);
          expect(Math.abs(evidence.log - integrated(b, a, tau, twoSided))).toBeLessThan(3e-6);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("templates", () => {
  it("give what the covariance matrices of windows, and of windows against those a period ago, give", () => {
    fc.assert(
      fc.property(given, fc.boolean(), ({ scores, other, phi, sd, level, period }, isSeasonal) => {
        const late = other.map((z, t) => (t < period ? Number.NaN : z));
        const noise = new Noise(Float64Array.from(scores), phi, sd, level);
        const seasonal = isSeasonal ? { noise: new Noise(Float64Array.from(late), phi, sd, 0), period } : null;
        const own = projector(scores, phi, sd, level);
        const seen = projector(late, phi, sd, 0);
        for (const [addAll, shape] of [
          [addSteps, shapes.step],
          [addRamps, shapes.ramp],
          [addStretches, shapes.stretch],
        ] as const) {
          let looked = 0;
          const evidence = {
            add(_: number, b: number, a: number, onset: number, length: number) {
              if (looked++ % 7 > 0) return;
              const valueAt = shape(onset, length);
              const change = (t: number) => Math.abs(valueAt(t) - valueAt(t - period)) * Math.SQRT1_2;
              const [one, two] = [own(valueAt), isSeasonal ? seen(change) : { projection: 0, size: 0 }];
              expect(b).toBeCloseTo(one.projection + two.projection, 6);
              expect(a).toBeCloseTo(one.size + two.size, 6);
            },
          };
          addAll(noise, seasonal, evidence as unknown as Evidence);
          expect(looked).toBeGreaterThan(0);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("stand for every length once, with a weight that goes with 1 / √length", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 400 }), (least, most) => {
        const found = lengths(least, most);
        const stands = found.map(([length, weight]) => weight * Math.sqrt(length));
        for (const [k, [length]] of found.entries()) {
          const next = found[k + 1]?.[0] ?? length + Math.round(stands[k]!);
          expect(next - length).toBeCloseTo(stands[k]!, 9);
          if (length < 16) expect(next - length).toBe(1);
        }
        expect(found[0]![0]).toBe(least);
      }),
    );
  });
});

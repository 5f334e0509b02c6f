import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normals } from "../../bench/data.js";
import { erfcx } from "../../dist/distributions/special-functions.js";
import { Evidence } from "../../dist/monitor/kind/amplitude.js";
import { autocorrelationNodes } from "../../dist/monitor/kind/autocorrelation.js";
import { Noise } from "../../dist/monitor/kind/noise.js";
import { positivePart } from "../../dist/monitor/kind/positive-part.js";
import { addRhythms, periodsWithin, rhythmAt } from "../../dist/monitor/kind/rhythms.js";

/** Solves a symmetric system by elimination. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const n = rows.length;
  for (let k = 0; k < n; k++)
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = rows[i]![k]! / rows[k]![k]!;
      for (let j = k; j <= n; j++) rows[i]![j]! -= factor * rows[k]![j]!;
    }
  return rows.map((row, i) => row[n]! / row[i]!);
}

const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, one, k) => sum + one * y[k]!, 0);

type Given = { scores: number[]; phi: number; sd: number; level: number };

const histories: fc.Arbitrary<Given> = fc.record({
  scores: fc
    .array(fc.option(fc.double({ min: -5, max: 9, noNaN: true }), { nil: Number.NaN, freq: 4 }), {
      minLength: 2,
      maxLength: 24,
    })
    .filter((scores) => scores.some((z) => !Number.isNaN(z))),
  phi: fc.oneof(fc.constant(0), fc.double({ min: -0.9, max: 0.9, noNaN: true })),
  sd: fc.constantFrom(1, 2.5),
  level: fc.constantFrom(0, 0.7),
});

/** s'Qz, s'Qs and z'Qz with the covariance matrix written out. */
function dense({ scores, phi, sd, level }: Given, valueAt: (t: number) => number) {
  const times = scores.flatMap((z, t) => (Number.isNaN(z) ? [] : [t]));
  const covariance = times.map((t) => times.map((u) => sd * sd * phi ** Math.abs(t - u) + level * level));
  const z = times.map((t) => scores[t]!);
  const s = times.map(valueAt);
  const solved = solve(covariance, s);
  return { projection: dot(solved, z), size: dot(solved, s), energy: dot(solve(covariance, z), z) };
}

describe("Noise", () => {
  it("projects templates as a covariance matrix that is written out does", () => {
    fc.assert(
      fc.property(
        histories,
        fc.nat(23),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 12 }),
        (given, a, b, width) => {
          const noise = new Noise(Float64Array.from(given.scores), given.phi, given.sd, given.level);
          const n = given.scores.length;
          const same = (valueAt: (t: number) => number, what: string) => {
            const wanted = dense(given, valueAt);
            expect(noise.projection, what).toBeCloseTo(wanted.projection, 6);
            expect(noise.size, what).toBeCloseTo(wanted.size, 6);
            expect(noise.energy, what).toBeCloseTo(wanted.energy, 6);
          };
          const any = (t: number) => Math.sin(t * t + 1);
          noise.template(any);
          same(any, "any");
          const onset = noise.next[Math.min(a, n - 1)]!;
          if (onset === n) return;
          noise.begin();
          noise.piece(onset, onset + width, 1 / width, 1 / width);
          noise.piece(onset + width, n, 1, 0);
          same((t) => (t < onset ? 0 : Math.min(1, (t - onset + 1) / width)), "ramp");
          const end = Math.min(onset + b, n);
          noise.stretch(onset, end);
          same((t) => (t >= onset && t < end ? 1 : 0), "stretch");
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("addRhythms", () => {
  it("folds to what the template over the whole history gives", () => {
    fc.assert(
      fc.property(histories, (given) => {
        const noise = new Noise(Float64Array.from(given.scores), given.phi, given.sd, given.level);
        let looked = 0;
        const evidence = {
          add(_: number, b: number, a: number, ...[period, phase, on, begin]: [number, number, number, number]) {
            noise.template((t) => rhythmAt(t, period, phase, on, begin));
            expect(b).toBeCloseTo(noise.projection, 6);
            expect(a).toBeCloseTo(noise.size, 6);
            looked++;
          },
        };
        addRhythms(noise, periodsWithin(given.scores.length), evidence as unknown as Evidence);
        if (given.scores.length >= 9) expect(looked).toBeGreaterThan(8);
      }),
      { numRuns: 60 },
    );
  });
});

describe("positivePart", () => {
  it("is within 1e-8 of its formula", () => {
    for (let u = -15.9; u < 12; u += 0.0137) {
      const below = erfcx(-u * Math.SQRT1_2) / 2;
      const scaled = 2 * ((1 + u * u) * below + u / Math.sqrt(2 * Math.PI));
      const exact = u > 0 ? scaled * Math.exp((-u * u) / 2) : scaled;
      // The formula itself cancels far below 0.
      expect(Math.abs(positivePart(u) / exact - 1), `${u}`).toBeLessThan(u < -6 ? 1e-8 * u ** 4 : 1e-8);
    }
  });

  it("goes on beyond its table without a step", () => {
    for (const edge of [-16, 8]) {
      const [left, right] = [positivePart(edge - 1e-9), positivePart(edge + 1e-9)];
      expect(Math.abs(left / right - 1)).toBeLessThan(2e-6);
    }
  });
});

describe("Evidence", () => {
  it("is the weighted mean of what its shapes give, even where exponents are huge", () => {
    const alone = (b: number, a: number) => {
      const evidence = new Evidence(2, false);
      evidence.add(1, b, a, 0);
      return evidence.log;
    };
    const both = new Evidence(2, false);
    both.add(3, 2, 1.5, 7);
    both.add(1, -1, 4, 8);
    expect(both.log).toBeCloseTo(Math.log((3 * Math.exp(alone(2, 1.5)) + Math.exp(alone(-1, 4))) / 4), 10);
    expect(both.shape[0]).toBe(7);
    both.add(1, 1e4, 100, 9);
    expect(both.log).toBeCloseTo(alone(1e4, 100) - Math.log(5), 6);
    expect(both.shape[0]).toBe(9);
    expect(both.amplitude).toBeCloseTo(1e4 / 100.25, 6);
    expect(new Evidence(2, false).log).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe("autocorrelationNodes", () => {
  const correlated = (windows: number, phi: number, seed: number) => {
    const draw = normals(seed);
    const scores = [draw()];
    while (scores.length < windows) scores.push(phi * scores.at(-1)! + Math.sqrt(1 - phi * phi) * draw());
    return scores;
  };
  const meanOf = (reference: (number | null)[]) =>
    autocorrelationNodes(reference).reduce((sum, { phi, weight }) => sum + phi * weight, 0);

  it("are about what the scores have, on average, and closer the longer the stretch", () => {
    for (const phi of [-0.3, 0, 0.5, 0.8]) {
      const means = Array.from({ length: 100 }, (_, k) => meanOf(correlated(100, phi, 977 * k + 1)));
      const average = means.reduce((sum, one) => sum + one, 0) / means.length;
      expect(Math.abs(average - phi)).toBeLessThan(0.04);
      expect(Math.abs(meanOf(correlated(20_000, phi, 3)) - phi)).toBeLessThan(0.02);
    }
  });

  it("have weights that add up to 1, and lie within ±1, whatever the scores", () => {
    const odd = [
      [...Array<number>(20).fill(0)],
      [...Array<number>(20).fill(3)],
      Array.from({ length: 20 }, (_, k) => 30 * (-1) ** k),
      Array.from({ length: 40 }, (_, k) => (k % 2 === 0 ? k : null)),
      [Number.NaN, Infinity, -Infinity, null, ...correlated(10, 0, 1)],
    ];
    for (const reference of odd) {
      const nodes = autocorrelationNodes(reference);
      expect(nodes.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
      for (const { phi } of nodes) expect(Math.abs(phi)).toBeLessThan(1);
    }
  });

  it("do not count pairs across windows without a score", () => {
    const apart = Array.from({ length: 60 }, (_, k) => (k % 3 === 2 ? null : k % 3 === 0 ? 1 : -1));
    expect(meanOf(apart)).toBeLessThan(-0.7);
  });
});

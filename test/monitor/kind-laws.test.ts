import fc from "fast-check";
import { type DriftKindOptions, driftKind } from "smirnov/monitor";
import { describe, expect, it } from "vitest";
import { normals, sample } from "../../bench/data.js";

const score = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: -4, max: 12, noNaN: true }) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.constantFrom(null, Number.NaN, Infinity, -Infinity, 1e300, -1e300, 5e-324, -0) },
);
const scores = (maxLength: number) => fc.array(score, { maxLength });
const options: fc.Arbitrary<DriftKindOptions> = fc.record(
  {
    autocorrelation: fc.double({ min: -0.99, max: 0.99, noNaN: true }),
    level: fc.constantFrom(0, 0.3, 1e6),
    period: fc.oneof(fc.integer({ min: 2, max: 50 }), fc.array(fc.integer({ min: 2, max: 50 }), { minLength: 1 })),
    confidence: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
    twoSided: fc.boolean(),
    minimum: fc.integer({ min: 1, max: 30 }),
    prior: fc.record(
      { none: fc.double({ min: 0.01, max: 9, noNaN: true }), gradual: fc.double({ min: 0, max: 9, noNaN: true }) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

const isPlain = (value: unknown): boolean =>
  typeof value === "object" && value !== null
    ? Object.values(value).every(isPlain)
    : typeof value !== "number" || Number.isFinite(value);

describe("driftKind", () => {
  it("tells plain data whose probabilities add up to 1, whatever the scores", () => {
    fc.assert(
      fc.property(scores(60), options, (history, given) => {
        const found = driftKind(history, given);
        const all = Object.values(found.probabilities);
        expect(all.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9);
        expect(all.every((one) => one >= 0 && one <= 1)).toBe(true);
        expect(found.confidence).toBeGreaterThanOrEqual(0);
        expect(found.confidence).toBeLessThanOrEqual(1 + 1e-12);
        expect(isPlain(found)).toBe(true);
        expect(JSON.parse(JSON.stringify(found))).toEqual(found);
        if (found.onset !== null) expect(found.onset).toBeLessThan(history.length);
      }),
      { numRuns: 400 },
    );
  });

  it("tells the same of the same history, which it does not change", () => {
    fc.assert(
      fc.property(scores(40), options, (history, given) => {
        const before = [...history];
        expect(driftKind(history, given)).toEqual(driftKind(Object.freeze(history), Object.freeze(given)));
        expect(history).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  it("tells the same of null and NaN, of a Float64Array, and of -0", () => {
    fc.assert(
      fc.property(scores(40), (history) => {
        const found = driftKind(history);
        expect(driftKind(Float64Array.from(history, (z) => z ?? Number.NaN))).toEqual(found);
        expect(driftKind(history.map((z) => (z === 0 ? 0 : z)))).toEqual(found);
      }),
      { numRuns: 60 },
    );
  });

  it("tells the same kind, later, when windows without a score come before", () => {
    const shape = fc.record({
      onset: fc.integer({ min: 8, max: 20 }),
      duration: fc.integer({ min: 5, max: 100 }),
      empty: fc.integer({ min: 1, max: 30 }),
      seed: fc.nat(1e6),
    });
    fc.assert(
      fc.property(shape, ({ onset, duration, empty, seed }) => {
        const noise = sample(40, normals(seed));
        const history = Array.from(noise, (z, t) => z + (t >= onset && t < onset + duration ? 8 : 0));
        const found = driftKind(history);
        // There are more places for a change then, which moves the odds of two kinds a little.
        const [likely = 0, second = 0] = Object.values(found.probabilities).sort((one, other) => other - one);
        fc.pre(likely > 3 * second);
        const later = driftKind([...Array<null>(empty).fill(null), ...history]);
        expect(later).toMatchObject({ kind: found.kind, windows: 40, duration: found.duration });
        expect(later.onset).toBe((found.onset as number) + empty);
        // Noise may look like a slope, or hide a step where it goes half of it; the means are less than 1 off.
        if (found.kind !== "gradual" && noise.every((z) => Math.abs(z) < 3)) expect(found.onset).toBe(onset);
      }),
      { numRuns: 60, examples: [[{ onset: 20, duration: 20, empty: 1, seed: 669_035 }]] },
    );
  });

  it("sees a fall as it sees a rise, when both are looked for", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { maxLength: 40 }), (history) => {
        const up = driftKind(history, { twoSided: true });
        const down = driftKind(
          history.map((z) => -z),
          { twoSided: true },
        );
        expect(down.kind).toBe(up.kind);
        expect(down.probabilities.temporary).toBeCloseTo(up.probabilities.temporary, 9);
        if (up.amplitude !== null) expect(down.amplitude).toBeCloseTo(-up.amplitude, 9);
      }),
      { numRuns: 60 },
    );
  });

  it("looks at the latest window and one in so many before it, and tells numbers of all windows", () => {
    const shape = fc.record({
      every: fc.integer({ min: 2, max: 9 }),
      more: fc.nat(8),
      first: fc.nat(100),
      onset: fc.integer({ min: 6, max: 24 }),
      kind: fc.constantFrom("step", "ramp", "stretch", "wave"),
      seed: fc.nat(1e6),
    });
    fc.assert(
      fc.property(shape, ({ every, more, first, onset, kind, seed }) => {
        const noise = sample(32, normals(seed));
        const valueAt = (t: number) => {
          if (kind === "wave") return (t + onset) % 6 < 3 ? 1 : 0;
          if (kind === "ramp") return Math.min(1, Math.max(0, (t - onset + 1) / 12));
          return t >= onset && (kind === "step" || t < onset + 4) ? 1 : 0;
        };
        const some = Array.from(noise, (z, t) => z + 6 * valueAt(t));
        // What lies between is not looked at.
        const all = [
          ...Array<number>(more % every).fill(9),
          ...some.flatMap((z, t) => (t === 0 ? [z] : [...Array<number>(every - 1).fill(9), z])),
        ];
        const expected = driftKind(some);
        const found = driftKind(all, { every, first });
        const scaled = (value: number | null) => (value === null ? null : every * value);
        expect(found).toEqual({
          ...expected,
          onset: expected.onset === null ? null : first + (more % every) + every * expected.onset,
          width: scaled(expected.width),
          duration: scaled(expected.duration),
          period: scaled(expected.period),
          words: found.words,
        });
        for (const told of [found.onset, found.duration, found.period])
          if (told !== null) expect(found.words).toMatch(new RegExp(`\\b${told}\\b`));
        const seasonal = { period: 6, seasonal: some.map((z, t) => (t < 6 ? null : z / 2)) };
        const stretched = all.map((_, t) => {
          const place = (t - (more % every)) / every;
          return Number.isInteger(place) ? (seasonal.seasonal[place] ?? null) : 5;
        });
        expect(driftKind(all, { every, period: 6 * every, seasonal: stretched }).probabilities).toEqual(
          driftKind(some, seasonal).probabilities,
        );
      }),
      { numRuns: 40 },
    );
  });

  it("counts on seasonal scores only where they are", () => {
    const history = Array.from(sample(40, normals(3)), (z, t) => z + (t >= 20 ? 3 : 0));
    const nothing = driftKind(history, { period: 10, seasonal: history.map(() => null) });
    const divisors = driftKind(history, { period: [2, 5, 10] });
    expect(nothing.probabilities).toEqual(divisors.probabilities);
  });
});

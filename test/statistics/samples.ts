/** Samples that break things: heavy tails, ties, constants, infinities, subnormals, a few far outliers. */
import fc from "fast-check";

const shapes: Record<string, (random: () => number) => number> = {
  normal: (random) => normal(random),
  lognormal: (random) => Math.exp(3 * normal(random)),
  cauchy: (random) => normal(random) / normal(random),
  "ten integers": (random) => Math.floor(10 * random()),
  "two values": (random) => (random() < 0.3 ? -1 : 7),
  "zeros of both signs": (random) => (random() < 0.5 ? 0 : -0),
  constant: () => 5,
  "constant but one": (random) => (random() < 0.001 ? 6 : 5),
  "an outlier": (random) => (random() < 0.001 ? 1e300 : normal(random)),
  infinities: (random) => (random() < 0.1 ? Infinity : random() < 0.1 ? -Infinity : normal(random)),
  "some NaN": (random) => (random() < 0.2 ? Number.NaN : normal(random)),
  "powers of two": (random) => -(2 ** -Math.floor(1001 * random())),
  subnormal: (random) => normal(random) * 1e-310,
  huge: (random) => normal(random) * 1e308,
  "mostly zero": (random) => (random() < 0.97 ? (random() < 0.5 ? 0 : -0) : normal(random)),
  "far from zero": (random) => 1e16 + 2 * Math.floor(100 * random()),
  "one decimal": (random) => Math.round(10 * normal(random)) / 10,
};

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}

/** Seeded uniform numbers in (0, 1). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
}

/** `length` values of a shape; a shift moves them. */
export function sample(shape: string, length: number, seed: number, shift = 0): Float64Array {
  const random = randomFrom(seed);
  return Float64Array.from({ length }, () => shapes[shape]!(random) + shift);
}

export const shapeNames = Object.keys(shapes);

/** Two samples of one shape, small enough for naive statistics; seldom one side is a copy of the other. */
export const twoSamples = fc
  .record({
    shape: fc.constantFrom(...shapeNames),
    n: fc.integer({ min: 1, max: 120 }),
    m: fc.integer({ min: 1, max: 120 }),
    seed: fc.integer(),
    shift: fc.constantFrom(0, 0, 0.5),
    copy: fc.constantFrom(false, false, false, true),
  })
  .map(({ shape, n, m, seed, shift, copy }) => {
    const reference = sample(shape, n, seed);
    return [reference, copy ? reference.slice() : sample(shape, m, seed + 1, shift)] as const;
  });

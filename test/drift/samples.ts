/** Seeded samples for tests of verdicts. */

/** Numbers in [0, 1). */
export function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function uniforms(count: number, seed: number): number[] {
  const random = generator(seed);
  return Array.from({ length: count }, random);
}

export function normals(count: number, seed: number, mean: number, deviation: number): number[] {
  const random = generator(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: count }, () => mean + deviation * normal());
}

/** A stationary series whose neighbours correlate by `correlation`, of variance 1. */
export function autoregressive(count: number, seed: number, correlation: number): number[] {
  const steps = normals(count, seed, 0, 1);
  const scale = Math.sqrt(1 - correlation ** 2);
  let last = steps[0] ?? 0;
  return steps.map((step, row) => {
    last = row === 0 ? step : correlation * last + scale * step;
    return last;
  });
}

/** Values of clusters of `size` rows that correlate by `correlation`, of variance 1. */
export function clustered(count: number, seed: number, size: number, correlation: number): number[] {
  const own = normals(count, seed, 0, Math.sqrt(1 - correlation));
  const shared = normals(Math.ceil(count / size), seed + 1_000_000, 0, Math.sqrt(correlation));
  return own.map((value, row) => value + shared[Math.floor(row / size)]!);
}

import { describe, expect, it } from "vitest";
import { chiSquare } from "../../dist/distributions/index.js";
import { chooseSome } from "../../dist/engine/random.js";
import { alignments, arena, lengths } from "./arena.ts";

/** The generator from its published definition, on 32-bit integers. */
function naive(low: number, high: number): () => number {
  let [a, b, c, counter] = [high, 0x9e3779b9, low, 1];
  const next = () => {
    const bits = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = (b ^ (b >>> 9)) >>> 0;
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + bits) >>> 0;
    return bits;
  };
  for (let k = 0; k < 20; k++) next();
  return next;
}

/** The high half of the product with a word of 32 bits; words in the biased part are passed over. */
function below(next: () => number, size: number): number {
  for (;;) {
    const product = BigInt(next()) * BigInt(size);
    if (product % 2n ** 32n >= (2n ** 32n - BigInt(size)) % BigInt(size)) return Number(product >> 32n);
  }
}

describe("the generator of random numbers", () => {
  it("is sfc32, without bias for any size", () => {
    for (const [low, high] of [
      [0, 0],
      [1, 0],
      [0xffff_ffff, 0x1f_ffff],
    ] as const) {
      for (const size of [1, 2, 10, 3_000_000_000, 4_294_967_295]) {
        const memory = arena();
        const [state, out] = [memory.room(16, 4), memory.room(4000, 4)];
        memory.kernels.seedRandom(state, low, high);
        memory.kernels.randomBelow(state, size, 1000, out);
        memory.check();
        const next = naive(low, high);
        expect(Array.from(memory.u32(out, 1000))).toEqual(Array.from({ length: 1000 }, () => below(next, size)));
      }
    }
  });

  it("chooses labels: as many as wanted, all ways equally often", () => {
    for (const length of lengths) {
      const chosen = (length * 5) % (length + 1);
      const memory = arena();
      const [state, out, places] = [memory.room(16), memory.room(length, 1), memory.room(chosen * 4)];
      memory.kernels.seedRandom(state, length, 0);
      memory.kernels.chooseLabels(state, chosen, length, out);
      const labels = Array.from(memory.bytes(out, length));
      expect(labels.filter((label) => label === 1)).toHaveLength(chosen);
      expect(labels.filter((label) => label === 0)).toHaveLength(length - chosen);
      const room = memory.room((length + 1) * 4);
      expect(memory.kernels.labelled(out, length, room)).toBe(chosen);
      expect(Array.from(memory.u32(room, chosen))).toEqual(labels.flatMap((label, k) => (label ? [k] : [])));
      expect(places).toBeGreaterThan(0);
      memory.check();
    }
    const memory = arena();
    const [state, out] = [memory.room(16), memory.room(6)];
    memory.kernels.seedRandom(state, 7, 0);
    const counts = new Map<string, number>();
    for (let k = 0; k < 40_000; k++) {
      memory.kernels.chooseLabels(state, 2, 6, out);
      const key = `${memory.bytes(out, 6)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(chiSquare.sf(unevenness([...counts.values()], 15), 14)).toBeGreaterThan(1e-4);
  });

  it("shuffles: all orders are equally likely, and nothing is lost", () => {
    for (const length of lengths) {
      for (const offset of alignments(8)) {
        const memory = arena();
        const [state, values] = [memory.room(16), memory.room(length * 8, offset)];
        const given = Float64Array.from({ length }, (_, k) => k);
        memory.kernels.seedRandom(state, length, 1);
        memory.kernels.gatherF64(memory.input(given), 0, length, values);
        memory.kernels.shuffleF64(state, values, length);
        expect(memory.f64(values, length).sort()).toEqual(given);
        memory.check();
      }
    }
    const memory = arena();
    const [state, values] = [memory.room(16), memory.room(32)];
    memory.kernels.seedRandom(state, 3, 0);
    memory.kernels.gatherF64(memory.input(Float64Array.of(1, 2, 3, 4)), 0, 4, values);
    const counts = new Map<string, number>();
    for (let k = 0; k < 40_000; k++) {
      memory.kernels.shuffleF64(state, values, 4);
      const key = `${memory.f64(values, 4)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(chiSquare.sf(unevenness([...counts.values()], 24), 23)).toBeGreaterThan(1e-4);
  });
});

describe("chooseSome", () => {
  it("takes distinct numbers in order, all of them as often", () => {
    const counts = new Array<number>(20).fill(0);
    for (let seed = 0; seed < 4000; seed++) {
      const chosen = chooseSome(20, 5, seed);
      expect(chosen).toHaveLength(5);
      for (let k = 1; k < 5; k++) expect(chosen[k]).toBeGreaterThan(chosen[k - 1]!);
      for (const number of chosen) counts[number]!++;
    }
    // Without replacement counts vary by less than a multinomial law's.
    expect(chiSquare.sf(unevenness(counts, 20) / (1 - 4 / 19), 19)).toBeGreaterThan(1e-4);
    expect(chooseSome(7, 7, 1)).toEqual(Float64Array.of(0, 1, 2, 3, 4, 5, 6));
    expect(chooseSome(7, 0, 1)).toHaveLength(0);
  });
});

function unevenness(counts: readonly number[], ways: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  expect(counts).toHaveLength(ways);
  return counts.reduce((sum, count) => sum + (count - total / ways) ** 2 / (total / ways), 0);
}

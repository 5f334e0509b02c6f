import { describe, expect, it } from "vitest";
import { foldLevels } from "../../dist/engine/levels.js";
import { randoms } from "../sketch/naive.ts";
import { arena, lengths } from "./arena.ts";

describe("the kernels for sorted runs", () => {
  it("merge two runs of any length, with values that are equal", () => {
    const random = randoms(1);
    for (const a of lengths) {
      for (const b of [0, 1, 2, 3, 17, 64, 100]) {
        const memory = arena();
        const of = [1e9, 5][(a + b) % 2]!;
        const [x, y] = [a, b].map((length) => Float64Array.from({ length }, () => Math.floor(random() * of)).sort());
        if (b === 3) y!.set([-Infinity, Infinity, Infinity]);
        const out = memory.room((a + b) * 8, 8);
        memory.kernels.mergeRuns(memory.input(x!), a, memory.input(y!, 8), b, out);
        expect(memory.f64(out, a + b)).toEqual(Float64Array.of(...x!, ...y!).sort());
        memory.check();
      }
    }
  });

  it("tell whether values ascend between two bounds, without NaN and -0", () => {
    for (const length of lengths) {
      const sorted = Float64Array.from({ length }, (_, k) => Math.floor(k / 2) - 10);
      const [low, high] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
      const good = (values: Float64Array, from = low, to = high): number => {
        const memory = arena();
        const answer = memory.kernels.ascends(memory.input(values, 8), length, from, to);
        memory.check();
        return answer;
      };
      expect(good(sorted)).toBe(1);
      expect(good(sorted, -Infinity, Infinity)).toBe(1);
      if (length === 0) continue;
      expect(good(sorted, low + 1)).toBe(0);
      expect(good(sorted, low, high - 1)).toBe(0);
      for (let k = 0; k < length; k++) {
        expect(good(sorted.with(k, Number.NaN), -Infinity, Infinity)).toBe(0);
        const zeros = sorted.map((x, j) => (j < k ? Math.min(x, -1) : j === k ? -0 : Math.max(x, 1)));
        expect(good(zeros, -Infinity, Infinity)).toBe(0);
        if (k > 0) expect(good(sorted.with(k, sorted[k - 1]! - 1), -Infinity, Infinity)).toBe(0);
      }
    }
  });

  it("take every other value", () => {
    for (const length of lengths) {
      for (const offset of [0, 1]) {
        const memory = arena();
        const values = Float64Array.from({ length: 2 * length }, (_, k) => k);
        const out = memory.room(length * 8);
        memory.kernels.everyOther(memory.input(values) + 8 * offset, length, out);
        expect(memory.f64(out, length)).toEqual(values.filter((k) => k % 2 === offset));
        memory.check();
      }
    }
  });
});

/** The same by lists: levels are joined and sorted, and halved from the lowest one up. */
function naive(
  a: number[][],
  b: number[][],
  most: number,
  capacity: (below: number) => number,
  toss: (h: number) => number,
) {
  let levels = Array.from({ length: Math.max(a.length, b.length) }, (_, h) => [...(a[h] ?? []), ...(b[h] ?? [])]);
  while (levels.flat().length > most) {
    const top = levels.length - 1;
    let risen: number[] = [];
    const next: number[][] = [];
    let left = levels.flat().length;
    for (let h = 0; h <= top || risen.length > 0; h++) {
      const level = [...(levels[h] ?? []), ...risen].sort((x, y) => x - y);
      risen = [];
      if (left > most && level.length >= capacity(top - h)) {
        const offset = toss(h);
        risen = level.filter((_, k) => k % 2 === offset && k < level.length - (level.length % 2));
        left -= risen.length;
        next.push(level.slice(level.length - (level.length % 2)));
      } else next.push(level);
    }
    levels = next;
  }
  return levels.map((level) => level.sort((x, y) => x - y));
}

describe("foldLevels", () => {
  it("does what lists do", () => {
    for (let seed = 0; seed < 300; seed++) {
      const random = randoms(seed);
      const make = () =>
        Array.from({ length: Math.floor(random() * 6) }, () =>
          Array.from({ length: Math.floor(random() * 40) }, () => Math.floor(random() * 50)).sort((x, y) => x - y),
        );
      const most = 20 + Math.floor(random() * 60);
      const capacity = (below: number) => Math.max(2, Math.floor(((most / 3) * 2 ** below) / 3 ** below));
      const toss = () => {
        let k = seed;
        return () => {
          k = (k * 5 + 1) % 16;
          return k & 1;
        };
      };
      const [a, b] = [make(), make()];
      const flat = (levels: number[][]) => ({
        values: Float64Array.from(levels.flat()),
        sizes: levels.map(({ length }) => length),
      });
      const expected = naive(a, b, most, capacity, toss());
      const found = foldLevels(flat(a), flat(b), { most, capacity, toss: toss() });
      expect({ values: found.values, sizes: found.sizes }).toEqual(flat(expected));
    }
  });
});

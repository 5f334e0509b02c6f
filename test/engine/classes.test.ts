import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FixedChunk } from "../../dist/engine/chunk.js";
import { binScores, lossesOfSeveral, lossesOfTwo } from "../../dist/engine/class-losses.js";
import {
  chooseAtLeast,
  chooseLargest,
  countPairs,
  mostClasses,
  nanClass,
  numberClasses,
} from "../../dist/engine/classes.js";
import { denseOf } from "../../dist/engine/dense.js";
import { theEngine } from "../../dist/engine/memory.js";
import { alignments, arena, lengths } from "./arena.ts";

const chunksOf = (values: Float64Array) => denseOf(values).chunks as readonly FixedChunk[];
const numbered = (values: Float64Array) => numberClasses(chunksOf(values), values.length);

describe("numbers of classes", () => {
  it("are those of the distinct values as they come, -0 being 0, NaN none", () => {
    const { codes, values } = numbered(Float64Array.of(3, -0, 3, Number.NaN, 0, Number.POSITIVE_INFINITY, 0.1))!;
    expect(Array.from(codes)).toEqual([0, 1, 0, nanClass, 1, 2, 3]);
    expect(Array.from(values)).toEqual([3, 0, Number.POSITIVE_INFINITY, 0.1]);
  });

  it("are those of a map, however values collide", () => {
    const value = fc.oneof(fc.integer({ min: -40, max: 40 }), fc.double({ noNaN: true }), fc.integer());
    fc.assert(
      fc.property(fc.array(value, { maxLength: 900 }), (given) => {
        const known = new Map<number, number>();
        const expected = given.map((x) => {
          if (!known.has(x + 0)) known.set(x + 0, known.size);
          return known.get(x + 0);
        });
        const found = numbered(Float64Array.from(given))!;
        expect(Array.from(found.codes)).toEqual(expected);
        expect(Array.from(found.values)).toEqual([...known.keys()]);
      }),
      { numRuns: 40 },
    );
  });

  it("go up to 1 024", () => {
    const many = Float64Array.from({ length: 9000 }, (_, k) => (k % mostClasses) / 7);
    expect(numbered(many)!.values.length).toBe(mostClasses);
    expect(numbered(Float64Array.of(...many, -1))).toBeNull();
  });
});

describe("pairs of classes", () => {
  it("are counted at any length and address, in four copies or one", () => {
    for (const length of lengths) {
      for (const offset of alignments(2)) {
        const memory = arena();
        const first = Uint16Array.from({ length }, (_, k) => (k * k) % 3);
        const second = Uint16Array.from({ length }, (_, k) => (k * 7) % 3);
        const expected = new Uint32Array(9);
        for (const [k, one] of first.entries()) expected[one * 3 + second[k]!]!++;
        const [a, b] = [memory.input(first, offset), memory.input(second, offset)];
        for (const stride of [0, 36]) {
          const counts = memory.room(144);
          theEngine().u8.fill(0, counts, counts + 144);
          memory.kernels.countPairs(counts, a, b, length, 3, stride);
          memory.kernels.joinQuarters(counts, 9);
          expect(memory.u32(counts, 9)).toEqual(expected);
        }
        memory.check();
      }
    }
  });

  it("of few and of many classes make the same table", () => {
    for (const classes of [1, 2, 64, 65, 300]) {
      const first = Uint16Array.from({ length: 9001 }, (_, k) => (k * 31) % classes);
      const second = Uint16Array.from({ length: 9001 }, (_, k) => (k * k) % classes);
      const expected = new Float64Array(classes * classes);
      for (const [k, one] of first.entries()) expected[one * classes + second[k]!]!++;
      expect(countPairs(first, second, classes)).toEqual(expected);
    }
  });
});

describe("classes by scores", () => {
  const scores = Float64Array.from({ length: 9001 }, (_, k) => ((k * 7919) % 101) / 100);

  it("follow a threshold, which belongs to those above", () => {
    expect(chooseAtLeast(scores, 0.5, 1, 0)).toEqual(Uint16Array.from(scores, (score) => Number(score < 0.5)));
  });

  it("are the largest one's, the first of equal ones", () => {
    const others = scores.map((_, k) => ((k * 31) % 101) / 100);
    const three = [scores, others, scores];
    const expected = Uint16Array.from(scores, (score, k) => (others[k]! > score ? 1 : 0));
    expect(chooseLargest(three)).toEqual(expected);
    expect(chooseLargest([new Float64Array(3), new Float64Array(3)])).toEqual(new Uint16Array(3));
  });
});

describe("losses", () => {
  const rows = 3001;
  const scores = Float64Array.from({ length: rows }, (_, k) => ((k * 7919) % 1001) / 1000);
  const labels = Uint16Array.from(scores, (_, k) => ((k * 31) % 7) % 2);
  const log = (p: number) => -Math.log(Math.min(Math.max(p, 2 ** -52), 1 - 2 ** -52));
  const near = (found: ArrayLike<number>, expected: ArrayLike<number>) => {
    expect(found.length).toBe(expected.length);
    for (let k = 0; k < found.length; k++) expect(Math.abs(found[k]! - expected[k]!)).toBeLessThan(1e-14);
  };

  it("of two classes are those of the probability of the row's own", () => {
    const { logs, squares } = lossesOfTwo(scores, labels, 1, true);
    const chances = scores.map((score, k) => (labels[k] === 1 ? score : 1 - score));
    near(logs.each!, chances.map(log));
    near(
      squares.each!,
      chances.map((p) => (1 - p) ** 2),
    );
    const mean = (values: Float64Array) => values.reduce((sum, x) => sum + x / rows, 0);
    expect(logs.mean).toBeCloseTo(mean(logs.each!), 12);
    expect(squares.m2).toBeCloseTo(
      squares.each!.reduce((sum, x) => sum + (x - mean(squares.each!)) ** 2, 0),
      9,
    );
    expect(lossesOfTwo(scores, labels, 1, false)).toEqual({
      logs: { ...logs, each: null },
      squares: { ...squares, each: null },
    });
  });

  it("are logarithms to a relative error of 3.4e-16, at any length and address", () => {
    const chances = Float64Array.from({ length: 20_000 }, (_, k) =>
      k % 3 === 0
        ? 2 ** (-(k % 1000) / 19.3)
        : k % 3 === 1
          ? 1 - 2 ** (-(k % 1000) / 19.3)
          : ((k * 7919) % 9973) / 9973,
    );
    for (const length of [...lengths, chances.length]) {
      const memory = arena();
      const out = memory.room(length * 8, 8);
      memory.kernels.logLosses(memory.input(chances.subarray(0, length), 8), length, 2 ** -52, out);
      memory.f64(out, length).forEach((found, k) => {
        const exact = log(chances[k]!);
        expect(Math.abs(found - exact), `log ${chances[k]}`).toBeLessThanOrEqual(1.5 * 2 ** -52 * exact);
      });
      memory.check();
    }
  });

  it("of several classes are 0 of none: a class that has no scores", () => {
    const columns = [scores.map((score) => 1 - score), scores, new Float64Array(rows)];
    const of = labels.map((label, k) => (k % 5 === 0 ? 2 : label));
    const { logs, squares } = lossesOfSeveral(columns, of, true);
    near(
      logs.each!,
      Float64Array.from(of, (label, k) => log(columns[label]![k]!)),
    );
    near(
      squares.each!,
      Float64Array.from(of, (label, k) =>
        columns.reduce((sum, column, which) => sum + (column[k]! - Number(which === label)) ** 2, 0),
      ),
    );
  });

  it("are added to the bin whose upper end a score does not exceed", () => {
    const ends = Float64Array.of(0.1, 0.1, 0.5);
    const hits = Uint8Array.from(labels);
    const found = binScores(scores, hits, ends);
    const binOf = (score: number) => (score <= 0.1 ? 0 : score <= 0.5 ? 2 : 3);
    for (const bin of [0, 1, 2, 3]) {
      const inside = Array.from(scores.keys()).filter((row) => binOf(scores[row]!) === bin);
      expect(found[bin]!.count).toBe(inside.length);
      expect(found[bin]!.hits).toBe(inside.reduce((sum, row) => sum + hits[row]!, 0));
      expect(found[bin]!.sum).toBeCloseTo(
        inside.reduce((sum, row) => sum + scores[row]!, 0),
        9,
      );
    }
    expect(binScores(scores, hits, new Float64Array(0))[0]!.count).toBe(rows);
  });
});

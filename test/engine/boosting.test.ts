import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boost, type Coded, codeValues, type Growth } from "../../dist/engine/boosting.js";
import { randomFrom, sample } from "../statistics/samples.ts";

const growth: Growth = { loss: "squared", trees: 5, leaves: 6, rate: 0.3, penalty: 1, least: 3 };

function randomCodes(rows: number, columns: number, codeCount: number, seed: number): Coded {
  const random = randomFrom(seed);
  const codes = Uint8Array.from({ length: rows * columns }, () => Math.floor(codeCount * random()));
  return { codes, rows, columns, codeCount };
}

const every = (rows: number) => Uint32Array.from({ length: rows }, (_, row) => row);

/** Trees without histograms: every split of every leaf is tried, its sums formed anew. */
function naive(coded: Coded, targets: readonly number[], training: readonly number[], growth: Growth) {
  const { rows, columns, codeCount, codes } = coded;
  const code = (row: number, column: number) => codes[column * rows + row]!;
  const mean = training.reduce((sum, row) => sum + targets[row]!, 0) / training.length;
  const start = growth.loss === "squared" ? mean : Math.log(mean / (1 - mean));
  const scores: number[] = Array(rows).fill(start);
  const gains: number[] = Array(columns).fill(0);
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  const derivatives = (row: number): [number, number] => {
    if (growth.loss === "squared") return [scores[row]! - targets[row]!, 1];
    const p = sigmoid(scores[row]!);
    return [p - targets[row]!, p * (1 - p)];
  };
  for (let tree = 0; tree < growth.trees; tree++) {
    const at = scores.map((_, row) => derivatives(row));
    const sums = (of: readonly number[]) =>
      of.reduce(([g, h], row) => [g + at[row]![0], h + at[row]![1]] as [number, number], [0, 0] as [number, number]);
    const worth = ([g, h]: [number, number]) => (g * g) / (h + growth.penalty);
    const best = (leaf: readonly number[]) => {
      let found = { gain: 0, column: 0, left: [] as number[], right: [] as number[] };
      for (let column = 0; column < columns; column++) {
        const ways = leaf.some((row) => code(row, column) === 0) ? [false, true] : [false];
        for (const missingLeft of ways) {
          for (let last = 1; last < codeCount; last++) {
            const goesLeft = (row: number) => {
              const c = code(row, column);
              return c === 0 ? missingLeft : c <= last;
            };
            const left = leaf.filter(goesLeft);
            const right = leaf.filter((row) => !goesLeft(row));
            if (sums(left)[1] < growth.least || sums(right)[1] < growth.least) continue;
            const gain = worth(sums(left)) + worth(sums(right)) - worth(sums(leaf));
            if (gain > found.gain + 1e-9) found = { gain, column, left, right };
          }
        }
      }
      return found;
    };
    const leaves = [training.slice()];
    const splits = [best(training)];
    while (leaves.length < growth.leaves) {
      const chosen = splits.reduce((most, { gain }, k) => (gain > splits[most]!.gain ? k : most), 0);
      const { gain, column, left, right } = splits[chosen]!;
      if (gain <= 0) break;
      gains[column]! += gain / 2;
      leaves[chosen] = left;
      splits[chosen] = best(left);
      leaves.push(right);
      splits.push(best(right));
    }
    if (leaves.length === 1) break;
    for (const leaf of leaves) {
      const [g, h] = sums(leaf);
      for (const row of leaf) scores[row]! -= (growth.rate * g) / (h + growth.penalty);
    }
  }
  return { scores, gains };
}

describe("boosted trees", () => {
  it("are those of a naive search of all splits", () => {
    const cases = fc.record({
      rows: fc.integer({ min: 8, max: 60 }),
      columns: fc.integer({ min: 1, max: 6 }),
      codeCount: fc.integer({ min: 2, max: 12 }),
      seed: fc.integer(),
      loss: fc.constantFrom("squared" as const, "logistic" as const),
    });
    fc.assert(
      fc.property(cases, ({ rows, columns, codeCount, seed, loss }) => {
        const coded = randomCodes(rows, columns, codeCount, seed);
        const random = randomFrom(seed + 1);
        // No two rows have equal targets, so that no two splits are equally good.
        const targets = Array.from({ length: rows }, (_, k) => (random() + coded.codes[k]! / codeCount) / 2);
        const training = [...every(rows)].filter((row) => row < 2 || random() < 0.8);
        const settings = { ...growth, loss, least: loss === "squared" ? 3 : 0.7531 };
        const found = boost(coded, Float64Array.from(targets), Uint32Array.from(training), settings);
        const expected = naive(coded, targets, training, settings);
        for (const row of training) expect(found.scores[row]).toBeCloseTo(expected.scores[row]!, 7);
        // Two columns may part a leaf alike: only together their gains are certain.
        const total = (gains: ArrayLike<number>) => Array.from(gains).reduce((sum, gain) => sum + gain, 0);
        expect(total(found.gains)).toBeCloseTo(total(expected.gains), 7);
      }),
      { numRuns: 150 },
    );
  });

  it("learn an interaction that no column alone shows", () => {
    const rows = 2000;
    const coded = randomCodes(rows, 3, 11, 5);
    const isHigh = (row: number, column: number) => coded.codes[column * rows + row]! > 5;
    const targets = Float64Array.from(every(rows), (row) => Number(isHigh(row, 0) !== isHigh(row, 1)));
    const settings: Growth = { ...growth, loss: "logistic", trees: 40, least: 2 };
    const { scores, gains } = boost(coded, targets, every(1000), settings);
    const right = [...every(rows)].slice(1000).filter((row) => scores[row]! > 0 === (targets[row] === 1)).length;
    expect(right).toBeGreaterThan(950);
    expect(gains[2]).toBeLessThan(0.1 * (gains[0]! + gains[1]!));
  });

  it("score rows that were not trained on by their codes alone, whatever their targets", () => {
    const coded = randomCodes(100, 2, 8, 7);
    const targets = Float64Array.from(every(100), (row) => coded.codes[row]! ** 2);
    const training = every(70);
    const first = boost(coded, targets, training, growth);
    const second = boost(
      coded,
      targets.map((target, row) => (row < 70 ? target : 1e300)),
      training,
      growth,
    );
    expect(second).toEqual(first);
  });

  it("are a constant without a split: equal codes, few rows, equal targets", () => {
    const coded = randomCodes(30, 2, 5, 3);
    const targets = Float64Array.from(every(30), (row) => row);
    const same = { ...coded, codes: new Uint8Array(60).fill(2) };
    expect(boost(same, targets, every(30), growth).scores).toEqual(new Float64Array(30).fill(14.5));
    expect(boost(coded, targets, every(30), { ...growth, least: 16 }).scores).toEqual(new Float64Array(30).fill(14.5));
    expect(boost(coded, new Float64Array(30).fill(3), every(30), growth).gains).toEqual(new Float64Array(2));
  });

  it("of one class have finite odds", () => {
    const { scores } = boost(randomCodes(20, 1, 4, 1), new Float64Array(20).fill(1), every(20), {
      ...growth,
      loss: "logistic",
    });
    expect(scores.every(Number.isFinite)).toBe(true);
  });
});

describe("codes", () => {
  it("count the edges below a value; 0 is NaN", () => {
    for (const shape of ["normal", "ten integers", "infinities", "some NaN", "zeros of both signs", "huge"]) {
      const values = sample(shape, 300, 1);
      const edges = Float64Array.from(new Set(sample(shape, 40, 2).filter((x) => !Number.isNaN(x)))).sort();
      for (const count of [0, 1, 2, edges.length]) {
        const codes = new Uint8Array(values.length);
        codeValues(values, edges.subarray(0, count), codes);
        const expected = Array.from(values, (x) =>
          Number.isNaN(x) ? 0 : 1 + edges.subarray(0, count).filter((edge) => edge < x).length,
        );
        expect([...codes]).toEqual(expected);
      }
    }
  });
});

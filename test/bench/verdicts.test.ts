import { expect, it } from "vitest";
import { cutAt, detection, scoreOf, upperBound } from "../../bench/verdicts/tables.js";

const quiet = { p: 0.4, ratio: 0.5, drifted: false };

it("bounds a share from above as Clopper and Pearson do", () => {
  expect(upperBound(0, 300)).toBeCloseTo(1 - 0.05 ** (1 / 300), 12);
  expect(upperBound(3, 1000)).toBeCloseTo(0.007736, 5);
  expect(upperBound(2, 2)).toBe(1);
});

it("scores a table by its smallest adjusted p-value with an effect, or by its largest effect", () => {
  const table = [{ ...quiet, p: 0.001, ratio: 2 }, { ...quiet, p: 0.0001 }, quiet, quiet];
  expect(scoreOf(table, true)).toBeCloseTo(-0.002, 12);
  expect(scoreOf(table, false)).toBe(2);
  expect(scoreOf([quiet], true)).toBe(-1);
});

it("sets the cut so that no more than the share is above it", () => {
  const scores = Array.from({ length: 200 }, (_, k) => k);
  const cut = cutAt(scores, 0.01);
  expect(scores.filter((score) => score > cut)).toEqual([198, 199]);
  expect(cutAt([1, 1, 1], 0.01)).toBe(1);
});

it("finds tables by their changed columns only", () => {
  const unchanged = Array(50).fill(Array(100).fill(quiet));
  const changed = Array(50).fill(Array(100).fill({ p: 1e-6, ratio: 3, drifted: true }));
  expect(detection(unchanged, changed, 0, false, 1)).toBe(0);
  expect(detection(unchanged, changed, 1, false, 1)).toBe(1);
  expect(detection(unchanged, changed, 1, true, -0.001)).toBe(1);
});

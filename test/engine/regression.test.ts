import { expect, it } from "vitest";
import { sample } from "../statistics/samples.ts";
import { arena, lengths } from "./arena.ts";

const least = 2 ** -52;

it("errors, sizes, squares and shares of pairs are those of each by itself, whatever their number", () => {
  const [targets, predictions] = [sample("normal", 68, 1), sample("one decimal", 68, 2)];
  targets.set([0, -0, 3, Infinity, -Infinity, Infinity, 1e308], 0);
  predictions.set([0, 1, 3, Infinity, 2, -Infinity, -1e308], 0);
  for (const length of lengths) {
    for (const [factor, back, down, up] of [
      [1, 1, 1, 1],
      [0.25, 1, 0.25, 2],
      [2 ** -1025, 2 ** 513, 2 ** -512, 1],
    ] as const) {
      const memory = arena();
      const [y, p] = [targets.subarray(0, length), predictions.subarray(0, length)];
      const outs = [0, 1, 2, 3].map(() => memory.room(length * 8)) as [number, number, number, number];
      memory.kernels.regressionErrors(memory.input(y), memory.input(p), length, factor, back, down, up, ...outs);
      const errors = y.map((value, row) => (value === p[row] ? 0 : p[row]! * factor - value * factor));
      const shares = errors.map(
        (error, row) => ((Math.abs(error) * back) / (Math.max(Math.abs(y[row]!), least) * down)) * up,
      );
      const wanted = [errors, errors.map(Math.abs), errors.map((error) => error * error), shares];
      wanted.forEach((values, k) => {
        expect(memory.f64(outs[k]!, length)).toEqual(values.map((value) => value + 0));
      });
      memory.check();
    }
  }
});

it("the influence of rows is summed as by its definition", () => {
  for (const length of [0, 1, 2, 127, 128, 129, 300]) {
    const memory = arena();
    const [targets, errors] = [sample("normal", length, 3), sample("normal", length, 4)];
    const sum = memory.input(new Float64Array(2));
    memory.kernels.residualInfluence(memory.input(targets), memory.input(errors), length, 0.25, 1e-9, 0.7, 0.3, sum);
    const wanted = targets.reduce(
      (all, y, row) => all + (errors[row]! ** 2 * 0.7 - (y - 0.25 - 1e-9) ** 2 * 0.3) ** 2,
      0,
    );
    const [high, low] = memory.f64(sum, 2);
    expect(high! + low!).toBeCloseTo(wanted, 11);
  }
});

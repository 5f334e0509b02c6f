import { expect, it } from "vitest";
import { eachDraw } from "../../dist/engine/drawn-sums.js";

it("draws as many rows as there are, each as often on average, and gives their sums and ranks", () => {
  const rows = 50;
  const ones = new Float64Array(rows).fill(1);
  const numbers = ones.map((_, row) => row);
  const chosen = numbers.map((row) => Number(row === 7));
  let [draws, hits] = [0, 0];
  eachDraw([ones, numbers, chosen], 400, 3, ({ sums, rowAt }) => {
    const [count, sum, sevens] = sums as [number, number, number];
    const drawn = Array.from({ length: rows }, (_, rank) => rowAt(rank));
    expect(count).toBe(rows);
    expect(drawn).toEqual(drawn.slice().sort((a, b) => a - b));
    expect(drawn.reduce((all, row) => all + row, 0)).toBe(sum);
    expect(drawn.filter((row) => row === 7).length).toBe(sevens);
    draws += rows;
    hits += sevens;
  });
  expect(Math.abs(hits - draws / rows)).toBeLessThan(4 * Math.sqrt(draws / rows));
});

it("draws the same rows with the same seed", () => {
  const numbers = Float64Array.from({ length: 30 }, (_, row) => row);
  const sums = (seed: number) => {
    const found: number[] = [];
    eachDraw([numbers], 20, seed, (drawn) => found.push(drawn.sums[0]!));
    return found;
  };
  expect(sums(5)).toEqual(sums(5));
  expect(sums(5)).not.toEqual(sums(6));
});

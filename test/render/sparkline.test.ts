import { describe, expect, it } from "vitest";
import { sparklines } from "../../dist/render/sparkline.js";

describe("sparklines", () => {
  it("draws a block a cell, both sides on one scale", () => {
    expect(sparklines({ reference: [0.125, 0.25, 0.625], current: [1, 0, 0] }, 8)).toEqual(["▂▃▆", "█__"]);
  });

  it("adds up neighbours where there are more cells than blocks", () => {
    const shares = Array.from({ length: 10 }, () => 0.1);
    expect(sparklines({ reference: shares, current: shares }, 4)).toEqual(["███▃", "███▃"]);
  });

  it("shows the least share as the lowest block and no share as an underscore", () => {
    expect(sparklines({ reference: [1e-9, 0, 1], current: [0, 0, 0] }, 8)).toEqual(["▁_█", "___"]);
  });

  it("draws nothing of nothing", () => {
    expect(sparklines({ reference: [], current: [] }, 8)).toEqual(["", ""]);
  });

  it("draws the first categories, and not the rest of them", () => {
    const shape = { reference: [0.2, 0.1, 0.7], current: [0.1, 0.2, 0.7] };
    expect(sparklines({ ...shape, categories: ["a", "b", "other"] }, 8)).toEqual(["█▅", "▅█"]);
    expect(sparklines({ ...shape, categories: ["a", "b", "c"] }, 2)).toEqual(["█▅", "▅█"]);
  });

  it("never takes more cells than it is given", () => {
    for (let cells = 1; cells < 40; cells++) {
      const shares = Array.from({ length: cells }, (_, k) => k);
      expect(sparklines({ reference: shares, current: shares }, 6)[0].length).toBeLessThanOrEqual(6);
    }
  });
});

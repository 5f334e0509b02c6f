import { describe, expect, it } from "vitest";
import { eachResampledTable, Resampled } from "../../dist/statistics/bootstrap.js";

describe("tables of rows drawn anew", () => {
  it("have as many rows, in the cells that had some, with the means and variances of the multinomial law", () => {
    for (const counts of [Float64Array.of(3, 0, 17, 30), Float64Array.of(4e5, 1, 0, 6e5)]) {
      const total = counts.reduce((sum, count) => sum + count, 0);
      const resamples = 20_000;
      const [sums, squares] = [new Float64Array(4), new Float64Array(4)];
      eachResampledTable(counts, total, { resamples, seed: 1, confidence: 0.95 }, (drawn) => {
        expect(drawn.reduce((sum, count) => sum + count, 0)).toBe(total);
        drawn.forEach((count, cell) => {
          sums[cell]! += count;
          squares[cell]! += (count - counts[cell]!) ** 2;
        });
      });
      counts.forEach((count, cell) => {
        const variance = count * (1 - count / total);
        expect(Math.abs(sums[cell]! / resamples - count)).toBeLessThanOrEqual(4 * Math.sqrt(variance / resamples));
        // The variance of a squared deviation is 2 σ⁴ + σ² (1 - 6 p (1 - p)).
        const spread = Math.sqrt((2 * variance ** 2 + variance) / resamples);
        expect(Math.abs(squares[cell]! / resamples - variance)).toBeLessThanOrEqual(4 * spread);
      });
    }
  });
});

describe("intervals of draws", () => {
  const settings = { resamples: 101, seed: 0, confidence: 0.9 };
  const resampled = (values: readonly number[]) => {
    const found = new Resampled(1, { ...settings, resamples: values.length });
    for (const value of values) found.add([value]);
    return found;
  };

  it("are the middle of those that are numbers, where half lie below the metric", () => {
    const values = Array.from({ length: 101 }, (_, k) => (k * 37) % 101);
    const [low, high] = resampled([...values, Number.NaN]).interval(0, 50)!;
    expect(low).toBeCloseTo(5, 10);
    expect(high).toBeCloseTo(95, 10);
  });

  it("move by twice the distance that the metric lies from the middle, in standard deviations", () => {
    const values = Array.from({ length: 10_001 }, (_, k) => k / 10_000);
    // 69.146 % lie below: half a standard deviation. Φ(1 - 1.6449) = 0.2595 and Φ(1 + 1.6449) = 0.9959.
    const [low, high] = resampled(values).interval(0, 0.6914625)!;
    expect(low).toBeCloseTo(0.2595, 3);
    expect(high).toBeCloseTo(0.9959, 3);
  });

  it("are none where nothing varies, nothing is defined, or the metric is not", () => {
    expect(resampled([1, 1, 1]).interval(0, 1)).toBeNull();
    expect(resampled([Number.NaN]).interval(0, 1)).toBeNull();
    expect(resampled([1, 2, 3]).interval(0, Number.NaN)).toBeNull();
  });
});

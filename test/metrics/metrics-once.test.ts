/** Metrics that several ask for. */
import { compare, metricsOf } from "smirnov";
import { expect, it } from "vitest";
import { metricsOnce } from "../../dist/metrics/metrics-once.js";

it("metricsOnce lists the metrics of a report once, and those of another by themselves", async () => {
  const report = await compare({ a: [1, 2, 3] }, { a: [2, 3, 4] });
  const metrics = metricsOnce(report);
  expect(metrics).toEqual(metricsOf(report));
  expect(metricsOnce(report)).toBe(metrics);
  expect(metricsOnce({ ...report })).not.toBe(metrics);
});

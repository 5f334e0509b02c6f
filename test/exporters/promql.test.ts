/** The reader of PromQL that the tests of dashboards and rules go by. */
import { describe, expect, it } from "vitest";
import { shapeOf } from "./promql.ts";

const metrics: Readonly<Record<string, readonly string[]>> = {
  rows: ["dataset"],
  share: ["dataset", "column", "side"],
  drifted: ["dataset", "column"],
  time_bucket: ["dataset", "le"],
  up: [],
};
const read = (expression: string) => {
  const shape = shapeOf(expression, (name) => metrics[name]);
  return shape && [...shape].sort().join(" ");
};

describe("shapeOf", () => {
  it.each([
    ["rows", "dataset instance job"],
    ['rows{dataset=~"a|\\"b", dataset!="c",} offset 5m', "dataset instance job"],
    ["1 + 2 ^ -3", null],
    ["time() - min(rows)", ""],
    ["sum(rows) or vector(0)", ""],
    ["sum by (dataset) (rate(rows[5m]))", "dataset"],
    ["sum(rate(rows[5m])) by (dataset)", "dataset"],
    ["max without (side, instance, job) (share)", "column dataset"],
    ["topk(3, share > 0.5)", "column dataset instance job side"],
    ["histogram_quantile(0.9, sum by (le) (rate(time_bucket[5m])))", ""],
    ['share{side="a"} - ignoring (side) share{side="b"}', "column dataset instance job"],
    ["share * ignoring (side) group_left () drifted", "column dataset instance job side"],
    ["share and on (dataset, column) drifted", "column dataset instance job side"],
    ["drifted unless drifted offset 15m # the rest\n or drifted", "column dataset instance job"],
    ["up == 0 or absent(up)", "instance job"],
    ["max_over_time(sum by (dataset) (rows)[1h:5m])", "dataset"],
  ])("reads %s", (expression, labels) => {
    expect(read(expression)).toBe(labels);
  });

  it.each([
    ["row", "a metric row, which is not exported"],
    ["sum(rate(time_sum[5m]))", "a metric time_sum, which is not exported"],
    ['rows{column="a"}', "selects by column, which is not among the labels"],
    ["sum by (column) (rows)", "by column, which is not among the labels"],
    ["sum by (dataset) (sum by (dataset) (rows)) + sum without (dataset) (sum(rows))", "without dataset"],
    ["histogram_quantile(0.9, sum by (dataset) (rate(time_bucket[5m])))", "needs le"],
    ["share - drifted", "sides of - never match"],
    ["share and on (side) drifted", "matches on side"],
    ["sum by (dataset) (rows) > sum(rows)", "sides of > never match: dataset against "],
    ["share - ignoring (kind) share", "ignores kind"],
    ["tangent(rows)", "a function tangent"],
    ["rate(rows[5])", "a range without a duration"],
    ["topk(rows)", "1 arguments of topk"],
    ["rows rows", "rows behind the expression"],
    ["rows{dataset}", "dataset without an operator"],
    ['rows{dataset="}', "no PromQL at"],
    ["(rows", "the end where ) should be"],
  ])("complains of %s", (expression, message) => {
    expect(() => read(expression)).toThrow(message);
  });
});

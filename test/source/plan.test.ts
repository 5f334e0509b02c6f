import { describe, expect, it } from "vitest";
import { denseOf } from "../../dist/engine/dense.js";
import { answerNow, one, type Plan, together } from "../../dist/source/plan.js";
import { denseSource } from "../../dist/source/values.js";
import { momentsPlan } from "../../dist/statistics/moments.js";
import { quantilesPlan } from "../../dist/statistics/quantile.js";
import { sample } from "../statistics/samples.ts";

// biome-ignore lint/correctness/useYield: a plan that asks nothing
function* nothing(): Plan<string> {
  return "nothing";
}

describe("plans side by side", () => {
  const source = () => denseSource(denseOf(sample("normal", 20_000, 1)));

  it("return what each returns by itself", () => {
    const found = answerNow(together(momentsPlan(0), nothing(), quantilesPlan(0, [0.1, 0.9])), source());
    expect(found).toEqual([
      answerNow(momentsPlan(0), source()),
      "nothing",
      answerNow(quantilesPlan(0, [0.1, 0.9]), source()),
    ]);
    expect(answerNow(together(), source())).toEqual([]);
  });

  it("ask in one list what they ask in the same step", () => {
    const lists: string[][] = [];
    const plan = together(momentsPlan(0), nothing(), quantilesPlan(0, [0.5]), one(0, "wide"));
    const answers = source();
    let step = plan.next();
    while (!step.done) {
      lists.push(step.value.map(({ ask }) => ask));
      step = plan.next(
        step.value.map(({ ask, with: args }) => (answers[ask] as (...args: unknown[]) => unknown)(...args)),
      );
    }
    expect(lists).toEqual([["moments", "inOrder", "size", "wide"], ["grid"], ["cells"], ["ordered"]]);
  });
});

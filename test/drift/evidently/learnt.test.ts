import { describe, expect, it } from "vitest";
import type { TextColumn } from "../../../dist/column/column.js";
import { columnOf } from "../../../dist/column/column-of.js";
import { embeddingDrift } from "../../../dist/drift/evidently/embeddings.js";
import { judge } from "../../../dist/drift/evidently/methods.js";
import { numpyRandom } from "../../../dist/drift/evidently/numpy-random.js";
import { sideOf } from "../../../dist/drift/evidently/side.js";
import { expectClose } from "../../statistics/oracle.ts";
import { answers } from "./answers.ts";

it.each(answers.random)("numpyRandom draws what RandomState($seed) draws", (expected) => {
  const random = numpyRandom(expected.seed);
  expect([...random.permutation(20)]).toEqual(expected.permutation);
  expect(Array.from({ length: 5 }, () => random.uniform())).toEqual(expected.uniform);
  const integers = [random.integer(1, 2147483647), random.integer(0, 10000), random.integer(0, 3)];
  expect(integers).toEqual(expected.integers);
  expect([...numpyRandom(expected.seed).permutation(1000).slice(-5)]).toEqual(expected.after);
});

describe.each(answers.texts)("texts: $name", ({ reference, current, scores }) => {
  const side = (values: string[]) => sideOf(columnOf(values) as TextColumn);
  it.each(Object.entries(scores))("%s is Evidently's", (method, answer) => {
    const found = judge(method, side(reference), side(current), "text");
    if ("error" in answer) {
      expect(found).toEqual({ refused: expect.stringMatching(/Evidently's/) });
      return;
    }
    if ("refused" in found) throw new Error(found.refused);
    expectClose(found.score, answer.score, 1e-13, method);
    expect(found.drifted).toBe(answer.drifted);
  });
});

describe.each(answers.embeddings)("embeddings: $name", ({ dimension, reference, current, results }) => {
  const vectors = (values: number[]) => ({
    values: Float64Array.from(values),
    rows: values.length / dimension,
    dimension,
  });
  it.each(results)("$method $options is Evidently's", ({ method, options, ...answer }) => {
    const { dist, component_stattest, component_stattest_threshold, bootstrap } = options;
    const chosen = {
      method,
      ...(dist !== undefined && { distance: dist }),
      ...(bootstrap !== undefined && { bootstrap }),
      ...(component_stattest !== undefined && { componentMethod: component_stattest }),
      ...(component_stattest_threshold !== undefined && { componentThreshold: component_stattest_threshold }),
    } as Parameters<typeof embeddingDrift>[2];
    const found = embeddingDrift(vectors(reference), vectors(current), chosen);
    if ("error" in answer) throw new Error(answer.error);
    if ("refused" in found) throw new Error(found.refused);
    expect(Math.abs(found.score - Number(answer.score))).toBeLessThanOrEqual(1e-11);
    expect(found.drifted).toBe(answer.drifted);
  });
});

it("the default for embeddings is the classifier, against random scores below 1 000 rows", () => {
  const { dimension, reference, current, results } = answers.embeddings[0]!;
  const vectors = (values: number[]) => ({
    values: Float64Array.from(values),
    rows: values.length / dimension,
    dimension,
  });
  const found = embeddingDrift(vectors(reference), vectors(current));
  const expected = results.find(({ method, options }) => method === "model" && options.bootstrap === true);
  expect(found).toMatchObject({
    method: "model",
    threshold: 0.55,
    drifted: (expected as { drifted: boolean }).drifted,
  });
});

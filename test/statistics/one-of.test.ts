import {
  adjust,
  chiSquareTest,
  cramerVonMisesTest,
  ksTest,
  ksTestOneSample,
  mannWhitneyTest,
  prepare,
  quantile,
  tTest,
  tTestOneSample,
  wasserstein,
} from "smirnov";
import { normal } from "smirnov/distributions";
import { describe, expect, it } from "vitest";

const x = [1, 2, 3];
const refused: readonly (readonly [string, () => unknown, string])[] = [
  [
    "ksTest method",
    () => ksTest(x, x, { method: "fast" as never }),
    "ksTest: method must be auto, exact or asymptotic",
  ],
  ["ksTest ties", () => ksTest(x, x, { ties: "drop" as never }), "ksTest: ties must be conditional or ignore"],
  [
    "ksTest alternative",
    () => ksTest(x, x, { alternative: "both" as never }),
    "ksTest: alternative must be two-sided,",
  ],
  [
    "tTest alternative",
    () => tTest(x, x, { alternative: "two_sided" as never }),
    "tTest: alternative must be two-sided",
  ],
  ["tTest variance", () => tTest(x, x, { variance: "welch" as never }), "tTest: variance must be unequal or equal"],
  [
    "tTestOneSample",
    () => tTestOneSample(x, 1, { alternative: "more" as never }),
    "tTestOneSample: alternative must be",
  ],
  [
    "mannWhitneyTest",
    () => mannWhitneyTest(x, x, { ties: "drop" as never }),
    "mannWhitneyTest: ties must be conditional or ignore",
  ],
  [
    "cramerVonMisesTest",
    () => cramerVonMisesTest(x, x, { method: "fast" as never }),
    "cramerVonMisesTest: method must be auto, exact or asymptotic",
  ],
  [
    "ksTestOneSample",
    () => ksTestOneSample(x, normal, { alternative: "both" as never }),
    "ksTestOneSample: alternative must be two-sided",
  ],
  ["wasserstein", () => wasserstein(x, x, { normalize: "sd" as never }), "normalize must be none, std, iqr or range"],
  ["adjust", () => adjust([0.1], "fdr" as never), 'adjust: correction must be bonferroni, holm, bh or by, got "fdr"'],
  ["quantile", () => quantile(x, 0.5, { type: 99 as never }), "type must be 1, 2, 3, 4, 5, 6, 7, 8 or 9, got 99"],
];

describe("an option that is one of a few values", () => {
  it.each(refused)("is refused by name when it is another one: %s", (_, call, message) => {
    expect(call).toThrow(RangeError);
    expect(call).toThrow(message);
  });

  it("is a TypeError when it is not even of that type", () => {
    expect(() => adjust([0.1], 3 as never)).toThrow(TypeError);
    expect(() => quantile(x, 0.5, { type: "7" as never })).toThrow(TypeError);
    expect(() => wasserstein(x, x, { normalize: null as never })).toThrow(TypeError);
  });
});

describe("a prepared column", () => {
  it("is refused when it only says that it is one", () => {
    for (const fake of [{ prepared: true }, { prepared: true, kind: "numeric", values: x }]) {
      expect(() => ksTest(fake as never, x)).toThrow(TypeError);
      expect(() => ksTest(fake as never, x)).toThrow("must be what prepare returned");
      expect(() => chiSquareTest(fake as never, x)).toThrow(TypeError);
    }
    for (const column of [x, ["a", "b"]]) {
      const kept = structuredClone(prepare(column as number[]));
      expect(chiSquareTest(kept, column).pValue).toBe(1);
    }
  });
});

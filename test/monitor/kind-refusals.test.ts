import { type DriftKindOptions, driftKind } from "smirnov/monitor";
import { describe, expect, it } from "vitest";

describe("driftKind refuses", () => {
  const scores = [0, 1, null];
  const refused: [string, unknown, object, RegExp][] = [
    ["what is no history", "scores", {}, /driftKind: history must be an array of scores, got "scores"/],
    ["scores that are text", [1, "2"], {}, /driftKind: history must hold numbers and nulls, got "2"/],
    ["options that there are not", scores, { periods: 3 }, /driftKind: there is no option "periods"/],
    ["an autocorrelation of 1", scores, { autocorrelation: 1 }, /autocorrelation must lie between -1 and 1, got 1/],
    ["an autocorrelation as text", scores, { autocorrelation: "0.5" }, /autocorrelation must be a number, got "0.5"/],
    [
      "two autocorrelations",
      scores,
      { autocorrelation: 0, reference: [] },
      /autocorrelation or reference may be given/,
    ],
    ["a short reference", scores, { reference: [1, 2, null] }, /reference must have at least 10 scores, got 2/],
    ["a negative level", scores, { level: -1 }, /level must lie at 0 or above, got -1/],
    ["broken periods", scores, { period: 2.5 }, /period must be an integer of at least 2, got 2.5/],
    ["no period", scores, { period: [] }, /period must have a number, got none/],
    ["a period that is null", scores, { period: null }, /period must be a number, got null/],
    ["seasonal scores without period", scores, { seasonal: scores }, /seasonal needs period to be a number/],
    ["seasonal scores of another length", scores, { period: 2, seasonal: [0] }, /as long as the history, 3, got 1/],
    ["a certain confidence", scores, { confidence: 1 }, /confidence must lie between 0 and 1, got 1/],
    ["no windows", scores, { minimum: 0 }, /minimum must be a positive integer, got 0/],
    ["no window to look at", scores, { every: 0 }, /every must be a whole number from 1 to/],
    ["every second and a half", scores, { every: 1.5 }, /every must be a whole number from 1 to/],
    ["a period between windows", scores, { every: 4, period: 6 }, /period must be two or more times every, 4, got 6/],
    [
      "a period of one window",
      scores,
      { every: 4, period: [8, 4] },
      /period must be two or more times every, 4, got 4/,
    ],
    ["kinds that there are not", scores, { prior: { sudden: 1 } }, /there is no option "sudden"/],
    ["negative probabilities", scores, { prior: { none: -1 } }, /prior.none must lie at 0 or above, got -1/],
    [
      "infinite probabilities",
      scores,
      { prior: { none: Infinity } },
      /prior.none must lie at 0 or above, got Infinity/,
    ],
    ["that something must have changed", scores, { prior: { none: 0 } }, /prior.none must lie above 0, got 0/],
    ["directions that are no truth value", scores, { twoSided: 1 }, /twoSided must be true or false, got 1/],
  ];
  for (const [name, history_, options, message] of refused) {
    it(name, () => expect(() => driftKind(history_ as number[], options as DriftKindOptions)).toThrow(message));
  }
});

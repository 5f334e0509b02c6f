import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide, type Signals } from "../../dist/drift/decide.js";
import { decideWithinBounds } from "../../dist/drift/decide-within-bounds.js";

const levels = { level: 0.005, possibleLevel: 0.05, correction: "bh" } as const;
const probability = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: -12, max: 0, noNaN: true }).map((x) => 10 ** x),
);
const effect = fc.double({ min: 0, max: 1, noNaN: true });
const none = { rows: 100, value: 100, null: 0, nan: 0, positiveInfinity: 0, negativeInfinity: 0, empty: 0 };

/** A column as its values have it, and as bounds that hold it. */
const column = fc
  .record({
    pValues: fc.array(probability, { minLength: 3, maxLength: 3 }).map((all) => all.sort((x, y) => x - y)),
    effects: fc.array(effect, { minLength: 3, maxLength: 3 }).map((all) => all.sort((x, y) => x - y)),
    exact: fc.boolean(),
    availability: fc.option(fc.tuple(probability, effect), { freq: 1 }),
  })
  .map(({ pValues, effects, exact, availability }) => {
    const signals = (bounded: boolean): Signals => ({
      value: {
        statistic: 1,
        pValue: pValues[1]!,
        effects: [
          {
            ...{ name: "ks", value: effects[1]!, threshold: 0.5 },
            ...(bounded && { interval: [effects[0]!, effects[2]!] as const }),
          },
        ],
        status: "ok",
        ...(bounded && { bounds: { statistic: [0, 2] as const, pValue: [pValues[0]!, pValues[2]!] as const } }),
      },
      availability: availability && {
        ...{ reference: none, current: none, changed: ["null" as const] },
        pValue: availability[0],
        effect: { name: "cohens-h", value: availability[1], threshold: 0.5 },
      },
      level: undefined,
    });
    return { truth: signals(false), known: signals(!exact) };
  });

describe("verdicts within bounds", () => {
  it("are those of the values wherever they are given", () => {
    fc.assert(
      fc.property(
        fc.array(column, { minLength: 1, maxLength: 8 }),
        fc.constantFrom("bh", "by", "holm", "bonferroni" as const),
        (columns, correction) => {
          const settings = { ...levels, correction: correction as "bh" };
          const truth = decide(
            columns.map((one) => one.truth),
            settings,
          );
          const found = decideWithinBounds(
            columns.map((one) => one.known),
            settings,
          );
          for (const [k, { severity, bounds }] of found.entries()) {
            if (severity !== "unresolved") expect(severity).toBe(truth[k]!.severity);
            const [low, high] = bounds?.adjustedPValue ?? [truth[k]!.adjustedPValue!, truth[k]!.adjustedPValue!];
            expect(low).toBeLessThanOrEqual(truth[k]!.adjustedPValue! * (1 + 1e-12));
            expect(high).toBeGreaterThanOrEqual(truth[k]!.adjustedPValue! * (1 - 1e-12));
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("are those of decide where all is exact", () => {
    fc.assert(
      fc.property(fc.array(column, { maxLength: 8 }), (columns) => {
        const truths = columns.map((one) => one.truth);
        expect(decideWithinBounds(truths, levels)).toEqual(decide(truths, levels));
      }),
    );
  });

  const signals = (pValue: readonly [number, number], size: readonly [number, number]): Signals => ({
    value: {
      ...{ statistic: 1, pValue: pValue[1], status: "ok" as const },
      effects: [{ name: "ks", value: size[0], threshold: 0.04, interval: size }],
      bounds: { statistic: [1, 2], pValue },
    },
    availability: null,
    level: undefined,
  });

  it("say what is open", () => {
    const [open, small, large] = decideWithinBounds(
      [signals([1e-9, 0.02], [0.03, 0.05]), signals([0, 1], [0.01, 0.02]), signals([1e-9, 1e-6], [0.05, 0.06])],
      levels,
    );
    expect(open).toMatchObject({
      severity: "unresolved",
      reason:
        "profiles leave open whether ks, from 0.03 to 0.05, reaches 0.04, and whether p, from 1.0e-9 to 0.03, passes 0.005",
    });
    expect(small).toMatchObject({ severity: "none", bounds: { pValue: [0, 1] } });
    expect(large!.severity).toBe("drift");
  });
});

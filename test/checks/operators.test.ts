/** Every operator at its boundary, and laws of all of them. */

import fc from "fast-check";
import { type Check, check, type Operators, quality, type TableQuality } from "smirnov";
import { describe, expect, it } from "vitest";
import { judged } from "../../dist/checks/conditions.js";
import type { Scale } from "../../dist/checks/scale.js";
import { instantOf } from "../../dist/column/time-text.js";

const metric = (value: number | string | boolean, interval?: readonly [number, number]) => ({
  segment: null,
  column: "x",
  of: null,
  side: "current" as const,
  metric: "mean",
  value,
  ...(interval && { interval }),
});
const answer = (
  operators: Operators,
  value: number | string | boolean,
  {
    reference,
    scale = "number",
    interval,
  }: { reference?: number | undefined; scale?: Scale; interval?: readonly [number, number] } = {},
) => {
  const of = reference === undefined ? null : { ...metric(reference), side: "reference" as const };
  const found = judged(operators, metric(value, interval), of, scale);
  return "answer" in found ? found.answer : found.status;
};

describe("each operator at its boundary", () => {
  const below = 5 - 1e-15 * 4;
  it.each<[Operators, number, boolean]>([
    [{ eq: 5 }, 5, true],
    [{ eq: 5 }, below, false],
    [{ eq: 0 }, -0, true],
    [{ notEq: 5 }, 5, false],
    [{ notEq: 5 }, below, true],
    [{ gt: 5 }, 5, false],
    [{ gt: below }, 5, true],
    [{ gte: 5 }, 5, true],
    [{ gte: 5 }, below, false],
    [{ lt: 5 }, 5, false],
    [{ lt: 5 }, below, true],
    [{ lte: 5 }, 5, true],
    [{ lte: below }, 5, false],
    [{ in: [1, 5] }, 5, true],
    [{ in: [1, 5] }, 4, false],
    [{ notIn: [1, 5] }, 5, false],
    [{ notIn: [1, 5] }, 4, true],
    [{ approx: { value: 10, absolute: 2 } }, 12, true],
    [{ approx: { value: 10, absolute: 2 } }, 8, true],
    [{ approx: { value: 10, absolute: 2 } }, 12.000001, false],
    [{ approx: { value: 10, relative: 0.1 } }, 11, true],
    [{ approx: { value: 10, relative: 0.1 } }, 8.9, false],
    [{ approx: { value: -10, relative: 0.1 } }, -11, true],
    [{ approx: { value: 0, relative: 0.1 } }, 0.0001, false],
    [{ approx: { value: 0.1, relative: 0.1, absolute: 0.5 } }, 0.6, true],
    [{ approx: { value: 10, absolute: 0 } }, 10, true],
    [{ gt: 1, lt: 5 }, 3, true],
    [{ gt: 1, lt: 5 }, 5, false],
  ])("%j of %d is %s", (operators, value, holds) => {
    expect(answer(operators, value)).toBe(holds ? "yes" : "no");
  });

  it("rounding of a computed limit does not decide", () => {
    expect(0.2 + 0.1).not.toBe(0.3);
    const limit = { reference: 1, plus: 0.1 };
    expect(answer({ gte: limit }, 0.3, { reference: 0.2 })).toBe("yes");
    expect(answer({ lte: limit }, 0.3, { reference: 0.2 })).toBe("yes");
    expect(answer({ gt: limit }, 0.3, { reference: 0.2 })).toBe("no");
    expect(answer({ gt: limit }, 0.3000001, { reference: 0.2 })).toBe("yes");
    expect(answer({ lte: { reference: 1.1 } }, 0.055, { reference: 0.05 })).toBe("yes");
  });

  it("infinities are equal to themselves and beyond all others", () => {
    expect(answer({ eq: "Infinity" }, "Infinity")).toBe("yes");
    expect(answer({ gt: 1e308 }, "Infinity")).toBe("yes");
    expect(answer({ approx: { value: "Infinity", relative: 0.1 } }, "Infinity")).toBe("yes");
    expect(answer({ approx: { value: 5, relative: 0.1 } }, "-Infinity")).toBe("no");
  });

  it("truth values and text are equal or not", () => {
    expect(answer({ eq: true }, true, { scale: "truth" })).toBe("yes");
    expect(answer({ eq: "true" }, true, { scale: "truth" })).toBe("error");
    expect(answer({ in: ["ok", "empty"] }, "ok", { scale: "text" })).toBe("yes");
    expect(answer({ notIn: ["1"] }, "01", { scale: "text" })).toBe("yes");
  });
});

const number = fc.double({ noNaN: true, min: -1e6, max: 1e6 });
const opposites = [
  ["eq", "notEq"],
  ["lt", "gte"],
  ["lte", "gt"],
] as const;

describe("all operators", () => {
  it("flip when they are negated", () => {
    fc.assert(
      fc.property(number, number, fc.option(number, { nil: undefined }), (value, limit, reference) => {
        for (const [one, other] of opposites) {
          for (const operand of [limit, ...(reference === undefined ? [] : [{ reference: limit }])]) {
            const own = answer({ [one]: operand }, value, { reference });
            expect(answer({ [other]: operand }, value, { reference })).toBe(own === "yes" ? "no" : "yes");
          }
        }
        expect(answer({ notIn: [limit] }, value)).toBe(answer({ in: [limit] }, value) === "yes" ? "no" : "yes");
      }),
    );
  });

  it("has in of one value for eq, and approx without width", () => {
    fc.assert(
      fc.property(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }), (value, wanted) => {
        const own = answer({ eq: wanted }, value);
        expect(answer({ in: [wanted] }, value)).toBe(own);
        expect(answer({ approx: { value: wanted, absolute: 0 } }, value)).toBe(own);
        expect(answer({ gte: wanted, lte: wanted }, value)).toBe(own);
      }),
    );
  });

  it("say of a range what they say of all that is in it, else that it is open", () => {
    const small = fc.integer({ min: -6, max: 6 });
    fc.assert(
      fc.property(
        small,
        fc.nat(4),
        small,
        fc.constantFrom("eq", "notEq", "gt", "gte", "lt", "lte"),
        (low, width, limit, name) => {
          const operators = { [name]: limit };
          const found = answer(operators, low, { interval: [low, low + width] });
          const inside = Array.from({ length: 2 * width + 1 }, (_, k) => answer(operators, low + k / 2));
          const all = new Set(inside).size === 1;
          expect(found).toBe(all ? inside[0] : "open");
        },
      ),
    );
  });

  it("order points in time as Date does", () => {
    const date = fc.date({ noInvalidDate: true, min: new Date("0001-01-01"), max: new Date("9999-12-31") });
    fc.assert(
      fc.property(date, date, (one, other) => {
        const [x, y] = [one.toISOString(), other.toISOString()];
        expect(answer({ lt: y }, x, { scale: "time" })).toBe(one < other ? "yes" : "no");
        expect(instantOf(x)).toBe(BigInt(one.getTime()) * 1_000_000n);
      }),
    );
  });
});

describe("check", () => {
  const known: Promise<TableQuality> = quality({ a: [1, 2, 3, null], b: [0.5, 1.5, 2.5, 9] });
  const own = fc.record({
    metric: fc.constantFrom("mean", "min", "max", "missing", "distinct"),
    column: fc.constantFrom("a", "b", "c"),
    lte: fc.integer({ min: 0, max: 9 }),
    critical: fc.boolean(),
  });

  it("finds the same in whatever order the checks are", async () => {
    const result = await known;
    fc.assert(
      fc.property(fc.array(own, { minLength: 1, maxLength: 8 }), (checks: Check[]) => {
        const [there, back] = [check(result, checks), check(result, checks.toReversed())];
        expect(back.results.toReversed()).toEqual(there.results);
        expect(back.counts).toEqual(there.counts);
      }),
    );
  });

  it("returns plain data, which JSON keeps", async () => {
    const result = await known;
    fc.assert(
      fc.property(fc.array(own, { maxLength: 8 }), (checks) => {
        const found = check(result, checks);
        expect(JSON.parse(JSON.stringify(found))).toEqual(found);
        expect(structuredClone(found)).toEqual(found);
      }),
    );
  });
});

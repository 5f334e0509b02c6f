import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moments } from "../../dist/index.js";
import { fromPlainBytes, plainBytes } from "../../dist/monitor/plain-bytes.js";
import { seriesSummary } from "../../dist/monitor/series-summary.js";
import { refusedDamages } from "./tables.js";

const arrays = fc.oneof(
  fc.float64Array({ maxLength: 5 }),
  fc.uint8Array({ maxLength: 5 }),
  fc.int16Array({ maxLength: 5 }),
  fc.bigInt64Array({ maxLength: 3 }),
);
const { value: plain } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(null, undefined, true, Number.NaN, -0, Number.POSITIVE_INFINITY, 12n, "list", ["map", 1]),
    fc.double(),
    fc.string(),
    arrays,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      fc.string(),
      tie("value").filter((value) => value !== undefined),
      { maxKeys: 4, noNullPrototype: true },
    ),
    fc.array(fc.tuple(fc.string(), tie("value")), { maxLength: 4 }).map((entries) => new Map(entries)),
  ),
}));

describe("plain data as bytes", () => {
  it("comes back as it was", () => {
    fc.assert(fc.property(plain, (value) => void expect(fromPlainBytes(plainBytes(value), "here")).toEqual(value)));
  });

  it("has memory that stands in several places once, and apart from what was saved", () => {
    const values = new Float64Array(1000).fill(3);
    const one = plainBytes([values]).length;
    const bytes = plainBytes({ a: values, b: [values, values.subarray(0)], c: values.subarray(500) });
    expect(bytes.length).toBeLessThan(one + 4500);
    const found = fromPlainBytes(bytes, "here") as { a: Float64Array; b: Float64Array[] };
    expect(found.b[1]).toBe(found.a);
    expect(found.a.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(found.a.buffer.byteLength).toBe(8000);
  });

  it("refuses what is none", () => {
    expect(() => plainBytes(() => 1)).toThrow(new TypeError("plainBytes: function is not stored"));
    expect(() => plainBytes(new DataView(new ArrayBuffer(8)))).toThrow("plainBytes: DataView is not stored");
    expect(() => fromPlainBytes([] as never, "here")).toThrow("here: needs a Uint8Array");
  });

  it("is read, or refused with FormatError, when the checksum is right and the rest is not", () => {
    const bytes = plainBytes({ a: new Float64Array(3), b: [1n, Number.NaN, new Map([["x", new Int16Array(5)]])] });
    expect(refusedDamages(bytes, 1000, (damaged) => fromPlainBytes(damaged, "here"))).toBeGreaterThan(300);
  });
});

describe("a series' numbers", () => {
  it("are those of a textbook, and null where there are no values", () => {
    const found = seriesSummary([4, 1, 3, 2]);
    expect(found).toMatchObject({ values: 4, mean: 2.5, min: 1, max: 4, q50: 2.5 });
    expect([found.q95, found.q99].map((value) => value!.toFixed(12))).toEqual(["3.850000000000", "3.970000000000"]);
    expect(seriesSummary([])).toEqual({
      ...{ values: 0, mean: null, min: null, max: null, q50: null, q95: null, q99: null },
    });
  });

  it("do not depend on the order, and are finite for values of any size", () => {
    const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, (values) => {
        const found = seriesSummary(values);
        // -0 is 0, here and everywhere.
        expect(found.min).toBe(Math.min(...values) + 0);
        expect(found.max).toBe(Math.max(...values) + 0);
        expect(found.mean).toBe(moments(Float64Array.from(values)).mean);
        for (const number of Object.values(found)) expect(Number.isFinite(number)).toBe(true);
        const { mean: _, ...others } = found;
        expect(seriesSummary(values.toReversed())).toMatchObject(others);
      }),
      { examples: [[[-0]], [[-0, 0]], [[-1, -0]]] },
    );
  });
});

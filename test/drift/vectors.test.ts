import * as arrow from "apache-arrow";
import { type CompareOptions, compare } from "smirnov";
import { describe, expect, it } from "vitest";
import { renderText } from "../../dist/render/index.js";
import { sample } from "../statistics/samples.js";

const dimension = 6;
const methods = ["mmd", "mean-distance", "cosine-distance", "drifted-components", "domain-classifier"];

/** Vectors about (1, 1, …), so that they have a direction; the first component is shifted. */
function vectors(rows: number, seed: number, shift: number | readonly number[] = 0) {
  const by = typeof shift === "number" ? new Array<number>(dimension).fill(shift) : shift;
  return { values: sample("normal", rows * dimension, seed).map((x, k) => x + 1 + by[k % dimension]!), dimension };
}

const of = async (before: object, after: object, options: CompareOptions = {}) =>
  (await compare({ v: before } as never, { v: after } as never, options)).columns.v!;

describe("columns of vectors in a comparison", () => {
  it("are judged by MMD, and like other columns by the methods that were chosen", async () => {
    const turned = [1, 1, 1, -1, -1, -1];
    for (const method of [undefined, ...methods]) {
      const options = method === undefined ? {} : { methodByKind: { vector: method } };
      const changed = await of(vectors(300, 1), vectors(200, 2, turned), options);
      expect(changed, method).toMatchObject({ kind: "vector", status: "ok", drifted: true, method: method ?? "mmd" });
      expect(changed.pValue).toBeLessThanOrEqual(1e-4);
      expect(changed.shape).toBeNull();
      const same = await of(vectors(300, 1), vectors(200, 2), options);
      expect(same, method).toMatchObject({ status: "ok", drifted: false, severity: "none" });
      expect(JSON.parse(JSON.stringify(changed))).toEqual(changed);
      expect(await of(vectors(300, 1), vectors(200, 2, turned), options)).toEqual(changed);
    }
  });

  it("keep the level of 5 %", async () => {
    const alarms = new Map(methods.map((method) => [method, 0]));
    for (let seed = 1; seed <= 60; seed++) {
      for (const method of methods) {
        const { pValue } = await of(vectors(60, seed), vectors(50, seed + 1000), { methods: { v: method } });
        alarms.set(method, alarms.get(method)! + Number(pValue! <= 0.05));
      }
    }
    // 3 are expected; 10 or more come in one of a thousand.
    for (const [method, count] of alarms) expect(count, method).toBeLessThan(10);
  });

  it("have effects that mean something", async () => {
    const options = (method: string) => ({ methods: { v: method } });
    const effect = async (method: string, shift: number | readonly number[]) =>
      (await of(vectors(2000, 3), vectors(2000, 4, shift), options(method))).effect!;
    expect(await effect("mean-distance", 0.5)).toBeGreaterThan(0.42);
    expect(await effect("mean-distance", 0.5)).toBeLessThan(0.58);
    expect(await effect("drifted-components", [0.5, 0, 0.5, 0, 0.5, 0])).toBe(0.5);
    expect(await effect("cosine-distance", [-2, -2, -2, -2, -2, -2])).toBeGreaterThan(1.9);
    expect(await effect("domain-classifier", 3)).toBeGreaterThan(0.99);
  });

  it("do not depend on chunks or on the width of their numbers", async () => {
    const [x, y] = [vectors(300, 5), vectors(200, 6, 0.4)];
    const type = new arrow.FixedSizeList(dimension, new arrow.Field("item", new arrow.Float64()));
    const rows = ({ values }: typeof x) =>
      Array.from({ length: values.length / dimension }, (_, k) => [
        ...values.subarray(k * dimension, (k + 1) * dimension),
      ]);
    const cut = (column: typeof x) =>
      arrow
        .vectorFromArray(rows(column).slice(0, 77), type)
        .concat(arrow.vectorFromArray(rows(column).slice(77), type));
    for (const method of methods) {
      const options = { methods: { v: method } };
      const { type: _, ...expected } = await of(x, y, options);
      expect(await of(cut(x), cut(y), options)).toMatchObject(expected);
    }
  });

  it("get a status where they cannot be judged, and their missing ones a verdict of their own", async () => {
    const one = vectors(100, 7);
    expect(await of(one, { values: new Float64Array(90), dimension: 3 })).toMatchObject({
      status: "type-changed",
      reason: "vectors have 3 components in place of 6",
    });
    expect(await of(one, new Float64Array(50))).toMatchObject({ status: "type-changed", drifted: false });
    expect(await of(one, vectors(19, 8))).toMatchObject({ status: "too-few" });
    expect(await of(one, vectors(1, 8), { minimumValues: 1 })).toMatchObject({ status: "too-few" });
    expect(await of(one, one, { methods: { v: "ks" } })).toMatchObject({
      status: "unsupported",
      reason: "ks does not apply to vectors",
    });
    expect(await of(one, one, { method: "ks" })).toMatchObject({ status: "ok", method: "mmd" });
    const holes = { dimension, values: vectors(100, 9).values.map((x, k) => (k % 12 === 5 ? Number.NaN : x)) };
    expect(await of(one, holes)).toMatchObject({ drifted: true, signal: "availability", status: "ok" });
    const none = { dimension, values: new Float64Array(600).fill(Number.NaN) };
    expect(await of(one, none)).toMatchObject({ status: "empty", drifted: true, signal: "availability" });
    const infinite = { dimension, values: one.values.map((x, k) => (k === 8 ? Number.POSITIVE_INFINITY : x)) };
    for (const method of ["mmd", "mean-distance", "cosine-distance"]) {
      expect(await of(infinite, one, { methods: { v: method } }), method).toMatchObject({ status: "infinite" });
    }
    for (const method of methods) {
      const zeros = { dimension, values: new Float64Array(300) };
      expect((await of(zeros, zeros, { methods: { v: method } })).drifted, method).toBe(false);
      const few = await of(vectors(3, 10), vectors(2, 11), { methods: { v: method }, minimumValues: 2 });
      expect(few.drifted, method).toBe(false);
    }
  });

  it("are unresolved where the least p-value does not pass, and have a line like others", async () => {
    const found = await of(vectors(300, 1), vectors(300, 2, 1), { level: 1e-6, possibleLevel: 1e-5 });
    expect(found).toMatchObject({ severity: "unresolved", drifted: false, pValue: 1e-4 });
    expect(found.reason).toContain("resampled p-values cannot be below 1.0e-4");
    const text = renderText(await compare({ v: vectors(300, 1) } as never, { v: vectors(300, 2, 1) } as never));
    expect(text).toMatch(/^v +mmd .* drift +values differ$/m);
  });
});

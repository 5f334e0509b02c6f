import { describe, expect, it } from "vitest";
import { compare, prepare, profile } from "../../../dist/index.js";
import type { Profile } from "../../../dist/profile/profile.js";
import { generator, normals } from "../samples.ts";
import { comparable, differences } from "./tables.ts";

const many = (seed: number, shift = 0) => normals(5000, seed, shift, 1);
const names = (count: number, seed: number, limit: number): string[] => {
  const random = generator(seed);
  return Array.from({ length: count }, () => `n${Math.floor(limit * random())}`);
};
const column = async (x: unknown, y: unknown, options = {}) =>
  (await compare(x as never, y as never, options)).columns.x!;
const ofBoth = async (x: object, y: object, options = {}) =>
  column(await profile({ x } as never), await profile({ x: y } as never), options);

describe("columns of profiles", () => {
  it("that changed their kind are told so, unless a side has no value", async () => {
    const numbers = await profile({ x: many(1) });
    expect(await column(numbers, { x: names(50, 1, 4) })).toMatchObject({
      status: "type-changed",
      reason: "the column changed from numeric (Float64) to categorical (Utf8)",
    });
    expect(await column({ x: names(50, 1, 4) }, numbers)).toMatchObject({ status: "type-changed" });
    expect((await column(numbers, { x: [null, null] })).status).toBe("empty");
    expect((await column({ x: [null, null] }, numbers)).status).toBe("empty");
    expect((await column(numbers, await profile({ x: [null] }))).status).toBe("empty");
    expect((await column(await profile({ x: names(9000, 1, 9000) }), { x: [null, null] })).reason).toMatch(/too many/);
  });

  it("that a side lacks, or whose types profiles do not know, have a status", async () => {
    const report = await compare(await profile({ x: many(1) }), { y: many(2) });
    expect(report.columns.x!.status).toBe("missing-in-current");
    expect(report.columns.y!.status).toBe("missing-in-reference");
    const refused: Profile = { profile: true, rows: 3, columns: new Map(), unsupported: new Map([["x", "Struct"]]) };
    expect(await column(refused, { x: many(1) })).toMatchObject({
      status: "unsupported",
      reason: "columns of type Struct cannot be compared",
    });
  });

  it("have their availability tested exactly", async () => {
    const holes = (every: number) =>
      many(1).map((x, row) => (row % every === 0 ? null : row % 97 === 0 ? Number.NaN : x));
    const [x, y] = [holes(50), holes(4)];
    const exact = await column({ x }, { x: y });
    const found = await ofBoth(x, y);
    expect(differences(found.availability, exact.availability)).toEqual([]);
    expect(found).toMatchObject({ severity: "drift", signal: "availability" });
  });

  it("have the summaries of the values, and say what changed", async () => {
    const spread = (seed: number, factor: number) => many(seed, 0.4).map((x) => (x < 0 ? 0 : factor * x));
    const [x, y] = [spread(1, 1), spread(2, 1.5)];
    const exact = await column({ x }, { x: y });
    const found = await ofBoth(x, y);
    expect(differences(found.summary, exact.summary)).toEqual([]);
    expect(found.change).toBe(exact.change);
    expect(found.shape!.edges!.length).toBe(found.shape!.reference.length + 1);
    for (const shares of [found.shape!.reference, found.shape!.current]) {
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    }
  });

  it("of points in time are judged on request, in one unit", async () => {
    const dates = (seed: number, shift: number) => many(seed, shift).map((x) => new Date(1.7e12 + Math.round(1e9 * x)));
    const [x, y] = [dates(1, 0), dates(2, 1)];
    expect((await ofBoth(x, y)).status).toBe("not-asked");
    const found = await ofBoth(x, y, { temporal: true });
    expect(found).toMatchObject({ status: "ok", severity: "drift" });
    expect(found.changes[0]).toMatchObject({ what: "median" });
    const before = await profile({ x } as never);
    const seconds = new Map(before.columns);
    seconds.set("x", { ...before.columns.get("x")!, unitsPerSecond: 1 } as never);
    expect(await column({ ...before, columns: seconds }, { x: y }, { temporal: true })).toMatchObject({
      status: "unsupported",
      reason: "a profile counts time in its own unit, and the other side has another one",
    });
  });

  it("of more categories than are counted are not judged, or are names", async () => {
    const [x, y] = [names(9000, 1, 4500), names(9000, 2, 4500)];
    const before = await profile({ x }, { categories: 1000 });
    for (const current of [{ x: y }, await profile({ x: y }), prepare({ x: y })]) {
      expect(await column(before, current)).toMatchObject({
        status: "too-many-categories",
        reason: expect.stringMatching(/^a profile counts [\d,]+ of about 3,[\d]+ categories, which are too many/),
        exact: true,
      });
    }
    const [a, b] = [names(9000, 1, 1e9), names(9000, 2, 1e9)];
    expect(await ofBoth(a, b)).toMatchObject({ status: "identifiers" });
    expect(await ofBoth(a, b, { methods: { x: "chi-square" } })).toMatchObject({ status: "too-many-categories" });
  });

  it("are compared by counts where there are more rows than are written out", async () => {
    const rows = 200_000;
    const side = (seed: number, values: number) => {
      const random = generator(seed);
      return Int32Array.from({ length: rows }, () => Math.floor(values * random() ** 1.01));
    };
    const table = (seed: number) => ({ some: side(seed, 60), few: side(seed + 1, 6) });
    const [x, y] = [table(1), table(3)];
    const [before, after] = [await profile(x), await profile(y)];
    for (const options of [{}, { method: "ks" }, { method: "psi" }, { methods: { few: "mann-whitney" } }]) {
      const exact = comparable(await compare(x, y, options));
      const found = comparable(await compare(before, after, options));
      for (const report of [exact, found])
        for (const one of Object.values(report.columns)) delete (one as { shape?: unknown }).shape;
      expect(differences(found, exact)).toEqual([]);
    }
  });
});

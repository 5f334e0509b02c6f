import {
  compare,
  filterRows,
  learnThresholds,
  openTable,
  prepare,
  profile,
  quality,
  type RowFilter,
  type Table,
} from "smirnov";
import { describe, expect, it } from "vitest";
import { tableOf } from "../../dist/column/table-of.js";
import { takeRows } from "../../dist/column/take-rows.js";
import { type Value, valuesOf } from "../column/naive.js";
import { randoms } from "../sketch/naive.js";

const rows = 1500;
function made(seed: number, shift: number): Table {
  const random = randoms(seed);
  const draw = <T>(of: (k: number) => T) => Array.from({ length: rows }, (_, k) => of(k));
  const country = draw(() => ["DE", "AT", "FR", null][Math.floor(random() * 4)]!);
  return tableOf({
    id: draw((k) => k),
    country,
    price: draw((k) => (random() < 0.1 ? null : random() * 10 + (country[k] === "DE" ? shift : 0))),
    paid: draw(() => random() < 0.5),
    y: draw(() => Math.floor(random() * 2)),
    day: draw((k) => new Date(Date.UTC(2024, 0, 1 + (k % 60)))),
  });
}
const [before, after] = [made(1, 0), made(2, 3)];
const where: RowFilter = {
  country: { in: ["DE", "FR"] },
  price: { gte: 1n, missing: false },
  day: { lt: "2024-02-01" },
};

/** The same rows, one by one. */
function chosen(table: Table): Table {
  const [country, price, day] = ["country", "price", "day"].map((name) =>
    valuesOf(table.columns.get(name)!),
  ) as Value[][];
  const kept = Array.from({ length: table.rows }, (_, row) => row).filter(
    (row) =>
      (country![row] === "DE" || country![row] === "FR") &&
      price![row] !== null &&
      (price![row] as number) >= 1 &&
      (day![row] as bigint) < BigInt(Date.UTC(2024, 1, 1)),
  );
  return takeRows(table, Uint32Array.from(kept));
}
const [x, y] = [chosen(before), chosen(after)];

describe("where", () => {
  it.each([
    ["alone", {}],
    ["with segments", { by: "country", minimumValues: 5 }],
    ["with pairs", { pairBy: "id" }],
    ["with correlations", { correlations: true }],
    ["with roles", { target: "y", startOfServing: before }],
    ["with quality", { quality: true }],
    ["with clusters", { clusterBy: "country" }],
  ] as const)("compares the rows of both sides that fulfil it, %s", async (_, options) => {
    const [found, expected] = [
      await compare(before, after, { ...options, where }),
      await compare(x, y, "startOfServing" in options ? { ...options, startOfServing: x } : options),
    ];
    expect(found.settings).toEqual({ ...expected.settings, where: { ...where, price: { gte: "1", missing: false } } });
    expect({ ...found, settings: null }).toEqual({ ...expected, settings: null });
    expect(JSON.parse(JSON.stringify(found))).toEqual(structuredClone(found));
    expect(found.rows.reference).toBeGreaterThan(300);
    expect(found.rows.reference).toBeLessThan(rows);
  });

  it("finds drift where it is, and all rows without conditions", async () => {
    const columns = ["price"];
    const found = async (where: RowFilter) => (await compare(before, after, { columns, where })).columns.price!.drifted;
    expect(await found({ country: "DE" })).toBe(true);
    expect(await found({ country: { notEq: "DE" } })).toBe(false);
    expect((await compare(before, after, { where: {} })).rows).toEqual({ reference: rows, current: rows });
  });

  it("chooses rows for quality, profiles and learned thresholds as well", async () => {
    expect(await quality(before, { where })).toEqual(await quality(x));
    expect(await profile(before, { where })).toEqual(await profile(x));
    expect(await learnThresholds(before, { where })).toEqual(await learnThresholds(x));
  });

  it("reads opened tables piece by piece", async () => {
    const names = [...before.columns.keys()];
    const batches = function* (): Generator<never> {
      for (let from = 0; from < rows; from += 130) {
        const part = Uint32Array.from({ length: Math.min(130, rows - from) }, (_, k) => from + k);
        yield takeRows(before, part) as never;
      }
    };
    for (const memory of [2 ** 20, 2 ** 29]) {
      const opened = filterRows(await openTable(batches(), { memory }), where);
      expect(opened.stored).toBeUndefined();
      expect(opened.rows).toBe(x.rows);
      for (const name of names) expect(valuesOf(opened.columns.get(name)!)).toEqual(valuesOf(x.columns.get(name)!));
      const report = await compare(await openTable(batches(), { memory }), after, { where, by: "country" });
      expect(report).toEqual(await compare(before, after, { where, by: "country" }));
    }
  });

  it("needs rows, which prepared tables and profiles have not kept", async () => {
    for (const [one, what] of [
      [prepare(before), "a prepared table"],
      [await profile(before), "a profile"],
    ] as const) {
      await expect(compare(one, after, { where })).rejects.toThrow(
        `compare: where needs the rows of the reference, got ${what}`,
      );
      await expect(compare(before, one, { where })).rejects.toThrow(
        `compare: where needs the rows of the current side, got ${what}`,
      );
      await expect(quality(one, { where })).rejects.toThrow(`quality: where needs the rows of the table, got ${what}`);
    }
    await expect(compare(before, after, { preset: "evidently", where } as never)).rejects.toThrow(
      'there is no option "where"',
    );
  });

  it("says on which side a column is missing", async () => {
    const less = tableOf({ id: [1, 2] });
    await expect(compare(less, after, { where: { country: "DE" } })).rejects.toThrow(
      'compare: where names "country", which is not a column of the reference; there are id',
    );
    await expect(compare(after, less, { where: { country: "DE" } })).rejects.toThrow(
      "not a column of the current side",
    );
    await expect(compare(before, after, { where: "country" } as never)).rejects.toThrow(TypeError);
    await expect(compare(before, after, { where: null } as never)).rejects.toThrow(
      "where needs conditions by column, got null",
    );
  });
});

import { compare, prepare, profile, quality, sliceTable } from "smirnov";
import { describe, expect, it } from "vitest";
import { tableOf } from "../../../dist/column/table-of.js";
import { rowQuality } from "../../../dist/drift/quality/row-quality.js";
import { randoms } from "../../sketch/naive.js";

const random = randoms(21);
const rows = 400;
const table = tableOf({
  x: Array.from({ length: rows }, () => Math.floor(random() * 9)),
  y: Array.from({ length: rows }, () => ["a", "b", null][Math.floor(random() * 3)]!),
});
const twice = tableOf({ ...Object.fromEntries(table.columns), z: table.columns.get("x")! } as never);

describe("quality", () => {
  it("tells hashes, duplicated rows and duplicated columns", async () => {
    const [own, found] = [await rowQuality(twice), await quality(twice)];
    expect(found).toMatchObject({ duplicatedRows: rows - 27, duplicatedColumns: [["x", "z"]], hash: own.hash });
    for (const [name, { hash }] of Object.entries(found.columns)) expect(hash).toBe(own.hashes.get(name));
    expect(await quality(twice, { columns: ["y"] })).toMatchObject({ duplicatedRows: rows - 3, duplicatedColumns: [] });
  });

  it("knows nothing of rows that were not kept", async () => {
    for (const one of [await profile(table), prepare(table)]) {
      expect(await quality(one)).toMatchObject({ duplicatedRows: null, duplicatedColumns: null, hash: null });
    }
  });

  it("is told of both sides of a comparison", async () => {
    const half = sliceTable(twice, 0, rows / 2);
    const report = await compare(twice, half, { quality: true });
    expect(report.quality!.reference).toMatchObject({ duplicatedRows: rows - 27, duplicatedColumns: [["x", "z"]] });
    expect(report.quality!.current.hash).toBe((await rowQuality(half)).hash);
    expect(report.quality!.reference.hash).not.toBe(report.quality!.current.hash);
  });
});

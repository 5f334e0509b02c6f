import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as arrow from "apache-arrow";
import { afterAll, describe, expect, it } from "vitest";
import { FormatError } from "../../dist/column/format-error.js";
import { readTable } from "../../dist/read/read-table.js";

const folder = mkdtempSync(join(tmpdir(), "smirnov-read-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a file of this name. */
function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const ipc = (format: "file" | "stream") => arrow.tableToIPC(arrow.tableFromArrays({ a: Int32Array.of(1, 2) }), format);

describe("readTable", () => {
  it("tells the format by the name, in any case", async () => {
    expect((await readTable(file("t.arrow", ipc("file")))).rows).toBe(2);
    expect((await readTable(file("t.FEATHER", ipc("file")))).rows).toBe(2);
    expect((await readTable(file("t.arrows", ipc("stream")))).rows).toBe(2);
    expect((await readTable(file("t.csv", "a\n1\n2\n3\n"))).rows).toBe(3);
  });

  it("tells the format by the first bytes when the name says nothing", async () => {
    expect((await readTable(file("file.bin", ipc("file")))).rows).toBe(2);
    expect((await readTable(file("stream", ipc("stream")))).rows).toBe(2);
    await expect(readTable(file("parquet", "PAR1 and no more"))).rejects.toThrow("expected a Parquet file");
  });

  it("takes the format that it is told", async () => {
    expect((await readTable(file("t.txt", "a\n1\n"), { format: "csv" })).rows).toBe(1);
    await expect(readTable(file("t.txt", "a\n1\n"), { format: "xls" as never })).rejects.toThrow(RangeError);
  });

  it("names the path of a file that is missing, empty, a directory or of an unknown format", async () => {
    const missing = join(folder, "missing.arrow");
    await expect(readTable(missing)).rejects.toThrow(`readTable: there is no file ${missing}`);
    mkdirSync(join(folder, "d.csv"));
    await expect(readTable(join(folder, "d.csv"))).rejects.toThrow(`${join(folder, "d.csv")} is a directory`);
    const empty = file("empty.csv", "");
    await expect(readTable(empty)).rejects.toThrow(new FormatError(empty, "a table", "an empty file"));
    await expect(readTable(file("t.xyz", "hello"))).rejects.toThrow("t.xyz: expected one of .arrow");
  });

  it("names the columns that there are when one is unknown", async () => {
    await expect(readTable(file("c.csv", "a,b\n1,2\n"), { columns: ["c"] })).rejects.toThrow(
      new RangeError("readTable: there is no column c; there are a, b"),
    );
  });
});

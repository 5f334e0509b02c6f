import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FormatError } from "../../dist/column/format-error.js";
import { readTable } from "../../dist/read/read-table.js";
import type { Column, Table } from "../../src/column/column.ts";
import type { Chunk } from "../../src/engine/chunk.ts";
import { type Value, valuesOf } from "../column/naive.ts";
import { corpus, hasCorpus } from "./corpus.ts";

interface FieldStatistics {
  readonly index: number;
  readonly name: string;
  readonly type: string;
  readonly nulls: number;
  readonly non_null?: number;
  readonly min?: string;
  readonly max?: string;
  readonly mean?: string;
  readonly var_ddof1?: string;
  readonly distinct?: number;
  readonly top_count?: number;
  readonly true?: number;
}

interface Golden {
  readonly file: string;
  readonly rows?: number;
  readonly fields?: readonly FieldStatistics[];
}

const folder = "arrow-golden";
const there = hasCorpus(folder);
const golden: Golden[] = there ? JSON.parse(readFileSync(corpus(`${folder}/golden-stats.json`), "utf8")).files : [];

/** Types that are refused, as pyarrow writes them. */
const refused =
  /^(fixed_size_|large_)?(list|binary)|^(struct|map|dense_union|sparse_union|run_end|extension|month|day_time)|^dictionary<values=(list|struct)/;

/** Columns in file order, the unsupported ones undefined. */
function inOrder({ columns, unsupported }: Table, fields: readonly FieldStatistics[]): (Column | undefined)[] {
  const names: string[] = [];
  for (const { name } of fields) {
    let unique = name;
    for (let count = 2; names.includes(unique); count++) unique = `${name} (${count})`;
    names.push(unique);
  }
  expect([...columns.keys(), ...unsupported.keys()].sort()).toEqual([...names].sort());
  return names.map((name) => columns.get(name));
}

/** Mean and variance about the first value: exact enough to compare twelve digits. */
function statistics(values: readonly (number | bigint)[]) {
  const [origin] = values as [number | bigint];
  const shifted = values.map((value) =>
    typeof value === "bigint" ? Number(value - (origin as bigint)) : value - (origin as number),
  );
  const mean = shifted.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = shifted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean: Number(origin) + mean, variance: squares / (values.length - 1) };
}

const close = (actual: number, expected: string) =>
  expect(Math.abs(actual - Number(expected))).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(Number(expected))));

function compare(column: Column, field: FieldStatistics): void {
  const values = valuesOf(column);
  const present = values.filter((value): value is Exclude<Value, null> => value !== null);
  // pyarrow counts the rows that are null, not those whose code points to a null in the dictionary.
  const rowsNull = [...(column.chunks as Iterable<Chunk>)].reduce((sum, { length, validity, validityOffset }) => {
    const bit = (row: number) =>
      validity ? (validity[(validityOffset + row) >> 3]! >> ((validityOffset + row) & 7)) & 1 : 1;
    return sum + Array.from({ length }, (_, row) => 1 - bit(row)).reduce((a, b) => a + b, 0);
  }, 0);
  if (!field.type.startsWith("dictionary<values=int")) expect(rowsNull).toBe(field.nulls);
  if (field.non_null !== undefined) expect(present).toHaveLength(field.non_null);
  if (field.true !== undefined) expect(present.filter((value) => value === true)).toHaveLength(field.true);
  if (field.distinct !== undefined) expect(new Set(present).size).toBe(field.distinct);
  if (field.top_count !== undefined && present.length > 0) {
    const counts = new Map<Value, number>();
    for (const value of present) counts.set(value, (counts.get(value) ?? 0) + 1);
    expect(Math.max(...counts.values())).toBe(field.top_count);
  }
  if (field.mean === undefined) return;
  const numbers = present as (number | bigint)[];
  const sorted = [...numbers].sort((a, b) => (a < b ? -1 : Number(a > b)));
  const exact = (value: number | bigint, text: string) =>
    typeof value === "bigint" ? expect(value).toBe(BigInt(text)) : expect(value).toBe(Number(text));
  exact(sorted[0]!, field.min!);
  exact(sorted.at(-1)!, field.max!);
  const { mean, variance } = statistics(numbers);
  close(mean, field.mean);
  if (field.var_ddof1 !== undefined) close(variance / Number(field.var_ddof1), "1");
}

describe.skipIf(!there)("valid Arrow files of many writers (corpus/arrow-golden)", () => {
  for (const { file, rows, fields = [] } of golden) {
    const path = corpus(`${folder}/${file}`);
    if (file.includes("bigendian")) {
      it(`refuses ${file}`, async () => {
        await expect(readTable(path, { format: "arrow" })).rejects.toThrow(FormatError);
        await expect(readTable(path, { format: "arrow" })).rejects.toThrow("found big-endian data");
      });
      continue;
    }
    it(`reads ${file}`, async () => {
      const table = await readTable(path, { format: "arrow" });
      // Without statistics: pyarrow's full validation refuses dates with hours and decimals beyond their digits.
      if (rows === undefined) return;
      expect(table.rows).toBe(rows);
      inOrder(table, fields).forEach((column, index) => {
        const field = fields[index]!;
        expect([field.type, column === undefined]).toEqual([field.type, refused.test(field.type)]);
        if (column) compare(column, field);
      });
    });
  }

  it("compares 194 numeric fields", () => {
    const numeric = golden.flatMap(({ fields = [] }) => fields.filter(({ mean }) => mean !== undefined));
    expect(numeric).toHaveLength(194);
  });
});

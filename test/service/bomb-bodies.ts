/** Bodies of few bytes that stand for many: those of bombs.json, which bombs.py writes with pyarrow, and plain ones. */
import { readFileSync } from "node:fs";
import { Field, Float64, makeData, Null, RecordBatch, Schema, Struct, Table, tableToIPC } from "apache-arrow";

export interface Bomb {
  readonly name: string;
  readonly to: "rows" | "reference" | "series";
  readonly type: string;
  readonly body: Uint8Array;
  /** What it is answered. */
  readonly status: number;
  readonly says: RegExp;
}

const arrowType = "application/vnd.apache.arrow.stream";
const text = (begin: string, repeated: string, times: number, end: string) =>
  Buffer.from(begin + repeated.repeat(times) + end);

/** A schema of so many columns, and so many batches without rows. */
export function emptyBatches(columns: number, batches: number): Uint8Array {
  const fields = Array.from({ length: columns }, (_, k) => new Field(`c${k}`, new Float64(), true));
  const schema = new Schema(fields);
  const children = fields.map(() =>
    makeData({ type: new Float64(), length: 0, nullCount: 0, data: new Float64Array(0) }),
  );
  const batch = new RecordBatch(schema, makeData({ type: new Struct(fields), length: 0, nullCount: 0, children }));
  const one = Buffer.from(tableToIPC(new Table(schema, [batch]), "stream"));
  const schemaEnd = 8 + one.readInt32LE(4);
  const message = one.subarray(schemaEnd, one.length - 8);
  return Buffer.concat([one.subarray(0, schemaEnd), ...Array.from({ length: batches }, () => message)]);
}

/** One row of so many columns of nothing. */
function manyColumns(count: number): Uint8Array {
  const fields = Array.from({ length: count }, (_, k) => new Field(`c${k}`, new Null(), true));
  const schema = new Schema(fields);
  const children = fields.map(() => makeData({ type: new Null(), length: 1 }));
  const batch = new RecordBatch(schema, makeData({ type: new Struct(fields), length: 1, nullCount: 0, children }));
  return tableToIPC(new Table(schema, [batch]), "stream");
}

export function bombs(): Bomb[] {
  const written = JSON.parse(readFileSync(new URL("bombs.json", import.meta.url), "utf8")) as {
    readonly [kind in "arrow" | "parquet"]: { readonly [name: string]: string };
  };
  const arrow = Object.entries(written.arrow).map(([name, body]): Bomb => {
    const says = /^(the columns of a body may have \d+ bytes when decompressed|a body may have 1000000 rows)/;
    return { name, to: "rows", type: arrowType, body: Buffer.from(body, "base64"), status: 413, says };
  });
  const [rows, texts] = Object.entries(written.parquet).map(([name, body]) => {
    return {
      name,
      to: "reference",
      type: "application/vnd.apache.parquet",
      body: Buffer.from(body, "base64"),
    } as const;
  });
  const json = { to: "rows", type: "application/json" } as const;
  const ndjson = { to: "rows", type: "application/x-ndjson" } as const;
  const csv = { to: "reference", type: "text/csv" } as const;
  const parts = { status: 413, says: /^a JSON text may have \d+ objects and arrays, got more/ };
  const columns = { status: 422, says: /^a dataset may have 4096 columns, got/ };
  return [
    ...arrow,
    { ...rows!, status: 413, says: /^a body may have 1000000 rows, got 20000000/ },
    { ...texts!, status: 400, says: /^the body: expected a Parquet file whose rows are decoded within 512 MiB/ },
    { name: "very many columns", to: "rows", type: arrowType, body: manyColumns(5000), ...columns },
    {
      ...{ name: "batches without rows", to: "rows", type: arrowType, body: emptyBatches(200, 800) },
      ...{ status: 413, says: /when decompressed/ },
    },
    { name: "deep arrays", ...json, body: text("", "[", 7_000_000, ""), ...parts },
    { name: "deep objects", ...json, body: text("", '{"a":', 1_500_000, ""), ...parts },
    { name: "rows of nothing", ...json, body: text("[", "{},", 2_500_000, "{}]"), ...parts },
    { name: "a value of arrays", ...json, body: text('[{"a":[', "[],", 2_500_000, "1]}]"), ...parts },
    { name: "a line of arrays", ...ndjson, body: text('{"a":[', "[],", 2_500_000, "1]}\n"), ...parts },
    {
      ...{ name: "one enormous line", ...ndjson, body: text('{"a":"', "x", 7_900_000, '"}\n') },
      ...{ status: 422, says: /^column "a": a text may have 262144 bytes, got 7900000$/ },
    },
    {
      ...{ name: "a line without end", ...ndjson, body: text('{"a":"', "x", 7_900_000, "") },
      ...{ status: 400, says: /^line 1: expected JSON/ },
    },
    {
      ...{ name: "an enormous name", ...ndjson, body: text('{"', "x", 7_900_000, '":1}\n') },
      ...{ status: 422, says: /expected a name of at most 10000 characters, found 7900000/ },
    },
    { name: "a header of commas", ...csv, body: text("", ",", 7_900_000, "\n"), ...columns },
    {
      ...{ name: "lines of CSV", ...csv, body: text("a\n", "1\n", 3_900_000, "") },
      ...{ status: 413, says: /^a body may have 1000000 rows, got more/ },
    },
    {
      ...{ name: "a quote without end", ...csv, body: text('a\n"', "x", 8_380_000, "") },
      ...{ status: 400, says: /line 2: expected fields quoted/ },
    },
    {
      ...{ name: "values of series", to: "series", type: "application/json", body: text("[", "[],", 2_500_000, "0]") },
      ...{ status: 422, says: /^a row must be an object/ },
    },
    {
      ...{ name: "names of series", to: "series", type: "application/json" },
      body: Buffer.from(JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, k) => [`s${k}`, 1])))),
      ...{ status: 422, says: /^a dataset may have 4096 series, got 5001$/ },
    },
  ];
}

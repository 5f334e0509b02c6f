/** Arrow files with a column of every type that is read, and nulls where they are asked for. */
import { closeSync, openSync, writeSync } from "node:fs";
import * as arrow from "apache-arrow";
import { generator } from "../drift/samples.ts";

const words = ["", "a", "bb", "a text that is longer than twelve bytes", "ü", "another one of more than twelve bytes"];

// Dictionaries have an identity, so each type is made once.
const types = {
  f64: new arrow.Float64(),
  plain: new arrow.Float64(),
  f32: new arrow.Float32(),
  infinite: new arrow.Float64(),
  i8: new arrow.Int8(),
  u16: new arrow.Uint16(),
  i32: new arrow.Int32(),
  i64: new arrow.Int64(),
  wide: new arrow.Int64(),
  unsigned: new arrow.Uint64(),
  few: new arrow.Int32(),
  ties: new arrow.Float64(),
  truth: new arrow.Bool(),
  time: new arrow.TimestampMillisecond(),
  text: new arrow.Utf8(),
  large: new arrow.LargeUtf8(),
  coded: new arrow.Dictionary(new arrow.Utf8(), new arrow.Int16()),
  numbers: new arrow.Dictionary(new arrow.Float64(), new arrow.Int8()),
  vectors: new arrow.FixedSizeList(2, new arrow.Field("item", new arrow.Float32(), true)),
  list: new arrow.List(new arrow.Field("item", new arrow.Int32(), true)),
};
const schema = new arrow.Schema(Object.entries(types).map(([name, type]) => new arrow.Field(name, type, true)));

/** Values of each column for one batch; `null` for about `nulls` of the rows. */
function batchOf(rows: number, random: () => number, nulls: number): arrow.RecordBatch {
  const whole = (below: number): number => Math.floor(random() * below);
  const wide = () => BigInt(whole(2 ** 31)) * 2n ** 31n + BigInt(whole(1000));
  const make: Record<keyof typeof types, () => unknown> = {
    f64: () => (random() < 0.01 ? Number.NaN : random() * 10 - 5),
    plain: () => random() ** 3,
    f32: () => Math.fround(random()),
    infinite: () => (random() < 0.02 ? Number.POSITIVE_INFINITY : random()),
    i8: () => whole(200) - 100,
    u16: () => whole(40_000),
    i32: () => whole(2 ** 31) - 2 ** 30,
    i64: () => BigInt(whole(1000)),
    wide,
    unsigned: () => wide() * 2n,
    few: () => whole(5),
    ties: () => whole(60) / 8,
    truth: () => random() < 0.4,
    time: () => whole(2 ** 40),
    text: () => words[whole(words.length)],
    large: () => words[whole(words.length)],
    coded: () => words[whole(4)],
    numbers: () => whole(40) / 4,
    vectors: () => [random(), random()],
    list: () => [1, 2],
  };
  const children = Object.entries(types).map(([name, type]) => {
    const share = name === "plain" ? 0 : nulls;
    const values = Array.from({ length: rows }, () => (random() < share ? null : make[name as keyof typeof types]()));
    return arrow.vectorFromArray(values, type as arrow.DataType).data[0] ?? arrow.makeData({ type: type as never });
  });
  const data = arrow.makeData({ type: new arrow.Struct(schema.fields), length: rows, nullCount: 0, children });
  return new arrow.RecordBatch(schema, data);
}

/** Writes an IPC stream of batches of these numbers of rows. */
export function writeManyTypes(path: string, batches: readonly number[], seed: number, nulls = 0.1): void {
  const random = generator(seed);
  const file = openSync(path, "w");
  try {
    const writer = arrow.RecordBatchStreamWriter.writeAll(batches.map((rows) => batchOf(rows, random, nulls)));
    writeSync(file, writer.toUint8Array(true));
  } finally {
    closeSync(file);
  }
}

// Files of one column of doubles, written batch by batch: what is larger than memory is never in it.
import { closeSync, openSync, writeFileSync, writeSync } from "node:fs";
import { makeVector, Table, tableToIPC } from "apache-arrow";
import { sample } from "./data.js";

const batchRows = 1 << 20;

/** Bytes of a stream's end. */
const end = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);

/** Writes an Arrow stream of a column `x` of `rows` numbers that come from `next`. */
export function writeArrow(path, rows, next) {
  const file = openSync(path, "w");
  try {
    for (let from = 0; from < rows; from += batchRows) {
      const x = makeVector(sample(Math.min(batchRows, rows - from), next));
      const stream = tableToIPC(new Table({ x }), "stream");
      const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
      // The schema is only said once, and so is the end.
      writeSync(file, stream.subarray(from === 0 ? 0 : 8 + view.getInt32(4, true), -end.length));
    }
    writeSync(file, end);
  } finally {
    closeSync(file);
  }
}

/** Writes a Parquet file of the same, a row group a batch. */
export async function writeParquet(path, rows, next) {
  const parquet = await import("parquet-wasm");
  const stream = tableToIPC(new Table({ x: makeVector(sample(rows, next)) }), "stream");
  const properties = new parquet.WriterPropertiesBuilder().setMaxRowGroupSize(batchRows).build();
  writeFileSync(path, parquet.writeParquet(parquet.Table.fromIPCStream(stream), properties));
}

/** Numbers like those of `next`, of which a share comes from another generator. */
export function partlyOther(next, other, share, uniform) {
  return () => {
    const value = next();
    return uniform() < share ? other() : value;
  };
}

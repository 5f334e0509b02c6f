// Writes a large Arrow file of N(0, 1) columns, batch by batch: node arrow-file.js path megabytes seed
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Field, Float64, makeData, makeVector, RecordBatch, RecordBatchFileWriter, Schema, Struct } from "apache-arrow";
import { normals, sample } from "./data.js";

const columns = 10;
const batchRows = 125_000;

const [path, megabytes, seed] = process.argv.slice(2);
const next = normals(Number(seed));
const fields = Array.from({ length: columns }, (_, k) => new Field(`c${k}`, new Float64(), false));
const schema = new Schema(fields);

function* batches() {
  const rows = Math.ceil((megabytes * 1e6) / (8 * columns));
  for (let from = 0; from < rows; from += batchRows) {
    const length = Math.min(batchRows, rows - from);
    const children = fields.map(() => makeVector(sample(length, next)).data[0]);
    yield new RecordBatch(schema, makeData({ type: new Struct(fields), length, nullCount: 0, children }));
  }
}

await pipeline(Readable.from(batches()), RecordBatchFileWriter.throughNode(), createWriteStream(path));

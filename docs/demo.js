// `npm start`: did flights in the United States change from May to June 2001?
import { fileURLToPath } from "node:url";
import { compare, readTable } from "smirnov";
import { renderText } from "../dist/render/text.js";

const progress = (text) => process.stderr.isTTY && process.stderr.write(`\r\x1b[2K${text}`);

// Three million flights in the order of their dates, from the npm package vega-datasets.
const file = new URL("../data/flights-3m.parquet", import.meta.resolve("vega-datasets"));
progress("reading three million flights");
const flights = await readTable(fileURLToPath(file));

const may = month(flights, 2001, 5);
const june = month(flights, 2001, 6);
const columns = ["delay", "distance", "origin", "destination"];
const report = await compare(may, june, {
  columns,
  onProgress: ({ done, total }) => progress(`comparing: ${done} of ${total} columns`),
});
progress("");

console.log("Flights in the United States: is June 2001 (current) like May 2001 (reference)?");
console.log("A million flights: arrival delay in minutes, distance in miles, both airports.\n");
const { isTTY, columns: width = 100 } = process.stdout;
process.stdout.write(renderText(report, { colour: Boolean(isTTY) && !process.env.NO_COLOR, width }));
console.log("\nNow with files of yours: npx smirnov compare reference.parquet current.csv");

/** The flights of one month. They lie one after the other, so chunks are cut and nothing is copied. */
function month(table, year, number) {
  const start = BigInt(Date.UTC(year, number - 1)) * 1000n;
  const end = BigInt(Date.UTC(year, number)) * 1000n;
  const parts = table.columns.get("date").chunks.map(({ bytes, length }) => {
    const microseconds = new BigInt64Array(bytes.buffer, bytes.byteOffset, length);
    return { from: firstFrom(microseconds, start), to: firstFrom(microseconds, end) };
  });
  const cutColumn = (column) => {
    const chunks = column.chunks.map((chunk, k) => cut(chunk, parts[k])).filter(({ length }) => length > 0);
    return { ...column, rows: chunks.reduce((rows, { length }) => rows + length, 0), chunks };
  };
  const columns = new Map([...table.columns].map(([name, column]) => [name, cutColumn(column)]));
  return { rows: columns.get("date").rows, columns, unsupported: table.unsupported };
}

/** Rows `from` up to `to` of an Arrow chunk of text or of 64-bit numbers. */
function cut(chunk, { from, to }) {
  const values = chunk.offsets
    ? { offsets: chunk.offsets.subarray(from, to + 1) }
    : { bytes: chunk.bytes.subarray(8 * from, 8 * to) };
  return { ...chunk, ...values, length: to - from, validityOffset: chunk.validityOffset + from };
}

/** Position of the first of the ascending `values` that is not below `limit`. */
function firstFrom(values, limit) {
  const position = values.findIndex((value) => value >= limit);
  return position < 0 ? values.length : position;
}

// `npm start`: did flights in the United States change from May to June 2001?
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compare, readTable, sliceTable } from "smirnov";
import { renderHtml, renderText } from "smirnov/render";

const progress = (text) => process.stderr.isTTY && process.stderr.write(`\r\x1b[2K${text}`);

// Three million flights in the order of their dates, from the npm package vega-datasets.
const file = new URL("../data/flights-3m.parquet", import.meta.resolve("vega-datasets"));
progress("reading three million flights");
const flights = await readTable(fileURLToPath(file));

const [may, june, july] = [5, 6, 7].map((month) => firstFlightOf(2001, month));
const report = await compare(sliceTable(flights, may, june), sliceTable(flights, june, july), {
  quality: true,
  onProgress: ({ done, total }) => progress(`comparing: ${done} of ${total} columns`),
});
progress("");

console.log("Flights in the United States: is June 2001 (current) like May 2001 (reference)?");
console.log("A million flights: arrival delay in minutes, distance in miles, both airports.\n");
const { isTTY, columns: width = 100 } = process.stdout;
process.stdout.write(renderText(report, { colour: Boolean(isTTY) && !process.env.NO_COLOR, width }));

const page = join(mkdtempSync(join(tmpdir(), "smirnov-")), "report.html");
const names = { reference: "May 2001", current: "June 2001" };
writeFileSync(page, renderHtml(report, { title: "Flights in the United States", names }));
console.log(`\nThe same with figures and pictures, for a browser: ${pathToFileURL(page)}`);
console.log("\nNow with files of yours: npx smirnov compare reference.parquet current.csv");

/** Row of the first flight in or after a month: dates are microseconds since 1970, in chunks. */
function firstFlightOf(year, month) {
  const start = BigInt(Date.UTC(year, month - 1)) * 1000n;
  let row = 0;
  for (const { bytes, length } of flights.columns.get("date").chunks) {
    const dates = new BigInt64Array(bytes.buffer, bytes.byteOffset, length);
    if (dates[length - 1] >= start) return row + dates.findIndex((date) => date >= start);
    row += length;
  }
  return row;
}

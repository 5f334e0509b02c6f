// Rows of JSON into columns: lines as a service gets them, and objects. 50 columns of numbers, a row some 1.2 kB of text;
// the time is to be not much more than that of JSON.parse alone, and 100 000 rows a second at least.
import { ndjsonToTable, rowsToTable } from "smirnov/monitor";
import { normal } from "./data.js";

const columns = 50;
const nanosecondsOfRow = 1e9 / 100_000;

export async function rows({ size, agree, compare }) {
  const count = Math.max(1, Math.floor(size / columns));
  const values = normal(count * columns, 1);
  const objects = Array.from({ length: count }, (_, row) =>
    Object.fromEntries(Array.from({ length: columns }, (_, k) => [`feature${k}`, values[row * columns + k]])),
  );
  const lines = objects.map((row) => JSON.stringify(row)).join("\n");
  const bytes = new TextEncoder().encode(lines);
  const parsed = () => lines.split("\n").map((line) => JSON.parse(line));
  const expected = parsed().map(({ feature7 }) => feature7);
  for (const table of [ndjsonToTable(bytes), rowsToTable(objects)])
    agree("rows", columnOf(table, "feature7"), expected);

  const text = new TextDecoder();
  const onlyParsed = () => {
    let rows = 0;
    for (const line of text.decode(bytes).split("\n")) rows += JSON.parse(line) === null ? 0 : 1;
    return rows;
  };
  const under = { target: { under: count * nanosecondsOfRow } };
  const beside = { against: onlyParsed, versus: "JSON.parse alone", target: { slower: 1.5 } };
  const name = `${count} rows of ${columns} columns`;
  const data = [values];
  await compare({ name: `ndjsonToTable, ${name}`, ours: () => ndjsonToTable(bytes).rows, data, others: [beside] });
  await compare({
    name: `ndjsonToTable, ${name}, 100 000 a second`,
    ours: () => ndjsonToTable(bytes).rows,
    data,
    ...under,
  });
  await compare({ name: `rowsToTable, ${name}`, ours: () => rowsToTable(objects).rows, data, ...under });
}

function columnOf({ columns }, name) {
  const [{ bytes, length }] = columns.get(name).chunks;
  return Array.from(new Float64Array(bytes.buffer, bytes.byteOffset, length));
}

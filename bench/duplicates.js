// What looks at whole rows: hashes of columns, duplicated rows next to pandas, and what both take of a comparison.
import { compare as compareTables, filterRows } from "smirnov";
import { tableOf } from "../dist/column/table-of.js";
import { hashColumn } from "../dist/drift/quality/column-hash.js";
import { rowQuality } from "../dist/drift/quality/row-quality.js";
import { normal, uniforms } from "./data.js";
import { repeated } from "./measure.js";

const columns = 10;

export async function duplicates({ size, peers, agree, compare }) {
  const values = normal(size, 1);
  const column = tableOf({ values }).columns.get("values");
  const chunked = { ...column, chunks: [0, 1].map((half) => halfOf(column.chunks[0], half)) };
  agree(
    "hash",
    { hash: Number.parseInt(hashColumn(chunked), 16) },
    { hash: Number.parseInt(hashColumn(column), 16) },
    0,
  );
  await compare({
    name: "hash of a column",
    ours: () => hashColumn(column).length,
    data: [values],
    others: [{ target: { under: size * 4 } }],
  });

  const [before, after] = [some(size, 7), some(size, 8)];
  const pandas = await peers.python("duplicated", before, "pandas");
  const found = await rowQuality(tableOf(named(before)), { threads: 1 });
  agree("duplicated rows", { duplicatedRows: found.duplicatedRows }, { duplicatedRows: naive(before) }, 0);
  agree("duplicated rows and pandas", { duplicatedRows: found.duplicatedRows }, pandas?.answer, 0);
  await compare({
    name: `duplicated rows, ${columns} columns`,
    ours: repeated(() => rowQuality(tableOf(named(before)), { threads: 1 })),
    data: before,
    against: pandas,
    versus: "pandas",
    target: { faster: 5 },
  });
  pandas?.stop();

  // Each array ten times, under ten names: looking rows up is once, whatever the columns.
  const fewer = size / 10;
  const sides = [before, after].map((arrays) =>
    named(Array.from({ length: 10 * columns }, (_, k) => arrays[k % columns].subarray(0, fewer))),
  );
  await compare({
    name: `hashes and duplicates of both sides, ${10 * columns} columns of ${fewer} rows`,
    ours: repeated(async () => {
      for (const side of sides) await rowQuality(tableOf(side), { threads: 1 });
    }),
    data: sides.flatMap((side) => Object.values(side)),
    against: repeated(() => compareTables(...sides, { threads: 1 })),
    versus: "compare",
    target: { slower: 0.15 },
  });

  const where = { c0: { gt: 0 }, c1: { missing: false } };
  const whole = named(before);
  const kept = before[0].filter((x) => x > 0).length;
  agree("filterRows", { rows: filterRows(whole, where).rows }, { rows: kept }, 0);
  await compare({
    name: `filterRows, two conditions, half of ${columns} columns`,
    ours: () => filterRows(whole, where).rows,
    data: before,
    others: [{ target: { under: size * columns * 10 } }],
  });
}

/** Normal values, of which a tenth of the rows equal the one before. */
function some(size, seed) {
  const arrays = Array.from({ length: columns }, (_, k) => normal(size, seed * columns + k));
  const random = uniforms(seed);
  for (let row = 1; row < size; row++) if (random() < 0.1) for (const values of arrays) values[row] = values[row - 1];
  return arrays;
}

const named = (arrays) => Object.fromEntries(arrays.map((values, k) => [`c${k}`, values]));

function naive(arrays) {
  const seen = new Set();
  for (let row = 0; row < arrays[0].length; row++) seen.add(`${arrays[0][row]} ${arrays[1][row]} ${arrays[2][row]}`);
  return arrays[0].length - seen.size;
}

function halfOf(chunk, half) {
  const middle = Math.floor(chunk.length / 2);
  const [from, to] = half ? [middle, chunk.length] : [0, middle];
  return { ...chunk, length: to - from, bytes: chunk.bytes.subarray(8 * from, 8 * to) };
}

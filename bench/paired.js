// Rows that belong together: tests of pairs, segments of a table, and the join of two tables.
import { compare, mcnemarTest, stuartMaxwellTest, wilcoxonTest } from "smirnov";
import { joinRows } from "../dist/column/join-rows.js";
import { rowGroups } from "../dist/column/row-groups.js";
import { tableOf } from "../dist/column/table-of.js";
import { takeRows } from "../dist/column/take-rows.js";
import { normal } from "./data.js";

const countries = ["Germany", "France", "Spain", "Italy", "Poland"];

export async function paired({ size, peers, agree, compare: time }) {
  const reference = normal(size, 1);
  const current = normal(size, 2).map((x, k) => x / 4 + reference[k]);
  const data = [reference, current];
  const scipy = await peers.python("wilcoxon", data);
  agree("wilcoxonTest", wilcoxonTest(reference, current), { statistic: signedRanks(reference, current) });
  agree(
    "wilcoxonTest and SciPy",
    wilcoxonTest(reference, current, { continuity: false, alternative: "greater" }),
    scipy?.answer,
    1e-9,
  );
  await time({
    name: "wilcoxonTest",
    ours: () => wilcoxonTest(reference, current).statistic,
    data,
    against: scipy,
    versus: "SciPy",
    target: { faster: 2 },
  });
  scipy?.stop();

  const signs = data.map((side) => Array.from(side, (x) => x > 0));
  const [b, c] = [true, false].map((was) => signs[0].filter((x, k) => x === was && signs[1][k] !== was).length);
  const figures = { statistic: (b - c) ** 2 / (b + c), effect: (b + c) / size };
  for (const [name, test] of Object.entries({ mcnemarTest, stuartMaxwellTest })) {
    agree(name, test(...signs), figures, 1e-12);
    await time({ name, ours: () => test(...signs).statistic, data });
  }
}

export async function segments({ size, agree, compare: time }) {
  const values = normal(size, 3);
  const country = Array.from(values, (_, k) => countries[(k * 7919) % 5]);
  const id = Float64Array.from(values, (_, k) => (k * 7919) % size);
  const table = tableOf({ country, values });
  const groups = rowGroups("bench", [table], ["country"], 1000);
  const taken = takeRows(table, groups[1].rows[0]);
  agree("rowGroups", { rows: groups.map(({ rows }) => rows[0].length) }, { rows: countries.map(() => size / 5) });
  const [chunk] = taken.columns.get("values").chunks;
  agree(
    "takeRows",
    new Float64Array(chunk.bytes.buffer),
    values.filter((_, k) => country[k] === countries[(1 * 7919) % 5]),
  );
  const data = [values];
  await time({ name: "rows grouped by text", ours: () => rowGroups("bench", [table], ["country"], 1000), data });
  await time({
    name: "rows of five groups taken",
    ours: () => groups.map(({ rows }) => takeRows(table, rows[0])),
    data,
  });

  const other = tableOf({ id: Float64Array.from(values, (_, k) => k) });
  const joined = joinRows("bench", tableOf({ id }), other, ["id"]);
  agree("joinRows", joined.after, id);
  await time({
    name: "rows joined by a number",
    ours: () => joinRows("bench", tableOf({ id }), other, ["id"]),
    data: [id, id],
  });

  const moved = { country, values: values.map((x) => x + 0.01) };
  const report = await compare({ country, values }, moved, { by: "country" });
  agree("compare by segments", { count: Object.keys(report.segments).length }, { count: 5 });
}

/** Ranks of the absolute differences, those of positive ones added. */
function signedRanks(x, y) {
  const differences = x.map((value, k) => value - y[k]).filter((d) => d !== 0);
  const inOrder = differences.toSorted((a, b) => Math.abs(a) - Math.abs(b));
  let sum = 0;
  for (let from = 0; from < inOrder.length; ) {
    let to = from + 1;
    while (to < inOrder.length && Math.abs(inOrder[to]) === Math.abs(inOrder[from])) to++;
    const positive = inOrder.subarray(from, to).filter((d) => d > 0).length;
    sum += (positive * (from + to + 1)) / 2;
    from = to;
  }
  return sum;
}

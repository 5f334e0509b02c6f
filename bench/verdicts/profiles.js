// node bench/verdicts/profiles.js [share of the repetitions]: how often what two profiles leave open decides a verdict, beside
// the verdicts of the values. Seeded simulation of one normal column; prints the table of docs/methods.md. Takes two
// minutes.
import { compare, profile } from "smirnov";
import { normal } from "../data.js";

const share = Number(process.argv[2] ?? 1);
const shifts = [0, 0.05, 0.09, 0.1, 0.11, 0.3];
const sizes = [
  [1000, 50],
  [10_000, 50],
  [1_000_000, 10],
];
const methods = ["anderson-darling", "ks", "wasserstein"];

const rows = [];
for (const [size, most] of sizes) {
  const repetitions = Math.max(2, Math.round(most * share));
  const found = [];
  for (const shift of shifts) found.push(await simulated(size, shift, repetitions));
  for (const method of methods) {
    const cells = found.map((counts) => {
      const { exact, drift, open } = counts.get(method);
      return [exact, drift, open].map((count) => Math.round((100 * count) / repetitions)).join(", ");
    });
    const [d, w] = found
      .at(-1)
      .get(method)
      .widths.map((width) => (width === 0 ? "–" : Number(width.toPrecision(2))));
    rows.push([method, size.toLocaleString("en-US"), ...cells, d, w]);
  }
}
const headings = ["method", "rows a side", ...shifts.map((shift) => `${shift} σ`), "width of D", "of W1/std"];
for (const row of [headings, headings.map(() => "---"), ...rows]) console.log(`| ${row.join(" | ")} |`);

/** Verdicts of each method, and the mean widths of what holds D and W1. */
async function simulated(size, shift, repetitions) {
  const counts = new Map(methods.map((method) => [method, { exact: 0, drift: 0, open: 0, widths: [0, 0] }]));
  for (let k = 0; k < repetitions; k++) {
    const [x, y] = [normal(size, 2 * k + 1), normal(size, 2 * k + 2).map((value) => value + shift)];
    const [before, after] = [await profile({ x }), await profile({ x: y })];
    for (const [method, count] of counts) {
      const exact = (await compare({ x }, { x: y }, { method })).columns.x;
      const found = (await compare(before, after, { method })).columns.x;
      if (exact.severity === "drift") count.exact++;
      if (found.severity === "drift") count.drift++;
      if (found.severity === "unresolved") count.open++;
      for (const { name, interval } of found.effects) {
        if (interval) count.widths[name === "ks" ? 0 : 1] += (interval[1] - interval[0]) / repetitions;
      }
    }
  }
  return counts;
}

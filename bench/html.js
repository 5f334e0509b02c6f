// The page of a report: how long it takes to make, and how large it is, over many columns with everything in it.
import { compare } from "smirnov";
import { renderHtml } from "smirnov/render";
import { duration } from "./harness.js";
import { summary } from "./measure.js";

const rows = 5_000;
const megabyte = 1e6;

export async function pages({ rounds, row }) {
  const report = await compare(tableOf(0), tableOf(0.2), { quality: true, correlations: true });
  for (const { columns, bytes, time } of [
    { columns: 100, bytes: megabyte, time: 5e9 },
    { columns: 1_000, bytes: 6 * megabyte, time: 5e9 },
  ]) {
    const wide = widened(report, columns);
    let page = renderHtml(wide);
    const times = Array.from({ length: rounds }, () => {
      const start = performance.now();
      page = renderHtml(wide);
      return (performance.now() - start) * 1e6;
    });
    const size = Buffer.byteLength(page);
    const { min, median } = summary(times);
    row({
      name: `page of ${columns} columns`,
      min,
      median,
      // A column is what is one value elsewhere.
      perValue: median / columns,
      against: `${(size / megabyte).toFixed(2)} MB`,
      target: `< ${bytes / megabyte} MB, < ${duration(time)}`,
      reached: size < bytes && median < time,
    });
  }
}

/** Numbers with missing values, whole numbers and texts. */
function tableOf(shift) {
  let state = 7 + shift;
  const random = () => {
    state = (state * 16807) % 2147483647;
    return (state - 1) / 2147483646;
  };
  const normal = () => Math.sqrt(-2 * Math.log(random() || 0.5)) * Math.cos(2 * Math.PI * random());
  const column = (make) => Array.from({ length: rows }, make);
  return {
    price: column(() => Math.exp(normal() + shift)),
    weight: column(() => (random() < 0.02 ? null : 70 + 12 * normal() + 5 * shift)),
    visits: column(() => Math.floor(-20 * Math.log(random() || 0.5) * (1 + shift))),
    country: column(() => `country ${Math.floor(40 * random() ** (2 + 5 * shift))}`),
    device: column(() => ["phone", "desktop", "tablet", ""][Math.floor(4 * random() ** (1 + shift))]),
  };
}

/** The report with its columns again and again under other names. */
function widened(report, count) {
  const known = Object.keys(report.columns);
  const names = Array.from({ length: count }, (_, k) => [`column_${k}_of_the_warehouse`, known[k % known.length]]);
  const spread = (record, change = (value) => value) =>
    Object.fromEntries(names.map(([name, like]) => [name, change(record[like], name)]));
  const { reference, current, changes } = report.quality;
  const side = (table) => ({ ...table, names: names.map(([name]) => name), columns: spread(table.columns) });
  return {
    ...report,
    columns: spread(report.columns, (column, name) => ({ ...column, column: name })),
    quality: { reference: side(reference), current: side(current), changes: spread(changes) },
  };
}

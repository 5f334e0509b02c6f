// docs/verdicts.md from what was found.
import { cutAt, detection, scoreOf, upperBound } from "./tables.js";

const percent = (share) => (100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0);
const error = (share, n) => Math.sqrt((share * (1 - share)) / n);

/** Share and its standard error, in percent. */
function rate(count, repetitions) {
  const share = count / repetitions;
  return `${percent(share)} ± ${(100 * error(share, repetitions)).toFixed(1)}`;
}

const size = (rows) => String(rows).replace(/\B(?=(\d{3})+$)/g, " ");

/** One row a column, change and window size. */
export function columnTable(cells) {
  const rows = cells.map(({ kind, change, size: rows, falseAlarms, found }) => {
    const { repetitions, drifted, onlyFirst, onlyOther } = found;
    const difference = (onlyFirst[1] - onlyOther[1]) / repetitions;
    const spread =
      Math.sqrt(onlyFirst[1] + onlyOther[1] - (onlyFirst[1] - onlyOther[1]) ** 2 / repetitions) / repetitions;
    const honest = falseAlarms / repetitions <= 0.05;
    const verdict = change.name === "none" || !honest ? "" : difference >= -2 * spread ? "not worse" : "**worse**";
    const rates = drifted.map((count) => rate(count, repetitions)).join(" | ");
    return `| ${kind} | ${change.name} | ${size(rows)} | ${rates} | ${honest ? "" : "no"} | ${verdict} |`;
  });
  return [
    "| column | change | rows | Smirnov | Evidently | Evidently ≤ 5 % false alarms | Smirnov's detection |",
    "|---|---|--:|--:|--:|---|---|",
    ...rows,
  ];
}

export function dependentTable(cells, names) {
  return [
    `| rows | ${names.join(" | ")} |`,
    `|--:|${names.map(() => "--:|").join("")}`,
    ...cells.map(
      ({ size: rows, found }) =>
        `| ${size(rows)} | ${found.drifted.map((count) => rate(count, found.repetitions)).join(" | ")} |`,
    ),
  ];
}

/** Unchanged tables of 100 columns. */
export function alarmTable(tables, names) {
  return [
    `| rows | ${names.map((name) => `tables | ${name} | upper 95 % bound`).join(" | ")} |`,
    `|--:|${names.map(() => "--:|--:|--:|").join("")}`,
    ...tables.map(({ size: rows, records }) => {
      const rates = records.map((found) => {
        const alarms = found.filter((columns) => columns.some(({ drifted }) => drifted)).length;
        return `${found.length} | ${rate(alarms, found.length)} | ${(100 * upperBound(alarms, found.length)).toFixed(2)}`;
      });
      return `| ${size(rows)} | ${rates.join(" | ")} |`;
    }),
  ];
}

/** Changed tables, all rules set to the same share of alarms on unchanged ones. */
export function detectionTable(unchanged, changed, names, share) {
  const rows = changed.flatMap(({ size: rows, change, records }) => {
    const before = unchanged.find((one) => one.size === rows).records;
    return [1, 10, 100].map((count) => {
      const found = records.map((record, r) => {
        const byPValue = r === 0;
        const cut = cutAt(
          before[r].map((columns) => scoreOf(columns, byPValue)),
          share,
        );
        return detection(before[r], record, count, byPValue, cut);
      });
      const n = Math.min(...before.map(({ length }) => length), records[0].length);
      return `| ${change.name} | ${size(rows)} | ${count} | ${found.map((one) => rate(one * n, n)).join(" | ")} |`;
    });
  });
  return [
    `| change | rows | changed columns of 100 | ${names.join(" | ")} |`,
    `|---|--:|--:|${names.map(() => "--:|").join("")}`,
    ...rows,
  ];
}

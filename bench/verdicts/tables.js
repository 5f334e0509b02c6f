// Tables of 100 columns: how often a rule alarms, and what it finds when all rules alarm equally often without a change.

import { beta } from "../../dist/bundle/distributions.js";
import { adjust } from "../../dist/bundle/index.js";

/** Upper end of a one-sided 95 % interval for a share (Clopper and Pearson). */
export function upperBound(count, total) {
  return count === total ? 1 : beta.quantile(0.95, count + 1, total - count);
}

/**
 * How much a table asks for an alarm: the rule alarms where this is at least a cut. With p-values the smallest adjusted one
 * among columns whose effect matters (negative, so that more is worse), else the largest effect over its threshold.
 */
export function scoreOf(records, byPValue) {
  if (!byPValue) return Math.max(...records.map(({ ratio }) => ratio));
  const adjusted = adjust(
    records.map(({ p }) => p),
    "bh",
  );
  return Math.max(...records.map(({ ratio }, k) => (ratio >= 1 && adjusted[k] !== null ? -adjusted[k] : -1)));
}

/** The cut at which a share of the unchanged tables alarms, at most. */
export function cutAt(scores, share) {
  const sorted = scores.toSorted((a, b) => b - a);
  return sorted[Math.floor(share * sorted.length)];
}

/** Share of tables with `count` changed columns, the others unchanged, that are above the cut. */
export function detection(unchanged, changed, count, byPValue, cut) {
  const total = Math.min(unchanged.length, changed.length);
  let found = 0;
  for (let k = 0; k < total; k++) {
    const mixed = unchanged[k].map((record, c) => (isChanged(c, k, count) ? changed[k][c] : record));
    if (scoreOf(mixed, byPValue) > cut) found++;
  }
  return found / total;
}

/** Which columns changed: others in each table, so that every kind has its turn. */
function isChanged(column, table, count) {
  return (column * 37 + table * 61) % 100 < count;
}

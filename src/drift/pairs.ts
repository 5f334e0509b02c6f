/**
 * Both sides hold the same rows: a champion's and a challenger's predictions, two runs of a pipeline. Rows are joined by
 * a key, and each column is compared pair by pair. The question stays whether the distribution changed, and so do the
 * effects; the pairs answer it with more power, because what both sides share does not hide the change.
 *
 * Evidence of numbers: Wilcoxon's signed-rank test for their place and a sign test of differences against sums for their
 * spread, twice the smaller p-value. Under exchangeable pairs both hold whatever the law; the paired t test, which many
 * zeros and a few far values mislead, is reported beside them. Evidence of categories: McNemar's exact test for two,
 * Stuart and Maxwell's for more.
 */
import { type FixedColumn, isFixed, type Table } from "../column/column.js";
import { columnOf } from "../column/column-of.js";
import { joinRows } from "../column/join-rows.js";
import { takeRows } from "../column/take-rows.js";
import { commonUnit } from "../column/units.js";
import type { Dense } from "../engine/dense.js";
import { differencesOf, valuesInPairs } from "../engine/pairs.js";
import { pairedTable } from "../source/paired-categories.js";
import { pairedSides } from "../source/pairs.js";
import { mcnemarOf } from "../statistics/mcnemar.js";
import { pairedSpreadOf } from "../statistics/paired-spread.js";
import { productMoment } from "../statistics/product-moment.js";
import { stuartMaxwellOf } from "../statistics/stuart-maxwell.js";
import { tTest } from "../statistics/t-test.js";
import { wilcoxonOf } from "../statistics/wilcoxon.js";
import { inTime, percent } from "./change.js";
import type { ColumnFindings } from "./columns.js";
import { digits } from "./decide.js";
import { dependsOnNeighbours } from "./dependence/neighbours.js";
import { type Examined, examineTables } from "./examine-tables.js";
import { type CompareOptions, columnNames, type Settings } from "./options.js";
import type { PairedDetails, Pairing } from "./paired-report.js";
import type { ColumnReport, DriftReport } from "./report.js";
import { reportsOf } from "./reports.js";

/**
 * Compares the rows that both tables have.
 *
 * @throws RangeError when a side has a key twice, or methods were chosen: pairs have their own
 */
export async function comparePairs(
  before: Table,
  after: Table,
  by: readonly string[],
  options: CompareOptions,
  settings: Settings,
): Promise<DriftReport<Settings>> {
  const chosen = (["method", "methods", "methodByKind"] as const).find(
    (name) => Object.keys(options[name] ?? {}).length > 0,
  );
  if (chosen)
    throw new RangeError(`compare: pairs are compared by methods of their own, so ${chosen} cannot be chosen`);
  if (settings.clusterBy !== null || settings.blocks !== null) {
    throw new RangeError("compare: pairs are taken to be independent: pairBy goes with neither clusterBy nor blocks");
  }
  const rows = joinRows("compare", before, after, by);
  const [x, y] = [takeRows(before, rows.before), takeRows(after, rows.after)];
  const columns = columnNames(before, after, options.columns).filter((name) => !by.includes(name));
  const { quality: _, onProgress, ...others } = options;
  const examined = await examineTables(x, y, { ...others, ...(onProgress && { onProgress }), columns }, settings);
  // Of the tables as they are, rows without a partner among them.
  const whole = options.quality
    ? await examineTables(before, after, { ...others, columns, quality: true }, settings)
    : null;
  const paired = new Map(
    [...examined.columns].map(([name, found]) => [name, pairedFindings(name, found, x, y, settings)]),
  );
  const findings = new Map([...paired].map(([name, { findings }]) => [name, findings]));
  const joined: Examined = {
    rows: { reference: before.rows, current: after.rows },
    columns: findings,
    paired: true,
    warnings: rows.before.length === 0 ? ["no row has a partner on the other side"] : [],
    quality: whole?.quality ?? null,
  };
  const [report] = reportsOf([joined], settings);
  const described = Object.entries(report!.columns).map(([name, column]) => [
    name,
    withDetails(column, paired.get(name)?.details ?? null),
  ]);
  const count = rows.before.length;
  const pairing: Pairing = {
    by,
    pairs: count,
    unmatched: { reference: before.rows - count, current: after.rows - count },
    withoutKey: { reference: rows.withoutKey[0], current: rows.withoutKey[1] },
  };
  return { ...report!, columns: Object.fromEntries(described), pairing };
}

interface Paired {
  readonly findings: ColumnFindings;
  readonly details: PairedDetails | null;
}

/** What the pairs say in place of the two samples; columns that cannot be judged stay as they are. */
function pairedFindings(name: string, found: ColumnFindings, before: Table, after: Table, settings: Settings): Paired {
  const [x, y] = [before.columns.get(name), after.columns.get(name)];
  if (found.status !== "ok" || !found.value || !x || !y) return { findings: found, details: null };
  if (x.kind === "vector" || y.kind === "vector") return { findings: found, details: null };
  const evidence =
    isFixed(x) && isFixed(y) ? ofNumbers(...commonUnit(x, y), found.method) : ofCategories(pairedTable(x, y));
  if (!evidence) {
    const reason = "too many categories to compare pair by pair";
    return { findings: { ...found, method: null, value: null, status: "too-many-categories", reason }, details: null };
  }
  const { details, method, statistic, pValue } = evidence;
  if (details.pairs < settings.minimumValues) {
    const reason = `${details.pairs} pairs with a value on both sides are too few to judge, ${settings.minimumValues} are needed`;
    return { findings: { ...found, method: null, value: null, status: "too-few", reason }, details };
  }
  const value = { ...found.value, statistic, pValue };
  return { findings: { ...found, method, value, warnings: evidence.warnings }, details };
}

interface Evidence {
  readonly details: PairedDetails;
  readonly method: string;
  readonly statistic: number | null;
  readonly pValue: number;
  readonly warnings: readonly string[];
}

/** What the two samples would have to say of neighbours is nothing here: only differences need to be independent. */
function dependent(differences: Float64Array): string[] {
  return dependsOnNeighbours(columnOf(differences) as FixedColumn, false)
    ? ["differences depend on those of neighbouring pairs, so that p-values are too small"]
    : [];
}

/** Numbers that were compared as categories stay categories. */
function ofNumbers(reference: FixedColumn, current: FixedColumn, method: string | null): Evidence | null {
  return method === "chi-square" ? ofCategories(pairedTable(reference, current)) : ofValues(reference, current);
}

function ofValues(reference: FixedColumn, current: FixedColumn): Evidence {
  const sides = pairedSides("compare", reference, current);
  const { values: differences } = differencesOf(...sides);
  const [left, right] = sides.map((side) => ({ ...side, representation: "f64" }) as const) as [Dense, Dense];
  const [x, y] = [valuesInPairs(left, right), valuesInPairs(right, left)];
  const pairs = differences.length;
  const blank = { kind: "values", pairs, changed: null, difference: null, confidenceInterval: null, dz: null } as const;
  if (pairs < 2) {
    const details = { ...blank, correlation: null, tTest: null, wilcoxon: null, spread: null, words: "" };
    return { details, method: "paired", statistic: null, pValue: 1, warnings: [] };
  }
  const { statistic, pValue, difference, confidenceInterval, effect, degreesOfFreedom } = tTest(reference, current, {
    paired: true,
  });
  const wilcoxon = wilcoxonOf(differences);
  const spread = pairedSpreadOf(x, y);
  const reversed = (value: number | null | undefined): number | null => (value == null ? null : 0 - value);
  const details: PairedDetails = {
    ...blank,
    changed: (pairs - wilcoxon.zeros) / pairs,
    difference: reversed(difference),
    confidenceInterval: confidenceInterval && [reversed(confidenceInterval[1]), reversed(confidenceInterval[0])],
    dz: reversed(effect),
    correlation: productMoment(x, y),
    tTest: { statistic: reversed(statistic), degreesOfFreedom, pValue },
    wilcoxon: {
      statistic: wilcoxon.statistic,
      pValue: wilcoxon.pValue,
      effect: 0 - wilcoxon.effect,
      method: wilcoxon.method,
    },
    spread,
    words: meanWords(reversed(difference), reversed(statistic), pValue, pairs, reference),
  };
  return {
    details,
    method: "paired",
    statistic: wilcoxon.statistic,
    pValue: Math.min(1, 2 * Math.min(wilcoxon.pValue, spread.pValue)),
    warnings: dependent(differences),
  };
}

/** `current is 0.3 higher on average (paired t 5.2, p 1e-7, 1000 pairs)`. */
function meanWords(
  difference: number | null,
  t: number | null,
  pValue: number | null,
  pairs: number,
  { kind, type, unitsPerSecond }: FixedColumn,
): string {
  if (difference === null) return "";
  if (difference === 0) return "current is the same on average";
  const size = Math.abs(difference);
  const by = kind === "temporal" ? inTime(size / unitsPerSecond) : digits(size);
  const [more, less] =
    kind !== "temporal"
      ? ["higher", "lower"]
      : type.startsWith("Duration")
        ? ["longer", "shorter"]
        : ["later", "earlier"];
  const where = `current is ${by} ${difference > 0 ? more : less} on average`;
  return t === null || pValue === null
    ? where
    : `${where} (paired t ${digits(t)}, p ${digits(pValue)}, ${pairs} pairs)`;
}

function ofCategories(table: ReturnType<typeof pairedTable>): Evidence | null {
  if (!table) return null;
  const two = table.names.length <= 2;
  const { statistic, pValue, effect: changed, kappa, n: pairs } = two ? mcnemarOf(table) : stuartMaxwellOf(table);
  const words = `${percent(changed)} of the pairs changed their category`;
  const method = two ? "mcnemar" : "stuart-maxwell";
  return { details: { kind: "categories", pairs, changed, kappa, words }, method, statistic, pValue, warnings: [] };
}

function withDetails(column: ColumnReport, details: PairedDetails | null): ColumnReport {
  if (!details) return column;
  const reason = details.words === "" || column.status !== "ok" ? column.reason : `${column.reason}; ${details.words}`;
  return { ...column, reason, paired: details };
}

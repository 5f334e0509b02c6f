/**
 * `compare`: two tables in, one report out. Every column gets findings or a status, then all are decided together.
 */
import type { Table } from "../column/column.js";
import { type TableInput, tableInMemory, tableOf } from "../column/table-of.js";
import type { Profile } from "../profile/profile.js";
import { shown } from "../statistics/option-checks.js";
import { type CorrelationDriftOptions, correlationDrift } from "./correlations.js";
import { compareLikeEvidently } from "./evidently/compare-like-evidently.js";
import type { EvidentlyOptions } from "./evidently/options.js";
import { examineTables } from "./examine-tables.js";
import { keyNames } from "./key-names.js";
import { withRoles } from "./kind-of-change.js";
import { type ModelQualityOptions, type ModelSettings, modelColumns, modelSettings } from "./model-options.js";
import { modelQualityOf } from "./model-quality.js";
import { type CompareOptions, checkedOptions, columnNames, type Settings } from "./options.js";
import { comparePairs } from "./pairs.js";
import { type AnyTable, isPreparedTable, type PreparedTable } from "./prepare.js";
import { isProfile } from "./profiles/is-profile.js";
import type { DriftReport, EvidentlySettings } from "./report.js";
import { reportsOf } from "./reports.js";
import { roleNames, rolesOf } from "./roles.js";
import { compareBySegments } from "./segments.js";
import { tableWhere } from "./where.js";

/**
 * Compares every column of two tables and decides which ones drifted: those with evidence (an adjusted p-value up to
 * 0.005) and an effect that matters.
 *
 * Numeric columns with more than 20 distinct values are tested by Anderson-Darling on their finite values, with the
 * Kolmogorov-Smirnov distance (0.04) and the Wasserstein distance in standard deviations (0.1) as effects; all others by the
 * chi-square test of homogeneity, with the Jensen-Shannon distance (0.1) as the effect; vectors by the maximum mean
 * discrepancy (0.042). A change of the shares of missing and infinite values is a signal of its own. P-values are adjusted
 * over the columns (Benjamini-Hochberg).
 *
 * `where` compares some of the rows alone, `by` also compares each segment of rows, `pairBy` compares the same rows pair
 * by pair, `correlations` compares how columns go together, `quality` tells what both sides are like (as the function
 * `quality` does) from the same pass and, of whole rows, one more, `modelQuality` how well a model does where the truth is
 * known.
 *
 * With `preset: "evidently"` everything is decided as Evidently 0.7 does instead: its twenty methods by name, its defaults,
 * thresholds and kinds of columns, one after the other and without correction.
 *
 * @param reference, current  a Smirnov table (`readTable`), an Arrow Table, or a record of columns; a table that was prepared
 *   (`prepare`), which is not read again; or a profile. What is compared with a profile is exact where the profile knows
 *   enough; else numbers have bounds (`exact: false`), and a verdict is given where these allow for one only. Options that
 *   look at rows, and preset `evidently`, take tables alone
 * @returns a plain object; a column that cannot be judged has a status and a reason, and never makes this throw
 * @throws TypeError for what is not a table or an option of another type, RangeError for unknown column names, methods or options
 */
export async function compare(
  reference: Comparable,
  current: Comparable,
  options?: CompareOptions,
): Promise<DriftReport<Settings>>;
export async function compare(
  reference: TableInput,
  current: TableInput,
  options: EvidentlyOptions,
): Promise<DriftReport<EvidentlySettings>>;
export async function compare(
  reference: Comparable,
  current: Comparable,
  options?: CompareOptions | EvidentlyOptions,
): Promise<DriftReport>;
export async function compare(
  reference: Comparable,
  current: Comparable,
  options: CompareOptions | EvidentlyOptions = {},
): Promise<DriftReport> {
  const [wholeBefore, wholeAfter] = [anyTable(reference), anyTable(current)];
  if (hasPreset(options)) {
    const sides = [
      ["reference", wholeBefore],
      ["current side", wholeAfter],
    ] as const;
    for (const [side, table] of sides) {
      if (hasRows(table)) continue;
      const what = isPreparedTable(table) ? "a prepared one" : "a profile";
      throw new TypeError(`compare: preset evidently needs the ${side}'s rows, which ${what} has not kept`);
    }
    const [x, y] = [wholeBefore, wholeAfter].map((table) => tableInMemory("compare", table as Table));
    return compareLikeEvidently(x!, y!, options);
  }
  const settings = checkedOptions(options, wholeBefore, wholeAfter);
  const before = tableWhere("compare", wholeBefore, options.where, "the reference");
  const after = tableWhere("compare", wholeAfter, options.where, "the current side");
  const sides = [
    ["reference", before],
    ["current side", after],
  ] as const;
  const correlations = correlationOptions(options);
  const asked = rowOptions.find((name) => options[name] !== undefined && options[name] !== false);
  for (const [side, table] of sides) {
    const stored = hasRows(table) && table.stored === true;
    const option = asked ?? (stored && settings.clusterBy !== null ? "clusterBy" : undefined);
    const what = withoutRows(table);
    if (what === null || option === undefined) continue;
    throw new TypeError(`compare: ${option} needs the rows of the ${side}${stored ? " in memory" : ""}, got ${what}`);
  }
  if (!hasRows(before) || !hasRows(after)) {
    const [report] = reportsOf([await examineTables(before, after, options, settings)], settings);
    return report!;
  }
  const names = columnNames(before, after, options.columns);
  const model = modelOptions(options, [before, after]);
  const roles = rolesOf(options, names, [before, after], model ? modelColumns(model) : []);
  const by = keyNames("by", options.by, [before, after]);
  const pairBy = keyNames("pairBy", options.pairBy, [before, after]);
  if (roles && (pairBy.length > 0 || settings.clusterBy !== null || settings.blocks !== null)) {
    throw new RangeError("compare: roles and joint take rows to be independent: without pairBy, clusterBy and blocks");
  }
  if (pairBy.length > 0 && by.length > 0) throw new RangeError("compare: there may be by or pairBy, got both");
  const compared =
    pairBy.length > 0
      ? await comparePairs(before, after, pairBy, options, settings)
      : await compareBySegments(before, after, by, options, settings, model);
  const judged = roles ? await withRoles(compared, before, after, roles, options) : compared;
  const report = model ? { ...judged, modelQuality: await modelQualityOf([before, after], model) } : judged;
  if (!correlations) return report;
  const changes = await correlationDrift(withOnly(before, names), withOnly(after, names), correlations);
  return { ...report, correlations: changes };
}

/** What may be compared: a table, one that was prepared, or a profile. */
export type Comparable = TableInput | PreparedTable | Profile;

function anyTable(input: Comparable): AnyTable {
  return isPreparedTable(input) || isProfile(input) ? input : tableOf(input);
}

function hasRows(table: AnyTable): table is Table {
  return !isPreparedTable(table) && !isProfile(table);
}

/** What a table is whose rows cannot be looked at together; `null` where they can. */
function withoutRows(table: AnyTable): string | null {
  if (hasRows(table)) return table.stored ? "an opened table (readTable)" : null;
  return isPreparedTable(table) ? "a prepared table" : "a profile";
}

/** What looks at rows, which a prepared table or a profile has not kept. */
const rowOptions = ["by", "pairBy", "correlations", "modelQuality", ...roleNames] as const;

function withOnly(table: Table, names: readonly string[]): Table {
  return { ...table, columns: new Map([...table.columns].filter(([name]) => names.includes(name))) };
}

/** What correlations are compared by; `null` where they are not. */
function correlationOptions({ correlations = false, signal }: CompareOptions): CorrelationDriftOptions | null {
  if (correlations === false) return null;
  const own = signal ? { signal } : {};
  if (correlations === true) return own;
  if (typeof correlations === "object" && correlations !== null) return { ...own, ...correlations };
  throw new TypeError(`compare: correlations must be true, false or options, got ${shown(correlations)}`);
}

/** What the model is judged by; `null` where it is not. */
function modelOptions(options: CompareOptions, tables: readonly Table[]): ModelSettings | null {
  const { modelQuality = false, target, prediction, signal } = options;
  if (modelQuality === false) return null;
  if (modelQuality !== true && (typeof modelQuality !== "object" || modelQuality === null)) {
    throw new TypeError(`compare: modelQuality must be true, false or options, got ${shown(modelQuality)}`);
  }
  const own = modelQuality === true ? {} : modelQuality;
  const roles = { target, ...(own.task !== "ranking" && own.query === undefined && { prediction }), signal };
  const given = Object.entries({ ...roles, ...own }).filter(([, value]) => value !== undefined);
  return modelSettings("compare: modelQuality", Object.fromEntries(given) as unknown as ModelQualityOptions, tables);
}

function hasPreset(options: CompareOptions | EvidentlyOptions): options is EvidentlyOptions {
  return typeof options === "object" && options !== null && options.preset != null;
}

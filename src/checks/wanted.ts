/** What has to be compared so that checks find their metrics, and nothing more. */
import type { RowFilter } from "../column/row-filter.js";
import type { Need } from "../metrics/definition.js";
import { canonical } from "./canonical.js";
import { definitionFor } from "./metric-index.js";
import type { Check } from "./suite.js";

/** Checks of the same rows, with their places in the suite. */
export interface SameRows {
  /** `undefined`: all that are compared. */
  readonly where: RowFilter | undefined;
  readonly checks: readonly { readonly check: Check; readonly place: number }[];
}

/** All rows first, whether or not a check is about them. */
export function byRows(checks: readonly Check[]): SameRows[] {
  const groups = new Map<string, { where: RowFilter | undefined; checks: { check: Check; place: number }[] }>();
  groups.set("", { where: undefined, checks: [] });
  for (const [place, check] of checks.entries()) {
    const key = check.where === undefined ? "" : canonical(check.where);
    const group = groups.get(key) ?? { where: check.where, checks: [] };
    groups.set(key, group);
    group.checks.push({ check, place });
  }
  return [...groups.values()];
}

function needsOf(checks: readonly Check[]): Set<Need> {
  return new Set(checks.flatMap(({ metric, column }) => definitionFor(metric, column !== undefined)?.needs ?? []));
}

/**
 * Options of `compare` that the checks need; what else is compared is the suite's own affair.
 *
 * @param known  columns that a side has
 */
export function neededOptions(
  checks: readonly Check[],
  known: ReadonlySet<string>,
): { readonly [option: string]: unknown } {
  const needs = needsOf(checks);
  const columns = columnsOf(checks, known);
  return {
    ...((needs.has("quality") || needs.has("change")) && { quality: true }),
    ...(needs.has("correlations") && { correlations: { matrix: true } }),
    ...(columns && { columns }),
  };
}

/** Metrics that a column has by itself, whatever other columns are compared. */
const ofItself: ReadonlySet<Need> = new Set<Need>(["rows", "quality", "change"]);

/**
 * The columns that are looked at, where each check names some and none depends on the others; `null` for all, as where one is
 * on no side, so that it can be told which there are.
 */
function columnsOf(checks: readonly Check[], known: ReadonlySet<string>): string[] | null {
  const names = new Set<string>();
  for (const { metric, column } of checks) {
    const definition = definitionFor(metric, column !== undefined);
    if (column === undefined || !definition || !ofItself.has(definition.needs)) return null;
    for (const name of [column].flat()) {
      if (name === "*" || !known.has(name)) return null;
      names.add(name);
    }
  }
  return names.size > 0 ? [...names] : null;
}

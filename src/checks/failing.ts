/** Which rows are behind a check that does not hold. */
import { isFixed, type Table } from "../column/column.js";
import { rowsWhere, selectedRows } from "../column/filter-rows.js";
import type { RowFilter } from "../column/row-filter.js";
import { failingRows, type KnownValues } from "../drift/quality/failing-rows.js";
import type { Metric } from "../metrics/metric.js";
import { textSource } from "../source/categories.js";
import { definitionFor, type MetricIndex, scaleOf } from "./metric-index.js";
import { isUnresolved, plainNumber, resolved } from "./operand.js";
import type { Check, Operand } from "./suite.js";
import type { CheckResult } from "./suite-result.js";

/** Both tables, as far as they have rows, and what was found of them. */
export interface CheckedRows {
  readonly reference: Table | null;
  readonly current: Table;
  /** The rows that were compared; all where there are no conditions. */
  readonly where: RowFilter | undefined;
  readonly index: MetricIndex;
}

/**
 * The current rows behind a check on how many there are of a kind, or on the ends of a range. Their indices are those of
 * the whole table.
 *
 * @returns nothing where a metric has no rows of its own, or not too many of them
 */
export function rowsBehind(check: Check, result: CheckResult, rows: CheckedRows, most: number): CheckResult["rows"] {
  const { metric, column, side, segment } = result;
  if (side === "reference" || segment !== null || (result.status !== "fail" && result.status !== "warn"))
    return undefined;
  const ends = endOf(metric);
  if (!ends && !isLimited(check)) return undefined;
  const { current, where } = rows;
  const table = where === undefined ? current : rowsWhere("runSuite", current, where);
  const known = knownOf(check, result, rows);
  const found = failingRows(table, metric, column, known, most);
  if (!found || found.count === 0) return undefined;
  if (where === undefined) return found;
  const marks = selectedRows("runSuite", current, where);
  return marks ? { count: found.count, indices: placesOf(marks, found.indices) } : found;
}

/** Whether it asks for not more than something, so that rows are too many. */
function isLimited({ lt, lte, eq, in: list, approx }: Check): boolean {
  return [lt, lte, eq, list, approx].some((operand) => operand !== undefined);
}

function endOf(metric: string): "min" | "max" | null {
  if (metric === "min" || metric === "minLength") return "min";
  return metric === "max" || metric === "maxLength" ? "max" : null;
}

function knownOf(check: Check, { metric, column }: CheckResult, { reference, index, where }: CheckedRows): KnownValues {
  const end = endOf(metric);
  if (end) return limitOf(end, check, column, index);
  if (column === null) return {};
  if (metric.startsWith("outOfList")) return categoriesOf(reference, column, where);
  const of = (name: string): Metric | undefined =>
    index
      .of(null, name)
      .get(column)
      ?.find(({ side }) => side === "reference");
  const [min, max] = [of("min")?.value ?? null, of("max")?.value ?? null];
  if (min === null || max === null || typeof min === "boolean" || typeof max === "boolean") return {};
  return { min, max };
}

/** The limit that the smallest, or the largest, value should keep to. */
function limitOf(end: "min" | "max", check: Check, column: string | null, index: MetricIndex): KnownValues {
  const operand: Operand | undefined = end === "min" ? (check.gte ?? check.gt) : (check.lte ?? check.lt);
  const metrics = index.of(null, check.metric).get(column) ?? [];
  const [actual, reference] = (["current", "reference"] as const).map((side) =>
    metrics.find((metric) => metric.side === side),
  );
  const definition = definitionFor(check.metric, true);
  if (operand === undefined || !actual || !definition) return {};
  if (typeof operand === "string" || typeof operand === "number") return { [end]: operand };
  const limit = resolved(operand, scaleOf(definition, actual, index.kindOf(actual)), reference ?? null);
  if (isUnresolved(limit)) return {};
  const { low } = limit.range;
  if (typeof low === "number" || (typeof low === "bigint" && typeof actual.value === "number")) {
    return { [end]: plainNumber(low) };
  }
  // A point in time, as the reference has it.
  return typeof reference?.value === "string" ? { [end]: reference.value } : {};
}

function categoriesOf(reference: Table | null, column: string, where: RowFilter | undefined): KnownValues {
  const table = reference && where !== undefined ? rowsWhere("runSuite", reference, where) : reference;
  const found = table?.columns.get(column);
  if (!found || isFixed(found) || found.kind === "vector") return {};
  const { counts, empty } = textSource(found).categories(Number.MAX_SAFE_INTEGER);
  return { categories: new Set([...counts.keys(), ...(empty > 0 ? [""] : [])]) };
}

/** Rows of the whole table, of some by their number among those that are marked. */
function placesOf(marks: Uint8Array, chosen: readonly number[]): number[] {
  const places: number[] = [];
  let kept = 0;
  for (let row = 0; row < marks.length && places.length < chosen.length; row++) {
    if (marks[row] === 0) continue;
    if (kept === chosen[places.length]) places.push(row);
    kept++;
  }
  return places;
}

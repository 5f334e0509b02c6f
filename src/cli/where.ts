/** Conditions on rows as one types them: `country=DE`, `price>=3`, `city in a,b`, `age is missing`. */
import type { Column, Table } from "../column/column.js";
import type { FilterValue, RowCondition, RowFilter } from "../column/row-filter.js";
import { suggestion } from "../statistics/suggest.js";
import { UsageError } from "./usage-error.js";
import { listed } from "./values.js";

/** The ways in which a condition can be read: a name may hold what looks like an operator. */
export interface TypedCondition {
  readonly text: string;
  readonly readings: readonly Reading[];
}

interface Reading {
  readonly column: string;
  readonly operator: keyof RowCondition;
  readonly value: string;
  /** Of `is not missing`. */
  readonly negated?: true;
}

const signs = { "!=": "notEq", ">=": "gte", "<=": "lte", "=": "eq", ">": "gt", "<": "lt" } as const;
const words = / (not in|in|is not missing|is missing)(?: |$)/g;

/** @throws UsageError for a text without an operator */
export function conditionOf(text: string): TypedCondition {
  const bySign = Array.from(text.matchAll(/!=|>=|<=|[=<>]/g), ({ 0: sign, index }): Reading => {
    const value = text.slice(index + sign.length).trim();
    return { column: text.slice(0, index).trim(), operator: signs[sign as keyof typeof signs], value };
  });
  const byWord = Array.from(text.matchAll(words), ({ 0: found, 1: word = "", index }): Reading => {
    const column = text.slice(0, index).trim();
    const value = text.slice(index + found.length).trim();
    if (word === "in" || word === "not in") return { column, operator: word === "in" ? "in" : "notIn", value };
    return { column, operator: "missing", value, ...(word === "is not missing" && { negated: true }) };
  });
  const isEmpty = ({ operator, value }: Reading): boolean => (operator === "missing") !== (value === "");
  const readings = [...bySign, ...byWord].filter((one) => one.column !== "" && !isEmpty(one));
  if (readings.length > 0) return { text, readings };
  throw new UsageError(
    `--where needs a condition as country=DE, price>=3, "city in a,b" or "age is missing", got ${JSON.stringify(text)}`,
  );
}

/** Columns that the conditions may be about. */
export function conditionColumns(conditions: readonly TypedCondition[]): string[] {
  return conditions.flatMap(({ readings }) => readings.map(({ column }) => column));
}

/**
 * The conditions as a filter of the rows of both tables, values read as their column's kind.
 *
 * @throws UsageError for a column that a table lacks, a value of another kind, and the same condition twice
 */
export function filterOf(conditions: readonly TypedCondition[], tables: readonly Table[]): RowFilter {
  const filter = new Map<string, Record<string, unknown>>();
  const names = new Set(tables.flatMap(({ columns }) => [...columns.keys()]));
  for (const { text, readings } of conditions) {
    const reading = readings.find(({ column }) => names.has(column));
    if (!reading) {
      const { column } = readings[0]!;
      throw new UsageError(`--where ${text}: there is no column ${JSON.stringify(column)}${suggestion(column, names)}`);
    }
    const lacks = tables.findIndex(({ columns }) => !columns.has(reading.column));
    if (lacks >= 0) {
      const side = lacks === 0 ? "reference" : "current table";
      throw new UsageError(`--where ${text}: the ${side} has no column ${JSON.stringify(reading.column)}`);
    }
    const condition = filter.get(reading.column) ?? {};
    if (Object.hasOwn(condition, reading.operator))
      throw new UsageError(`--where ${text}: there is one like it already`);
    const column = tables.map(({ columns }) => columns.get(reading.column)!).find(({ rows }) => rows > 0);
    condition[reading.operator] = operandOf(reading, column, text);
    filter.set(reading.column, condition);
  }
  return Object.assign(Object.create(null), Object.fromEntries(filter));
}

function operandOf({ operator, value, negated }: Reading, column: Column | undefined, text: string): unknown {
  if (operator === "missing") return !negated;
  if (operator === "in" || operator === "notIn")
    return listed(value).map((one) => typedValue(one.trim(), column, text));
  return typedValue(value, column, text);
}

/** Numbers and points in time stay text, which filters take with all digits. */
function typedValue(value: string, column: Column | undefined, text: string): FilterValue {
  if (column?.kind === "boolean") {
    if (value === "true" || value === "false") return value === "true";
    throw new UsageError(`--where ${text}: the column holds true and false, got ${JSON.stringify(value)}`);
  }
  if (column?.kind === "numeric" && Number.isNaN(Number(value === "" ? "none" : value))) {
    throw new UsageError(`--where ${text}: the column holds numbers, got ${JSON.stringify(value)}`);
  }
  return value;
}

/** Conditions on a column, checked and made into a test of its rows. */
import type { Column } from "./column.js";
import type { RowTest, TestedValue } from "./marked-rows.js";
import { type Operand, operandOf, wellFormed } from "./operand.js";
import type { FilterValue, RowCondition } from "./row-filter.js";

type ValueTest = (value: TestedValue) => boolean;

const comparisons: Readonly<Record<string, (of: Operand) => ValueTest>> = {
  eq: (of) => (value) => of(value) === 0,
  notEq: (of) => (value) => of(value) !== 0,
  gt: (of) => (value) => of(value) > 0,
  gte: (of) => (value) => of(value) >= 0,
  lt: (of) => (value) => of(value) < 0,
  lte: (of) => (value) => of(value) <= 0,
};
const ordering = ["gt", "gte", "lt", "lte"];
const operators = [...Object.keys(comparisons), "in", "notIn", "missing"];

/** Whether a missing value fulfils an operator. */
const passedByMissing = ["notEq", "notIn"];

/**
 * @param where  begins messages, and names the column
 * @throws TypeError for what is no condition and for a value of another kind than the column's, RangeError for an operator
 *   that there is not, a condition without one, NaN, and text that is no value of the column
 */
export function rowTestOf(column: Column, given: RowCondition | FilterValue, where: string): RowTest {
  const condition = conditionOf(given, where);
  let missing = true;
  const tests: ValueTest[] = [];
  for (const [operator, operand] of Object.entries(condition)) {
    const told = `${where} ${operator}`;
    if (!operators.includes(operator)) {
      throw new RangeError(`${where} has no operator ${JSON.stringify(operator)}, but ${operators.join(", ")}`);
    }
    if (operator === "missing") {
      if (typeof operand !== "boolean") throw new TypeError(`${told} needs true or false, got ${shown(operand)}`);
      missing &&= operand;
      tests.push(() => !operand);
      continue;
    }
    missing &&= passedByMissing.includes(operator);
    tests.push(testOf(column, operator, operand, told));
  }
  if (column.kind === "vector") return { null: missing, nan: missing, value: !condition.missing };
  const [first, ...others] = tests;
  const value = others.length === 0 ? first! : (value: TestedValue) => tests.every((passes) => passes(value));
  return { null: missing, nan: missing, value };
}

function conditionOf(given: unknown, where: string): RowCondition {
  if (isFilterValue(given)) return { eq: given };
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    const hint = given === null ? "; { missing: true } finds rows without a value" : "";
    throw new TypeError(`${where} needs a value or a condition such as { gt: 0 }, got ${shown(given)}${hint}`);
  }
  const condition = Object.fromEntries(Object.entries(given).filter(([, operand]) => operand !== undefined));
  if (Object.keys(condition).length > 0) return condition;
  throw new RangeError(`${where} needs at least one operator of ${operators.join(", ")}, got none`);
}

function testOf(column: Column, operator: string, operand: unknown, where: string): ValueTest {
  if (operator === "in" || operator === "notIn") {
    if (!Array.isArray(operand)) throw new TypeError(`${where} needs an array of values, got ${shown(operand)}`);
    const among = amongOf(column, operand, where);
    return operator === "in" ? among : (value) => !among(value);
  }
  if (!isFilterValue(operand)) throw new TypeError(`${where} needs a value, got ${shown(operand)}`);
  if (column.kind === "boolean" && ordering.includes(operator)) {
    throw new TypeError(`${where}: truth values have no order, for a column of type ${column.type}`);
  }
  return comparisons[operator]!(operandOf(column, operand, where));
}

/** Long lists of texts are looked up, all others are walked over. */
function amongOf(column: Column, values: readonly unknown[], where: string): ValueTest {
  const operands = values.map((value) => {
    if (!isFilterValue(value)) throw new TypeError(`${where} needs values, got ${shown(value)}`);
    return operandOf(column, value, where);
  });
  if (column.kind === "categorical") {
    const texts = new Set((values as string[]).map(wellFormed));
    return (value) => texts.has(value as string);
  }
  return (value) => operands.some((of) => of(value) === 0);
}

function isFilterValue(value: unknown): value is FilterValue {
  return ["number", "string", "boolean", "bigint"].includes(typeof value);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

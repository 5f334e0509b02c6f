/** What a check is about, in words. */
import { columnName } from "../drift/column-name.js";
import { operatorNames } from "./conditions.js";
import { figures } from "./figures.js";
import { isNames, namesInWords } from "./operand.js";
import type { Approximation, Check, Operand } from "./suite.js";
import type { CheckResult } from "./suite-result.js";

type Place = Pick<CheckResult, "metric" | "column" | "of" | "side" | "segment">;

/** `missingShare of price in country=DE`, `mean of price (reference)`, `recall of spam` */
export function subjectWords({ metric, column, of, side, segment }: Place): string {
  const owners = [column, of].filter((name) => name !== null).map((name) => columnName(name));
  const whose = owners.length > 0 ? ` of ${owners.join(" and ")}` : "";
  return `${metric}${whose}${segment === null ? "" : ` in ${segment}`}${side === "reference" ? " (reference)" : ""}`;
}

const signs: Readonly<Record<string, string>> = { eq: "=", notEq: "≠", gt: ">", gte: "≥", lt: "<", lte: "≤" };

/** What is asked for, references as they are written: `≤ 1.1 × reference + 5`. */
export function conditionWords(check: Check): string {
  const parts = operatorNames.flatMap((name) => {
    if (check[name] === undefined) return [];
    if (name === "in" || name === "notIn") {
      const listed = check[name]!.map((value) => figures(value)).join(", ");
      return [`${name === "in" ? "one" : "none"} of ${listed}`];
    }
    if (name === "approx") return [approximationWords(check[name]!)];
    return [`${signs[name]} ${operandWords(check[name]!)}`];
  });
  return parts.join(" and ");
}

function approximationWords({ value, relative, absolute }: Approximation): string {
  const widths = [
    ...(relative === undefined ? [] : [`${figures(100 * relative)} %`]),
    ...(absolute === undefined ? [] : [figures(absolute)]),
  ];
  return `${operandWords(value)} ± ${widths.join(" or ")}`;
}

function operandWords(operand: Operand | readonly string[]): string {
  if (isNames(operand)) return namesInWords(operand);
  if (typeof operand !== "object") return figures(operand);
  const { reference, plus = 0 } = operand;
  const product = reference === 1 ? "reference" : `${figures(reference)} × reference`;
  return plus === 0 ? product : `${product} ${plus < 0 ? "−" : "+"} ${figures(Math.abs(plus))}`;
}

/** The name that was given, with what it is about where there are several; else what is checked. */
export function nameOf(check: Check, place: Place): string {
  if (check.name === undefined) return `${subjectWords(place)} ${conditionWords(check)}`;
  const several = [
    ...(severalColumns(check) && place.column !== null ? [columnName(place.column)] : []),
    ...(check.segment === "*" && place.segment !== null ? [place.segment] : []),
  ];
  return several.length === 0 ? check.name : `${check.name} (${several.join(", ")})`;
}

function severalColumns({ column }: Check): boolean {
  return column === "*" || typeof column === "object";
}

const mostNames = 5;

/** What one list of names has and the other has not: `without "price", with "prize"`; `null` for what is no such list. */
export function namesDifference(actual: unknown, wanted: unknown): string | null {
  const [own, other] = [namesIn(actual), namesIn(wanted)];
  if (!own || !other) return null;
  const listed = (names: readonly string[]): string =>
    `${names
      .slice(0, mostNames)
      .map((name) => figures(name))
      .join(", ")}${names.length > mostNames ? ` and ${names.length - mostNames} more` : ""}`;
  const [lost, found] = [other.filter((name) => !own.includes(name)), own.filter((name) => !other.includes(name))];
  if (lost.length === 0 && found.length === 0) return "the same names in another order";
  return [
    ...(lost.length > 0 ? [`without ${listed(lost)}`] : []),
    ...(found.length > 0 ? [`with ${listed(found)}`] : []),
  ].join(", ");
}

function namesIn(text: unknown): readonly string[] | null {
  if (Array.isArray(text)) return text;
  if (typeof text !== "string") return null;
  try {
    const names: unknown = JSON.parse(text);
    return Array.isArray(names) && names.every((name) => typeof name === "string") ? names : null;
  } catch {
    return null;
  }
}

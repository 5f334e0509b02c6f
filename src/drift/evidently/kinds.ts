/** Column kinds as Evidently infers them, from the current side. */
import type { Column } from "../../column/column.js";
import { countsOf, isInteger, sideOf } from "./side.js";

export type EvidentlyKind = "num" | "cat" | "text";

export const evidentlyKinds: readonly EvidentlyKind[] = ["num", "cat", "text"];

/** Integers of up to as many distinct values are categories. */
const mostIntegers = 10;

/**
 * Floating-point numbers are `num`, whatever they hold. Integers are `cat` up to 10 distinct values, else `num`; with a
 * missing value pandas makes them floating-point numbers, and they are `num`. Text is `text` when more than half of its
 * values are distinct, else `cat`; dictionaries and truth values are `cat`. `null`: points in time and vectors.
 */
export function kindOf(column: Column): EvidentlyKind | null {
  if (column.kind === "vector" || column.kind === "temporal") return null;
  if (column.kind === "boolean") return "cat";
  if (column.kind === "categorical") {
    if (column.type.startsWith("Dictionary")) return "cat";
    const side = sideOf(column);
    return countsOf(side).size > side.values.length * 0.5 ? "text" : "cat";
  }
  if (!isInteger(column)) return "num";
  const side = sideOf(column);
  return side.form === "numbers" && side.whole && countsOf(side).size <= mostIntegers ? "cat" : "num";
}

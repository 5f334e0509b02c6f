/** Column kinds as Evidently infers them, from the current side. */
import type { FixedColumn, TextColumn } from "../../column/column.js";
import { isDistinctBeyond, type Side } from "./side.js";

export type EvidentlyKind = "num" | "cat" | "text";

export const evidentlyKinds: readonly EvidentlyKind[] = ["num", "cat", "text"];

/** Integers of up to as many distinct values are categories. */
const mostIntegers = 10;

/**
 * Floating-point numbers are `num`, whatever they hold. Integers are `cat` up to 10 distinct values, else `num`; with a
 * missing value pandas makes them floating-point numbers, and they are `num`. Text is `text` when more than half of its
 * values are distinct, else `cat`; dictionaries and truth values are `cat`. `null`: points in time.
 */
export function kindOf(column: FixedColumn | TextColumn, side: Side): EvidentlyKind | null {
  if (column.kind === "temporal") return null;
  if (column.kind === "boolean") return "cat";
  if (side.form === "texts") {
    if (column.type.startsWith("Dictionary")) return "cat";
    return isDistinctBeyond(side.length * 0.5, side) ? "text" : "cat";
  }
  return side.whole && !isDistinctBeyond(mostIntegers, side) ? "cat" : "num";
}

/** What a row may hold in place of an ordinary value, in words. */
import type { Availability } from "./report.js";

export type MissingState = Exclude<keyof Availability, "rows" | "value">;

const words: Readonly<Record<MissingState, string>> = {
  null: "nulls",
  nan: "NaN",
  positiveInfinity: "infinities",
  negativeInfinity: "infinities",
  empty: "empty texts",
};

/** `nulls and NaN`; both infinities are one word. */
export function stateWords(states: readonly MissingState[]): string {
  const names = [...new Set(states.map((state) => words[state]))];
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** Data that was written down, with the places where it stands in the text. */
import type { Path, Problem } from "./schema-problems.js";

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A value with what is inside it. */
export interface PlacedData {
  readonly value: unknown;
  readonly at: Place;
  /** Of an object: keys, where they stand, and what stands under them. */
  readonly entries?: ReadonlyMap<string, { readonly at: Place; readonly data: PlacedData }>;
  /** Of a list. */
  readonly items?: readonly PlacedData[];
}

/** Something wrong with a text. */
export interface TextProblem extends Place {
  readonly message: string;
}

/** What a text says, and what is wrong with it; there is no data where it cannot be told. */
export interface Written {
  readonly data: PlacedData | null;
  readonly problems: readonly TextProblem[];
}

/** A key of an object may be anything, `__proto__` too. */
export function objectOf(entries: Iterable<readonly [string, unknown]>): object {
  return Object.fromEntries(entries);
}

/** Where a value, or its key, stands; the nearest thing around it that has a place. */
export function placeOf(data: PlacedData, path: Path, onKey: boolean): Place {
  let here = data;
  for (const [depth, step] of path.entries()) {
    const last = depth === path.length - 1;
    if (typeof step === "number") {
      const item = here.items?.[step];
      if (!item) return here.at;
      here = item;
    } else {
      const entry = here.entries?.get(step);
      if (!entry) return here.at;
      if (last && onKey) return entry.at;
      here = entry.data;
    }
  }
  return here.at;
}

/** Problems with their places, in the order of the text. */
export function placed(data: PlacedData, problems: readonly Problem[]): TextProblem[] {
  return problems
    .map(({ path, onKey = false, message }) => ({ ...placeOf(data, path, onKey), message }))
    .sort((one, other) => one.line - other.line || one.column - other.column);
}

/** Lines and columns of a text, both from 1. */
export function linesOf(text: string): (offset: number) => Place {
  const starts = [0];
  for (const { index } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + (text.startsWith("\r\n", index) ? 2 : 1));
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  };
}

/** A whole number that no double is stays what it is, as text. */
export function exactNumber(value: number, source: string): number | string {
  if (!/^[+-]?\d+$/.test(source) || Number.isSafeInteger(value)) return value;
  const digits = source.replace("+", "");
  return Number.isFinite(value) && BigInt(value) === BigInt(digits) ? value : digits;
}

/** Which classes there are, from the columns that name them, and which of two is the positive one. */
import type { ClassColumn } from "../source/class-columns.js";
import { shown } from "./option-checks.js";

/** A class as it is told: a truth value, a number, or a name. */
export type ClassName = string | number | boolean;

/** Classes of one column, or those that were told. */
export interface ClassList {
  readonly kind: ClassColumn["kind"];
  readonly names: readonly string[];
}

/** Classes in order. */
export interface KnownClasses {
  readonly names: readonly string[];
  /** A name as these classes have it: truth values may be told as 1 and 0, and these as truth values. */
  readonly spelled: (name: string) => string;
}

export function toldClasses(classes: readonly ClassName[]): ClassList {
  const areAll = (type: string) => classes.every((name) => typeof name === type);
  const kind = areAll("boolean") ? "boolean" : areAll("number") ? "numeric" : "categorical";
  return { kind, names: classes.map(String) };
}

/** The classes as `toldClasses` takes them. */
export function asTold({ kind, names }: ClassList): readonly ClassName[] {
  if (kind === "categorical") return names;
  return names.map((name) => (kind === "boolean" ? name === "true" : Number(name)));
}

/** Of several lists: truth values beside numbers 1 and 0, or names of either, are truth values. */
export function joined(all: readonly ClassList[]): ClassList {
  const lists = all.filter(({ names }) => names.length > 0);
  const isTruth = lists.some(({ kind }) => kind === "boolean") && lists.every(({ names }) => names.every(isTruthName));
  const names = [...new Set(lists.flatMap((list) => (isTruth ? list.names.map(truthName) : list.names)))];
  if (isTruth) return { kind: "boolean", names };
  const areNumbers = lists.every(({ kind }) => kind === "numeric");
  return { kind: areNumbers ? "numeric" : "categorical", names };
}

const isBit = (name: string): boolean => name === "0" || name === "1";
const isTruthName = (name: string): boolean => isBit(name) || name === "false" || name === "true";
const truthName = (name: string): string => (name === "1" ? "true" : name === "0" ? "false" : name);
const bitName = (name: string): string => (name === "true" ? "1" : name === "false" ? "0" : name);

/**
 * Those of all lists and of scores, in order. Truth values, and numbers 1 and 0, are of two classes even where only one of
 * them is there.
 */
export function knownClasses(lists: readonly ClassList[], scored: readonly string[]): KnownClasses {
  const { kind, names: found } = joined(lists);
  const areBits = kind === "numeric" && found.every(isBit);
  const pair = found.length === 0 ? [] : kind === "boolean" ? ["false", "true"] : areBits ? ["0", "1"] : [];
  const spelled = kind === "boolean" ? truthName : areBits ? bitName : String;
  const names = [...new Set([...found, ...pair, ...scored.map(spelled)])];
  const byName = (one: string, other: string) => (one < other ? -1 : Number(one > other));
  const byNumber = (one: string, other: string) => Number(one) - Number(other) || byName(one, other);
  const areNumbers = kind === "numeric" && names.every((name) => !Number.isNaN(Number(name)));
  return { names: names.sort(areNumbers ? byNumber : byName), spelled };
}

/**
 * Of two classes, or one, which is the positive one; it is a class even where no row is of it.
 *
 * @param scored the classes that have scores, `null` for scores of which that is not told
 */
export function withPositive(
  caller: string,
  { names, spelled }: KnownClasses,
  scored: readonly (string | null)[],
  positive: string | null,
): { classes: readonly string[]; which: number | null } {
  const isOneColumn = scored.length === 1 && scored[0] === null;
  const told = positive === null ? null : spelled(positive);
  const named = told ?? (scored.length === 1 ? scored[0]! : null);
  if (names.length > 2) {
    const count = `${names.length} classes (${listed(names)})`;
    if (told !== null) throw new RangeError(`${caller}: positive is for two classes, got ${count}`);
    if (scored.length !== 1) return { classes: names, which: null };
    const got = isOneColumn ? "one column" : `that of ${named} alone`;
    throw new RangeError(`${caller}: scores of ${count} must be given by class, got ${got}`);
  }
  if (named === null) {
    if (names.length === 1 && isOneColumn) {
      const message = `scores need the option positive where all rows are of one class, got ${names[0]} only`;
      throw new RangeError(`${caller}: ${message}`);
    }
    return { classes: names, which: names.length === 0 ? null : names.length - 1 };
  }
  if (names.includes(named)) {
    // Scores may say that a row is not of the only class.
    if (names.length === 1 && scored.length > 0) return { classes: [`not ${named}`, named], which: 1 };
    return { classes: names, which: names.indexOf(named) };
  }
  if (names.length < 2) return { classes: [...names, named], which: names.length };
  throw new RangeError(`${caller}: positive must be ${names.join(" or ")}, got ${shown(named)}`);
}

/** In a sentence. */
export function listed(names: readonly string[]): string {
  const most = 6;
  return names.length <= most ? names.join(", ") : `${names.slice(0, most - 1).join(", ")}, …`;
}

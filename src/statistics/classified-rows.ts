/** Labelled rows of a classifier as numbers of classes and scores, complete rows only. */
import type { ColumnInput } from "../column/column-of.js";
import { chooseAtLeast, chooseLargest } from "../engine/classes.js";
import {
  type ClassColumn,
  classColumn,
  mostClasses,
  nanClass,
  nullClass,
  type ScoreColumn,
  scoreColumn,
} from "../source/class-columns.js";
import type { Missing } from "../source/source.js";
import { areByClass, type ClassScores } from "./class-rows.js";
import { shown } from "./option-checks.js";

/** What a classifier said of rows, and what they are. */
export interface PredictedRows {
  /** Names, numbers or truth values. */
  readonly labels: ColumnInput;
  /** If not given, they follow from the scores. */
  readonly predictions?: ColumnInput | undefined;
  /** The probability of the positive class; of more than two classes a record: class → its probability. */
  readonly scores?: ColumnInput | ClassScores | undefined;
}

export interface ClassifiedRows {
  /** Those of labels, of predictions and of scores, in order. */
  readonly classes: readonly string[];
  /** The number of the positive one of two; `null` for more classes, and for none. */
  readonly positive: number | null;
  readonly labels: Uint16Array;
  readonly predicted: Uint16Array;
  /**
   * `null` without scores. Of two classes those of the positive one alone; else a column a class, 0 for classes without
   * scores.
   */
  readonly scores: readonly Float64Array[] | null;
  /** Whether a class has scores. */
  readonly isScored: (which: number) => boolean;
  readonly missing: Missing;
}

type Named = readonly [name: string | null, column: ScoreColumn];

/**
 * @param positive its name, if it was told
 * @param threshold of two classes: the score from which on a row is predicted positive
 * @throws TypeError for columns of other types, RangeError for columns of unequal length, for scores outside [0, 1], and
 *   where it is not known which class scores belong to
 */
export function classifiedRows(
  caller: string,
  given: PredictedRows,
  positive: string | null,
  threshold: number,
): ClassifiedRows {
  if (typeof given !== "object" || given === null || given.labels === undefined) {
    throw new TypeError(`${caller}: rows must be an object with labels, got ${shown(given)}`);
  }
  if (given.predictions === undefined && given.scores === undefined) {
    throw new TypeError(`${caller}: rows need predictions or scores, got neither`);
  }
  const labels = classColumn(caller, "labels", given.labels);
  const said = given.predictions === undefined ? null : classColumn(caller, "predictions", given.predictions);
  const named = scoresOf(caller, given.scores);
  const rows = labels.codes.length;
  sameLength(caller, rows, said, named);
  const kept = keptRows(rows, said ? [labels, said] : [labels], named);
  const all = said ? asTruthValues([labels, said], kept.isLeftOut) : [labels];
  const found = classesOf(all, kept.isLeftOut, named);
  if (found.length > mostClasses) {
    throw new RangeError(`${caller}: labels and predictions may be of up to ${mostClasses} classes, got more`);
  }
  const { classes, which } = withPositive(caller, found, named, positive);
  const numbers = all.map(({ codes, names }) => numbered(codes, names, classes, kept.isLeftOut, kept.rows));
  for (const [name, { values }] of named) probabilitiesOnly(caller, name, values);
  const scores = named.length === 0 ? null : scoresByClass(caller, classes, which, named, kept);
  return {
    classes,
    positive: which,
    labels: numbers[0]!,
    predicted: numbers[1] ?? predictedBy(scores!, which, classes.length, threshold),
    scores,
    isScored: (k) => named.length > 0 && (which !== null || named.some(([name]) => name === classes[k])),
    missing: kept.missing,
  };
}

function scoresOf(caller: string, scores: ColumnInput | ClassScores | undefined): readonly Named[] {
  if (scores === undefined) return [];
  if (!areByClass(scores)) return [[null, scoreColumn(caller, "scores", scores)]];
  const found = Object.keys(scores).map(
    (name) => [name, scoreColumn(caller, `scores.${name}`, scores[name]!)] as const,
  );
  if (found.length === 0) throw new RangeError(`${caller}: scores by class need at least one class, got none`);
  return found;
}

function sameLength(caller: string, rows: number, said: ClassColumn | null, scores: readonly Named[]): void {
  const lengths: [string, number][] = scores.map(([name, { values }]) => [scoresName(name), values.length]);
  if (said) lengths.push(["predictions", said.codes.length]);
  const wrong = lengths.find(([, length]) => length !== rows);
  if (wrong) throw new RangeError(`${caller}: ${wrong[0]} needs ${rows} rows like labels, got ${wrong[1]}`);
}

const scoresName = (name: string | null): string => (name === null ? "scores" : `scores.${name}`);

function probabilitiesOnly(caller: string, name: string | null, values: Float64Array): void {
  for (let row = 0; row < values.length; row++) {
    const score = values[row]!;
    if (score < 0 || score > 1) {
      throw new RangeError(
        `${caller}: ${scoresName(name)} must be probabilities in [0, 1], got ${score} in row ${row}`,
      );
    }
  }
}

interface Kept {
  /** 0 for rows that are complete; `null` where all are. */
  readonly isLeftOut: Uint8Array | null;
  readonly rows: number;
  readonly missing: Missing;
}

function keptRows(rows: number, classes: readonly ClassColumn[], scores: readonly Named[]): Kept {
  if (classes.every(isComplete) && scores.every(([, { values }]) => !hasNaN(values))) {
    return { isLeftOut: null, rows, missing: { rows, null: 0, nan: 0 } };
  }
  const isLeftOut = new Uint8Array(rows);
  for (const { codes } of classes) {
    for (let row = 0; row < rows; row++) {
      const code = codes[row]!;
      if (code >= nanClass) isLeftOut[row]! |= code === nullClass ? 1 : 2;
    }
  }
  for (const [, { values, nulls }] of scores) {
    for (let row = 0; row < rows; row++) {
      if (Number.isNaN(values[row])) isLeftOut[row]! |= nulls?.[row] === 1 ? 1 : 2;
    }
  }
  let [nulls, nan] = [0, 0];
  for (let row = 0; row < rows; row++) {
    nulls += isLeftOut[row]! & 1;
    nan += Number(isLeftOut[row] === 2);
  }
  return { isLeftOut, rows: rows - nulls - nan, missing: { rows, null: nulls, nan } };
}

function hasNaN(values: Float64Array): boolean {
  let found = false;
  for (let row = 0; row < values.length; row++) found ||= Number.isNaN(values[row]);
  return found;
}

function isComplete({ codes }: ClassColumn): boolean {
  let largest = 0;
  for (let row = 0; row < codes.length; row++) if (codes[row]! > largest) largest = codes[row]!;
  return largest < nanClass;
}

/** Numbers 1 and 0 beside truth values are truth values. */
function asTruthValues(columns: readonly ClassColumn[], isLeftOut: Uint8Array | null): readonly ClassColumn[] {
  if (!columns.some(({ kind }) => kind === "boolean")) return columns;
  return columns.map((column) => {
    if (column.kind !== "numeric" || !areBits(namesOf(column, isLeftOut))) return column;
    return { ...column, kind: "boolean", names: column.names.map((name) => String(name === "1")) };
  });
}

const areBits = (names: Iterable<string>): boolean => [...names].every((name) => name === "0" || name === "1");

/** Truth values, and numbers 1 and 0, are of two classes even where only one of them is there. */
function classesOf(
  columns: readonly ClassColumn[],
  isLeftOut: Uint8Array | null,
  scores: readonly Named[],
): readonly string[] {
  const names = new Set(columns.flatMap((column) => namesOf(column, isLeftOut)));
  const isAll = (kind: string) => columns.every((column) => column.kind === kind);
  const pair = isAll("boolean") ? ["false", "true"] : isAll("numeric") && areBits(names) ? ["0", "1"] : [];
  if (names.size > 0) for (const name of pair) names.add(name);
  for (const [name] of scores) if (name !== null) names.add(name);
  const byName = (one: string, other: string) => (one < other ? -1 : Number(one > other));
  const byNumber = (one: string, other: string) => Number(one) - Number(other) || byName(one, other);
  const areNumbers = isAll("numeric") && [...names].every((name) => !Number.isNaN(Number(name)));
  return [...names].sort(areNumbers ? byNumber : byName);
}

/** Of complete rows. */
function namesOf({ codes, names }: ClassColumn, isLeftOut: Uint8Array | null): readonly string[] {
  if (!isLeftOut) return names;
  const isUsed = new Uint8Array(names.length);
  for (let row = 0; row < codes.length; row++) if (isLeftOut[row] === 0) isUsed[codes[row]!] = 1;
  return names.filter((_, code) => isUsed[code] === 1);
}

/** Of two classes, or one, which is the positive one; it is a class even where no row is of it. */
function withPositive(
  caller: string,
  classes: readonly string[],
  scores: readonly Named[],
  told: string | null,
): { classes: readonly string[]; which: number | null } {
  const isOneColumn = scores.length === 1 && scores[0]![0] === null;
  const named = told ?? (scores.length === 1 ? scores[0]![0] : null);
  if (classes.length > 2) {
    if (told !== null) throw new RangeError(`${caller}: positive is for two classes, got ${classes.length}`);
    if (!isOneColumn) return { classes, which: null };
    throw new RangeError(`${caller}: scores of ${classes.length} classes must be given by class, got one column`);
  }
  if (named === null) {
    if (classes.length === 1 && isOneColumn) {
      const message = `scores need the option positive where all rows are of one class, got ${classes[0]} only`;
      throw new RangeError(`${caller}: ${message}`);
    }
    return { classes, which: classes.length === 0 ? null : classes.length - 1 };
  }
  if (classes.includes(named)) {
    // Scores may say that a row is not of the only class.
    if (classes.length === 1 && scores.length > 0) return { classes: [`not ${named}`, named], which: 1 };
    return { classes, which: classes.indexOf(named) };
  }
  if (classes.length < 2) return { classes: [...classes, named], which: classes.length };
  throw new RangeError(`${caller}: positive must be ${classes.join(" or ")}, got ${shown(named)}`);
}

/** The numbers of classes of complete rows. */
function numbered(
  codes: Uint16Array,
  names: readonly string[],
  classes: readonly string[],
  isLeftOut: Uint8Array | null,
  rows: number,
): Uint16Array {
  const places = new Map(classes.map((name, place) => [name, place]));
  const numbers = Uint16Array.from(names, (name) => places.get(name)!);
  if (!isLeftOut && numbers.every((number, code) => number === code)) return codes;
  const found = new Uint16Array(rows);
  if (isLeftOut) {
    for (let row = 0, k = 0; k < rows; row++) if (isLeftOut[row] === 0) found[k++] = numbers[codes[row]!]!;
  } else {
    for (let row = 0; row < rows; row++) found[row] = numbers[codes[row]!]!;
  }
  return found;
}

function scoresByClass(
  caller: string,
  classes: readonly string[],
  positive: number | null,
  scores: readonly Named[],
  { isLeftOut, rows }: Kept,
): readonly Float64Array[] {
  const complete = (values: Float64Array): Float64Array => {
    if (!isLeftOut) return values;
    const found = new Float64Array(rows);
    for (let row = 0, k = 0; k < rows; row++) if (isLeftOut[row] === 0) found[k++] = values[row]!;
    return found;
  };
  if (classes.length < 3) {
    const own = scores.find(([name]) => name === null || name === classes[positive ?? 0]);
    if (!own) throw new RangeError(`${caller}: scores by class have none of the positive one, ${classes[positive!]}`);
    return [complete(own[1].values)];
  }
  const none = new Float64Array(rows);
  const byName = new Map(scores.map(([name, { values }]) => [name, values]));
  return classes.map((name) => (byName.has(name) ? complete(byName.get(name)!) : none));
}

/** Of several classes that with the largest score, the first of equal ones. */
function predictedBy(
  scores: readonly Float64Array[],
  positive: number | null,
  classes: number,
  threshold: number,
): Uint16Array {
  if (positive === null && classes > 2) return chooseLargest(scores);
  const above = positive ?? 0;
  return chooseAtLeast(scores[0]!, threshold, 1 - above, above);
}

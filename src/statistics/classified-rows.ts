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
import { type ClassName, knownClasses, toldClasses, withPositive } from "./class-lists.js";
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

/** What is known of classes besides the rows. */
export interface ToldClasses {
  /** Classes that there are, whether rows are of them or not. */
  readonly classes: readonly ClassName[];
  /** The name of the positive one. */
  readonly positive: string | null;
  /** Of two classes: the score from which on a row is predicted positive. */
  readonly threshold: number;
}

/**
 * @throws TypeError for columns of other types, RangeError for columns of unequal length, for scores outside [0, 1], and
 *   where it is not known which class scores belong to
 */
export function classifiedRows(caller: string, given: PredictedRows, told: ToldClasses): ClassifiedRows {
  if (typeof given !== "object" || given === null || given.labels === undefined) {
    throw new TypeError(`${caller}: rows must be an object with labels, got ${shown(given)}`);
  }
  if (given.predictions === undefined && given.scores === undefined) {
    throw new TypeError(`${caller}: rows need predictions or scores, got neither`);
  }
  const labels = classColumn(caller, "labels", given.labels);
  const said = given.predictions === undefined ? null : classColumn(caller, "predictions", given.predictions);
  const scored = scoresOf(caller, given.scores);
  const rows = labels.codes.length;
  sameLength(caller, rows, said, scored);
  const columns = said ? [labels, said] : [labels];
  const kept = keptRows(rows, columns, scored);
  const lists = columns.map((column) => ({ kind: column.kind, names: namesOf(column, kept.isLeftOut) }));
  const known = knownClasses(
    [...lists, toldClasses(told.classes)],
    scored.flatMap(([name]) => name ?? []),
  );
  if (known.names.length > mostClasses) {
    throw new RangeError(`${caller}: labels and predictions may be of up to ${mostClasses} classes, got more`);
  }
  const named = scored.map(([name, column]) => [name === null ? null : known.spelled(name), column] as const);
  const { classes, which } = withPositive(
    caller,
    known,
    named.map(([name]) => name),
    told.positive,
  );
  const numbers = columns.map(({ codes, names }) =>
    numbered(codes, names.map(known.spelled), classes, kept.isLeftOut, kept.rows),
  );
  for (const [name, { values }] of scored) probabilitiesOnly(caller, name, values);
  const scores = named.length === 0 ? null : scoresByClass(caller, classes, which, named, kept);
  return {
    classes,
    positive: which,
    labels: numbers[0]!,
    predicted: numbers[1] ?? predictedBy(scores!, which, classes.length, told.threshold),
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

/** Of complete rows. */
function namesOf({ codes, names }: ClassColumn, isLeftOut: Uint8Array | null): readonly string[] {
  if (!isLeftOut) return names;
  const isUsed = new Uint8Array(names.length);
  for (let row = 0; row < codes.length; row++) if (isLeftOut[row] === 0) isUsed[codes[row]!] = 1;
  return names.filter((_, code) => isUsed[code] === 1);
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

/** What a classifier said of rows, and what they are: scores, predictions and labels row by row, without missing ones. */
import { type ColumnInput, isColumn } from "../column/column-of.js";
import { isVector } from "../column/vector.js";
import { completeRows, type NamedColumn } from "../source/complete-rows.js";
import type { Missing } from "../source/source.js";
import { shown } from "./option-checks.js";

/** Class → its scores. */
export interface ClassScores {
  readonly [name: string]: ColumnInput;
}

/** Rows that a classifier has scored. */
export interface ScoredRows {
  /** The probability of being positive; of more than two classes a record: class → its probability. */
  readonly scores: ColumnInput | ClassScores;
  /** What the classifier said, if not the class that `threshold` or the largest score gives. */
  readonly predictions?: ColumnInput;
}

export interface LabelledRows extends ScoredRows {
  /** Truth values or 1 and 0; of more than two classes their names. */
  readonly labels: ColumnInput;
}

export interface ClassRows {
  readonly classes: readonly string[];
  /** The classes that have scores of their own: of two classes the positive one, else all. */
  readonly scored: readonly string[];
  readonly scores: readonly Float64Array[];
  /** Numbers of classes. */
  readonly predicted: Uint16Array;
  readonly labels: Uint16Array | null;
  readonly rows: number;
  readonly missing: Missing;
}

const ofTwo: readonly string[] = ["negative", "positive"];

/** Whether scores are of several classes, by name, and not one column. */
export function areByClass(scores: ColumnInput | ClassScores): scores is ClassScores {
  if (typeof scores !== "object" || scores === null || Array.isArray(scores) || ArrayBuffer.isView(scores))
    return false;
  return !isColumn(scores) && !isVector(scores) && !("dimension" in scores);
}

/** @throws TypeError where there are no scores, RangeError where both sides have other classes or only one */
export function classNames(caller: string, current: ScoredRows, reference: LabelledRows | null): readonly string[] {
  for (const [name, side] of [
    ["current", current],
    ["reference", reference],
  ] as const) {
    if (side === null && name === "reference") continue;
    if (typeof side !== "object" || side === null || side.scores === undefined) {
      throw new TypeError(`${caller}: ${name} must be an object with scores, got ${shown(side)}`);
    }
  }
  if (reference && reference.labels === undefined) throw new TypeError(`${caller}: reference needs labels, got none`);
  const names = (side: ScoredRows) => (areByClass(side.scores) ? Object.keys(side.scores) : ofTwo);
  const classes = names(current);
  if (classes.length < 2)
    throw new RangeError(`${caller}: scores by class need at least two classes, got ${classes.length}`);
  if (reference) {
    const others = names(reference);
    if (others.length !== classes.length || !classes.every((name) => others.includes(name))) {
      throw new RangeError(
        `${caller}: both sides need the same classes, got ${others.join(", ")} and ${classes.join(", ")}`,
      );
    }
  }
  return classes;
}

/** The complete rows of one side. */
export function classRows(
  caller: string,
  which: string,
  side: ScoredRows & { readonly labels?: ColumnInput },
  classes: readonly string[],
  threshold: number,
): ClassRows {
  const { scores, predictions, labels } = side;
  const byClass = areByClass(scores);
  const scored = byClass ? classes : classes.slice(1);
  const column = (name: string, input: ColumnInput, kind: NamedColumn["kind"]) => ({
    name: `${which}.${name}`,
    input,
    kind,
  });
  const columns = scored.map((name) =>
    byClass ? column(`scores.${name}`, scores[name]!, "numbers") : column("scores", scores as ColumnInput, "numbers"),
  );
  if (predictions !== undefined) columns.push(column("predictions", predictions, "names"));
  if (labels !== undefined) columns.push(column("labels", labels, "names"));
  const found = completeRows(caller, columns);
  const numbers = found.numbers.slice(0, scored.length);
  const numbered = (names: readonly string[], what: string) =>
    Uint16Array.from(names, (name) => numberOf(name, classes, byClass, `${caller}: ${which}.${what}`));
  const predicted =
    predictions === undefined ? predictedBy(numbers, threshold) : numbered(found.names[scored.length]!, "predictions");
  return {
    classes,
    scored,
    scores: numbers,
    predicted,
    labels: labels === undefined ? null : numbered(found.names.at(-1)!, "labels"),
    rows: found.rows,
    missing: found.missing,
  };
}

const negative = ["0", "false"];
const positive = ["1", "true"];

function numberOf(name: string, classes: readonly string[], byClass: boolean, where: string): number {
  const found = byClass ? classes.indexOf(name) : positive.includes(name) ? 1 : negative.includes(name) ? 0 : -1;
  if (found >= 0) return found;
  const wanted = byClass ? classes.join(", ") : "true or false, or 1 or 0";
  throw new RangeError(`${where} must be ${wanted}, got ${name}`);
}

/** Of several classes that with the largest score, the first of equal ones. */
function predictedBy(scores: readonly Float64Array[], threshold: number): Uint16Array {
  const [first] = scores;
  if (scores.length === 1) return Uint16Array.from(first!, (score) => Number(score >= threshold));
  return Uint16Array.from(first!, (_, row) => {
    let best = 0;
    for (let k = 1; k < scores.length; k++) if (scores[k]![row]! > scores[best]![row]!) best = k;
    return best;
  });
}

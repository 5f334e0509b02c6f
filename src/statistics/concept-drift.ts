/**
 * Concept drift: did the law of the target given the features change, P(y | x)? A change of the features alone (data
 * drift) or of the target that follows from it is none. See conditional-covariance.ts for the test.
 */
import type { Table } from "../column/column.js";
import { type TableInput, tableInMemory } from "../column/table-of.js";
import { chooseRows } from "../source/chosen-rows.js";
import { completeRows } from "../source/complete-rows.js";
import type { MissingOfBoth } from "../source/sides.js";
import {
  type Aspect,
  type AspectFound,
  type Compared,
  conditionalCovariance,
  type Targets,
} from "./conditional-covariance.js";
import { featuresOf, type SkippedColumn } from "./feature-codes.js";
import { knownOptions, shown } from "./option-checks.js";
import { checkedSteps, inSteps, type StepOptions } from "./steps.js";
import { wholeNumber } from "./whole-number.js";

export interface ConceptDriftOptions extends StepOptions {
  /** The column that holds what is to be predicted: numbers, truth values, or classes as text. */
  readonly target: string;
  /** What the target may depend on; all other columns if not given. */
  readonly features?: readonly string[];
  /** The most rows of a side, drawn at random where there are more; 10 000 if not given. */
  readonly sample?: number;
  /** Of each regression; 50 if not given. */
  readonly trees?: number;
  /** Of the sample and the folds, a whole number; 0 if not given. */
  readonly seed?: number;
}

export interface ConceptAspect {
  /**
   * What changed for rows with the same features. `mean`: the target, on average. `rows`: the target, up for some rows and
   * down for others. `spread`: how far targets scatter.
   */
  readonly aspect: Aspect;
  /** Of classes, and of two numbers: which one's share. `null` for other numbers. */
  readonly class: string | null;
  /** Standard normal under the null hypothesis. */
  readonly statistic: number;
  readonly pValue: number;
  /** `mean`, `rows`: in the target's unit (of a class: shares). `spread`: of the variance, as a share of it. */
  readonly difference: number;
  /**
   * In standard deviations of the target around what features say of it, but at least half of its own: where features
   * tell it nearly exactly, what is left over is the regression's error. Of the spread: by how much that deviation changed.
   */
  readonly effect: number;
}

export interface ConceptDriftResult {
  /** Of the hypothesis that targets depend on the features in the same way on both sides (all aspects, Bonferroni). */
  readonly pValue: number | null;
  /** Of the aspect with the smallest p-value. */
  readonly effect: number | null;
  /** By p-value, the smallest first. */
  readonly aspects: readonly ConceptAspect[];
  /** Share of the target's variance that features explain out of fold; of several classes that of the most frequent one. */
  readonly explained: number | null;
  /** 1 if both sides have the same mix of features, near 0 if no row of one is like one of the other. */
  readonly overlap: number | null;
  readonly features: readonly string[];
  /** Columns that were not looked at. */
  readonly skipped: readonly SkippedColumn[];
  /** Rows of either side with a target, and how many of them were taken. */
  readonly n: number;
  readonly m: number;
  readonly sampled: { readonly reference: number; readonly current: number };
  readonly trees: number;
  readonly seed: number;
  /**
   * `few`: a side has less than 50 rows with a target. `constant`: the target does not vary. `no-overlap`: features tell
   * nearly every row's side, so that there are no rows to compare. `infinite`: a target is.
   */
  readonly status: "ok" | "few" | "constant" | "no-overlap" | "infinite";
  /** Of the target. Missing features are no reason to leave a row out. */
  readonly missing: MissingOfBoth;
}

const caller = "conceptDrift";
const optionNames = ["target", "features", "sample", "trees", "seed", "onProgress", "signal"] as const;
const fewestRows = 50;
/** Below this the sides have too few rows in common. */
const leastOverlap = 0.05;
/** Of the target's standard deviation: effects are not measured by less. */
const leastUnexplained = 0.5;
/** Classes that are looked at one by one, the most frequent ones. */
const mostClasses = 8;

/**
 * Tests the null hypothesis that the target depends on the features in the same way on both sides, whatever happened to
 * the features. It sees changes of the conditional mean (or of the shares of classes) and of the conditional spread.
 *
 * @param reference, current  a Smirnov table (`readTable`), an Arrow Table, or a record of columns. Rows without a target
 *   are left out and counted
 * @param options.seed  the same seed gives the same result, however columns are cut into chunks
 * @returns p-value, effect, and what changed by how much
 * @throws TypeError for what is not a table and targets of other types, RangeError for unknown columns and options out of range
 * @see Shah and Peters (2020), Scheidegger et al. (2022); oracle: the level by simulation (docs/methods.md)
 */
export async function conceptDrift(
  reference: TableInput,
  current: TableInput,
  options: ConceptDriftOptions,
): Promise<ConceptDriftResult> {
  knownOptions(caller, options, optionNames);
  const { target, sample = 10_000, trees = 50, seed = 0 } = options;
  wholeNumber(caller, "sample", sample, fewestRows, 2 ** 23);
  wholeNumber(caller, "trees", trees, 1, 10_000);
  wholeNumber(caller, "seed", seed, 0, Number.MAX_SAFE_INTEGER);
  const steps = checkedSteps(caller, options);
  const [before, after] = [tableInMemory("conceptDrift", reference), tableInMemory("conceptDrift", current)];
  const names = featureNames(before, after, options);
  const [x, y] = [rowsWith(before, "reference", target), rowsWith(after, "current", target)];
  if (x.kind !== y.kind && x.rows > 0 && y.rows > 0)
    throw new TypeError(`${caller}: ${target} must hold the same kind of values on both sides`);
  const places = [chooseRows(x.rows, sample, seed, 1), chooseRows(y.rows, sample, seed, 2)] as const;
  const chosen = [places[0].map((place) => x.kept[place]!), places[1].map((place) => y.kept[place]!)] as const;
  const [n, m] = [places[0].length, places[1].length];
  const { coded, skipped, names: features } = await featuresOf(before, after, names, chosen, "both", steps);
  const about = {
    features,
    skipped,
    n: x.rows,
    m: y.rows,
    sampled: { reference: n, current: m },
    trees,
    seed,
    missing: { reference: x.missing, current: y.missing },
  };
  const blank = { pValue: null, effect: null, aspects: [], explained: null, overlap: null, ...about };
  if (Math.min(n, m) < fewestRows) return { ...blank, status: "few" };
  // Without features that vary, P(y | x) is P(y): one feature that is the same in all rows.
  const given = features.length > 0 ? coded : { codes: new Uint8Array(n + m), rows: n + m, columns: 1, codeCount: 1 };
  const wanted = targetsOf(pick(x, places[0]), pick(y, places[1]), x.kind);
  if (wanted.some(({ values }) => !values.every(Number.isFinite))) return { ...blank, status: "infinite" };
  const { tasks, found } = conditionalCovariance(given, wanted, n, trees, seed, steps);
  await inSteps(wanted.length === 0 ? 0 : tasks.length, steps, (step) => tasks[step]!());
  const aspects = found.flatMap((compared, k) =>
    compared ? compared.found.map((one) => aspectOf(one, wanted[k]!, compared)) : [],
  );
  const most = found.find((compared) => compared !== null);
  const overlap = most?.overlap ?? null;
  const explained = most ? Math.max(0, 1 - (most.residualDeviation / most.deviation) ** 2) : null;
  if (aspects.length === 0) return { ...blank, status: "constant" };
  if (overlap !== null && overlap < leastOverlap) return { ...blank, explained, overlap, status: "no-overlap" };
  aspects.sort((a, b) => a.pValue - b.pValue);
  const [first] = aspects;
  const pValue = Math.min(1, first!.pValue * aspects.length);
  return { pValue, effect: first!.effect, aspects, explained, overlap, ...about, status: "ok" };
}

function featureNames(before: Table, after: Table, { target, features }: ConceptDriftOptions): string[] {
  if (typeof target !== "string")
    throw new TypeError(`${caller}: target must be a column's name, got ${shown(target)}`);
  if (features !== undefined && !Array.isArray(features)) {
    throw new TypeError(`${caller}: features must be an array of names, got ${shown(features)}`);
  }
  const known = new Set([before, after].flatMap((table) => [...table.columns.keys(), ...table.unsupported.keys()]));
  for (const name of features ?? []) {
    if (!known.has(name))
      throw new RangeError(`${caller}: no column ${shown(name)}; there are ${[...known].join(", ")}`);
    if (name === target) throw new RangeError(`${caller}: features must not hold the target ${shown(name)}`);
  }
  return [...new Set(features ?? known)].filter((name) => name !== target);
}

/** The targets of a side: numbers, or names of classes. */
function rowsWith(table: Table, which: string, target: string) {
  const input = table.columns.get(target);
  if (!input) throw new RangeError(`${caller}: the ${which} has no column ${shown(target)}`);
  const kind = input.kind === "numeric" ? "numbers" : "names";
  const found = completeRows(caller, [{ name: `${which}.${target}`, input, kind } as const]);
  return { ...found, kind: kind as "numbers" | "names" };
}

type Rows = ReturnType<typeof rowsWith>;

function pick({ kind, numbers, names }: Rows, places: Float64Array): readonly (number | string)[] {
  return Array.from(places, (place) => (kind === "numbers" ? numbers[0]![place]! : names[0]![place]!));
}

interface NamedTargets extends Targets {
  readonly class: string | null;
  /** What values were divided by, a power of two: squares of large ones would not be finite. */
  readonly scale: number;
}

/** Numbers as they are; of two values or classes whether it is the second, of more whether it is one of the most frequent. */
function targetsOf(
  x: readonly (number | string)[],
  y: readonly (number | string)[],
  kind: Rows["kind"],
): readonly NamedTargets[] {
  const all = [...x, ...y];
  const counts = new Map<number | string, number>();
  for (const value of all) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (kind === "numbers" && counts.size > 2) return [numbersOf(all as number[])];
  }
  if (counts.size < 2) return [];
  const byCount = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([value]) => value);
  const classes =
    counts.size === 2 ? [...counts.keys()].sort((a, b) => (a < b ? -1 : 1)).slice(1) : byCount.slice(0, mostClasses);
  return classes.map((name) => ({
    values: Float64Array.from(all, (value) => Number(value === name)),
    loss: "logistic",
    class: String(name),
    scale: 1,
  }));
}

function numbersOf(all: readonly number[]): NamedTargets {
  const largest = all.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = 2 ** Math.floor(Math.log2(largest));
  return { values: Float64Array.from(all, (value) => value / scale), loss: "squared", class: null, scale };
}

function aspectOf(found: AspectFound, { class: name, scale }: NamedTargets, compared: Compared): ConceptAspect {
  const { aspect, statistic, pValue, difference } = found;
  const { residualDeviation, deviation } = compared;
  const change =
    aspect === "spread"
      ? residualDeviation * Math.abs(Math.sqrt(Math.max(1 + difference, 0)) - 1)
      : Math.max(aspect === "rows" ? difference : Math.abs(difference), 0);
  return {
    ...{ aspect, class: name, statistic, pValue },
    difference: aspect === "spread" ? difference : difference * scale,
    effect: change / Math.max(residualDeviation, leastUnexplained * deviation),
  };
}

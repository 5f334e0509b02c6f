/** What `compare` returns: plain data that survives JSON and structured clones. No NaN, no Infinity: null and a status. */
import type { Kind } from "../column/column.js";
import type { KeyValue } from "../column/row-codes.js";
import type { OneSided } from "../statistics/category-cells.js";
import type { NumberSummary } from "../statistics/summary.js";
import type { Change } from "./change.js";
import type { CorrelationDrift } from "./correlations.js";
import type { JointChange, KindOfChange } from "./kind-of-change.js";
import type { ModelQualityReport } from "./model-quality-report.js";
import type { Settings } from "./options.js";
import type { PairedDetails, Pairing } from "./paired-report.js";
import type { QualityOfBoth } from "./quality/quality-report.js";
import type { MissingState } from "./states.js";

/**
 * none: nothing to see. unresolved: the effect matters, and a resampled p-value that is as small as it can be does not
 * pass the correction over the columns; or what profiles leave open does not allow for one verdict. possible: look at it. drift: act on it.
 */
export type Severity = "none" | "unresolved" | "possible" | "drift";

/**
 * `ok`: judged. All others say why a column was not: a side is `empty` or has `too-few` values, the column is missing
 * on one side or its kind changed, its type is not supported, it has too many categories or does not fit into memory,
 * nearly every text occurs once (`identifiers`), points in time are only judged on request (`not-asked`), or the
 * statistic has no finite value (`infinite`, `constant`).
 */
export type ColumnStatus =
  | "ok"
  | "empty"
  | "too-few"
  | "missing-in-reference"
  | "missing-in-current"
  | "type-changed"
  | "unsupported"
  | "not-asked"
  | "too-many-categories"
  | "identifiers"
  | "too-large"
  | "infinite"
  | "constant";

/** Two numbers between which another one certainly lies. */
export type Interval = readonly [low: number, high: number];

/** How large a change is, and from where on it matters. */
export interface Effect {
  readonly name: string;
  /** `null` where it has no finite value. */
  readonly value: number | null;
  readonly threshold: number;
  /** The sides differ and there is no spread to measure by: beyond every threshold. */
  readonly infinite?: true;
  /** What holds the value, where it is not known exactly. */
  readonly interval?: Interval;
}

/** What the rows of one side hold. */
export interface Availability {
  readonly rows: number;
  readonly value: number;
  readonly null: number;
  readonly nan: number;
  readonly positiveInfinity: number;
  readonly negativeInfinity: number;
  readonly empty: number;
}

/** Availability of both sides, and whether its change is a signal. Not tested (`pValue: null`) when every row holds a value. */
export interface AvailabilityChange {
  readonly reference: Availability;
  readonly current: Availability;
  readonly pValue: number | null;
  readonly effect: Effect | null;
  /** What has changed its share most, where that was tested. */
  readonly changed: readonly MissingState[];
}

/** Of the finite values, in the column's unit: what a report keeps of `summary`. */
export type Summary = Pick<NumberSummary, "mean" | "standardDeviation" | "min" | "max">;

/** Shares of both sides in the same bins or categories, for a small picture. */
export interface Shape {
  /** Bin edges (numbers) or category names; a last category "other" where there are too many. */
  readonly edges?: readonly number[];
  readonly categories?: readonly string[];
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/**
 * What dependent rows did to a column's p-values: variances of sums over its rows, as multiples of those of independent
 * rows. `null` where nothing was tested.
 */
export interface DependenceReport {
  readonly by: "blocks" | "clusters";
  /** Rows after which a neighbour tells nothing any more; `null` for clusters. */
  readonly reach: number | null;
  /** Of two rows of a cluster; `null` for blocks. */
  readonly correlation: number | null;
  readonly values: number | null;
  readonly availability: number | null;
}

/** How many categories each side has, and those that only one has. */
export interface CategoriesChange {
  readonly reference: number;
  readonly current: number;
  readonly newCategories: OneSided;
  readonly vanishedCategories: OneSided;
}

export interface ColumnReport {
  readonly column: string;
  readonly kind: Kind | null;
  /** Type names of both sides, as Arrow prints them; `null` where the column is missing. */
  readonly type: readonly [reference: string | null, current: string | null];
  readonly method: string | null;
  readonly status: ColumnStatus;
  /** Why the verdict is what it is, in a sentence. */
  readonly reason: string;
  /** What changed, in words; empty where there is no evidence of a change, or none that can be named. */
  readonly change: string;
  /** The same as data, most notable first. */
  readonly changes: readonly Change[];
  readonly statistic: number | null;
  /** Of value and availability together, before correction over the columns; `null` where the method has none. */
  readonly pValue: number | null;
  /** After correction over the columns. */
  readonly adjustedPValue: number | null;
  /** Whether statistic, p-value and effects are those of the values themselves; comparisons with profiles may have bounds. */
  readonly exact: boolean;
  /** What holds the numbers that are not exact. Adjusted p-values are not where any column's is not. */
  readonly bounds?: ColumnBounds;
  /** What the verdict is about: the values, or how many of them there are; `null` when nothing could be judged. */
  readonly signal: "values" | "availability" | null;
  /** The effect behind the verdict, and its threshold. */
  readonly effect: number | null;
  readonly effectName: string | null;
  readonly threshold: number | null;
  /** All effects on the values; that on availability is in `availability`. */
  readonly effects: readonly Effect[];
  readonly drifted: boolean;
  readonly severity: Severity;
  /** What to know before trusting the verdict, in sentences. */
  readonly warnings: readonly string[];
  readonly availability: AvailabilityChange | null;
  readonly summary: { readonly reference: Summary; readonly current: Summary } | null;
  readonly shape: Shape | null;
  /** Where values were compared as categories. */
  readonly categories: CategoriesChange | null;
  /** With `clusterBy` or `blocks`, where something was tested. */
  readonly dependence: DependenceReport | null;
  /** Only with `pairBy`, where there are pairs. */
  readonly paired?: PairedDetails;
  /** Of the bins that were compared, where a profile's cells take the place of the reference's deciles. */
  readonly edges?: readonly number[];
}

/** Without what is exact. */
export interface ColumnBounds {
  readonly statistic?: Interval;
  readonly pValue?: Interval;
  readonly adjustedPValue?: Interval;
}

export interface DatasetVerdict {
  readonly drifted: boolean;
  /** From a share of the columns, or of their weights, on; or when any drifted. */
  readonly rule: "share" | "weighted-share" | "any";
  /** Share of the judged columns (of their weights) that drifted; `null` when none could be judged. */
  readonly share: number | null;
  /** From this share on the dataset counts as drifted; `null` when any column is enough. */
  readonly threshold: number | null;
  readonly columns: number;
  readonly judged: number;
  readonly driftedColumns: number;
  readonly possibleColumns: number;
  readonly reason: string;
}

/**
 * How many false alarms to expect: comparisons of unchanged tables in which at least one column is called drifted. Upper
 * bounds, under the assumption that p-values are valid; `null` where there is none, with a reason.
 */
export interface FalseAlarms {
  readonly perComparison: number | null;
  /** By the schedule; `null` without one. */
  readonly perYear: number | null;
  readonly comparisonsPerYear: number | null;
  /** In a sentence. */
  readonly reason: string;
}

/** With preset `evidently`, whose methods have thresholds of their own: nothing is adjusted. */
export interface EvidentlySettings {
  readonly preset: "evidently";
  readonly level: 0;
  readonly possibleLevel: 0;
  readonly correction: "none";
  readonly minimumValues: 1;
  readonly share: number;
}

/**
 * `ok`: compared. `new`, `vanished`: only the current side, or the reference, has such rows. `too-few`: a side has fewer
 * rows than a column needs values.
 */
export type SegmentStatus = "ok" | "new" | "vanished" | "too-few";

/** The comparison of the rows of one segment. Its p-values are adjusted over the columns of all segments. */
export interface SegmentReport {
  /** By column; null is a segment of its own. */
  readonly values: { readonly [column: string]: KeyValue };
  readonly status: SegmentStatus;
  readonly reason: string;
  readonly rows: { readonly reference: number; readonly current: number };
  /** Of all rows of the side; `null` where it has none. */
  readonly share: { readonly reference: number | null; readonly current: number | null };
  readonly dataset: DatasetVerdict;
  /** None unless the status is `ok`. */
  readonly columns: { readonly [name: string]: ColumnReport };
  /** Only with `quality`, where both sides have such rows. */
  readonly quality?: QualityOfBoth;
  /** Only with `modelQuality`, where the status is `ok`. */
  readonly modelQuality?: ModelQualityReport;
}

export interface DriftReport<S extends Settings | EvidentlySettings = Settings | EvidentlySettings> {
  /** Of this layout. */
  readonly format: 1;
  /** Of Smirnov, which made it. */
  readonly version: string;
  readonly rows: { readonly reference: number; readonly current: number };
  readonly dataset: DatasetVerdict;
  readonly columns: { readonly [name: string]: ColumnReport };
  /** What to know before trusting the report, in sentences. */
  readonly warnings: readonly string[];
  readonly falseAlarms: FalseAlarms;
  /** Only with `quality`: what both tables are like. */
  readonly quality?: QualityOfBoth;
  /** Only with `modelQuality`: how well a model did on both. */
  readonly modelQuality?: ModelQualityReport;
  /** Only with `correlations`. */
  readonly correlations?: CorrelationDrift;
  /** Only with `target` or `prediction`. */
  readonly kindOfChange?: KindOfChange;
  /** Only with `joint`. */
  readonly joint?: JointChange;
  /** Only with `pairBy`. */
  readonly pairing?: Pairing;
  /** By key, `country=DE, device=web`, in the order in which they are first seen; only with `by`. */
  readonly segments?: { readonly [key: string]: SegmentReport };
  /** Everything that decided the verdicts. */
  readonly settings: S;
}

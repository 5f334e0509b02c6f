/** What a suite of checks is, in code and in YAML or JSON (docs/suite.schema.json). */
import type { RowFilter } from "../column/row-filter.js";
import type { MetricSide } from "../metrics/metric.js";

/** What a metric is held against: a constant, or `times` the reference's value of the same metric, plus something. */
export type Operand = number | string | boolean | FromReference;

export interface FromReference {
  /** The reference's value times this. */
  readonly reference: number;
  /** Added to it, where the metric is a number; 0 if not given. */
  readonly plus?: number;
}

/** Within `absolute` or within `relative` · |value| of it, whichever is wider. */
export interface Approximation {
  readonly value: Operand;
  readonly relative?: number;
  readonly absolute?: number;
}

/** All that are given must hold. */
export interface Operators {
  /** A list of names where the metric is one (`columnNames`). */
  readonly eq?: Operand | readonly string[];
  readonly notEq?: Operand | readonly string[];
  readonly gt?: Operand;
  readonly gte?: Operand;
  readonly lt?: Operand;
  readonly lte?: Operand;
  readonly in?: readonly (number | string | boolean)[];
  readonly notIn?: readonly (number | string | boolean)[];
  readonly approx?: Approximation;
}

/** One condition on a metric. */
export interface Check extends Operators {
  /** Shown in results; made of what is checked if not given. */
  readonly name?: string;
  /** `missingShare`, `mean`, `driftedShare`: docs/metrics.md lists all. */
  readonly metric: string;
  /** One column or several, each with a result of its own; `*` for all that have the metric. The table if not given. */
  readonly column?: string | readonly string[];
  /** Class of a classifier, or the other column of a correlation. */
  readonly of?: string;
  /** `current` if not given, of metrics that sides have. */
  readonly side?: MetricSide;
  /** Key of a segment (`country=DE`), or `*` for each of them. All rows if not given. */
  readonly segment?: string;
  /** Only the rows of both sides that fulfil it: a comparison of its own. */
  readonly where?: RowFilter;
  /** A condition that is not critical warns where it would fail; `true` if not given. */
  readonly critical?: boolean;
}

export type PresetName =
  | "data-drift"
  | "data-quality"
  | "data-stability"
  | "no-target"
  | "classification"
  | "regression";

export interface Suite {
  readonly name?: string;
  /** Checks that are known by a name, in relation to the reference of what is checked. */
  readonly presets?: readonly PresetName[];
  readonly checks?: readonly Check[];
  /** What has to be compared for the checks, where `runSuite` or the command line does it; what checks need is added. */
  readonly compare?: SuiteComparison;
}

/** Options of `compare` that can be written down. */
export interface SuiteComparison {
  readonly columns?: readonly string[];
  readonly by?: string | readonly string[];
  readonly correlations?: boolean;
  readonly where?: RowFilter;
  readonly [option: string]: unknown;
}

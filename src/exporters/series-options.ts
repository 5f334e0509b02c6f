/** Which series are exported. */
import { shown } from "../statistics/option-checks.js";
import type { WindowSeriesOptions } from "./window-series.js";

export interface SeriesOptions {
  /** Series of all windows together; default 10 000. Beyond it the last columns of each dataset are left out. */
  readonly maximumSeries?: number;
  /** Names of the columns that are told; default all. */
  readonly columns?: readonly string[];
  /** Of segments: nothing, the verdict on each and how well the model did there (default), or their columns too. */
  readonly segments?: "none" | "verdicts" | "columns";
}

const choices = ["none", "verdicts", "columns"] as const;

/** @throws TypeError, RangeError for options that are none */
export function seriesOptions(caller: string, options: SeriesOptions): WindowSeriesOptions {
  const { maximumSeries = 10_000, columns, segments = "verdicts" } = options;
  if (typeof maximumSeries !== "number" || !Number.isInteger(maximumSeries) || maximumSeries < 100) {
    const message = `${caller}: maximumSeries must be a whole number of at least 100, got ${shown(maximumSeries)}`;
    throw typeof maximumSeries === "number" ? new RangeError(message) : new TypeError(message);
  }
  if (columns !== undefined && !(Array.isArray(columns) && columns.every((name) => typeof name === "string"))) {
    throw new TypeError(`${caller}: columns must be an array of names, got ${shown(columns)}`);
  }
  if (!choices.includes(segments)) {
    throw new RangeError(`${caller}: segments must be ${choices.join(", ")}, got ${shown(segments)}`);
  }
  return { columns: columns && new Set(columns), segments, most: maximumSeries };
}

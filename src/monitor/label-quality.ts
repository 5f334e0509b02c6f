/** Options of labels checked, and how well a model did where they have come. */
import type { Table } from "../column/column.js";
import { type ModelQualityOptions, modelColumns, modelSettings } from "../drift/model-options.js";
import { modelQualityOf } from "../drift/model-quality.js";
import { shown } from "../statistics/option-checks.js";
import { milliseconds } from "./duration.js";
import { type LabelSegments, modelsBySegment } from "./label-segments.js";
import type { LabelledWindow, LabelSettings } from "./label-settings.js";
import type { LabelOptions } from "./monitor-options.js";
import type { WindowModelQuality } from "./window-result.js";

/** Bounds on memory: about 200 bytes a row and a label, and what the model said. */
const limits = { maximumRows: 2_000_000, maximumEarly: 1_000_000 };

/** @param by  columns that windows are compared by; @throws TypeError for options of another type, RangeError for those out of range; options of metrics are checked by them */
export function labelSettings(caller: string, options: LabelOptions, by: readonly string[] = []): LabelSettings {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new TypeError(`${caller}: labels must be an object, got ${shown(options)}`);
  }
  const { id, target, within = "7d", coverage = 0.5 } = options;
  for (const [name, column] of Object.entries({ id, target })) {
    if (typeof column === "string") continue;
    throw new TypeError(`${caller}: labels.${name} must be a column's name, got ${shown(column)}`);
  }
  if (id === target)
    throw new RangeError(`${caller}: labels.id and labels.target must be two columns, got ${shown(id)}`);
  if (typeof coverage !== "number") {
    throw new TypeError(`${caller}: labels.coverage must be a number, got ${shown(coverage)}`);
  }
  if (!(coverage > 0 && coverage <= 1)) {
    throw new RangeError(`${caller}: labels.coverage must lie above 0 and up to 1, got ${coverage}`);
  }
  const columns = [...new Set([...modelColumns(options), ...by])].filter((name) => name !== target);
  return { id, target, columns, within: milliseconds(`${caller}: labels.within`, within), coverage, ...limits };
}

/**
 * Model quality of a window's labelled rows against the reference's.
 *
 * @param reference  with target and what the model said; `null`: there is none, and no differences
 * @param segments  that are told too
 * @throws as `modelQuality`
 */
export async function windowModelQuality(
  reference: Table | null,
  { table, labelled, coverage, asOf, revision }: LabelledWindow,
  options: LabelOptions,
  segments: LabelSegments = { by: [], minimumValues: 1 },
): Promise<WindowModelQuality> {
  const { id: _id, within: _within, coverage: _coverage, ...quality } = options;
  const before = reference ?? { rows: 0, columns: new Map(), unsupported: new Map() };
  const settings = modelSettings("modelQuality", quality satisfies ModelQualityOptions, [before, table]);
  const report = await modelQualityOf([before, table], settings);
  const found = { report, labelled, coverage, asOf, revision };
  if (segments.by.length === 0) return found;
  return { ...found, segments: await modelsBySegment([before, table], segments, settings) };
}

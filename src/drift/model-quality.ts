/** How well a model did on both sides, where the truth is known, and whether it got worse. */

import { presence } from "../column/by-row.js";
import type { Column, Table } from "../column/column.js";
import { type TableInput, tableInMemory } from "../column/table-of.js";
import { classificationMetrics } from "../statistics/classification-metrics.js";
import { type IntervalOptions, intervalOptionNames } from "../statistics/intervals.js";
import { shown } from "../statistics/option-checks.js";
import { rankingMetrics } from "../statistics/ranking-metrics.js";
import { regressionMetrics } from "../statistics/regression-metrics.js";
import { modelChange } from "./model-change.js";
import { modelMetrics } from "./model-metrics.js";
import { type ModelQualityOptions, type ModelSettings, modelSettings } from "./model-options.js";
import type { ModelQualityReport } from "./model-quality-report.js";

/**
 * Metrics of a model on both sides, and their differences with confidence intervals.
 *
 * A side whose target is missing, or has no value yet, has no metrics but a reason: labels may come later.
 *
 * @param reference, current  a Smirnov table (`readTable`), an Arrow Table, or a record of columns
 * @param options.target, options.prediction, options.scores, options.query  names of columns
 * @returns what `classificationMetrics`, `regressionMetrics` or `rankingMetrics` gives for each side; `differences` of
 *   independent samples, `worse`: what got worse beyond chance
 * @throws TypeError for what is no table and for columns of another type; RangeError for unknown columns and options
 */
export async function modelQuality(
  reference: TableInput,
  current: TableInput,
  options: ModelQualityOptions,
): Promise<ModelQualityReport> {
  const tables = [tableInMemory(caller, reference), tableInMemory(caller, current)] as const;
  return modelQualityOf(caller, tables, modelSettings(caller, options, tables));
}

const caller = "modelQuality";

type Sides = readonly [reference: Table, current: Table];

/** The same with settings that were checked; others have their turn between the sides. */
export async function modelQualityOf(
  caller: string,
  [before, after]: Sides,
  settings: ModelSettings,
): Promise<ModelQualityReport> {
  const reference = sideOf(caller, "reference", before, settings);
  settings.signal?.throwIfAborted();
  await new Promise((resolve) => setImmediate(resolve));
  settings.signal?.throwIfAborted();
  const current = sideOf(caller, "current side", after, settings);
  const { confidence = 0.95, target, task } = settings;
  const reasons = { reference: reference.reason, current: current.reason };
  const [first, second] = [reference.metrics, current.metrics].map((found) => found && modelMetrics(found));
  const change = modelChange(first ?? null, second ?? null, reasons, confidence);
  // Both sides were measured by the same task.
  return {
    ...{ task, target, reference: reference.metrics, current: current.metrics, reasons },
    ...change,
    confidence,
  } as ModelQualityReport;
}

interface Side {
  readonly metrics: ModelQualityReport["reference"];
  readonly reason: string;
}

function sideOf(caller: string, which: string, table: Table, settings: ModelSettings): Side {
  const { target } = settings;
  const column = table.columns.get(target);
  if (!column) return { metrics: null, reason: `the ${which} has no column ${shown(target)}` };
  if (column.kind === "vector") throw new TypeError(`${caller}: target must hold values, got ${column.type}`);
  if (!presence(column).includes(1))
    return { metrics: null, reason: `the ${which} has no value of ${shown(target)} yet` };
  const metrics = measured(caller, which, table, settings);
  if (metrics.rows > 0) return { metrics, reason: "" };
  return { metrics: null, reason: `no row of the ${which} has both ${shown(target)} and what the model said` };
}

function measured(
  caller: string,
  which: string,
  table: Table,
  settings: ModelSettings,
): NonNullable<ModelQualityReport["reference"]> {
  const { task, target, prediction, scores, query, rank, k, gains, positive, threshold } = settings;
  const columnOf = (name: string): Column => {
    const column = table.columns.get(name);
    if (column) return column;
    throw new RangeError(`${caller}: the ${which} has no column ${shown(name)}`);
  };
  const intervals = Object.fromEntries(
    intervalOptionNames.flatMap((name) => (settings[name] === undefined ? [] : [[name, settings[name]]])),
  ) as IntervalOptions;
  switch (task) {
    case "regression":
      return regressionMetrics({ target: columnOf(target), prediction: columnOf(prediction!) }, intervals);
    case "ranking":
      return rankingMetrics(
        {
          relevance: columnOf(target),
          query: columnOf(query!),
          ...(rank === undefined ? { scores: columnOf(scores as string) } : { rank: columnOf(rank) }),
        },
        { ...intervals, ...(k && { k }), ...(gains && { gains }) },
      );
    case "classification":
      return classificationMetrics(
        {
          labels: columnOf(target),
          ...(prediction !== undefined && { predictions: columnOf(prediction) }),
          ...(scores !== undefined && { scores: scoresOf(scores, columnOf) }),
        },
        { ...intervals, ...(positive !== undefined && { positive }), ...(threshold !== undefined && { threshold }) },
      );
  }
}

function scoresOf(scores: NonNullable<ModelQualityOptions["scores"]>, columnOf: (name: string) => Column) {
  if (typeof scores === "string") return columnOf(scores);
  return Object.fromEntries(Object.entries(scores).map(([name, column]) => [name, columnOf(column)]));
}

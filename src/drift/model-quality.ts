/** How well a model did on both sides, where the truth is known, and whether it got worse. */

import { presence } from "../column/by-row.js";
import type { Column, Table } from "../column/column.js";
import { type TableInput, tableInMemory } from "../column/table-of.js";
import { classificationMetrics } from "../statistics/classification-metrics.js";
import { intervalOptionNames } from "../statistics/intervals.js";
import { shown } from "../statistics/option-checks.js";
import { rankingMetrics } from "../statistics/ranking-metrics.js";
import { regressionMetrics } from "../statistics/regression-metrics.js";
import { modelChange } from "./model-change.js";
import { modelMetrics } from "./model-metrics.js";
import {
  type ModelQualityOptions,
  type ModelSettings,
  modelColumns,
  modelSettings,
  ownOptions,
} from "./model-options.js";
import type { ModelQualityReport } from "./model-quality-report.js";
import { refusal } from "./refusal.js";

/**
 * Metrics of a model on both sides, and their differences with confidence intervals.
 *
 * A side whose target is missing, or has no value yet, has no metrics but a reason: labels may come later. So has a side whose
 * columns hold something else, such as scores that are no probabilities. Of two classes both sides have the same positive one,
 * even where one side lacks a class.
 *
 * @param reference, current  a Smirnov table (`readTable`), an Arrow Table, or a record of columns
 * @param options.target, options.prediction, options.scores, options.query  names of columns
 * @returns what `classificationMetrics`, `regressionMetrics` or `rankingMetrics` gives for each side; `differences` of
 *   independent samples, `worse`: what got worse beyond chance
 * @throws TypeError for what is no table and for options of another type; RangeError for options that there are not or that
 *   are out of range, and for columns that neither side has
 */
export async function modelQuality(
  reference: TableInput,
  current: TableInput,
  options: ModelQualityOptions,
): Promise<ModelQualityReport> {
  const tables = [tableInMemory(caller, reference), tableInMemory(caller, current)] as const;
  return modelQualityOf(tables, modelSettings(caller, options, tables));
}

const caller = "modelQuality";

type Sides = readonly [reference: Table, current: Table];

/** The same with settings that were checked; others have their turn between the sides. */
export async function modelQualityOf([before, after]: Sides, settings: ModelSettings): Promise<ModelQualityReport> {
  const reference = sideOf("reference", before, settings);
  settings.signal?.throwIfAborted();
  await new Promise((resolve) => setImmediate(resolve));
  settings.signal?.throwIfAborted();
  const current = sideOf("current side", after, settings);
  const { confidence = 0.95, target, task } = settings;
  const reasons = { reference: reference.reason, current: current.reason };
  const [first, second] = [reference.metrics, current.metrics].map((found) => found && modelMetrics(found));
  const change = modelChange(first ?? null, second ?? null, reasons, confidence);
  const words = [change.words, ...[reference, current].flatMap(infiniteValues)].join("; ");
  // Both sides were measured by the same task.
  return {
    ...{ task, target, reference: reference.metrics, current: current.metrics, reasons },
    ...change,
    words,
    confidence,
  } as ModelQualityReport;
}

interface Side {
  readonly which: string;
  readonly metrics: ModelQualityReport["reference"];
  readonly reason: string;
}

/** Why means are not defined. */
function infiniteValues({ which, metrics }: Side): string[] {
  return metrics?.status === "infinite" ? [`the ${which} has infinite targets or predictions`] : [];
}

function sideOf(which: string, table: Table, settings: ModelSettings): Side {
  const { target, task } = settings;
  const missing = modelColumns(settings).find((name) => !table.columns.has(name));
  const absent = table.columns.has(target) ? missing : target;
  if (absent !== undefined) {
    const type = table.unsupported.get(absent);
    const what = type === undefined ? "no column" : `a type that is not read, ${type}, in column`;
    return { which, metrics: null, reason: `the ${which} has ${what} ${shown(absent)}` };
  }
  const known = table.columns.get(target)!;
  if (known.kind !== "vector" && !presence(known).includes(1)) {
    return { which, metrics: null, reason: `the ${which} has no value of ${shown(target)} yet` };
  }
  try {
    const metrics = measured(table, settings);
    if (metrics.rows > 0) return { which, metrics, reason: "" };
    return { which, metrics: null, reason: `no row of the ${which} has both ${shown(target)} and what the model said` };
  } catch (error) {
    // Options were checked: what is refused now is a side's data, which must not cost the other side's metrics.
    const why = refusal(`${task}Metrics`, error);
    if (why === null) throw error;
    return { which, metrics: null, reason: `the ${which} cannot be judged: ${why}` };
  }
}

/** Of a table that has all columns. */
function measured({ columns }: Table, settings: ModelSettings): NonNullable<ModelQualityReport["reference"]> {
  const { task, target, prediction, scores, query, rank, classes } = settings;
  const columnOf = (name: string): Column => columns.get(name)!;
  switch (task) {
    case "regression":
      return regressionMetrics(
        { target: columnOf(target), prediction: columnOf(prediction!) },
        ownOptions(settings, intervalOptionNames),
      );
    case "ranking":
      return rankingMetrics(
        {
          relevance: columnOf(target),
          query: columnOf(query!),
          ...(rank === undefined ? { scores: columnOf(scores as string) } : { rank: columnOf(rank) }),
        },
        ownOptions(settings, [...intervalOptionNames, "k", "gains"]),
      );
    case "classification":
      return classificationMetrics(
        {
          labels: columnOf(target),
          ...(prediction !== undefined && { predictions: columnOf(prediction) }),
          ...(scores !== undefined && { scores: scoresOf(scores, columnOf) }),
        },
        { classes, ...ownOptions(settings, [...intervalOptionNames, "positive", "threshold"]) },
      );
  }
}

function scoresOf(scores: NonNullable<ModelQualityOptions["scores"]>, columnOf: (name: string) => Column) {
  if (typeof scores === "string") return columnOf(scores);
  return Object.fromEntries(Object.entries(scores).map(([name, column]) => [name, columnOf(column)]));
}

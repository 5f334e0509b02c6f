/** From the words of a command line to a comparison. */
import type { DatasetRule, Schedule } from "../drift/decision-options.js";
import type { ModelTask } from "../drift/model-quality-report.js";
import type { Correction } from "../statistics/adjust.js";
import { outputsOf } from "./outputs.js";
import { type StoreTarget, storeTarget } from "./store-run.js";
import { UsageError } from "./usage-error.js";
import {
  bytesOf,
  countOf,
  given,
  levelOf,
  methodOf,
  namesOf,
  oneOf,
  type Setting,
  scheduleOf,
  shareOf,
  thresholdOf,
  weightOf,
} from "./values.js";
import { conditionOf, type TypedCondition } from "./where.js";
import type { OptionValues } from "./words.js";

/** Besides `--target` and `--prediction`. */
export interface ModelWords {
  readonly task?: ModelTask;
  readonly scores?: string;
  readonly positive?: string;
  readonly query?: string;
}

export interface CompareCommand {
  readonly command: "compare";
  /** A file, a pattern of files, a profile, or `-`. */
  readonly reference: string;
  readonly current: string;
  readonly columns: readonly string[] | undefined;
  readonly preset: "evidently" | undefined;
  /** Of all columns but those in `methods`. */
  readonly method: string | undefined;
  /** Method by column, or by kind where no column is called so. */
  readonly methods: ReadonlyMap<string, string>;
  /** Of all columns but those in `thresholds`. */
  readonly threshold: number | undefined;
  /** By column or kind, as `methods`. */
  readonly thresholds: ReadonlyMap<string, number>;
  readonly temporal: boolean;
  readonly level: number | undefined;
  readonly possibleLevel: number | undefined;
  readonly minimumValues: number | undefined;
  readonly correction: Correction | undefined;
  readonly clusterBy: string | undefined;
  readonly blocks: number | true | undefined;
  /** Chunks of the reference that thresholds are learned from. */
  readonly learn: number | undefined;
  readonly share: number | undefined;
  readonly datasetRule: DatasetRule | undefined;
  readonly weights: ReadonlyMap<string, number>;
  readonly schedule: Schedule | undefined;
  /** Columns whose values cut the rows into segments, and those whose values pair them. */
  readonly by: readonly string[] | undefined;
  readonly pairBy: readonly string[] | undefined;
  readonly correlations: boolean;
  readonly target: string | undefined;
  readonly prediction: string | undefined;
  readonly features: readonly string[] | undefined;
  readonly joint: boolean;
  /** A file. */
  readonly startOfServing: string | undefined;
  readonly threads: number | undefined;
  /** Bytes. */
  readonly memory: number | undefined;
  /** All must hold for a row to be compared. */
  readonly where: readonly TypedCondition[];
  /** Whether data quality is told; if not said, where a page is written. */
  readonly quality: boolean | undefined;
  /** How a model is judged; `undefined`: it is not. */
  readonly modelQuality: ModelWords | undefined;
  readonly outputs: ReturnType<typeof outputsOf>;
  readonly failOnDrift: "dataset" | "any" | undefined;
  /** Where the run is written, if it is. */
  readonly store: StoreTarget | undefined;
}

const corrections = ["bh", "by", "holm", "bonferroni"] as const;

/** @throws UsageError in words for the person who typed it */
export function compareCommand(values: OptionValues, files: readonly string[]): CompareCommand {
  const [reference, current] = files;
  if (reference === undefined || current === undefined || files.length > 2) {
    const hint = files.length > 2 ? "; several files of one side are a pattern in quotes" : "";
    throw new UsageError(`compare needs two files, reference and current, got ${files.length}${hint}`);
  }
  if (reference === "-" && current === "-")
    throw new UsageError("the standard input can be one side only, got - twice");
  checkTogether(values);
  const thresholds = (values.threshold ?? []).map((text) => thresholdOf(text));
  const methods = (values.method ?? []).map(methodOf);
  return {
    command: "compare",
    reference,
    current,
    columns: namesOf("columns", values.columns),
    preset: given(values.preset, (name) => presetOf(name, values)),
    method: ofAll(methods),
    methods: ofSome(methods),
    threshold: ofAll(thresholds),
    thresholds: ofSome(thresholds),
    temporal: values.temporal ?? false,
    level: given(values.level, (text) => levelOf("level", text)),
    possibleLevel: given(values["possible-level"], (text) => levelOf("possible-level", text)),
    minimumValues: given(values["minimum-values"], (text) => countOf("minimum-values", text, 1)),
    correction: given(values.correction, (text) => oneOf("correction", text, corrections)),
    clusterBy: values["cluster-by"],
    blocks: given(values.blocks, (text) => text === "auto" || countOf("blocks", text, 1)),
    learn: given(values.learn, (text) => countOf("learn", text, 2)),
    share: given(values.share, shareOf),
    datasetRule: given(values["dataset-rule"], (text) => oneOf("dataset-rule", text, ["share", "any"] as const)),
    weights: new Map((values.weight ?? []).map(weightOf)),
    schedule: given(values.schedule, scheduleOf),
    by: namesOf("by", values.by),
    pairBy: namesOf("pair-by", values["pair-by"]),
    correlations: values.correlations ?? false,
    target: values.target,
    prediction: values.prediction,
    features: namesOf("features", values.features),
    joint: values.joint ?? false,
    startOfServing: values["start-of-serving"],
    threads: given(values.threads, (text) => countOf("threads", text, 1)),
    memory: given(values.memory, bytesOf),
    where: (values.where ?? []).map(conditionOf),
    quality: qualityOf(values),
    modelQuality: modelOf(values),
    outputs: outputsOf(values),
    failOnDrift: given(values["fail-on-drift"], (text) => oneOf("fail-on-drift", text, ["dataset", "any"] as const)),
    store: storeTarget(values, reference),
  };
}

/** @throws UsageError for both */
export function qualityOf(values: OptionValues): boolean | undefined {
  if (values.quality && values["no-quality"]) throw new UsageError("--quality and --no-quality do not go together");
  return values.quality ?? (values["no-quality"] ? false : undefined);
}

/** @throws UsageError for a model without a target, or without anything that it said */
function modelOf(values: OptionValues): ModelWords | undefined {
  const { scores, positive, query, prediction, target } = values;
  const task = given(values.task, (text) => oneOf("task", text, ["classification", "regression", "ranking"] as const));
  const words = Object.entries({ task, scores, positive, query }).filter(([, value]) => value !== undefined);
  if (!values["model-quality"] && words.length === 0) return undefined;
  const asked = values["model-quality"] ? "model-quality" : words[0]![0];
  if (target === undefined) throw new UsageError(`--${asked} needs --target, the column of what turned out to be true`);
  if (prediction === undefined && scores === undefined) {
    throw new UsageError(`--${asked} needs --prediction or --scores, a column of what the model said`);
  }
  return Object.fromEntries(words);
}

function ofAll<T>(settings: readonly Setting<T>[]): T | undefined {
  return settings.findLast(([of]) => of === null)?.[1];
}

function ofSome<T>(settings: readonly Setting<T>[]): Map<string, T> {
  return new Map(settings.flatMap(([of, value]) => (of === null ? [] : [[of, value] as const])));
}

/** @throws UsageError beside an option that a preset does not know */
function presetOf(name: string, values: OptionValues): "evidently" {
  const preset = oneOf("preset", name, ["evidently"]);
  const other = decisive.find((option) => values[option] !== undefined);
  if (other !== undefined) throw new UsageError(`--preset ${preset} and --${other} do not go together`);
  return preset;
}

/** What decides without a preset. */
const decisive = [
  "temporal",
  "level",
  "possible-level",
  "minimum-values",
  "correction",
  "cluster-by",
  "blocks",
  "learn",
  "dataset-rule",
  "weight",
  "schedule",
  "by",
  "pair-by",
  "correlations",
  "target",
  "prediction",
  "features",
  "joint",
  "start-of-serving",
  "quality",
  "model-quality",
  "task",
  "scores",
  "positive",
  "query",
] as const;

/** Options that `compare` does not take together. */
const contrary = [
  ["by", "pair-by"],
  ["cluster-by", "blocks"],
  ["pair-by", "cluster-by"],
  ["pair-by", "blocks"],
  ["pair-by", "method"],
] as const;

function checkTogether(values: OptionValues): void {
  for (const [one, other] of contrary) {
    if (values[one] === undefined || values[other] === undefined) continue;
    throw new UsageError(`--${one} and --${other} do not go together`);
  }
}

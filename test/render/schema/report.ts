/** docs/report.schema.json: what `compare` returns and `renderJson` writes. */
import type {
  CorrelationDrift,
  CorrelationMatrices,
  CorrelationMethod,
  CorrelationPair,
} from "../../../dist/drift/correlations.js";
import type { Schedule } from "../../../dist/drift/decision-options.js";
import type { ChangeKind, ConditionalChange, JointChange, KindOfChange } from "../../../dist/drift/kind-of-change.js";
import type { LearnedThreshold, LearnedThresholds } from "../../../dist/drift/learned.js";
import type { ByKind, Settings } from "../../../dist/drift/options.js";
import type { Pairing } from "../../../dist/drift/paired-report.js";
import type {
  DatasetVerdict,
  DriftReport,
  EvidentlySettings,
  FalseAlarms,
  SegmentReport,
  SegmentStatus,
} from "../../../dist/drift/report.js";
import type { Correction } from "../../../dist/statistics/adjust.js";
import type { ConceptAspect } from "../../../dist/statistics/concept-drift.js";
import { columnDefinitions, severity } from "./column.ts";
import { rowFilter } from "./filter.ts";
import { modelDefinitions } from "./model.ts";
import { qualityDefinitions } from "./quality.ts";
import {
  among,
  constant,
  count,
  defined,
  either,
  list,
  map,
  nullable,
  number,
  object,
  ofBoth,
  optional,
  pair,
  type Schema,
  share,
  text,
  truth,
} from "./words.ts";

const byKind = (schema: Schema): Schema =>
  object<ByKind<unknown>>({
    numeric: optional(schema),
    boolean: optional(schema),
    categorical: optional(schema),
    temporal: optional(schema),
    vector: optional(schema),
  });

const learned = object<LearnedThresholds>({
  format: constant(1),
  chunks: count,
  chunkRows: count,
  deviations: number,
  against: among<"rest" | "whole">({ rest: true, whole: true }),
  columns: map(
    map(object<LearnedThreshold>({ threshold: number, mean: number, standardDeviation: number, chunks: count })),
  ),
});

const settings = object<Settings>({
  preset: { type: "null" },
  level: share,
  possibleLevel: share,
  correction: among<Correction>({ bonferroni: true, holm: true, bh: true, by: true }),
  minimumValues: number,
  datasetRule: among<"share" | "any">({ share: true, any: true }),
  share,
  weights: nullable(map(number)),
  schedule: nullable(
    object<Schedule>({
      perHour: optional(number),
      perDay: optional(number),
      perWeek: optional(number),
      perMonth: optional(number),
      perYear: optional(number),
    }),
  ),
  clusterBy: nullable(text),
  blocks: nullable(either(constant(true), count)),
  method: optional(text),
  methodByKind: optional(byKind(text)),
  methods: optional(map(text)),
  threshold: optional(number),
  thresholdByKind: optional(byKind(number)),
  thresholds: optional(map(number)),
  learned: nullable(learned),
  where: optional(rowFilter),
  temporal: truth,
});

const evidently = object<EvidentlySettings>({
  preset: constant("evidently"),
  level: constant(0),
  possibleLevel: constant(0),
  correction: constant("none"),
  minimumValues: constant(1),
  share,
});

const dataset = object<DatasetVerdict>({
  drifted: truth,
  rule: among<DatasetVerdict["rule"]>({ share: true, "weighted-share": true, any: true }),
  share: nullable(share),
  threshold: nullable(share),
  columns: count,
  judged: count,
  driftedColumns: count,
  possibleColumns: count,
  reason: text,
});

const method = among<CorrelationMethod>({ pearson: true, spearman: true, "cramers-v": true });
const correlations = object<CorrelationDrift>({
  drifted: count,
  tested: count,
  threshold: number,
  level: number,
  pairs: list(
    object<CorrelationPair>({
      method,
      columns: pair(text, text),
      reference: number,
      current: number,
      rows: ofBoth(count),
      pValue: share,
      adjustedPValue: share,
      drifted: truth,
    }),
  ),
  matrices: optional(
    list(
      object<CorrelationMatrices>({
        method,
        columns: list(text),
        reference: list(list(nullable(number))),
        current: list(list(nullable(number))),
      }),
    ),
  ),
});

const conditional = object<ConditionalChange>({
  column: text,
  status: among<ConditionalChange["status"]>({
    ok: true,
    few: true,
    constant: true,
    "no-overlap": true,
    infinite: true,
    unknown: true,
    "type-changed": true,
  }),
  pValue: nullable(share),
  adjustedPValue: nullable(share),
  effect: nullable(number),
  threshold: number,
  drifted: truth,
  severity,
  aspects: list(
    object<ConceptAspect>({
      aspect: among<ConceptAspect["aspect"]>({ mean: true, rows: true, spread: true }),
      class: nullable(text),
      statistic: number,
      pValue: share,
      difference: number,
      effect: number,
    }),
  ),
  explained: nullable(number),
  overlap: nullable(number),
  rows: nullable(ofBoth(count)),
});

const role = nullable(object<NonNullable<KindOfChange["target"]>>({ column: text, drifted: truth }));
const kindOfChange = object<KindOfChange>({
  kinds: list(
    among<ChangeKind>({
      "data-drift": true,
      "target-drift": true,
      "prediction-drift": true,
      "concept-drift": true,
      "domain-shift": true,
    }),
  ),
  words: text,
  features: object<KindOfChange["features"]>({ names: list(text), drifted: list(text) }),
  target: role,
  prediction: role,
  concept: nullable(conditional),
  model: nullable(conditional),
  start: nullable(object<NonNullable<KindOfChange["start"]>>({ differed: list(text), since: list(text) })),
});

const joint = object<JointChange>({
  auc: nullable(share),
  interval: nullable(pair(number, number)),
  pValue: nullable(share),
  importances: list(object<JointChange["importances"][number]>({ column: text, share })),
  skipped: list(object<JointChange["skipped"][number]>({ column: text, reason: text })),
  status: among<JointChange["status"]>({ ok: true, "no-column": true, few: true }),
  adjustedPValue: nullable(share),
  threshold: number,
  drifted: truth,
  severity,
});

const segment = object<SegmentReport>({
  values: map(nullable(either(text, number, truth))),
  status: among<SegmentStatus>({ ok: true, new: true, vanished: true, "too-few": true }),
  reason: text,
  rows: ofBoth(count),
  share: ofBoth(nullable(share)),
  dataset: defined("dataset"),
  columns: map(defined("column")),
  quality: optional(defined("quality")),
  modelQuality: optional(defined("modelQuality")),
});

const report = object<DriftReport>({
  format: constant(1),
  version: text,
  rows: ofBoth(count),
  dataset: defined("dataset"),
  columns: map(defined("column")),
  warnings: list(text),
  falseAlarms: object<FalseAlarms>({
    perComparison: nullable(share),
    perYear: nullable(number),
    comparisonsPerYear: nullable(number),
    reason: text,
  }),
  quality: optional(defined("quality")),
  modelQuality: optional(defined("modelQuality")),
  correlations: optional(correlations),
  kindOfChange: optional(kindOfChange),
  joint: optional(joint),
  pairing: optional(
    object<Pairing>({ by: list(text), pairs: count, unmatched: ofBoth(count), withoutKey: ofBoth(count) }),
  ),
  segments: optional(map(segment)),
  settings: either(settings, evidently),
});

export const reportSchema: Schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Drift report",
  description: "What `compare` of Smirnov returns, and `smirnov compare --json` prints.",
  ...report,
  $defs: { dataset, ...columnDefinitions, ...qualityDefinitions, ...modelDefinitions },
};

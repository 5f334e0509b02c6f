/** Windows over a live stream, what became of them, and the kind of drift over time. */
export * from "../detectors/index.js";

export type { BatchSchema, ColumnKind } from "./batch-schema.js";
export type { DriftKind, DriftKindName } from "./drift-kind.js";
export { type Duration, milliseconds } from "./duration.js";
export { jsonToTable, ndjsonToTable } from "./json-to-table.js";
export { driftKind } from "./kind/drift-kind.js";
export type { DriftKindOptions } from "./kind/options.js";
export type { LabelCounts } from "./label-settings.js";
export { Monitor } from "./monitor.js";
export type {
  DetectorOptions,
  LabelOptions,
  MonitorOptions,
  PushOptions,
  PushReceipt,
  ReferencePolicy,
  SequenceOptions,
  WindowPolicy,
} from "./monitor-options.js";
export { columnsToTable, rowsToTable } from "./rows-to-table.js";
export type { StateParts } from "./state.js";
export type { MonitorInput } from "./table-from.js";
export type { LabelReceipt } from "./window-labels.js";
export type {
  ModelName,
  SeriesDetection,
  SeriesSummary,
  WindowModelQuality,
  WindowReference,
  WindowResult,
  WindowStatus,
} from "./window-result.js";

/** Windows over a live stream, what became of them, and the kind of drift over time. */
export * from "../detectors/index.js";
export type { DriftKind, DriftKindName } from "./drift-kind.js";
export { type Duration, milliseconds } from "./duration.js";
export { driftKind } from "./kind/drift-kind.js";
export type { DriftKindOptions } from "./kind/options.js";
export type {
  DetectorOptions,
  LabelOptions,
  MonitorOptions,
  PushReceipt,
  ReferencePolicy,
  WindowPolicy,
} from "./monitor-options.js";
export type {
  ModelName,
  SeriesDetection,
  SeriesSummary,
  WindowModelQuality,
  WindowReference,
  WindowResult,
  WindowStatus,
} from "./window-result.js";

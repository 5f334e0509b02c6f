/** Streaming detectors: each finds changes in a series, one value at a time. */
export { type AdwinOptions, type AdwinState, adwin } from "./adwin.js";
export { type CusumOptions, type CusumState, cusum } from "./cusum.js";
export { type CusumRunLengthOptions, cusumRunLength } from "./cusum-run-length.js";
export { type DdmOptions, type DdmState, ddm } from "./ddm.js";
export type { Detector, DetectorState, DetectorStatus } from "./detector.js";
export { type EddmOptions, type EddmState, eddm } from "./eddm.js";
export { type EwmaOptions, type EwmaState, ewma } from "./ewma.js";
export { type EwmaRunLengthOptions, ewmaRunLength } from "./ewma-run-length.js";
export { type HddmAOptions, type HddmAState, hddmA } from "./hddm-a.js";
export { type HddmWOptions, type HddmWState, hddmW } from "./hddm-w.js";
export { type IncrementalKsOptions, type IncrementalKsState, incrementalKs } from "./incremental-ks.js";
export { type KswinOptions, type KswinState, kswin } from "./kswin.js";
export type { DetectorInput, NotKept as RestoreDetectorOptions } from "./method.js";
export { type DetectorDescription, type DetectorName, detector, detectors, restoreDetector } from "./methods.js";
export type { NumberRule as DetectorNumberRule, OptionRule as DetectorOptionRule } from "./options.js";
export { type PageHinkleyOptions, type PageHinkleyState, pageHinkley } from "./page-hinkley.js";
export {
  type ShewhartOptions,
  type ShewhartRunLengthOptions,
  type ShewhartState,
  shewhart,
  shewhartRunLength,
} from "./shewhart.js";
export type { Direction as DetectorDirection, Variant as DetectorVariant } from "./variant.js";

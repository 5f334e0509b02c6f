export * from "./boosting";
export * from "./categories";
export * from "./cells";
export * from "./characteristic";
export * from "./codes";
export * from "./counts";
export { dealCells } from "./deal";
export * from "./distinct";
export * from "./distances";
export * from "./fine-cells";
export * from "./frequent";
export * from "./full-walk";
export * from "./gather";
export * from "./grid-edges";
export * from "./harmonic-weights";
export * from "./histogram";
export * from "./kernel-matrix";
export { cellRuns, cellShift } from "./key-cells";
export { cellIndexBytes, indexCells } from "./known-cells";
export { readCells } from "./read-cells";
export { cellNumber, storedCellBytes, writeCells } from "./write-cells";
export * from "./labels";
export { mergeScratch } from "./merge";
export * from "./moments";
export * from "./norm-walk";
export { momentsInit, momentsMerge, momentsSize } from "./moments-state";
export * from "./order";
export * from "./placed-walk";
export * from "./places";
export * from "./ranks";
export * from "./pairs";
export * from "./products";
export * from "./random";
export * from "./row-ranks";
export { ascends, everyOther, mergeRuns } from "./runs";
export * from "./sort";
export { keysOf } from "./steps";
export * from "./special";
export * from "./sums";
export * from "./vectors";
export * from "./touch";
export * from "./walk";
export * from "./weights";
export { xxh64 } from "./xxh64";

/** Where the caller's memory begins: below are the constant tables. */
export function heapBase(): usize {
  return __heap_base;
}

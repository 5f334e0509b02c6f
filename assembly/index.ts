export * from "./categories";
export * from "./cells";
export * from "./codes";
export * from "./distances";
export * from "./gather";
export * from "./grid-edges";
export * from "./histogram";
export * from "./moments";
export { momentsInit, momentsMerge, momentsSize } from "./moments-state";
export * from "./order";
export * from "./ranks";
export * from "./pairs";
export * from "./sort";
export * from "./special";
export * from "./sums";
export * from "./touch";
export * from "./walk";

/** Where the caller's memory begins: below are the constant tables. */
export function heapBase(): usize {
  return __heap_base;
}

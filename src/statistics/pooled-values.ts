/** Two sides' values brought into one order, with labels that say whose each one is. */
import type { Values } from "../source/source.js";

export interface PooledValues {
  /** 1 for a value of the reference, 0 for one of the current side. */
  readonly labels: Uint8Array;
  /** 1 at the last of equal values. */
  readonly ends: Uint8Array;
  readonly values: Values;
}

/** Merges what two sides answered in order. */
export function pooledValues(reference: Values, current: Values): PooledValues {
  const length = reference.length + current.length;
  const values = new (reference.constructor as Float64ArrayConstructor)(length);
  const labels = new Uint8Array(length);
  const [x, y] = [reference as Float64Array, current as Float64Array];
  for (let i = 0, j = 0; i + j < length; ) {
    const fromReference = j === y.length || (i < x.length && x[i]! <= y[j]!);
    labels[i + j] = fromReference ? 1 : 0;
    values[i + j] = fromReference ? x[i]! : y[j]!;
    if (fromReference) i++;
    else j++;
  }
  const ends = new Uint8Array(length);
  for (let k = 0; k < length; k++) ends[k] = values[k] === values[k + 1] ? 0 : 1;
  return { labels, ends, values };
}

/** The power of two that brings the largest of ordered values to about 1, so that no sum of them overflows. */
export function unitOf(values: Values): number {
  if (!(values instanceof Float64Array)) return 1;
  const largest = Math.max(Math.abs(values[0] ?? 0), Math.abs(values[values.length - 1] ?? 0));
  return largest > 0 ? 2 ** Math.max(-1020, Math.min(1020, -Math.ceil(Math.log2(largest)))) : 1;
}

/** How far each value lies below the next one, times a unit; 0 for the last. */
export function stepsOf(values: Values, unit: number): Float64Array {
  const steps = new Float64Array(values.length);
  for (let k = 0; k + 1 < values.length; k++) {
    const [from, to] = [values[k]!, values[k + 1]!];
    steps[k] = typeof from === "bigint" ? Number((to as bigint) - from) : (to as number) * unit - from * unit;
  }
  return steps;
}

/** Each value less the one in the middle (so that whole numbers stay whole), times a unit. */
export function centred(values: Values, unit: number): Float64Array {
  const middle = values[values.length >> 1]!;
  return Float64Array.from({ length: values.length }, (_, k) => {
    const value = values[k]!;
    return typeof value === "bigint" ? Number(value - (middle as bigint)) : value * unit - (middle as number) * unit;
  });
}

/** 1 at the last value of each cell: of ten cells between the deciles of all values, or of a cell a value where few differ. */
export function cellEnds({ ends, values }: PooledValues, mostDistinct: number, cells: number): Uint8Array {
  const distinct = ends.reduce((sum, end) => sum + end, 0);
  if (distinct <= mostDistinct) return ends;
  const found = new Uint8Array(ends.length);
  let wanted = 1;
  for (let k = 0; k < ends.length; k++) {
    if (ends[k] === 0 || (k + 1) * cells < wanted * values.length) continue;
    found[k] = 1;
    while ((k + 1) * cells >= wanted * values.length) wanted++;
  }
  return found;
}

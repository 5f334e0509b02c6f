/**
 * A summary of a column from which the number of distinct values can be estimated: HyperLogLog [1] over 64-bit hashes,
 * with the estimator of [2], which needs no corrections and no tables for small and large numbers.
 *
 * [1] Flajolet, Fusy, Gandouet, Meunier: HyperLogLog: the analysis of a near-optimal cardinality estimation algorithm (2007)
 * [2] Ertl: New cardinality estimation algorithms for HyperLogLog sketches, arXiv 1702.01284 (2017), algorithm 6
 */
import { mergeRegisters, registerNumbers, registerTexts } from "../engine/distinct.js";

/** Plain data; the functions over it change the registers in place. */
export interface DistinctSketch {
  /** Bits of a hash that choose the register: there are 2^precision. */
  readonly precision: number;
  /** Each: the largest place of the first set bit, from 1 on, among the rest of all hashes that chose it; 0 of none. */
  readonly registers: Uint8Array;
}

const usualPrecision = 12;

/** 4096 registers: an error of 1.6 %. */
export function emptyDistinct(): DistinctSketch {
  return { precision: usualPrecision, registers: new Uint8Array(2 ** usualPrecision) };
}

/** Adds values in any order, faster where equal ones follow each other; -0 counts as 0, NaN is left out. */
export function addDistinctNumbers({ precision, registers }: DistinctSketch, values: Float64Array): void {
  registerNumbers(registers, precision, values);
}

/** Adds texts by their UTF-8 bytes; half a surrogate pair counts as U+FFFD. */
export function addDistinctTexts({ precision, registers }: DistinctSketch, texts: Iterable<string>): void {
  registerTexts(registers, precision, texts);
}

/** Adds all that `from` has seen to `into`; `from` stays as it is. @throws RangeError of another precision */
export function mergeDistinct(into: DistinctSketch, from: DistinctSketch): void {
  if (into.precision !== from.precision) {
    throw new RangeError(`mergeDistinct: both need one precision, got ${into.precision} and ${from.precision}`);
  }
  mergeRegisters(into.registers, from.registers);
}

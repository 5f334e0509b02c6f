/** What probabilities of classes cost row by row, and rows by bins of their score; see assembly/class-losses.ts. */
import type { Engine } from "./memory.js";
import { momentsRead } from "./moments.js";
import { type Take, withScratch } from "./workspace.js";

/** Rows that are worked on at once. */
const stretchRows = 1024;

/** What rows cost: -log of the probability of their class, and the squared distances of probabilities from 0 and 1. */
export interface ClassLosses {
  readonly logs: Costs;
  /** Of two classes of one of them, which is the same for both. */
  readonly squares: Costs;
}

export interface Costs {
  readonly mean: number;
  /** Sum of squared distances from the mean. */
  readonly m2: number;
  /** Row by row, if they were to be kept. */
  readonly each: Float64Array | null;
}

/** The distance of 1 from the next larger double: probabilities are brought that far from 0 and 1. */
const least = 2 ** -52;

/**
 * @param scores of the `positive` class of two
 * @param labels numbers of classes
 * @param keep whether the costs of each row are wanted
 */
export function lossesOfTwo(scores: Float64Array, labels: Uint16Array, positive: number, keep: boolean): ClassLosses {
  return byStretch([scores], labels, keep, (engine, _, { stage, classes, chances, squares }, length) => {
    engine.kernels.chancesOfTwo(stage, classes, length, positive, chances);
    engine.kernels.addSquaredGaps(stage, classes, length, positive, squares);
  });
}

/** @param scores a column a class, in the order of their numbers; a row of none of them has the probability 0 */
export function lossesOfSeveral(scores: readonly Float64Array[], labels: Uint16Array, keep: boolean): ClassLosses {
  return byStretch(scores, labels, keep, (engine, which, { stage, classes, chances, squares }, length) => {
    engine.kernels.chancesOfOne(stage, classes, length, which, chances);
    engine.kernels.addSquaredGaps(stage, classes, length, which, squares);
  });
}

interface Room {
  readonly stage: number;
  readonly classes: number;
  readonly chances: number;
  readonly squares: number;
}

function byStretch(
  scores: readonly Float64Array[],
  labels: Uint16Array,
  keep: boolean,
  add: (engine: Engine, which: number, room: Room, length: number) => void,
): ClassLosses {
  return withScratch((engine, take) => {
    const { kernels, u16, f64 } = engine;
    const rows = labels.length;
    const room = roomOf(take);
    const [logs, squares] = [room.chances, room.squares].map((address) => {
      const state = take(kernels.momentsSize());
      kernels.momentsInit(state);
      return { address, state, each: keep ? new Float64Array(rows) : null };
    }) as [Kept, Kept];
    const scratch = take(stretchRows * 8);
    for (let from = 0; from < rows; from += stretchRows) {
      const length = Math.min(stretchRows, rows - from);
      u16.set(labels.subarray(from, from + length), room.classes / 2);
      for (const { address } of [logs, squares]) f64.fill(0, address / 8, address / 8 + length);
      for (const [which, column] of scores.entries()) {
        f64.set(column.subarray(from, from + length), room.stage / 8);
        add(engine, which, room, length);
      }
      kernels.logLosses(room.chances, length, least, room.chances);
      for (const { address, state, each } of [logs, squares]) {
        kernels.momentsUpdate2(state, address, length, scratch);
        each?.set(f64.subarray(address / 8, address / 8 + length), from);
      }
    }
    const costs = ({ state, each }: Kept): Costs => {
      const { mean, m2 } = momentsRead(state, f64, { rows, values: rows });
      return { mean, m2, each };
    };
    return { logs: costs(logs), squares: costs(squares) };
  });
}

interface Kept {
  readonly address: number;
  readonly state: number;
  readonly each: Float64Array | null;
}

function roomOf(take: Take): Room {
  return {
    stage: take(stretchRows * 8),
    classes: take(stretchRows * 2),
    chances: take(stretchRows * 8),
    squares: take(stretchRows * 8),
  };
}

/** Rows of a bin of scores. */
export interface ScoreBin {
  readonly count: number;
  readonly sum: number;
  readonly hits: number;
}

/**
 * @param hits 0 or 1 a row
 * @param ends upper ends, ascending, of all bins but the last; a score on one of them belongs to the bin below
 */
export function binScores(scores: Float64Array, hits: Uint8Array, ends: Float64Array): ScoreBin[] {
  return withScratch((engine, take) => {
    const { kernels, u8, f64 } = engine;
    const size = 3 * (ends.length + 1);
    const [bins, upper] = [take(size * 8), take(ends.length * 8)];
    f64.fill(0, bins / 8, bins / 8 + size);
    f64.set(ends, upper / 8);
    const [stage, marks] = [take(stretchRows * 8), take(stretchRows)];
    for (let from = 0; from < scores.length; from += stretchRows) {
      const part = scores.subarray(from, from + stretchRows);
      f64.set(part, stage / 8);
      u8.set(hits.subarray(from, from + stretchRows), marks);
      kernels.addToBins(bins, stage, marks, part.length, upper, ends.length);
    }
    return Array.from({ length: ends.length + 1 }, (_, k) => {
      const [count, sum, found] = f64.subarray(bins / 8 + 3 * k, bins / 8 + 3 * k + 3);
      return { count: count!, sum: sum!, hits: found! };
    });
  });
}

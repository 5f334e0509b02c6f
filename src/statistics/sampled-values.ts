/** A random sample of a column's values, without putting all of them in order. */

import { wholeGrid } from "../engine/grid.js";
import { chooseSome } from "../engine/random.js";
import { cellsFor } from "../source/grid-for.js";
import { one, type Plan, type Side } from "../source/plan.js";
import { total } from "./gap.js";
import { cellsOfRanks, rankReader } from "./quantile.js";

/**
 * All values of a side, or `most` of them, all choices being equally likely: those of random ranks, in order. 64-bit
 * integers come as doubles.
 *
 * @param stream keeps samples of one seed apart
 */
export function* sampledValuesPlan(side: Side, most: number, seed: number, stream: number): Plan<Float64Array> {
  const size = yield* one(side, "size");
  if (size <= most) return Float64Array.from(yield* one(side, "ordered", wholeGrid, Uint32Array.of(0)), Number);
  const grid = yield* one(side, "grid", cellsFor(size));
  const counts = yield* one(side, "cells", grid);
  const count = total(counts);
  const ranks = chooseSome(count, Math.min(count, most), seed, stream);
  const open = cellsOfRanks(Array.from(ranks), counts);
  const values = yield* one(side, "ordered", grid, open);
  return ranks.map(numberReader(rankReader(values, open, counts)));
}

const numberReader = (read: (rank: number) => number | bigint) => (rank: number) => Number(read(rank));

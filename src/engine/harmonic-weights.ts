/** The sum behind the Anderson-Darling statistic from few places; see assembly/harmonic-weights.ts. */
import { type Engine, tables } from "./memory.js";
import type { Take } from "./workspace.js";

/** Fewer values have few between two current ones, and a large ε; a table for more would not stay in the cache: 2 MiB. */
const fewest = 2048;
const most = tables.harmonic.bytes / 16;

/** Whether the sum over so many pooled values can be found here. */
export function hasTable(total: number): boolean {
  return total >= fewest && total <= most;
}

/** Places that this thread knows to be in the table. Every thread writes the same. */
let known = 0;

function tableFor(total: number, { kernels }: Engine): number {
  const { address } = tables.harmonic;
  if (total > known) {
    known = Math.min(most, Math.max(total, 2 * known));
    kernels.harmonicTable(address, known);
  }
  return address;
}

/**
 * Σ g² / D.
 *
 * @param places  address of the number (u32) of the n reference values below each of the m current ones, all values being
 *   different
 */
export function weightedGaps(places: number, m: number, n: number, engine: Engine, take: Take): number {
  const scratch = take(engine.kernels.weightedGapsScratch());
  return engine.kernels.weightedGaps(places, m, n, tableFor(n + m, engine), scratch);
}

/** How many threads work at a time. */
import { availableParallelism } from "node:os";

/**
 * What was asked for, else `SMIRNOV_THREADS`, else one for each core.
 *
 * @throws RangeError when `SMIRNOV_THREADS` is no whole number of at least 1
 */
export function threadsWanted(asked: number | undefined): number {
  if (asked !== undefined) return asked;
  const { SMIRNOV_THREADS: told } = process.env;
  if (told === undefined || told === "") return Math.min(availableParallelism(), mostThreads);
  const threads = Number(told);
  if (Number.isInteger(threads) && threads >= 1 && threads <= mostThreads) return threads;
  throw new RangeError(`SMIRNOV_THREADS must be a whole number from 1 to ${mostThreads}, got ${JSON.stringify(told)}`);
}

/** More threads than this have too little of the one memory each. */
export const mostThreads = 64;

/**
 * Many pieces of work of very different size, on several threads: large ones first on workers, small ones here meanwhile.
 * What they give does not depend on how many threads there are, and is in the order of the pieces.
 */
import { FormatError } from "../column/format-error.js";
import { startJob } from "../engine/job.js";
import { threadsWanted } from "../engine/threads-wanted.js";
import type { Cost } from "./column-cost.js";
import type { Progress } from "./options.js";

export interface Piece<R> {
  /** For progress. */
  readonly column: string;
  readonly cost: Cost;
  /** Name of the worker's function, and what it is given. */
  readonly task: string;
  readonly message: () => unknown;
  /** The same on this thread. */
  readonly here: () => R;
}

export interface ParallelOptions {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: { throwIfAborted(): void } | undefined;
  readonly threads?: number | undefined;
}

/** Milliseconds after which other work gets a turn. */
const turn = 5;

/** Milliseconds: less than this in all, or of one piece, is no work for other threads. */
const worthThreads = 50;
const worthATask = 0.5;
/** Milliseconds: longer pieces are not done on the calling thread where there are others. */
const mostHere = 50;

/** Beside this file, compiled and bundled alike. */
export const worker = new URL("./worker.js", import.meta.url).href;

/** Gives other work a turn now and then, reports progress after each piece and stops when told to. */
export async function inParallel<R>(pieces: readonly Piece<R>[], options: ParallelOptions): Promise<R[]> {
  const { signal, onProgress } = options;
  // Looked at always: not only once there is enough work.
  const wanted = threadsWanted(options.threads);
  signal?.throwIfAborted();
  const results = new Array<R>(pieces.length);
  const sent = sentPieces(pieces);
  const times = sent.map((index) => pieces[index]!.cost.time);
  const workers = workersFor(times, wanted);
  const here = [...pieces.keys()].filter((index) => workers === 0 || !sent.includes(index));
  const job = startJob(worker, Math.max(1, workers));
  let [done, over, started] = [0, false, workers === 0];
  /** While threads are being started, short work is done here, the shortest first. */
  const nextHere = (): number | undefined => {
    if (here.length > 0) return here.shift();
    const last = sent.at(-1);
    return started || last === undefined || pieces[last]!.cost.time > mostHere ? undefined : sent.pop();
  };
  const finish = (index: number, result: R): void => {
    if (over) return;
    results[index] = result;
    done++;
    onProgress?.({ done, total: pieces.length, column: pieces[index]!.column });
  };
  const inTurns = async (): Promise<void> => {
    let since = performance.now();
    for (;;) {
      const index = nextHere();
      if (index === undefined || over) return;
      signal?.throwIfAborted();
      finish(index, await job.here(pieces[index]!.here));
      if (performance.now() - since < turn) continue;
      await new Promise((resolve) => setImmediate(resolve));
      since = performance.now();
    }
  };
  const onThreads = async (): Promise<void> => {
    for (let index = sent.shift(); index !== undefined; index = sent.shift()) {
      if (over) return;
      signal?.throwIfAborted();
      const { task, message, cost, here } = pieces[index]!;
      finish(index, await job.run({ task, message: message(), scratch: cost.memory, here }).catch(throwAsHere));
    }
  };
  const parallel = async (): Promise<void> => {
    if (workers === 0) return;
    await job.start();
    started = true;
    // One more than there are threads: its input is brought into place while the others work.
    await Promise.all(Array.from({ length: workers + 1 }, onThreads));
  };
  const aborted = whenAborted(signal, () => {
    over = true;
  });
  try {
    const others = parallel();
    // Where everything was done here, nobody waits for threads.
    const all = inTurns().then(() => (done === pieces.length ? undefined : others));
    await Promise.race([all, others.then(() => all), aborted.promise]);
    return results;
  } finally {
    over = true;
    aborted.forget();
    job.end();
  }
}

/** Threads to use beside this one, for pieces that take so many milliseconds. */
function workersFor(times: readonly number[], threads: number): number {
  if (threads === 1 || (times.length === 1 && times[0]! < worthThreads)) return 0;
  return Math.min(threads, times.length);
}

/** Those for other threads, the most expensive first; none where all together are little work. */
function sentPieces(pieces: readonly Piece<unknown>[]): number[] {
  const all = pieces.reduce((sum, { cost }) => sum + cost.time, 0);
  if (all < worthThreads) return [];
  const large = (index: number): boolean => pieces[index]!.cost.sendable && pieces[index]!.cost.time >= worthATask;
  return [...pieces.keys()].filter(large).sort((a, b) => pieces[b]!.cost.time - pieces[a]!.cost.time);
}

/** An error's class is lost between threads. */
function throwAsHere(error: unknown): never {
  const lost = error instanceof Error && error.name === "FormatError" && !(error instanceof FormatError);
  throw lost ? Object.setPrototypeOf(error, FormatError.prototype) : error;
}

/** Rejects at once when a signal that can tell so is aborted. */
function whenAborted(signal: ParallelOptions["signal"], tell: () => void) {
  let forget = (): void => {};
  const promise = new Promise<never>((_, reject) => {
    if (!(signal instanceof AbortSignal)) return;
    const stop = (): void => {
      tell();
      reject(signal.reason);
    };
    signal.addEventListener("abort", stop, { once: true });
    forget = () => signal.removeEventListener("abort", stop);
  });
  return { promise, forget };
}

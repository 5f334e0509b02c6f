/**
 * Jobs on worker threads. A job is cut into tasks, each of which gets a region of the shared memory: its inputs lie there
 * first, then its scratch space. What becomes of a task does not depend on the threads: where a region is too small it is
 * done again in a larger one, in the end on the main thread with all of the memory; where its thread was lost, or a kernel
 * trapped, it is done once more. The region of a lost thread is used again when that thread has really ended.
 */
import { memoryEnd, theEngine } from "./memory.js";
import { acquire, type Pool, release, retire } from "./pool.js";
import { type Regions, regionsOf } from "./regions.js";
import { bytesToPlace, sendable } from "./sendable.js";
import type { Control, Outcome } from "./task.js";
import type { ThreadLimits, Threads } from "./threads.js";
import { limitScratch, type Region, watchingMemory } from "./workspace.js";

/** What the main thread's own calls have at least, while tasks run. */
const ownBytes = 2 ** 30;

/** A task is begun twice; so many threads may be lost before they began it. */
const mostUnbegun = 16;

/** Work that a worker thread and the main thread do alike. */
export interface Work<R> {
  /** Name of the worker's function. */
  readonly task: string;
  /** Address of the module that exports it, where that is not the job's; it begins with `startInThread` as well. */
  readonly file?: string;
  /** What it is given: plain objects, arrays, maps and typed arrays. */
  readonly message: unknown;
  /** Bytes of scratch space that it is likely to need. */
  readonly scratch: number;
  /** The same work on this thread. */
  readonly here: () => R;
}

export interface Job {
  /** Runs work on one of the job's threads, which start with the first. @throws what the work throws, or Error */
  run<R>(work: Work<R>): Promise<R>;
  /** Starts its threads, if there are none. @throws Error when they cannot be started */
  start(): Promise<void>;
  /** Runs work on this thread, with all of the memory if it needs it. */
  here<R>(work: () => R): Promise<R>;
  /** Gives up what still runs, and lets go of the threads. */
  end(): void;
}

let regions: Regions | undefined;

/** Those of this process. */
export function theRegions(): Regions {
  regions ??= regionsOf(ownBytes, memoryEnd, limitScratch);
  return regions;
}

/** A task whose thread is gone. */
interface Lost {
  readonly is: "lost";
  readonly begun: boolean;
  readonly error: unknown;
}

/**
 * Begins a job on `size` threads.
 *
 * @param file  address of the module that exports the tasks
 */
export function startJob(file: string, size: number, limits: ThreadLimits = {}): Job {
  const running = new Set<Control>();
  const turn = limiter(size);
  let pool: Pool | null = null;
  let ended = false;

  const letGo = (): void => {
    if (pool) release(pool);
    pool = null;
  };

  const threadsOf = async (): Promise<Threads> => {
    pool ??= acquire(file, size, limits);
    const mine = pool;
    const threads = await mine.threads;
    if (!threads.dead() || ended) return threads;
    retire(mine);
    if (pool === mine) letGo();
    return threadsOf();
  };

  const attempt = async ({ task, message, file: from }: Work<unknown>, region: Region): Promise<Outcome | Lost> => {
    const control: Control = { begun: word(), cancelled: word() };
    let exited: Promise<void> | undefined;
    running.add(control);
    try {
      const { sent, end } = sendable(message, region, theEngine());
      return await turn(async () => {
        if (ended) return { is: "cancelled" };
        const threads = await threadsOf();
        if (ended) return { is: "cancelled" };
        try {
          const envelope = { control, region: { start: end, end: region.end }, sent };
          return (await threads.run(task, envelope, from)) as Outcome;
        } catch (error) {
          // A thread that has begun may go on for a while, and one that has not must not begin.
          const begun = Atomics.compareExchange(control.begun, 0, 0, -1);
          if (begun > 0) exited = threads.exited(begun - 1);
          return { is: "lost", begun: begun > 0, error };
        }
      });
    } finally {
      running.delete(control);
      if (exited) void exited.then(() => theRegions().free(region));
      else theRegions().free(region);
    }
  };

  return {
    async run(work) {
      const { capacity } = theRegions();
      const inputs = bytesToPlace(work.message);
      let bytes = Math.min(inputs + work.scratch, capacity);
      for (let failures = 0; inputs < capacity; ) {
        const outcome = await attempt(work, await theRegions().take(bytes));
        if (outcome.is === "done") return outcome.result as ReturnType<typeof work.here>;
        if (ended || outcome.is === "cancelled") throw new Error("smirnov: the work was given up");
        if (outcome.is === "error") {
          const { error, own } = outcome;
          throw error instanceof Error ? Object.assign(error, own) : error;
        }
        if (outcome.is === "memory") {
          if (bytes === capacity) break;
          bytes = Math.min(2 * bytes, capacity);
        } else {
          const before = outcome.is === "lost" && !outcome.begun;
          failures += before ? 1 : mostUnbegun / 2;
          if (failures < mostUnbegun) continue;
          const { message } = outcome.error as Error;
          throw new Error(`smirnov: a task failed on two threads: ${message}`, { cause: outcome.error });
        }
      }
      return theRegions().takeAll(work.here);
    },
    async start() {
      await threadsOf();
    },
    async here(work) {
      const found = watchingMemory(work);
      return found.ranOut ? theRegions().takeAll(work) : found.result;
    },
    end() {
      ended = true;
      for (const { cancelled } of running) Atomics.store(cancelled, 0, 1);
      letGo();
    },
  };
}

function word(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4));
}

/** Runs at most so many at a time, the others in their order. */
function limiter(most: number): <R>(work: () => Promise<R>) => Promise<R> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}

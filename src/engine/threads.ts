/**
 * Worker threads in one memory, run by Piscina, which is loaded on first use. What its callers may rely on: a task ends or
 * fails, whatever happens to its thread; a lost thread is replaced; nothing here keeps a process alive.
 */
import type { Worker } from "node:worker_threads";
import { theShared } from "./memory.js";
import type { ThreadData } from "./task.js";

export interface Threads {
  readonly size: number;
  /** No thread is left, and none will start by itself. */
  readonly dead: () => boolean;
  /** Runs an exported function of the worker's file, or of another one. @throws Error when its thread was lost, or nothing can be sent */
  run(name: string, message: unknown, from?: string): Promise<unknown>;
  /** Waits until a thread does nothing any more. */
  exited(threadId: number): Promise<void>;
  /** Ends all threads, whatever they do, and waits until they have ended. */
  end(): Promise<void>;
  /** For tests of what happens when threads are lost. */
  workers(): readonly { readonly threadId: number; terminate(): Promise<number> }[];
}

/** Bytes of JavaScript heap, in MiB, that a thread may have; Node's default if not given. */
export interface ThreadLimits {
  readonly maxOldGenerationSizeMb?: number;
}

/**
 * Starts threads.
 *
 * @param file  address of a module that exports the tasks, and as `ready` what `startInThread` returned
 * @throws Error when they cannot be started
 */
export async function startThreads(file: string, size: number, limits: ThreadLimits = {}): Promise<Threads> {
  const { Piscina } = await import("piscina");
  const workerData: ThreadData = { smirnov: theShared() };
  const piscina = orFail(
    () =>
      new Piscina({
        filename: new URL("./thread.cjs", import.meta.url).href,
        minThreads: size,
        maxThreads: size,
        idleTimeout: Number.POSITIVE_INFINITY,
        // Not those of the process: loaders and input types are none of a worker's.
        execArgv: [],
        resourceLimits: limits,
        recordTiming: false,
        workerData,
      }),
  );
  const exits = new Map<number, Promise<void>>();
  const watched = new WeakSet<Worker>();
  const waiting = new Set<(error: Error) => void>();
  let cause: unknown;
  /** Piscina never settles what waits in its queue when the last thread fails to start. */
  const look = (): void => {
    for (const worker of piscina.threads) {
      if (watched.has(worker)) continue;
      watched.add(worker);
      const { threadId } = worker;
      const exit = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
      exits.set(threadId, exit);
      void exit.then(() => {
        exits.delete(threadId);
        look();
      });
    }
    if (piscina.threads.length > 0) return;
    for (const fail of waiting) fail(new Error("no thread is left", { cause }));
    waiting.clear();
  };
  piscina.on("error", (error: unknown) => {
    cause = error;
    look();
  });
  const run = async (name: string, message: unknown, from = file): Promise<unknown> => {
    let fail: (error: Error) => void = () => {};
    const lost = new Promise<never>((_, reject) => {
      fail = reject;
    });
    waiting.add(fail);
    try {
      const running = piscina.run({ file: from, name, message });
      look();
      return await Promise.race([running, lost]);
    } catch (error) {
      cause ??= error;
      throw error;
    } finally {
      waiting.delete(fail);
      look();
    }
  };
  const end = async (): Promise<void> => {
    const all = [...exits.values()];
    await piscina.destroy();
    await Promise.all(all);
  };
  look();
  try {
    await run("ready", null);
  } catch (error) {
    await end();
    throw notStarted(error);
  }
  return {
    size,
    dead: () => piscina.threads.length === 0,
    run,
    exited: async (threadId) => {
      await exits.get(threadId);
    },
    end,
    workers: () => piscina.threads,
  };
}

/** Where no thread may be started, the first one already throws. */
function orFail<R>(start: () => R): R {
  try {
    return start();
  } catch (error) {
    throw notStarted(error);
  }
}

function notStarted(cause: unknown): Error {
  const { message } = cause as Error;
  return new Error(`smirnov: threads could not be started: ${message} (threads: 1 needs none)`, { cause });
}

/** A task as a worker thread sees it: what arrives, what it is run in, what goes back. */
import { isMainThread, threadId, workerData } from "node:worker_threads";
import { Cancelled, cancelledBy, cancelledByLong } from "./cancel.js";
import { adoptShared, type Shared, theEngine } from "./memory.js";
import { received } from "./sendable.js";
import { type Region, type Watched, watchingMemory, withinRegion, withinRegionLong } from "./workspace.js";

/**
 * Two words that both threads see. The first is 0 until the task is begun, then one more than the number of its thread, or
 * -1 when it may no longer be begun. The second is 0 until the task is no longer wanted.
 */
export interface Control {
  readonly begun: Int32Array;
  readonly cancelled: Int32Array;
}

export interface Envelope {
  readonly control: Control;
  /** Where the task's scratch space lies: behind what was placed for it. */
  readonly region: Region;
  readonly sent: unknown;
}

/** How a task ended, if it did not take its thread with it. */
export type Outcome =
  | { readonly is: "done"; readonly result: unknown }
  | { readonly is: "memory" }
  | { readonly is: "cancelled" }
  /** What another thread could not do better, and beside it those of an error's properties that are lost on the way. */
  | { readonly is: "error"; readonly error: unknown; readonly own: object }
  /** A trap in a kernel: never the data's fault. */
  | { readonly is: "trap"; readonly error: unknown };

/** What `workerData` of our threads looks like. */
export interface ThreadData {
  readonly smirnov: Shared;
}

/** First thing in a worker's file: the thread works in the memory of those who started it. Returns what a probe asks. */
export function startInThread(): () => boolean {
  const data = workerData as Partial<ThreadData> | null;
  if (!isMainThread && data?.smirnov) adoptShared(data.smirnov);
  return () => true;
}

/** A function as a worker runs it: it gets what was sent, and only its region of the memory. */
export function asTask<M, R>(work: (message: M) => R): (envelope: Envelope) => Outcome {
  return ({ control, region, sent }) => {
    if (!mayBegin(control)) return { is: "cancelled" };
    try {
      const message = received(sent, theEngine()) as M;
      const run = () => withinRegion(region, () => watchingMemory(() => work(message)));
      return outcomeOf(cancelledBy(control.cancelled, run));
    } catch (error) {
      return outcomeOfError(error);
    }
  };
}

/** The same of work that waits in between: a whole comparison. Its thread is given nothing else meanwhile. */
export function asLongTask<M, R>(work: (message: M) => Promise<R>): (envelope: Envelope) => Promise<Outcome> {
  return async ({ control, region, sent }) => {
    if (!mayBegin(control)) return { is: "cancelled" };
    try {
      const message = received(sent, theEngine()) as M;
      const run = () => withinRegionLong(region, () => work(message));
      return outcomeOf(await cancelledByLong(control.cancelled, run));
    } catch (error) {
      return outcomeOfError(error);
    }
  };
}

function mayBegin({ begun }: Control): boolean {
  return Atomics.compareExchange(begun, 0, 0, threadId + 1) === 0;
}

function outcomeOf(found: Watched<unknown>): Outcome {
  return found.ranOut ? { is: "memory" } : { is: "done", result: found.result };
}

function outcomeOfError(error: unknown): Outcome {
  if (error instanceof Cancelled) return { is: "cancelled" };
  if (error instanceof WebAssembly.RuntimeError) return { is: "trap", error };
  return { is: "error", error, own: error instanceof Error ? { ...error } : {} };
}

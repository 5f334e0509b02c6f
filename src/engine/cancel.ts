/** Work on a worker thread ends early when the main thread no longer wants it: a word in shared memory says so. */

/** A task was given up. */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
}

let flag: Int32Array | null = null;

/** Runs `work` under a word that is 0 until the work is no longer wanted. */
export function cancelledBy<R>(word: Int32Array, work: () => R): R {
  const before = flag;
  flag = word;
  try {
    return work();
  } finally {
    flag = before;
  }
}

/** The same of work that waits in between, on a thread that does nothing else meanwhile. */
export async function cancelledByLong<R>(word: Int32Array, work: () => Promise<R>): Promise<R> {
  const before = flag;
  flag = word;
  try {
    return await work();
  } finally {
    flag = before;
  }
}

/** @throws Cancelled when this thread's task is no longer wanted; does nothing on the main thread */
export function throwIfCancelled(): void {
  if (flag !== null && Atomics.load(flag, 0) !== 0) throw new Cancelled("smirnov: the task was cancelled");
}

/**
 * The worker threads of this process. They start with the first job that needs them, are used by all jobs, and are
 * replaced by more where a job asks for more, or where none is left.
 */
import { startThreads, type ThreadLimits, type Threads } from "./threads.js";

/** Threads, and how many jobs use them. */
export interface Pool {
  readonly file: string;
  readonly size: number;
  readonly threads: Promise<Threads>;
  jobs: number;
  /** Called when the last job has let go of threads that no other will get. */
  unused: () => void;
}

let current: Pool | null = null;
const ending = new Set<Promise<void>>();

/**
 * Threads for a job, until it releases them: those there are, if they are enough.
 *
 * @param file  address of the module that exports the tasks
 */
export function acquire(file: string, size: number, limits: ThreadLimits = {}): Pool {
  if (current?.file !== file || current.size < size) {
    retire();
    const own: Pool = { file, size, threads: startThreads(file, size, limits), jobs: 0, unused: () => {} };
    // Those who wait for them are told; who asks next gets others.
    own.threads.catch(() => {
      if (current === own) current = null;
    });
    current = own;
  }
  current.jobs++;
  return current;
}

export function release(pool: Pool): void {
  pool.jobs--;
  if (pool.jobs === 0) pool.unused();
}

/** No other job gets these threads; they end when nobody uses them. */
export function retire(pool: Pool | null = current): void {
  if (pool === null || pool !== current) return;
  current = null;
  const unused = new Promise<void>((resolve) => {
    pool.unused = resolve;
  });
  if (pool.jobs === 0) pool.unused();
  const ended = unused.then(() => pool.threads).then((threads) => threads.end());
  const settled = ended.catch(() => {});
  ending.add(settled);
  void settled.then(() => ending.delete(settled));
}

/**
 * Ends the worker threads, once the comparisons that use them are through, and gives back what they hold. Nobody needs to
 * call this: threads with nothing to do never keep a process alive. Whatever is compared later starts threads anew.
 */
export async function closeThreads(): Promise<void> {
  retire();
  await Promise.all(ending);
}

/** The threads that the next job would get, for tests of what happens when they are lost. */
export async function threadsInUse(): Promise<Threads | null> {
  return (await current?.threads) ?? null;
}

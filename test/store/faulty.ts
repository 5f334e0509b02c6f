/** A store over another one that can be told to fail, and remembers in which order runs came. */
import type { MetricStore, RunRecord } from "../../dist/store/metric-store.js";

export interface FaultyStore extends MetricStore {
  /** Called before each run is written, and after: what it throws is what the caller sees. */
  before: (run: RunRecord) => void | Promise<void>;
  after: (run: RunRecord) => void | Promise<void>;
  /** Ids in the order in which they were written. */
  readonly order: readonly string[];
}

export function faulty(store: MetricStore): FaultyStore {
  const order: string[] = [];
  return {
    ...store,
    order,
    before() {},
    after() {},
    async record(run) {
      await this.before(run);
      await store.record(run);
      order.push(run.id);
      await this.after(run);
    },
  };
}

export function lostConnection(): Error {
  return Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:5432"), { code: "ECONNREFUSED" });
}

/** Waits until it holds. */
export async function until(holds: () => boolean, milliseconds = 60_000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`still not after ${milliseconds} ms: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

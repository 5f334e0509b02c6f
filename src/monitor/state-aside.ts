/** Writes a monitor's state on a worker thread: the calling one only tells where rows lie. */
import { apart, type FixedReferences } from "./fixed-references.js";
import type { PlainState, StateParts } from "./state.js";
import { stateBytes } from "./state.js";
import { sharedTableBytes } from "./state-task.js";
import { startWindowJob } from "./window-job.js";

/**
 * @param state  of this moment: what the monitor changes later is not in the bytes
 * @param whole  nothing is apart
 */
export async function stateAside(
  state: Omit<PlainState, "references">,
  references: FixedReferences,
  threads: number | undefined,
  whole: boolean,
): Promise<StateParts> {
  // Rows are in shared memory, and stay where they are.
  const own = structuredClone(state);
  const job = startWindowJob(threads);
  try {
    const saved = await references.stateBy((table) => job.write("table", table, sharedTableBytes));
    const { tables, others } = whole ? { tables: new Map(), others: saved } : apart(saved);
    return { state: await job.write("state", { ...own, references: others }, stateBytes), references: tables };
  } finally {
    job.end();
  }
}

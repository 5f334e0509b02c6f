/** Writes a monitor's state on a worker thread: the calling one only tells where rows lie. */
import type { FixedReferences } from "./fixed-references.js";
import type { PlainState } from "./state.js";
import { sharedStateBytes, sharedTableBytes } from "./state-task.js";
import { startWindowJob } from "./window-job.js";

/** @param state  of this moment: what the monitor changes later is not in the bytes */
export async function stateAside(
  state: Omit<PlainState, "references">,
  references: FixedReferences,
  threads: number | undefined,
): Promise<Uint8Array> {
  // Rows are in shared memory, and stay where they are.
  const own = structuredClone(state);
  const job = startWindowJob(threads);
  try {
    const saved = await references.stateBy((table) => job.write("table", table, sharedTableBytes));
    return await job.write("state", { ...own, references: saved }, sharedStateBytes);
  } finally {
    job.end();
  }
}

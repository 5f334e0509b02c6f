/** Windows are looked at on worker threads: one task of one thread each, so that the calling thread only sends and receives. */
import type { Table } from "../column/column.js";
import { costOf } from "../drift/column-cost.js";
import { worker } from "../drift/in-parallel.js";
import { startJob } from "../engine/job.js";
import { threadsWanted } from "../engine/threads-wanted.js";
import {
  type SentReference,
  type WindowFindings,
  type WindowOutcome,
  type WindowTask,
  windowOutcome,
} from "./window-task.js";

/** Beside this file, compiled and bundled alike. */
const file = new URL("./monitor-worker.js", import.meta.url).href;

export interface WindowJob {
  /** @throws Error where threads were lost again and again */
  run(task: WindowTask, kept: SentReference | null): Promise<WindowFindings>;
  /** Gives up what still runs. */
  end(): void;
}

/** One of the cores is left to the calling thread, where there are several. */
export function startWindowJob(threads: number | undefined): WindowJob {
  const job = startJob(worker, threads ?? Math.max(1, threadsWanted(undefined) - 1));
  const once = async (task: WindowTask): Promise<WindowOutcome> => {
    const started = await job.start().then(
      () => true,
      () => false,
    );
    // Where no thread may be started, and where a window needs all of the memory.
    if (!started) return windowOutcome(task);
    const done = await job.run<WindowOutcome | null>({
      task: "window",
      file,
      message: task,
      scratch: scratchOf(task),
      here: () => null,
    });
    return done ?? windowOutcome(task);
  };
  const withValue = (task: WindowTask, value: SentReference | null): WindowTask =>
    task.reference?.is === "kept" ? { ...task, reference: { ...task.reference, value } } : task;
  return {
    async run(task, kept) {
      const found = await once(task);
      if (found.is === "done") return found;
      const again = await once(withValue(task, kept));
      if (again.is === "done") return again;
      throw new Error("Monitor: a thread does not know the reference that it was sent");
    },
    end: () => job.end(),
  };
}

/** The most that any column needs: they are looked at one after the other. */
function scratchOf({ window, reference }: WindowTask): number {
  const tables: readonly (Table | null)[] = [window, reference?.is === "rows" ? reference.table : null];
  const names = new Set(tables.flatMap((table) => [...(table?.columns.keys() ?? [])]));
  const costs = [...names].map((name) => costOf(tables.map((table) => table?.columns.get(name))).memory);
  return Math.max(2 ** 25, ...costs);
}

/** Windows are looked at on worker threads: one task of one thread each, so that the calling thread only sends and receives. */
import type { Table } from "../column/column.js";
import { costOf } from "../drift/column-cost.js";
import { worker } from "../drift/in-parallel.js";
import { startJob } from "../engine/job.js";
import { threadsWanted } from "../engine/threads-wanted.js";
import { type QualityFindings, type QualityTask, qualityFindings } from "./quality-task.js";
import { receivedReport } from "./sent-report.js";
import {
  type SentFindings,
  type SentReference,
  type WindowFindings,
  type WindowOutcome,
  type WindowTask,
  windowOutcome,
} from "./window-task.js";

/** Beside this file, compiled and bundled alike. */
const file = new URL("./monitor-worker.js", import.meta.url).href;

export interface WindowJob {
  /** @param kept  what a thread is sent that does not know it yet. @throws Error where threads were lost again and again */
  compare(task: WindowTask, kept: SentReference | null): Promise<WindowFindings>;
  judge(task: QualityTask): Promise<QualityFindings>;
  /** What a task of `state-task.ts` makes of a message. */
  write<M>(task: "state" | "table", message: M, here: (message: M) => Uint8Array): Promise<Uint8Array>;
  /** Gives up what still runs. */
  end(): void;
}

/** One of the cores is left to the calling thread, where there are several. */
export function startWindowJob(threads: number | undefined): WindowJob {
  const job = startJob(worker, threads ?? Math.max(1, threadsWanted(undefined) - 1));
  const onThread = async <M, R>(task: string, message: M, tables: Tables, here: (message: M) => Promise<R>) => {
    const started = await job.start().then(
      () => true,
      () => false,
    );
    // Where no thread may be started, and where a window needs all of the memory.
    if (!started) return here(message);
    const scratch = scratchOf(tables);
    const done = await job.run<R | null>({ task, file, message, scratch, here: () => null });
    return done ?? here(message);
  };
  const once = (task: WindowTask): Promise<WindowOutcome> =>
    onThread("window", task, [task.window, task.reference?.is === "rows" ? task.reference.table : null], windowOutcome);
  return {
    async compare(task, kept) {
      const found = await once(task);
      if (found.is === "done") return received(found);
      const reference = task.reference?.is === "kept" ? { ...task.reference, value: kept } : task.reference;
      const again = await once({ ...task, reference });
      if (again.is === "done") return received(again);
      throw new Error("Monitor: a thread does not know the reference that it was sent");
    },
    judge: (task) => onThread("quality", task, [task.labelled.table, task.reference], qualityFindings),
    write: (task, message, here) => onThread(task, message, [], async (own) => here(own)),
    end: () => job.end(),
  };
}

async function received(found: SentFindings): Promise<WindowFindings> {
  return { ...found, report: found.report && (await receivedReport(found.report)) };
}

type Tables = readonly (Table | null)[];

/** The most that any column needs: they are looked at one after the other. */
function scratchOf(tables: Tables): number {
  const names = new Set(tables.flatMap((table) => [...(table?.columns.keys() ?? [])]));
  const costs = [...names].map((name) => costOf(tables.map((table) => table?.columns.get(name))).memory);
  return Math.max(2 ** 25, ...costs);
}

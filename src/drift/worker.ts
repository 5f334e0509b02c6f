/** What worker threads run: the file that is started as a thread. */
import type { Column } from "../column/column.js";
import { countDuplicates } from "../engine/duplicates.js";
import { asTask, startInThread } from "../engine/task.js";
import { profileColumn } from "../profile/profile-column.js";
import { storedFrom } from "../read/stored-chunks.js";
import { type ColumnTask, evidentlyReportOf, findingsOf } from "./column-task.js";
import { columnQuality } from "./quality/column-quality.js";
import { hashRange, hashStream, type StreamTask } from "./quality/row-quality.js";
import type { ToldColumn } from "./told-columns.js";

/** A column that was told of, as it was. */
function heard<C>(column: C): C {
  if (typeof column !== "object" || column === null || !("described" in column)) return column;
  return storedFrom(column as unknown as Omit<Column, "chunks"> & ToldColumn) as C;
}

interface ProfileTask {
  readonly column: Parameters<typeof profileColumn>[0];
  readonly limit: number;
}

export const ready = startInThread();
export const column = asTask((task: ColumnTask) =>
  findingsOf({ ...task, reference: heard(task.reference), current: heard(task.current) }),
);
export const evidently = asTask(evidentlyReportOf);
export const profile = asTask(({ column, limit }: ProfileTask) => profileColumn(heard(column), limit));
export const hashes = asTask(hashRange);
export const stream = asTask(({ columns, rows }: StreamTask) =>
  hashStream({ columns: columns.map(({ column, index }) => ({ column: heard(column), index })), rows }),
);
export const duplicates = asTask(({ hashes }: { readonly hashes: BigUint64Array }) => countDuplicates(hashes));
export const quality = asTask((column: Parameters<typeof columnQuality>[0]) => columnQuality(heard(column)));

/** What worker threads run: the file that is started as a thread. */
import type { Column } from "../column/column.js";
import { countDuplicates } from "../engine/duplicates.js";
import { asTask, startInThread } from "../engine/task.js";
import { profileColumn } from "../profile/profile-column.js";
import { evidentlyReportOf, type HashedTask, hashedFindingsOf } from "./column-task.js";
import { heard } from "./heard-columns.js";
import { type QualityTask, qualityOf } from "./quality/quality-task.js";
import { type HashedInto, hashInto } from "./quality/row-quality.js";

interface ProfileTask {
  readonly column: Parameters<typeof profileColumn>[0];
  readonly limit: number;
}

interface HashTask extends HashedInto {
  readonly column: Column;
}

export const ready = startInThread();
export const column = asTask((task: HashedTask) =>
  hashedFindingsOf({ ...task, reference: heard(task.reference), current: heard(task.current) }),
);
export const evidently = asTask(evidentlyReportOf);
export const profile = asTask(({ column, limit }: ProfileTask) => profileColumn(heard(column), limit));
export const hash = asTask(({ column, ...into }: HashTask) => hashInto(heard(column), into));
export const duplicates = asTask(({ hashes }: { readonly hashes: BigUint64Array }) => countDuplicates(hashes));
export const quality = asTask((task: QualityTask) => qualityOf({ ...task, column: heard(task.column) }));

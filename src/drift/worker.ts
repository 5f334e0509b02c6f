/** What worker threads run: the file that is started as a thread. */
import { asTask, startInThread } from "../engine/task.js";
import { evidentlyReportOf, findingsOf } from "./column-task.js";

export const ready = startInThread();
export const column = asTask(findingsOf);
export const evidently = asTask(evidentlyReportOf);

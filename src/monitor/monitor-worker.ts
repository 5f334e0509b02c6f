/** What a monitor's threads run. */
import { asLongTask, asTask, startInThread } from "../engine/task.js";
import { qualityFindings } from "./quality-task.js";
import { stateBytes } from "./state.js";
import { sharedTableBytes } from "./state-task.js";
import { windowOutcome } from "./window-task.js";

export const ready = startInThread();
export const window = asLongTask(windowOutcome);
export const quality = asLongTask(qualityFindings);
export const state = asTask(stateBytes);
export const table = asTask(sharedTableBytes);

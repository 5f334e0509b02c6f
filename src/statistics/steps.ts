/** Long computations in steps: between two of them others have their turn, progress is told, and a caller may stop. */
import { shown } from "./option-checks.js";

export interface StepOptions {
  /** Called after each step. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  /** Stops between two steps: an AbortSignal, or whatever throws when it is time. */
  readonly signal?: { throwIfAborted(): void };
}

/** @throws TypeError for callbacks that are none */
export function checkedSteps(caller: string, { onProgress, signal }: StepOptions): StepOptions {
  if (onProgress !== undefined && typeof onProgress !== "function") {
    throw new TypeError(`${caller}: onProgress must be a function, got ${shown(onProgress)}`);
  }
  if (signal !== undefined && typeof signal?.throwIfAborted !== "function") {
    throw new TypeError(`${caller}: signal must have a method throwIfAborted, got ${shown(signal)}`);
  }
  return { ...(onProgress ? { onProgress } : {}), ...(signal ? { signal } : {}) };
}

/** Runs `step` for 0, 1, … up to `total` - 1. */
export async function inSteps(
  total: number,
  { onProgress, signal }: StepOptions,
  step: (index: number) => void,
): Promise<void> {
  for (let index = 0; index < total; index++) {
    signal?.throwIfAborted();
    step(index);
    onProgress?.({ done: index + 1, total });
    await new Promise((resolve) => setImmediate(resolve));
  }
}

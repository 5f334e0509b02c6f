/** One line that says what is being done, on a terminal only, and is gone afterwards. */
import { harmless, truncate } from "../render/display-width.js";
import type { Output } from "./terminal.js";

export interface Progress {
  /** Shows a text in place of the one before. */
  show(text: string): void;
  /** Removes it. */
  clear(): void;
}

const eraseLine = "\r\x1b[2K";
const silent: Progress = { show: () => {}, clear: () => {} };

/** A progress line on `output`; silent where that is not a terminal. */
export function progressOn(output: Output, environment: Readonly<Record<string, string | undefined>>): Progress {
  if (!output.isTTY || environment.TERM === "dumb") return silent;
  let shown = false;
  return {
    show: (text) => {
      // One cell is kept free, because a terminal may wrap a line that is full.
      output.write(eraseLine + truncate(harmless(text), (output.columns ?? 80) - 1));
      shown = true;
    },
    clear: () => {
      if (shown) output.write(eraseLine);
      shown = false;
    },
  };
}

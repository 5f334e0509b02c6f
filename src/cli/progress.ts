/** One line that says what is being done, on a terminal only, and is gone afterwards. */
import { harmless, truncate } from "../render/display-width.js";
import type { Output } from "./terminal.js";

export interface Progress {
  /** Shows a text in place of the one before; with a share from 0 to 1 behind a bar. */
  show(text: string, share?: number): void;
  /** Removes it. */
  clear(): void;
}

const eraseLine = "\r\x1b[2K";
const silent: Progress = { show: () => {}, clear: () => {} };
const barWidth = 20;
/** Milliseconds between two lines: writing more often only costs time. */
const rest = 40;

/** A progress line on `output`; silent where that is not a terminal. */
export function progressOn(output: Output, environment: Readonly<Record<string, string | undefined>>): Progress {
  if (!output.isTTY || environment.TERM === "dumb") return silent;
  let shown = false;
  let last = Number.NEGATIVE_INFINITY;
  return {
    show: (text, share) => {
      const now = performance.now();
      if (share !== undefined && share < 1 && now - last < rest) return;
      last = now;
      const line = share === undefined ? text : `${barOf(share)} ${text}`;
      // One cell is kept free, because a terminal may wrap a line that is full.
      output.write(eraseLine + truncate(harmless(line), (output.columns ?? 80) - 1));
      shown = true;
    },
    clear: () => {
      if (shown) output.write(eraseLine);
      shown = false;
    },
  };
}

const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** `███▌      ` */
function barOf(share: number): string {
  const filled = Math.round(Math.min(Math.max(share, 0), 1) * barWidth * 8);
  return `${("█".repeat(filled >> 3) + eighths[filled & 7]!).padEnd(barWidth)}▏`;
}

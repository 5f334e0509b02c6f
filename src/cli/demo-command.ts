/** From the words of a command line to a demo. */
import { UsageError } from "./usage-error.js";
import { countOf, given } from "./values.js";
import type { OptionValues } from "./words.js";

export interface DemoCommand {
  readonly command: "demo";
  /** 0 is any that is free. */
  readonly port: number | undefined;
  /** Ends after so many windows; `undefined`: goes on until it is told to end. */
  readonly windows: number | undefined;
}

const highestPort = 65_535;

/** @throws UsageError in words for the person who typed it */
export function demoCommand(values: OptionValues, files: readonly string[]): DemoCommand {
  if (files.length > 0) throw new UsageError(`demo takes no files, got ${files.join(" ")}`);
  const port = given(values.port, (text) => countOf("port", text, 0));
  if (port !== undefined && port > highestPort) {
    throw new UsageError(`--port must be at most ${highestPort}, got ${port}`);
  }
  return { command: "demo", port, windows: given(values.windows, (text) => countOf("windows", text, 1)) };
}

/** From the words of a command line to a service. */
import { UsageError } from "./usage-error.js";
import { countOf, given } from "./values.js";
import type { OptionValues } from "./words.js";

export interface ServeCommand {
  readonly command: "serve";
  /** A file. */
  readonly config: string;
  readonly host: string | undefined;
  readonly port: number | undefined;
  /** Only say whether the file is right. */
  readonly check: boolean;
}

const highestPort = 65_535;

/** @throws UsageError in words for the person who typed it */
export function serveCommand(values: OptionValues, files: readonly string[]): ServeCommand {
  const { config, host, check = false } = values;
  if (files.length > 0) throw new UsageError(`serve takes no files but --config, got ${files.join(" ")}`);
  if (config === undefined || config === "") throw new UsageError("serve needs --config <file>");
  const port = given(values.port, (text) => countOf("port", text, 0));
  if (port !== undefined && port > highestPort)
    throw new UsageError(`--port must be at most ${highestPort}, got ${port}`);
  return { command: "serve", config, host, port, check };
}

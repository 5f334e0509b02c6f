/** The standard input as a file, because what is read more than once has to lie somewhere. */
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { UsageError } from "./usage-error.js";

let copy: string | undefined;

/** A message as the person knows its files: a copy of the standard input is that. */
export function withoutCopy(message: string): string {
  return copy === undefined ? message : message.replaceAll(copy, "the standard input");
}

/**
 * Copies a stream to a file that is gone when the process ends.
 *
 * @returns the file's path
 * @throws UsageError for a terminal, where nobody types a table
 */
export async function standardInput(input: Readable & { readonly isTTY?: boolean } = process.stdin): Promise<string> {
  if (input.isTTY) throw new UsageError("- is the standard input, and nothing is piped into it");
  const folder = mkdtempSync(join(tmpdir(), "smirnov-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "standard input");
  copy = path;
  await pipeline(input, createWriteStream(path, { mode: 0o600 }));
  return path;
}

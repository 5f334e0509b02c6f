/** Runs that a database will never take: kept in files of their own, so that nobody waits behind them. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunRecord } from "./metric-store.js";
import { keyOf } from "./run-key.js";

/** @returns the path of the file: JSON with the error and the run */
export async function setAside(folder: string, run: unknown, error: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const { id = "" } = (run ?? {}) as Partial<RunRecord>;
  const time = new Date().toISOString().replaceAll(":", "-");
  const path = join(folder, `${time}-${keyOf(String(id))}.json`);
  await writeFile(path, `${JSON.stringify({ error, run }, null, 2)}\n`, { flush: true });
  return path;
}

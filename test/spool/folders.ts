/** Folders of spools that tests make, and what is in them. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Spool, SpoolRecord } from "../../src/spool/spool.ts";

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "smirnov-spool-"));
  made.push(folder);
  return folder;
}

export const filesOf = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".spool"))
    .sort();

export async function recordsOf(spool: Spool, after?: number): Promise<SpoolRecord[]> {
  const records: SpoolRecord[] = [];
  for await (const record of spool.read(after)) records.push(record);
  return records;
}

export const textsOf = async (spool: Spool, after?: number) =>
  (await recordsOf(spool, after)).map(({ bytes }) => Buffer.from(bytes).toString());

export const text = (value: string) => new TextEncoder().encode(value);

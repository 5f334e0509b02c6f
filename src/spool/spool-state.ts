/** The small file beside the records: what was released, and what is known to be on the disk. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { replaceFile } from "./segment-files.js";
import { SpoolDamaged } from "./spool-errors.js";

const entry = "spool.json";

export interface SpoolState {
  readonly released: number;
  /** When the file was written, at each release and when the spool was closed. */
  readonly durable: number;
}

/** Zeros where there is none. */
export async function readState(folder: string): Promise<SpoolState> {
  const path = join(folder, entry);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return { released: 0, durable: 0 };
  try {
    const { released, durable }: Partial<SpoolState> = JSON.parse(text);
    if (isCount(released) && isCount(durable)) return { released, durable };
  } catch {
    // Told below.
  }
  const remedy = "Remove it: all records that are still there are then read again";
  throw new SpoolDamaged(path, 0, "it is not what a spool writes", remedy);
}

export const writeState = (folder: string, { released, durable }: SpoolState) =>
  replaceFile(folder, entry, `${JSON.stringify({ released, durable })}\n`);

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

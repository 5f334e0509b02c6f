/**
 * Room on the disk that is kept for what makes more of it: a disk that records have filled can still be released from, and its
 * spool be closed and opened again.
 */
import { randomBytes } from "node:crypto";
import { stat, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

const entry = "reserve";
/** Some blocks: a new file, a small one that is replaced, and a lock. */
const size = 32 * 1024;

/** Does the work again, without the reserve, where the disk is full. */
export async function withReserve<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isFull = ["ENOSPC", "EDQUOT"].includes(String((error as NodeJS.ErrnoException).code));
    if (!isFull || !(await taken(folder))) throw error;
    return work();
  }
}

async function taken(folder: string): Promise<boolean> {
  return unlink(join(folder, entry)).then(
    () => true,
    () => false,
  );
}

/** Sees to it that there is one. Where the disk has no room the next try may find some. */
export async function keepReserve(folder: string): Promise<void> {
  const path = join(folder, entry);
  const known = await stat(path).catch(() => null);
  if (known?.size === size) return;
  // Disks that compress would keep no room for zeros.
  await writeFile(path, randomBytes(size), { mode: 0o600, flush: true }).catch(() => unlink(path).catch(() => {}));
}

/** The files of a spool: their names, how they are begun, and what they say of themselves. */
import { randomInt } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, rename, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type FileHeader, fileHeader, fileHeaderBytes, readFileHeader } from "./frame.js";
import { readAll } from "./frame-reader.js";
import { SpoolDamaged } from "./spool-errors.js";

export interface Segment extends FileHeader {
  readonly path: string;
  /** Of the file, its header included. */
  size: number;
}

const name = /^(\d{20})\.spool$/;
const unfinished = ".new";

export const pathOf = (folder: string, first: number) => join(folder, `${String(first).padStart(20, "0")}.spool`);

/** Takes away files that were never finished. @returns the others, in order */
export async function segmentsIn(folder: string): Promise<Segment[]> {
  const segments: Segment[] = [];
  for (const entry of (await readdir(folder)).sort()) {
    const path = join(folder, entry);
    if (entry.endsWith(unfinished)) await unlink(path);
    const [, first] = name.exec(entry) ?? [];
    if (first !== undefined) segments.push(await readSegment(path, Number(first)));
  }
  return segments;
}

/** For nobody else's eyes. */
export async function makeFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (made !== undefined) await syncFolder(dirname(made));
}

async function readSegment(path: string, first: number): Promise<Segment> {
  const file = await open(path, "r");
  try {
    const header = readFileHeader(await readAll(file, 0, fileHeaderBytes));
    if (header?.first === first) return { ...header, path, size: (await file.stat()).size };
    const found = header ? `it says that it begins with record ${header.first}` : "it does not begin as such files do";
    throw new SpoolDamaged(path, 0, found, "Restore it from a copy, under the name that it had");
  } finally {
    await file.close();
  }
}

/** A new file, on the disk with its name when this returns: a header is never cut by a crash. */
export async function beginSegment(folder: string, first: number): Promise<{ segment: Segment; file: FileHandle }> {
  const path = pathOf(folder, first);
  const header = { first, salt: randomInt(2 ** 32) };
  const file = await open(path + unfinished, "w+", 0o600);
  try {
    await writeAll(file, fileHeader(header), 0);
    await file.sync();
    await rename(path + unfinished, path);
    await syncFolder(folder);
  } catch (error) {
    await file.close();
    // One that nobody writes to would hide what is appended to the file before.
    for (const left of [path, path + unfinished]) await unlink(left).catch(() => {});
    throw error;
  }
  return { segment: { ...header, path, size: fileHeaderBytes }, file };
}

export async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
  }
}

/** Buffers that a system writes in one go. */
const together = 512;

/** Writes buffers one after the other. */
export async function writeEach(file: FileHandle, buffers: readonly Uint8Array[], at: number): Promise<void> {
  let end = at;
  for (let from = 0; from < buffers.length; from += together) {
    const some = buffers.slice(from, from + together);
    let { bytesWritten: done } = await file.writev(some, end);
    // Where a write was cut short, the rest follows.
    for (const buffer of some) {
      if (done < buffer.length) await writeAll(file, buffer.subarray(done), end + done);
      done = Math.max(0, done - buffer.length);
      end += buffer.length;
    }
  }
}

/** Names are on the disk when their folder is. Windows cannot, and need not. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Replaces a small file as a whole: after a crash it is the old one or the new one. */
export async function replaceFile(folder: string, entry: string, text: string): Promise<void> {
  const path = join(folder, entry);
  const file = await open(path + unfinished, "w", 0o600);
  try {
    await writeAll(file, Buffer.from(text), 0);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(path + unfinished, path);
  await syncFolder(folder);
}

/**
 * `openSpool`: an append-only log in files of a folder.
 *
 * Files are named after the sequence of their first record. Only the last file is written to, and a file is on the disk before
 * the next is begun, so only the last one can end in a write that a crash cut. What is cut there is told from damage by what
 * is known to have been on the disk: see `frame.ts`.
 */
import { resolve } from "node:path";
import { lock } from "./lock.js";
import { openSegments } from "./open-segments.js";
import { keepReserve, withReserve } from "./reserve.js";
import { makeFolder } from "./segment-files.js";
import type { Spool, SpoolOptions, SyncPolicy } from "./spool.js";
import { WrittenSpool } from "./written-spool.js";

const names: readonly string[] = ["sync", "fileBytes", "maximumBytes", "after"] satisfies (keyof SpoolOptions)[];

/**
 * Opens a spool; makes the folder where there is none.
 *
 * @param folder of the spool alone
 * @throws SpoolLocked while another process has it open, SpoolDamaged where bytes are not what was written (file and offset
 *   are named, and what to do), TypeError and RangeError for options
 */
export async function openSpool(folder: string, options: SpoolOptions = {}): Promise<Spool> {
  if (typeof folder !== "string" || folder === "") throw new TypeError(`openSpool: needs the path of a folder`);
  const { sync, fileBytes, maximumBytes, after } = checkedOptions(options);
  const path = resolve(folder);
  await makeFolder(path);
  const held = await withReserve(path, () => lock(path));
  try {
    const opened = await withReserve(path, () => openSegments(path, held.processDied, after));
    await keepReserve(path);
    return new WrittenSpool(path, opened, held, sync, Math.min(fileBytes, Math.ceil(maximumBytes / 8)), maximumBytes);
  } catch (error) {
    await held.release();
    throw error;
  }
}

function checkedOptions(options: SpoolOptions): Required<SpoolOptions> {
  if (typeof options !== "object" || options === null) throw new TypeError("openSpool: options must be an object");
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(`openSpool: there is no option ${JSON.stringify(unknown)}, but ${names.join(", ")}`);
  }
  const { sync = "always", fileBytes = 64 * 2 ** 20, maximumBytes = 4 * 2 ** 30, after = 0 } = options;
  checkSync(sync);
  checkCount("fileBytes", fileBytes, 1024);
  checkCount("maximumBytes", maximumBytes, 1024);
  checkCount("after", after, 0);
  return { sync, fileBytes, maximumBytes, after };
}

function checkCount(name: string, value: number, least: number): void {
  if (typeof value !== "number") throw new TypeError(`openSpool: ${name} must be a number, got ${typeof value}`);
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new RangeError(`openSpool: ${name} must be a whole number of at least ${least}, got ${value}`);
}

function checkSync(sync: SyncPolicy): void {
  if (sync === "always" || sync === "never") return;
  if (typeof sync === "number" && sync > 0 && sync <= 2 ** 31 - 1) return;
  const message = `openSpool: sync must be "always", "never" or milliseconds above 0, got ${JSON.stringify(sync)}`;
  throw typeof sync === "number" ? new RangeError(message) : new TypeError(message);
}

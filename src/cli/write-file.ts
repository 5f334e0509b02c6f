/** Files that results go to: checked before anything is read, written whole or not at all. */
import { randomBytes } from "node:crypto";
import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { filesLike, isPattern } from "../read/glob.js";
import { UsageError } from "./usage-error.js";

/** Where a result goes, and the option that said so. */
export interface Target {
  readonly option: string;
  /** A file, or `-` for the standard output. */
  readonly path: string;
}

/** @throws UsageError for a file that cannot be written, that is read, or that is to be written twice */
export function checkTargets(targets: readonly Target[], inputs: readonly string[]): void {
  const files = targets.filter(({ path }) => path !== "-");
  const read = new Set(inputs.filter((name) => name !== "-").flatMap(filesOf));
  const written = new Map<string, string>();
  for (const { option, path } of files) {
    const folder = dirname(path);
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      throw new UsageError(`--${option} ${path}: there is no folder ${folder}`);
    }
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
      throw new UsageError(`--${option} ${path} is a folder`);
    const place = placeOf(path);
    if (read.has(place)) throw new UsageError(`--${option} ${path} would overwrite what is read`);
    const other = written.get(place);
    if (other !== undefined) throw new UsageError(`--${other} and --${option} both write ${path}`);
    written.set(place, option);
  }
}

function filesOf(name: string): string[] {
  return (isPattern(name) ? filesLike(name) : [name]).map(placeOf);
}

/** One name for a file, whatever path leads to it. */
function placeOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

/**
 * Writes a file beside its place and puts it there when it is complete: who reads it never sees half of it, and what was
 * there stays if anything fails. Devices and pipes are written as they are.
 *
 * @throws Error that names the option and the file
 */
export function writeWhole({ option, path }: Target, content: string | Uint8Array): void {
  const place = placeOf(path);
  const found = statSync(place, { throwIfNoEntry: false });
  const draft = found && !found.isFile() ? place : `${place}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    writeFileSync(draft, content);
    if (draft !== place) renameSync(draft, place);
  } catch (error) {
    if (draft !== place) rmSync(draft, { force: true });
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new Error(`--${option} ${path} cannot be written: ${code === "" ? message : code}`, { cause: error });
  }
}

/** What a name on the command line stands for: a profile, or a table. */
import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import type { Column, Table } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import { chunksInMemory } from "../engine/in-memory.js";
import { magic } from "../profile/byte-layout.js";
import { fromBytes } from "../profile/from-bytes.js";
import { fromJson } from "../profile/json.js";
import { merge } from "../profile/merge.js";
import type { Profile } from "../profile/profile.js";
import { filesLike, isPattern } from "../read/glob.js";
import { type OpenOptions, openTable } from "../read/open-table.js";
import { type ReadOptions, readTable } from "../read/read-table.js";
import { standardInput } from "./standard-input.js";
import { UsageError } from "./usage-error.js";

export interface ReadSettings {
  /** Only these columns, where all are there: one that is missing on a side is a result and no error. */
  readonly columns: readonly string[] | undefined;
  /** Bytes of files to hold at once. */
  readonly memory: number | undefined;
  /** Whether rows are looked at together, which needs them in memory. */
  readonly rows: boolean;
}

/** A file, a pattern of files, a profile, or `-` for the standard input. */
export async function readSide(name: string, settings: ReadSettings): Promise<Table | Profile> {
  const path = name === "-" ? await standardInput() : name;
  const files = isPattern(path) ? filesLike(path) : [path];
  const profiles = files.filter(isProfileFile);
  if (profiles.length === 1 && files.length === 1) {
    const stored = storedProfile(files[0]!);
    return stored instanceof Uint8Array ? fromBytes(stored, files[0]) : stored;
  }
  if (profiles.length > 0) {
    if (profiles.length === files.length) return mergedFiles(profiles);
    throw new UsageError(`${path} stands for profiles and for tables; a side is one or the other`);
  }
  return settings.rows && !isPattern(path) ? readRows(path, settings) : openFiles([path], settings);
}

/** Files and patterns as one table; in memory where rows are asked for. */
export async function openFiles(paths: readonly string[], { columns, memory, rows }: ReadSettings): Promise<Table> {
  const options: OpenOptions = memory === undefined ? {} : { memory };
  const table = await withWanted(columns, (wanted) => openTable(paths, { ...options, ...wanted }));
  return rows ? inMemory(table) : table;
}

function readRows(path: string, { columns }: ReadSettings): Promise<Table> {
  return withWanted(columns, (wanted) => readTable(path, wanted));
}

async function withWanted(
  columns: readonly string[] | undefined,
  read: (wanted: ReadOptions) => Promise<Table>,
): Promise<Table> {
  if (columns === undefined) return read({});
  try {
    return await read({ columns });
  } catch (error) {
    if (error instanceof RangeError) return read({});
    throw error;
  }
}

function inMemory({ rows, columns, unsupported }: Table): Table {
  const held = Array.from(columns, ([name, column]) => {
    const chunks = chunksInMemory<never>(column.chunks as never, JSON.stringify(name));
    return [name, { ...column, chunks } as unknown as Column] as const;
  });
  return { rows, columns: new Map(held), unsupported };
}

/** How profiles begin, as bytes and as JSON, which tools may have indented. */
const begin = new RegExp(`^(${magic}|\\s*\\{\\s*"format"\\s*:\\s*"smirnov profile")`);
const headLength = 64;

/** Whether a file begins as profiles do. What is no file is left to who reads it. */
export function isProfileFile(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  const file = openSync(path, "r");
  try {
    const head = new Uint8Array(headLength);
    return begin.test(String.fromCharCode(...head.subarray(0, readSync(file, head, 0, headLength, 0))));
  } finally {
    closeSync(file);
  }
}

/** What a profile's file holds: its bytes, or the profile that it has as JSON. */
export function storedProfile(path: string): Profile | Uint8Array {
  const bytes = readFileSync(path);
  return bytes.subarray(0, magic.length).toString("latin1") === magic ? bytes : fromJson(jsonOf(bytes, path), path);
}

/** The profile of all, one file after the other; an error names the one that it is about. */
export async function mergedFiles(
  paths: readonly string[],
  onFile?: (done: number, path: string) => void,
): Promise<Profile> {
  let now = "";
  const each = function* (): Generator<Profile | Uint8Array> {
    for (const [done, path] of paths.entries()) {
      now = path;
      onFile?.(done, path);
      if (!isProfileFile(path)) throw new UsageError(`${path} is no profile; smirnov profile makes one`);
      yield storedProfile(path);
    }
  };
  try {
    return await merge(each());
  } catch (error) {
    if (error instanceof Error && !error.message.includes(now)) {
      error.message = `${now}: ${error.message.replace(/^merge: (a profile: )?/, "")}`;
    }
    throw error;
  }
}

function jsonOf(bytes: Buffer, path: string): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch (cause) {
    throw new FormatError(path, "JSON", "other text", { cause });
  }
}

/**
 * What a dataset knows, in one file: written whole or not at all, and checked when it is read. Tables of its reference are in
 * files of their own: see `table-files.ts`.
 *
 * ```
 * 0        8 bytes  "SMIRSNAP"
 * 8        u32 LE   version, 2
 * 12       u32 LE   length of the header, n
 * 16       n bytes  header, JSON
 * 16 + n   m bytes  the monitor's state
 * the last 32 bytes SHA-256 of everything before
 * ```
 */
import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, readFile, unlink } from "node:fs/promises";
import { join } from "node:path";
import { FormatError } from "../column/format-error.js";
import type { KnownKey } from "./idempotency.js";
import {
  draftEnd,
  forgetTables,
  type NamedTables,
  piecesOf,
  readTables,
  type Tables,
  writeTables,
  writeWhole,
} from "./table-files.js";

export interface SnapshotHeader {
  /** Of the last record that the state contains. */
  readonly sequence: number;
  readonly at: number;
  /** When the latest record came. */
  readonly arrival: number;
  readonly keys: readonly KnownKey[];
  /** Of the batches' columns, as JSON. */
  readonly schema: unknown;
  /** Of the alerts of this dataset. */
  readonly alerts: unknown;
  /** Which file the reference of the configuration was read from. */
  readonly reference: unknown;
  /** Of the clock that windows close by where no rows come; `null`: there is none. */
  readonly clock: unknown;
}

export interface Snapshot extends SnapshotHeader {
  /** Of the monitor, without these tables. */
  readonly state: Uint8Array;
  /** Of its references, by version. */
  readonly tables: Tables;
}

/** The header as it is written. */
interface WrittenHeader extends SnapshotHeader {
  /** Version 1 has them in the state. */
  readonly tables?: NamedTables;
}

const magic = "SMIRSNAP";
const version = 2;
const hashBytes = 32;
/** The latest, and the one before: where the latest is damaged the records behind the other are replayed. */
const kept = 2;
const nameOf = (sequence: number): string => `state-${String(sequence).padStart(16, "0")}.snapshot`;
const namePattern = /^state-(\d{16})\.snapshot$/;

/** Keys that are made text in one go, between which requests are answered. */
const together = 2000;

/** Everything before the monitor's state. */
async function headBytes({ keys, ...header }: WrittenHeader): Promise<readonly Uint8Array[]> {
  const parts = [Buffer.from(`${JSON.stringify(header).slice(0, -1)},"keys":[`)];
  for (let at = 0; at < keys.length; at += together) {
    const text = JSON.stringify(keys.slice(at, at + together)).slice(1, -1);
    parts.push(Buffer.from(at > 0 ? `,${text}` : text));
    await new Promise((resolve) => setImmediate(resolve));
  }
  parts.push(Buffer.from("]}"));
  const begin = Buffer.alloc(16);
  begin.write(magic, "latin1");
  begin.writeUInt32LE(version, 8);
  begin.writeUInt32LE(
    parts.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  return [begin, ...parts];
}

/** @throws FormatError for bytes that are not those of a snapshot, or not all of them */
function writtenIn(where: string, bytes: Uint8Array): { readonly header: WrittenHeader; readonly state: Uint8Array } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < 16 + hashBytes || buffer.toString("latin1", 0, 8) !== magic) {
    throw new FormatError(where, `a file that begins with ${magic}`, "other bytes");
  }
  if (!digestOf(buffer).equals(buffer.subarray(-hashBytes))) {
    throw new FormatError(where, "bytes as they were written", "others: the hash differs");
  }
  const found = buffer.readUInt32LE(8);
  if (found < 1 || found > version) throw new FormatError(where, `version ${version}`, `version ${found}`);
  const end = 16 + buffer.readUInt32LE(12);
  const header: WrittenHeader = JSON.parse(buffer.toString("utf8", 16, end));
  return { header, state: new Uint8Array(buffer.subarray(end, -hashBytes)) };
}

const digestOf = (bytes: Buffer): Buffer => createHash("sha256").update(bytes.subarray(0, -hashBytes)).digest();

/** Sequences of the snapshots in a folder, the latest first. */
async function sequencesIn(folder: string): Promise<number[]> {
  const found = (await readdir(folder)).flatMap((name) => {
    const [, digits] = namePattern.exec(name) ?? [];
    return digits === undefined ? [] : Number(digits);
  });
  return found.sort((one, other) => other - one);
}

async function writeState(file: FileHandle, header: WrittenHeader, state: Uint8Array): Promise<void> {
  const hash = createHash("sha256");
  const write = async (bytes: Uint8Array): Promise<void> => {
    hash.update(bytes);
    await file.writeFile(bytes);
  };
  for (const part of await headBytes(header)) await write(part);
  for (const part of piecesOf(state)) await write(part);
  await file.writeFile(hash.digest());
}

/** @returns up to which sequence no record is needed any more, whichever of the snapshots that are kept is read */
export async function writeSnapshot(folder: string, { state, tables, ...header }: Snapshot): Promise<number> {
  await mkdir(folder, { recursive: true });
  const named = await writeTables(folder, tables);
  const path = join(folder, nameOf(header.sequence));
  await writeWhole(path, (file) => writeState(file, { ...header, tables: named }, state));
  const directory = await open(folder, "r");
  await directory.sync().finally(() => directory.close());
  const sequences = await sequencesIn(folder);
  for (const sequence of sequences.slice(kept)) await unlink(join(folder, nameOf(sequence)));
  const older = sequences.slice(0, kept).map((sequence) => join(folder, nameOf(sequence)));
  await forgetTables(folder, named, async () => (await Promise.all(older.map(tablesNamedIn))).flat());
  return sequences.length < kept ? 0 : sequences[kept - 1]!;
}

/** None where the file is damaged. */
async function tablesNamedIn(path: string): Promise<NamedTables> {
  const file = await open(path, "r");
  try {
    const head = await file.read(Buffer.alloc(16), 0, 16, 0);
    const { buffer } = await file.read(Buffer.alloc(head.buffer.readUInt32LE(12)), 0, null, 16);
    return (JSON.parse(buffer.toString()) as WrittenHeader).tables ?? [];
  } catch {
    return [];
  } finally {
    await file.close();
  }
}

/** The latest snapshot that can be read, and what is wrong with later ones. Takes away what a crash left half written. */
export async function readSnapshot(
  folder: string,
): Promise<{ readonly snapshot: Snapshot | null; readonly damaged: readonly string[] }> {
  await mkdir(folder, { recursive: true });
  const drafts = (await readdir(folder)).filter((name) => name.endsWith(draftEnd));
  for (const name of drafts) await unlink(join(folder, name));
  const damaged: string[] = [];
  for (const sequence of await sequencesIn(folder)) {
    const path = join(folder, nameOf(sequence));
    try {
      const { header, state } = writtenIn(path, await readFile(path));
      const tables = await readTables(folder, header.tables ?? []);
      return { snapshot: { ...header, state, tables }, damaged };
    } catch (error) {
      damaged.push(error instanceof Error ? error.message : String(error));
    }
  }
  return { snapshot: null, damaged };
}

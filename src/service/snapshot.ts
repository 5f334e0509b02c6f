/**
 * What a dataset knows, in one file: written whole or not at all, and checked when it is read.
 *
 * ```
 * 0        8 bytes  "SMIRSNAP"
 * 8        u32 LE   version, 1
 * 12       u32 LE   length of the header, n
 * 16       n bytes  header, JSON
 * 16 + n   m bytes  the monitor's state
 * the last 32 bytes SHA-256 of everything before
 * ```
 */
import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, readFile, rename, unlink } from "node:fs/promises";
import { join } from "node:path";
import { FormatError } from "../column/format-error.js";
import type { KnownKey } from "./idempotency.js";

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
  readonly state: Uint8Array;
}

const magic = "SMIRSNAP";
const version = 1;
const hashBytes = 32;
/** The latest, and the one before: where the latest is damaged the records behind the other are replayed. */
const kept = 2;
const nameOf = (sequence: number): string => `state-${String(sequence).padStart(16, "0")}.snapshot`;
const draftEnd = ".draft";
const namePattern = /^state-(\d{16})\.snapshot$/;

/** Everything before the monitor's state. */
function headBytes(header: SnapshotHeader): Uint8Array {
  const head = Buffer.from(JSON.stringify(header));
  const bytes = Buffer.alloc(16 + head.length);
  bytes.write(magic, "latin1");
  bytes.writeUInt32LE(version, 8);
  bytes.writeUInt32LE(head.length, 12);
  bytes.set(head, 16);
  return bytes;
}

/** @throws FormatError for bytes that are not those of a snapshot, or not all of them */
export function snapshotOf(where: string, bytes: Uint8Array): Snapshot {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < 16 + hashBytes || buffer.toString("latin1", 0, 8) !== magic) {
    throw new FormatError(where, `a file that begins with ${magic}`, "other bytes");
  }
  if (!digestOf(buffer).equals(buffer.subarray(-hashBytes))) {
    throw new FormatError(where, "bytes as they were written", "others: the hash differs");
  }
  const found = buffer.readUInt32LE(8);
  if (found !== version) throw new FormatError(where, `version ${version}`, `version ${found}`);
  const end = 16 + buffer.readUInt32LE(12);
  const header: SnapshotHeader = JSON.parse(buffer.toString("utf8", 16, end));
  return { ...header, state: new Uint8Array(buffer.subarray(end, -hashBytes)) };
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

/** Bytes that are hashed in one go, between which requests are answered. */
const piece = 2 ** 19;

async function writeState(file: FileHandle, { state, ...header }: Snapshot): Promise<void> {
  const hash = createHash("sha256");
  const write = async (bytes: Uint8Array): Promise<void> => {
    hash.update(bytes);
    await file.writeFile(bytes);
  };
  await write(headBytes(header));
  for (let at = 0; at < state.length; at += piece) await write(state.subarray(at, at + piece));
  await file.writeFile(hash.digest());
  await file.sync();
}

/**
 * What could not be written whole is taken away again: on a disk that is full it would take the room that records need.
 *
 * @returns up to which sequence no record is needed any more, whichever of the snapshots that are kept is read
 */
export async function writeSnapshot(folder: string, snapshot: Snapshot): Promise<number> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, nameOf(snapshot.sequence));
  const draft = `${path}${draftEnd}`;
  try {
    const file = await open(draft, "w", 0o600);
    await writeState(file, snapshot).finally(() => file.close());
    await rename(draft, path);
  } catch (error) {
    await unlink(draft).catch(() => {});
    throw error;
  }
  const directory = await open(folder, "r");
  await directory.sync().finally(() => directory.close());
  const sequences = await sequencesIn(folder);
  for (const sequence of sequences.slice(kept)) await unlink(join(folder, nameOf(sequence)));
  return sequences.length < kept ? 0 : sequences[kept - 1]!;
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
      return { snapshot: snapshotOf(path, await readFile(path)), damaged };
    } catch (error) {
      damaged.push(error instanceof Error ? error.message : String(error));
    }
  }
  return { snapshot: null, damaged };
}

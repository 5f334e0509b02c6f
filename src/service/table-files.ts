/**
 * Tables of references beside the states that name them: `reference-<hash>.table`. They seldom change and may be large, so that
 * each is written once.
 */
import { createHash } from "node:crypto";
import { type FileHandle, open, readdir, readFile, rename, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { FormatError } from "../column/format-error.js";

/** By the version of the reference, the file's name. */
export type NamedTables = readonly (readonly [version: number, file: string])[];
export type Tables = ReadonlyMap<number, Uint8Array>;

const namePattern = /^reference-[\da-f]{64}\.table$/;

/** Bytes that are hashed and written in one go, between which requests are answered. */
const piece = 2 ** 19;

/** Of bytes that were hashed before. */
const hashes = new WeakMap<Uint8Array, string>();

export function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
}

/**
 * A file that is whole and on the disk under its name, or not there. What could not be written whole is taken away again: on a
 * disk that is full it would take the room that records need.
 */
export async function writeWhole(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const draft = `${path}${draftEnd}`;
  try {
    const file = await open(draft, "w", 0o600);
    await write(file)
      .then(() => file.sync())
      .finally(() => file.close());
    await rename(draft, path);
  } catch (error) {
    await unlink(draft).catch(() => {});
    throw error;
  }
}

export const draftEnd = ".draft";

/** Writes what is not there yet. */
export async function writeTables(folder: string, tables: Tables): Promise<NamedTables> {
  const named: [number, string][] = [];
  for (const [version, bytes] of tables) {
    const name = `reference-${await hashOf(bytes)}.table`;
    const path = join(folder, name);
    const known = await stat(path).catch(() => null);
    if (known?.size !== bytes.length) {
      await writeWhole(path, async (file) => {
        for (const part of piecesOf(bytes)) await file.writeFile(part);
      });
    }
    named.push([version, name]);
  }
  return named;
}

/** @throws FormatError for a file whose bytes are not those that were written, Error where there is none */
export async function readTables(folder: string, named: NamedTables): Promise<Tables> {
  const tables = new Map<number, Uint8Array>();
  for (const [version, name] of named) {
    const path = join(folder, name);
    const bytes = await readFile(path);
    if (!namePattern.test(name) || name !== `reference-${await hashOf(bytes)}.table`) {
      throw new FormatError(path, "bytes as they were written", "others: the hash differs");
    }
    tables.set(version, bytes);
  }
  return tables;
}

/** Takes away tables that neither these name, nor those of older states, which are only looked at where there are others. */
export async function forgetTables(
  folder: string,
  named: NamedTables,
  older: () => Promise<NamedTables>,
): Promise<void> {
  const among = (all: NamedTables) => (name: string) => all.some(([, file]) => file === name);
  const others = (await readdir(folder)).filter((name) => namePattern.test(name) && !among(named)(name));
  if (others.length === 0) return;
  const needed = among(await older());
  for (const name of others) if (!needed(name)) await unlink(join(folder, name));
}

async function hashOf(bytes: Uint8Array): Promise<string> {
  const known = hashes.get(bytes);
  if (known !== undefined) return known;
  const hash = createHash("sha256");
  for (const part of piecesOf(bytes)) {
    hash.update(part);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const found = hash.digest("hex");
  hashes.set(bytes, found);
  return found;
}

/** What is found in a spool's folder when it is opened. */
import { type FileHandle, open, unlink } from "node:fs/promises";
import { durableBehind, FrameReader, readAll } from "./frame-reader.js";
import { beginSegment, type Segment, segmentsIn } from "./segment-files.js";
import type { Spool } from "./spool.js";
import { SpoolDamaged } from "./spool-errors.js";
import { readState, writeState } from "./spool-state.js";

export interface OpenedSegments {
  /** In order; the last one is written to. */
  readonly segments: Segment[];
  /** Of the last one. */
  readonly file: FileHandle;
  readonly last: number;
  readonly released: number;
  readonly cut: Spool["cut"];
}

/**
 * Takes away files that were released, looks through the last one, and cuts off what a crash left unfinished.
 *
 * @param processDied what was written before is all there: only the very end can be unfinished
 * @param after sequences up to there are not given again
 */
export async function openSegments(folder: string, processDied: boolean, after: number): Promise<OpenedSegments> {
  const state = await readState(folder);
  const segments = await segmentsIn(folder);
  while (segments.length > 1 && segments[1]!.first <= state.released + 1) await unlink(segments.shift()!.path);
  const first = segments[0]?.first;
  if (first === undefined ? state.durable > state.released : first > state.released + 1) {
    const end = first === undefined ? state.durable : first - 1;
    const found = `records ${state.released + 1} to ${end} are missing`;
    throw new SpoolDamaged(folder, 0, found, "Restore their files from a copy, or remove spool.json to go on without");
  }
  const newest = segments.at(-1);
  if (!newest) return beginAfter(folder, Math.max(state.released, state.durable, after), null);
  const file = await open(newest.path, "r+");
  try {
    const { last, cut } = await readNewest(newest, file, state.durable, processDied);
    if (last < Math.max(after, state.released)) {
      const begun = await beginAfter(folder, Math.max(after, state.released), cut);
      for (const { path } of segments) await unlink(path);
      await file.close();
      return begun;
    }
    // Everything that is about to be read again is on the disk, whoever wrote it.
    await file.datasync();
    return { segments, file, last, released: Math.max(state.released, segments[0]!.first - 1), cut };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** After a crash in the middle of this it is done again. */
async function beginAfter(folder: string, last: number, cut: Spool["cut"]): Promise<OpenedSegments> {
  if (last > 0) await writeState(folder, { released: last, durable: 0 });
  const { segment, file } = await beginSegment(folder, last + 1);
  return { segments: [segment], file, last, released: last, cut };
}

async function readNewest(
  segment: Segment,
  file: FileHandle,
  durable: number,
  processDied: boolean,
): Promise<{ last: number; cut: Spool["cut"] }> {
  const { path, salt, size } = segment;
  const reader = new FrameReader(file, segment, size);
  while (await reader.next());
  const { at, expected } = reader;
  const rest = await readAll(file, at, size - at);
  const behind = durableBehind(rest, salt, expected);
  if (durable >= expected || (behind !== null && (processDied || behind >= expected))) {
    throw damagedRecord(path, at, expected);
  }
  if (at === size) return { last: expected - 1, cut: null };
  await file.truncate(at);
  segment.size = at;
  return { last: expected - 1, cut: { file: path, offset: at, bytes: size - at } };
}

export function damagedRecord(path: string, offset: number, sequence: number): SpoolDamaged {
  const remedy = `Restore the file from a copy; or, to go on without record ${sequence} and all after it, cut the file to ${offset} bytes, remove those after it, and remove spool.json`;
  return new SpoolDamaged(path, offset, `record ${sequence} is not as it was written`, remedy);
}

/** `merge`: profiles of parts become the profile of the whole. */
import { knownOptions, shown } from "../statistics/option-checks.js";
import { checkedSteps, type StepOptions } from "../statistics/steps.js";
import { checksumBytes } from "./byte-layout.js";
import { readProfile } from "./from-bytes.js";
import type { Profile } from "./profile.js";
import { mostLimit } from "./profile-column.js";
import {
  addColumn,
  addEnd,
  addHead,
  emptyTable,
  indexOfColumn,
  type TableAccumulator,
  tableProfile,
} from "./table-accumulator.js";
import { checkProfile, toBytes } from "./to-bytes.js";

export type MergeOptions = Pick<StepOptions, "signal">;

/** Milliseconds after which other work gets a turn: between two profiles. */
const turn = 5;

/**
 * Merges profiles of parts of a table, or their bytes, into the profile of the whole. A profile without rows changes nothing.
 *
 * In any order counts, cells and exact categories are the same, moments agree to 1e-13, and sketches and heavy hitters stay
 * within their bounds. An array gives the same bytes in every order: its profiles are merged in the order of their hashes.
 * Whatever else can be iterated is merged as it comes, and none of it is kept.
 *
 * A column that a profile lacks counts as null in all its rows. Of types that differ, numbers become Float64 and text Utf8.
 *
 * @throws TypeError for what is no profile, and for a column of different kinds or units, naming it; FormatError for bytes
 *   that are no profile
 */
export async function merge(
  profiles: Iterable<Profile | Uint8Array> | AsyncIterable<Profile | Uint8Array>,
  options: MergeOptions = {},
): Promise<Profile> {
  knownOptions("merge", options, ["signal"]);
  const { signal } = checkedSteps("merge", options);
  if (!isIterable(profiles)) throw new TypeError(`merge: needs profiles, got ${shown(profiles)}`);
  const whole = emptyTable(mostLimit);
  let since = performance.now();
  for await (const profile of Array.isArray(profiles) ? inOrder(profiles) : profiles) {
    signal?.throwIfAborted();
    add(whole, profile);
    if (performance.now() - since < turn) continue;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  }
  return tableProfile(whole);
}

function isIterable(profiles: unknown): boolean {
  if (typeof profiles !== "object" || profiles === null || ArrayBuffer.isView(profiles)) return false;
  return Symbol.asyncIterator in profiles || Symbol.iterator in profiles;
}

/** By the hashes of their bytes, which stand at the end of these. */
function inOrder(profiles: readonly (Profile | Uint8Array)[]): (Profile | Uint8Array)[] {
  const hashes = profiles.map((profile) => {
    if (!(profile instanceof Uint8Array)) checkProfile("merge", profile);
    const bytes = profile instanceof Uint8Array ? profile : toBytes(profile);
    const end = bytes.byteLength - checksumBytes;
    return end < 0 ? 0n : new DataView(bytes.buffer, bytes.byteOffset + end).getBigUint64(0, true);
  });
  const order = Array.from(profiles.keys()).sort((a, b) =>
    hashes[a]! < hashes[b]! ? -1 : Number(hashes[a]! > hashes[b]!),
  );
  return order.map((k) => profiles[k]!);
}

function add(whole: TableAccumulator, profile: Profile | Uint8Array): void {
  if (profile instanceof Uint8Array) {
    const { rows, unsupported } = readProfile(
      profile,
      "merge: a profile",
      (name, column) => addColumn(whole, name, column, "merge"),
      (name) => indexOfColumn(whole, name),
    );
    addHead(whole, unsupported, "merge");
    addEnd(whole, rows);
    return;
  }
  checkProfile("merge", profile);
  for (const [name, column] of profile.columns) addColumn(whole, name, column, "merge");
  addHead(whole, profile.unsupported, "merge");
  addEnd(whole, profile.rows);
}

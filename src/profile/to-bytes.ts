/** `toBytes`: a profile as bytes, see docs/profile-format.md. */
import { uniqueName } from "../column/table-of.js";
import { hashOf, storedCells } from "../engine/key-cells.js";
import { shown } from "../statistics/option-checks.js";
import { kinds, magic, version } from "./byte-layout.js";
import { ByteWriter, encoded } from "./byte-writer.js";
import { checkColumn } from "./check-column.js";
import type { ColumnProfile, NumberProfile, Profile, TextProfile } from "./profile.js";
import { writeDistinctSketch, writeQuantileSketch } from "./stored-sketches.js";
import { wellFormed } from "./text-accumulator.js";

/**
 * A profile as bytes: versioned, the same for equal profiles on every machine, with a checksum. `fromBytes` reads them.
 *
 * @throws TypeError for what is no profile, and for a column whose arrays are of other types than a profile's; RangeError for
 *   one whose numbers cannot be stored; both name the column
 */
export function toBytes(profile: Profile): Uint8Array {
  checkProfile("toBytes", profile);
  for (const [name, column] of profile.columns) checkColumn(name, column);
  return writtenProfile(profile);
}

/** The same of a profile whose columns can be written. */
export function writtenProfile(profile: Profile): Uint8Array {
  const to = new ByteWriter();
  to.bytes(encoded(magic));
  to.u32(version);
  to.u32(profile.columns.size);
  to.f64(profile.rows);
  to.u32(profile.unsupported.size);
  to.u32(0);
  to.f64(0);
  const names = new Set<string>();
  const unique = (name: string): string => {
    const own = uniqueName(wellFormed(name), names);
    names.add(own);
    return own;
  };
  for (const [name, column] of profile.columns) writeColumn(to, unique(name), column);
  for (const [name, type] of profile.unsupported) writeNames(to, unique(name), type, 0);
  to.f64At(lengthAt, to.length + 8);
  const bytes = to.written();
  to.i64(BigInt.asIntN(64, hashOf(bytes)));
  return to.written();
}

const lengthAt = 32;

/** @throws TypeError for what is no profile */
export function checkProfile(caller: string, profile: unknown): void {
  if (typeof profile === "object" && profile !== null && (profile as Partial<Profile>).profile === true) return;
  throw new TypeError(`${caller}: needs a profile, got ${shown(profile)}`);
}

/** Lengths, names, and a number between them. */
function writeNames(to: ByteWriter, name: string, type: string, kind: number): void {
  const [first, second] = [encoded(name), encoded(wellFormed(type))];
  to.u32(kind);
  to.u32(first.length);
  to.u32(second.length);
  to.u32(0);
  to.bytes(first);
  to.bytes(second);
  to.pad();
}

function writeColumn(to: ByteWriter, name: string, column: ColumnProfile): void {
  writeNames(to, name, column.type, kinds.indexOf(column.kind));
  to.f64(column.missing.null);
  if (column.kind === "categorical") writeText(to, column);
  else writeNumbers(to, column);
  writeDistinctSketch(to, column.distinct);
}

function writeNumbers(to: ByteWriter, { unitsPerSecond, missing, moments, cells, quantiles }: NumberProfile): void {
  to.f64(missing.nan);
  to.f64(unitsPerSecond);
  to.f64(moments.count);
  to.f64(moments.exponent);
  to.f64(moments.mean);
  to.f64(moments.meanLow);
  to.f64(moments.m2);
  to.f64(moments.m2Low);
  to.f64(moments.m3);
  to.f64(moments.m3Low);
  to.f64(moments.m4);
  to.f64(moments.m4Low);
  to.f64(moments.count > 0 ? moments.min : 0);
  to.f64(moments.count > 0 ? moments.max : 0);
  to.f64(moments.positiveInfinity);
  to.f64(moments.negativeInfinity);
  const { first, bytes } = storedCells(cells);
  to.u32(cells.shift);
  to.u32(cells.starts.length);
  to.i64(first);
  to.u32(bytes.length);
  to.u32(0);
  to.bytes(bytes);
  to.pad();
  writeQuantileSketch(to, quantiles);
}

function writeText(to: ByteWriter, { categories, error, limit }: TextProfile): void {
  to.f64(categories.empty);
  to.f64(error);
  to.f64(limit);
  const lengthsAt = to.length;
  to.u32(categories.counts.size);
  to.u32(0);
  to.u32(0);
  to.u32(0);
  const start = to.length;
  const names = [...categories.counts.keys()].map(encoded);
  let next = 0;
  for (const count of categories.counts.values()) {
    to.varint(count);
    to.varint(names[next++]!.length);
  }
  to.u32At(lengthsAt + 4, to.length - start);
  const text = to.length;
  for (const name of names) to.bytes(name);
  to.u32At(lengthsAt + 8, to.length - text);
  to.pad();
}

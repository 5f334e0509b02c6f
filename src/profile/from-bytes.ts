/** `fromBytes`: a profile from bytes that may be anything; see docs/profile-format.md. */
import { countsTime } from "../column/units.js";
import { type CellsIndex, type StoredBytes, withBytes } from "../engine/key-cells.js";
import { byCount } from "../engine/most-frequent.js";
import { shown } from "../statistics/option-checks.js";
import { checksumBytes, headBytes, kinds, magic, version } from "./byte-layout.js";
import { ByteReader } from "./byte-reader.js";
import { mostCells } from "./cells.js";
import { copiedDistinct, copiedQuantiles } from "./copied-sketches.js";
import { emptyMoments, exponentOf } from "./moments.js";
import type { ColumnProfile, KeyCells, NumberProfile, Profile, ProfileMoments, TextProfile } from "./profile.js";
import { mostLimit } from "./profile-column.js";
import { readDistinctSketch, readQuantileSketch } from "./stored-sketches.js";
import { keptCategories } from "./text-accumulator.js";

/**
 * The profile that `toBytes` wrote.
 *
 * @param where  names the bytes in messages: a file's name
 * @throws TypeError for what is no Uint8Array, FormatError for bytes that are no profile, were changed on the way, or were
 *   written by a later version
 */
export function fromBytes(bytes: Uint8Array, where = "the profile"): Profile {
  // Of a copy, since the caller may write other bytes to the same memory.
  const own = checkedBytes("fromBytes", bytes).slice();
  const columns = new Map<string, ColumnProfile>();
  const { rows, unsupported } = readProfile(own, where, (name, column) => {
    columns.set(name, copied(column));
  });
  return { profile: true, rows, columns, unsupported };
}

/** With arrays of its own. */
function copied(column: ColumnProfile): ColumnProfile {
  const distinct = copiedDistinct(column.distinct);
  if (column.kind === "categorical") return { ...column, distinct };
  const { shift, starts, counts } = column.cells;
  const cells = { shift, starts: starts.slice(), counts: counts.slice() };
  return { ...column, cells, quantiles: copiedQuantiles(column.quantiles), distinct };
}

/** @throws TypeError for what is no Uint8Array */
export function checkedBytes(caller: string, bytes: unknown): Uint8Array {
  if (bytes instanceof Uint8Array) return bytes;
  throw new TypeError(`${caller}: needs a Uint8Array, got ${shown(bytes)}`);
}

/**
 * Reads bytes column by column.
 *
 * @param visit receives each column; its cells and sketches are good until the next one
 * @param beside the index of cells to which a column's are going to be added
 * @throws FormatError for bytes that are no profile
 */
export function readProfile(
  bytes: Uint8Array,
  where: string,
  visit: (name: string, column: ColumnProfile) => void,
  beside: (name: string) => CellsIndex | null = () => null,
): Pick<Profile, "rows" | "unsupported"> {
  // Numbers are looked at in place, which takes alignment.
  const from = new ByteReader(bytes.byteOffset % 8 === 0 ? bytes : bytes.slice(), where);
  const { length } = bytes;
  if (length < headBytes + checksumBytes || length % 8 !== 0) from.fail("a profile", `${length} bytes`);
  const begin = String.fromCharCode(...from.take(magic.length, "a profile"));
  if (begin !== magic) from.fail(`bytes that begin with ${magic}`, JSON.stringify(begin));
  const written = from.u32();
  if (written !== version) from.fail(`version ${version} of the format`, `version ${written}`);
  const count = from.u32();
  const rows = from.count("a number of rows");
  const refused = from.u32();
  from.zero();
  if (from.f64() !== length) from.fail("as many bytes as there were", `${length} bytes`);
  from.shorten(checksumBytes);
  const unsupported = new Map<string, string>();
  withBytes(from.bytes, mostCells, (stored) => {
    const sum = new DataView(from.bytes.buffer, from.bytes.byteOffset + length - checksumBytes).getBigUint64(0, true);
    if (stored.hash(length - checksumBytes) !== sum) {
      from.fail("bytes with their own checksum", "bytes that were changed");
    }
    const names = new Set<string>();
    for (let k = 0; k < count; k++) {
      const { kind, name, type } = readNames(from, names);
      if (kind >= kinds.length) from.fail(`a kind up to ${kinds.length - 1}`, `${kind}`);
      const nulls = from.count("a number of nulls", rows);
      if (kind === kinds.indexOf("categorical")) visit(name, readText(from, stored, type, rows, nulls));
      else
        visit(name, readNumbers(from, stored, kinds[kind] as NumberProfile["kind"], type, rows, nulls, beside(name)));
    }
    for (let k = 0; k < refused; k++) {
      const { kind, name, type } = readNames(from, names);
      if (kind !== 0) from.fail("0", `${kind}`);
      unsupported.set(name, type);
    }
    if (from.left !== 0) from.fail("the end", `${from.left} more bytes`);
  });
  return { rows, unsupported };
}

function readNames(from: ByteReader, names: Set<string>): { kind: number; name: string; type: string } {
  const kind = from.u32();
  const [nameLength, typeLength] = [from.u32(), from.u32()];
  from.zero();
  const name = from.text(nameLength, "a column's name");
  const type = from.text(typeLength, "a type's name");
  from.pad();
  if (names.has(name)) from.fail("names that differ", JSON.stringify(name));
  names.add(name);
  return { kind, name, type };
}

function readNumbers(
  from: ByteReader,
  stored: StoredBytes,
  kind: NumberProfile["kind"],
  type: string,
  rows: number,
  nulls: number,
  beside: CellsIndex | null,
): NumberProfile {
  const nan = from.count("a number of NaN", rows - nulls);
  const values = rows - nulls - nan;
  const unitsPerSecond = from.finite("units per second");
  if (unitsPerSecond <= 0) from.fail("units per second above 0", `${unitsPerSecond}`);
  const moments = readMoments(from, values);
  const [shift, length] = [from.u32(), from.u32()];
  const first = from.i64();
  const byteLength = from.u32();
  from.zero();
  if (shift > 63) from.fail("a shift below 64", `${shift}`);
  if (length > mostCells || length > 0 !== values > 0) from.fail(`cells of ${values} values`, `${length}`);
  if (length === 0 && (first !== 0n || shift !== 0)) from.fail("no cells", `shift ${shift}`);
  const cells = stored.cells(from.skip(byteLength, "cells"), byteLength, { first, shift, length }, beside);
  if (!cells || cells.total !== values) {
    from.fail(`cells of ${values} values`, cells ? `cells of ${cells.total} values` : "other bytes");
  }
  checkValues(from, kind, type, cells!);
  from.pad();
  const quantiles = readQuantileSketch(from, stored, values);
  const distinct = readDistinctSketch(from, stored);
  return {
    kind,
    type,
    unitsPerSecond,
    missing: { rows, null: nulls, nan },
    moments,
    cells: cells!,
    quantiles,
    distinct,
  };
}

/** Truth values are 0 and 1, time is counted in whole numbers: where each cell holds one value, this is seen. */
function checkValues(from: ByteReader, kind: NumberProfile["kind"], type: string, { shift, starts }: KeyCells): void {
  if (shift > 0 || !(kind === "boolean" || countsTime({ kind, type }))) return;
  const fits = (value: number): boolean => (kind === "boolean" ? value === 0 || value === 1 : Number.isInteger(value));
  const other = starts.find((value) => !fits(value));
  if (other !== undefined) from.fail(kind === "boolean" ? "truth values" : "whole numbers of time", `${other}`);
}

function readMoments(from: ByteReader, values: number): ProfileMoments {
  const count = from.count("a number of finite values", values);
  const exponent = from.finite("an exponent");
  const [mean, meanLow] = [from.finite("a mean"), from.finite("a mean")];
  const [m2, m2Low] = [from.finite("a sum of squares"), from.finite("a sum of squares")];
  const [m3, m3Low] = [from.finite("a sum of cubes"), from.finite("a sum of cubes")];
  const [m4, m4Low] = [from.finite("a sum of fourth powers"), from.finite("a sum of fourth powers")];
  const [min, max] = [from.finite("a smallest value"), from.finite("a largest value")];
  const positiveInfinity = from.count("a number of infinities", values - count);
  const negativeInfinity = from.count("a number of infinities", values - count);
  const sum = count + positiveInfinity + negativeInfinity;
  if (sum !== values) from.fail(`moments of ${values} values`, `moments of ${sum}`);
  if (count === 0) {
    const zeros = [exponent, mean, meanLow, m2, m2Low, m3, m3Low, m4, m4Low, min, max];
    if (!zeros.every((x) => x === 0)) from.fail("moments of no values", "other numbers");
    return { ...emptyMoments, positiveInfinity, negativeInfinity };
  }
  if (!(min <= max && m2 >= 0 && m4 >= 0)) from.fail("moments", `values from ${min} to ${max}`);
  const expected = exponentOf(Math.max(Math.abs(min), Math.abs(max)));
  if (exponent !== expected) from.fail(`exponent ${expected}`, `${exponent}`);
  const sums = { mean, meanLow, m2, m2Low, m3, m3Low, m4, m4Low };
  return { count, exponent, origin: 0n, ...sums, min, max, positiveInfinity, negativeInfinity };
}

function readText(from: ByteReader, stored: StoredBytes, type: string, rows: number, nulls: number): TextProfile {
  const values = rows - nulls;
  const empty = from.count("a number of empty texts", values);
  const error = from.count("an error", values);
  const limit = from.count("a limit", mostLimit);
  const [length, numberBytes, textBytes] = [from.u32(), from.u32(), from.u32()];
  from.zero();
  if (limit < 1 || length > limit) from.fail(`at most ${limit} categories`, `${length}`);
  // Each takes two bytes at least: no more is made room for than there is.
  if (2 * length > numberBytes || numberBytes > from.left) {
    from.fail(`${length} categories`, `${numberBytes} bytes`);
  }
  const end = from.at + numberBytes;
  const ends = new Float64Array(length);
  const found = new Float64Array(length);
  let sum = 0;
  let bytes = 0;
  for (let k = 0; k < length; k++) {
    found[k] = from.varint("a count");
    bytes += from.varint("a length");
    ends[k] = bytes;
    sum += found[k]!;
    if (found[k]! < 1 || sum > values) from.fail(`counts of ${values} values`, `${sum}`);
  }
  if (from.at !== end || bytes !== textBytes) from.fail(`${textBytes} bytes of text`, `${bytes}`);
  if (error === 0 && sum !== values) from.fail(`counts of ${values} values`, `${sum}`);
  const counts = readCounts(from, textBytes, ends, found);
  if (counts.size !== length) from.fail("categories that differ", "some that do not");
  from.pad();
  if (error === 0 && (counts.get("") ?? 0) !== empty) from.fail(`${empty} empty texts`, `${counts.get("") ?? 0}`);
  const distinct = readDistinctSketch(from, stored);
  const kept = keptCategories(counts, { values, empty, error, distinct });
  const missing = { rows, null: nulls, nan: 0 };
  return { kind: "categorical", type, limit, missing, ...kept, error, distinct };
}

function readCounts(from: ByteReader, textBytes: number, ends: Float64Array, found: Float64Array): Map<string, number> {
  const counts = new Map<string, number>();
  const start = from.at;
  const text = from.text(textBytes, "categories");
  // With one UTF-16 unit a byte, positions in the text are those of the bytes.
  const plain = text.length === textBytes ? text : null;
  const texts = plain === null ? new ByteReader(from.bytes.subarray(start, start + textBytes), from.where) : null;
  let before: readonly [string, number] | null = null;
  for (let k = 0, at = 0; k < ends.length; k++) {
    const end = ends[k]!;
    const name = plain === null ? texts!.text(end - at, "a category") : plain.slice(at, end);
    const entry = [name, found[k]!] as const;
    if (before !== null && byCount(before, entry) >= 0) from.fail("categories in order", JSON.stringify(name));
    counts.set(name, found[k]!);
    before = entry;
    at = end;
  }
  return counts;
}

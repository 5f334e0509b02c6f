// Finding and ordering the values of open cells, by the index of cells that `cells.ts` writes.
//
// Which rows lie in open cells is found sixteen at a time: cells belong to up to 256 groups of neighbours, the groups
// with an open cell are a set of 256 bits, and two table look-ups tell for sixteen bytes whether they are members [1].
// What passes is looked up cell by cell. `place…` then puts each value where its cell begins, since the counts are
// known: a counting sort by cell. `sortCells` (sort.ts) orders the values inside each cell.
//
// [1] Langdale, Lemire: Parsing gigabytes of JSON per second. The VLDB Journal 28 (2019), section 3.1.2.

/** Bytes of the tables that `selectRows` reads: the set of groups, powers of two, and positions of set bits. */
export function selectionSize(): i32 {
  return 32 + 16 + 256 * 8;
}

/** Fills the tables: `groups` has one byte a group (256), not 0 where a cell of it is open. */
export function selectionInit(tables: usize, groups: usize): void {
  memory.fill(tables, 0, 48);
  for (let group = 0; group < 256; group++) {
    if (!load<u8>(groups + group)) continue;
    // Byte: the low four bits, in the second table for the upper half; bit: the rest.
    const byte = tables + (group & 15) + ((group >> 7) << 4);
    store<u8>(byte, load<u8>(byte) | <u8>(<i32>1 << ((group >> 4) & 7)));
  }
  for (let bit = 0; bit < 8; bit++) store<u8>(tables + 32 + bit, <u8>(<i32>1 << bit));
  for (let bits: u32 = 0; bits < 256; bits++) {
    let to = tables + 48 + (<usize>bits << 3);
    store<u64>(to, 0);
    for (let rest = bits; rest; rest &= rest - 1) store<u8>(to++, ctz(rest));
  }
}

/**
 * Writes to `rows` (u16, room for 16 more than `length`) which of the first `length` (at most 65 536) values of an index
 * lie in a group of the set, a group being cell >> shift; returns how many.
 */
export function selectRows(index: usize, length: i32, tables: usize, shift: i32, rows: usize): i32 {
  const lower = v128.load(tables);
  const upper = v128.load(tables, 16);
  const powers = v128.load(tables, 32);
  const positions = tables + 48;
  const nibble = i8x16.splat(<i8>0x8f);
  const half = i8x16.splat(<i8>0x80);
  const three = i8x16.splat(7);
  const zero = i8x16.splat(0);
  let to = rows;
  let row = 0;
  for (const stop = length & ~15; row < stop; row += 16) {
    const at = index + (<usize>row << 1);
    const group = i8x16.narrow_i16x8_u(i16x8.shr_u(v128.load(at), shift), i16x8.shr_u(v128.load(at, 16), shift));
    const low = v128.and(group, nibble);
    const sets = v128.or(i8x16.swizzle(lower, low), i8x16.swizzle(upper, v128.xor(low, half)));
    const power = i8x16.swizzle(powers, v128.and(i8x16.shr_u(group, 4), three));
    const bits = ~i8x16.bitmask(i8x16.eq(v128.and(sets, power), zero)) & 0xffff;
    const first = bits & 0xff;
    const second = bits >> 8;
    v128.store(to, i16x8.add(v128.load8x8_u(positions + (<usize>first << 3)), i16x8.splat(<i16>row)));
    to += <usize>popcnt(first) << 1;
    v128.store(to, i16x8.add(v128.load8x8_u(positions + (<usize>second << 3)), i16x8.splat(<i16>(row + 8))));
    to += <usize>popcnt(second) << 1;
  }
  for (; row < length; row++) {
    const group = <i32>load<u16>(index + (<usize>row << 1)) >> shift;
    const byte = <u32>load<u8>(tables + (group & 15) + ((group >> 7) << 4));
    store<u16>(to, row);
    to += <usize>((byte >>> ((group >> 4) & 7)) & 1) << 1;
  }
  return <i32>((to - rows) >>> 1);
}

/** Keeps of `length` rows those whose cell is open (`open`: one byte a cell, 1 or 0), in place; returns how many. */
export function keepRows(rows: usize, length: i32, index: usize, open: usize): i32 {
  let to = rows;
  for (let at = rows, end = rows + (<usize>length << 1); at < end; at += 2) {
    const row = load<u16>(at);
    store<u16>(to, row);
    to += <usize>load<u8>(open + <usize>load<u16>(index + (<usize>row << 1))) << 1;
  }
  return <i32>((to - rows) >>> 1);
}

// @ts-ignore: decorator
@inline
function put<T extends number>(value: T, cell: u16, starts: usize, out: usize): void {
  if (isFloat<T>() && value != value) return;
  const start = starts + (<usize>cell << 2);
  const position = load<u32>(start);
  store<u32>(start, position + 1);
  store<T>(out + (<usize>position << 3), isFloat<T>() ? <T>(value + <T>0) : value);
}

/** Puts each value, but NaN, at the position that `starts` (u32 a cell) gives for its cell, and advances it. */
export function placeF64(values: usize, index: usize, length: i32, starts: usize, out: usize): void {
  for (const end = values + (<usize>length << 3); values < end; values += 8, index += 2) {
    put<f64>(load<f64>(values), load<u16>(index), starts, out);
  }
}

export function placeI64(values: usize, index: usize, length: i32, starts: usize, out: usize): void {
  for (const end = values + (<usize>length << 3); values < end; values += 8, index += 2) {
    put<i64>(load<i64>(values), load<u16>(index), starts, out);
  }
}

/** The same of the values in `length` rows only, where all values are at hand. */
export function placeRowsF64(
  values: usize,
  index: usize,
  rows: usize,
  length: i32,
  starts: usize,
  out: usize,
): void {
  for (const end = rows + (<usize>length << 1); rows < end; rows += 2) {
    const row = <usize>load<u16>(rows);
    put<f64>(load<f64>(values + (row << 3)), load<u16>(index + (row << 1)), starts, out);
  }
}

export function placeRowsI64(
  values: usize,
  index: usize,
  rows: usize,
  length: i32,
  starts: usize,
  out: usize,
): void {
  for (const end = rows + (<usize>length << 1); rows < end; rows += 2) {
    const row = <usize>load<u16>(rows);
    put<i64>(load<i64>(values + (row << 3)), load<u16>(index + (row << 1)), starts, out);
  }
}

/** The same of the values in `length` rows, which are at hand one after the other. */
export function placePicked(
  picked: usize,
  index: usize,
  rows: usize,
  length: i32,
  starts: usize,
  out: usize,
): void {
  for (const end = rows + (<usize>length << 1); rows < end; rows += 2, picked += 8) {
    put<f64>(load<f64>(picked), load<u16>(index + (<usize>load<u16>(rows) << 1)), starts, out);
  }
}

/** Copies `length` f64 but NaN to `out`; returns how many. */
export function keepNumbers(values: usize, length: i32, out: usize): i32 {
  let to = out;
  const end = values + (<usize>length << 3);
  const zero = f64x2.splat(0);
  // Two at a time up to the first NaN.
  for (; values + 16 <= end; values += 16, to += 16) {
    const pair = v128.load(values);
    if (!i64x2.all_true(f64x2.eq(pair, pair))) break;
    v128.store(to, f64x2.add(pair, zero));
  }
  for (; values < end; values += 8) {
    const x = load<f64>(values);
    store<f64>(to, x + 0);
    to += <usize>(x == x) << 3;
  }
  return <i32>((to - out) >>> 3);
}

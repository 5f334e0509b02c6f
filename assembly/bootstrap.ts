// Bootstrap: rows drawn with replacement, as how often each of them was drawn. Whatever is a function of sums over rows then
// follows from sums with these counts as weights, and ranks among rows in order from walking along the counts.

import { nextBelow } from "./sfc32";
import { addTo } from "./two-sum";

/** Draws `rows` of as many rows: writes to `counts` (u32) how often each was drawn. */
export function drawRows(state: usize, rows: u32, counts: usize): void {
  memory.fill(counts, 0, <usize>rows << 2);
  for (let k: u32 = 0; k < rows; k++) {
    const at = counts + (<usize>nextBelow(state, rows) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
}

/** Σ count · value over `length` f64; `sum` is room for two f64. */
export function drawnSum(counts: usize, values: usize, length: u32, sum: usize): f64 {
  store<f64>(sum, 0);
  store<f64>(sum, 0, 8);
  const short: u32 = 256;
  for (let from: u32 = 0; from < length; from += short) {
    const rows = min(short, length - from);
    const end = values + (<usize>rows << 3);
    let a = f64x2.splat(0);
    let b = a;
    for (; values + 32 <= end; values += 32, counts += 16) {
      const drawn = v128.load(counts);
      a = f64x2.add(a, f64x2.mul(f64x2.convert_low_i32x4_u(drawn), v128.load(values)));
      const rest = i8x16.shuffle(drawn, drawn, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);
      b = f64x2.add(b, f64x2.mul(f64x2.convert_low_i32x4_u(rest), v128.load(values, 16)));
    }
    a = f64x2.add(a, b);
    let total = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
    for (; values < end; values += 8, counts += 4) total += <f64>load<u32>(counts) * load<f64>(values);
    addTo(sum, total);
  }
  return load<f64>(sum) + load<f64>(sum, 8);
}

/** The row at a rank (from 0) among the drawn ones, rows being in order. */
export function drawnRank(counts: usize, length: u32, rank: u32): u32 {
  let passed: u32 = 0;
  for (let row: u32 = 0; row < length; row++) {
    passed += load<u32>(counts + (<usize>row << 2));
    if (passed > rank) return row;
  }
  return length;
}

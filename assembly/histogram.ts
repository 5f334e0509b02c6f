// Uniform histograms in which the edges decide. Where numpy.histogram answers, the counts are the same.
//
// Positions are fixed-point numbers: x scale + add lies in [2^(52 - f), 2^(53 - f)), so that the low 32 bits of the double
// are the cell and f bits of the fraction, f as large as the number of cells allows. Rounding can put a position off by
// no more than half of `near`, which was added to it: the cell is right or one too high, and one too high only where the
// fraction is below `near`. There, and only there, the value is compared with the edge itself.
//
// Cells: under, bins…, over. Each has four counters side by side, so that neighbouring equal values do not wait for each
// other's counter; `joinFours` adds them up. NaN is counted as under and by the return value.

/**
 * Adds `length` dense f64 to the counters at `counts`. Returns the number of NaN.
 *
 * `bounds` holds the smallest value of each of the bins + 2 cells, -Infinity first; bins is below 2^25. `scale` is bins
 * over the width of all, and `tolerance`, below 2^-5, how far off a scaled position may be. `scratch` has room for 8 u32.
 */
export function histogramUniform(
  counts: usize,
  values: usize,
  length: i32,
  bounds: usize,
  bins: i32,
  scale: f64,
  tolerance: f64,
  scratch: usize,
): i32 {
  const first = load<f64>(bounds, 8);
  const fractionBits = clz(bins + 1);
  const one = <f64>(<u64>1 << fractionBits);
  const near = <u32>2 << (32 - clz(<i32>Math.ceil(tolerance * one) + 1));
  // Values outside become ones that no rounding takes back in or too far out, and that are near no edge.
  const low = first - 0.375 / scale;
  const high = load<f64>(bounds + (<usize>(bins + 1) << 3)) + 0.375 / scale;
  // The first bin is cell 1.
  const add = 4503599627370496.0 / one + (1 + <f64>(near >>> 1) / one) - first * scale;
  const shift = fractionBits - 4;
  const lows = f64x2.splat(low);
  const highs = f64x2.splat(high);
  const scales = f64x2.splat(scale);
  const adds = f64x2.splat(add);
  const fractions = i32x4.splat(((1 << fractionBits) - 1) & ~(near - 1));
  const cells = i32x4.splat(~15);
  const base = i32x4.splat(<i32>counts);
  let nan = 0;
  let at = values;
  const end = values + (<usize>length << 3);
  for (const stop = values + (<usize>(length & ~7) << 3); at < stop; at += 64) {
    const x = v128.load(at);
    const y = v128.load(at, 16);
    const z = v128.load(at, 32);
    const w = v128.load(at, 48);
    const any = f64x2.add(f64x2.add(x, y), f64x2.add(z, w)); // is NaN where one of them is
    const px = f64x2.add(f64x2.mul(f64x2.pmin(f64x2.pmax(lows, x), highs), scales), adds);
    const py = f64x2.add(f64x2.mul(f64x2.pmin(f64x2.pmax(lows, y), highs), scales), adds);
    const pz = f64x2.add(f64x2.mul(f64x2.pmin(f64x2.pmax(lows, z), highs), scales), adds);
    const pw = f64x2.add(f64x2.mul(f64x2.pmin(f64x2.pmax(lows, w), highs), scales), adds);
    const a = v128.shuffle<i32>(px, py, 0, 2, 4, 6);
    const b = v128.shuffle<i32>(pz, pw, 0, 2, 4, 6);
    v128.store(scratch, i32x4.add(v128.and(i32x4.shr_u(a, shift), cells), base));
    v128.store(scratch, i32x4.add(v128.and(i32x4.shr_u(b, shift), cells), base), 16);
    const far = i32x4.min_u(v128.and(a, fractions), v128.and(b, fractions));
    if (!i32x4.all_true(v128.and(far, f64x2.eq(any, any)))) {
      for (let k: usize = 0; k < 8; k++) {
        const counter = scratch + (k << 2);
        const value = load<f64>(at + (k << 3));
        nan += i32(value != value);
        store<u32>(counter, byEdge(load<u32>(counter), value, counts, bounds));
      }
    }
    incrementFour(scratch);
    incrementFour(scratch + 16);
  }
  for (; at < end; at += 8) {
    const x = load<f64>(at);
    nan += i32(x != x);
    const inside = x > low ? (x < high ? x : high) : low;
    const position = <u32>reinterpret<u64>(inside * scale + add);
    const counter = byEdge(counts + ((position >>> shift) & ~15), x, counts, bounds);
    store<u32>(counter, load<u32>(counter) + 1);
  }
  return nan;
}

/** Adds 1 to a counter of each of four cells, to the first one's first, the second one's second, and so on. */
// @ts-ignore: decorator
@inline
function incrementFour(cells: usize): void {
  const a = <usize>load<u32>(cells);
  store<u32>(a, load<u32>(a) + 1);
  const b = <usize>load<u32>(cells, 4);
  store<u32>(b, load<u32>(b, 4) + 1, 4);
  const c = <usize>load<u32>(cells, 8);
  store<u32>(c, load<u32>(c, 8) + 1, 8);
  const d = <usize>load<u32>(cells, 12);
  store<u32>(d, load<u32>(d, 12) + 1, 12);
}

/** The counter of x's cell, from that of a cell which may be one too high. */
// @ts-ignore: decorator
@inline
function byEdge(counter: usize, x: f64, counts: usize, bounds: usize): usize {
  return counter - (<usize>(x < load<f64>(bounds + ((counter - counts) >>> 1))) << 4);
}

/** Adds the four counters of each of `cells` cells, and puts the sums one after the other. */
export function joinFours(counts: usize, cells: i32): void {
  let from = counts;
  for (const end = counts + (<usize>cells << 2); counts < end; counts += 4, from += 16) {
    store<u32>(counts, load<u32>(from) + load<u32>(from, 4) + load<u32>(from, 8) + load<u32>(from, 12));
  }
}

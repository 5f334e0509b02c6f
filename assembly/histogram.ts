// Uniform histograms in which the edges decide.
//
// The bin index comes from a multiplication, two values at a time. Rounding can put that index one bin off only where
// the scaled position lies within `tolerance` of an integer; there, and only there, the value is compared with the
// edges themselves. Where numpy.histogram answers, the counts are the same.
//
// Counts: under, bins…, over, in four copies of bins + 2 u32 so that neighbouring equal values do not wait for each
// other's counter; `joinQuarters` adds them up. NaN is counted as under and by the return value.

/** Adds `length` dense f64 to the four copies at `counts`; `edges` holds bins + 1 f64. Returns the number of NaN. */
export function histogramUniform(
  counts: usize,
  values: usize,
  length: i32,
  edges: usize,
  bins: i32,
  scale: f64,
  tolerance: f64,
): i32 {
  const stride = <usize>(bins + 2) << 2;
  const first = load<f64>(edges);
  const vFirst = f64x2.splat(first);
  const vScale = f64x2.splat(scale);
  const vUnder = f64x2.splat(-0.5);
  const vOver = f64x2.splat(<f64>bins + 0.5);
  const vTolerance = f64x2.splat(tolerance);
  const vFar = f64x2.splat(1 - tolerance);
  const magic = f64x2.splat(4503599627370497); // 2^52 + 1: position -1 is cell 0
  let missing = i64x2.splat(0);
  let at = values;
  const end = values + (<usize>length << 3);
  for (const stop = values + (<usize>(length & ~3) << 3); at < stop; at += 32) {
    const x = v128.load(at);
    const y = v128.load(at, 16);
    missing = i64x2.add(missing, i64x2.add(f64x2.ne(x, x), f64x2.ne(y, y)));
    const px = f64x2.pmin(f64x2.pmax(vUnder, f64x2.mul(f64x2.sub(x, vFirst), vScale)), vOver);
    const py = f64x2.pmin(f64x2.pmax(vUnder, f64x2.mul(f64x2.sub(y, vFirst), vScale)), vOver);
    const fx = f64x2.floor(px);
    const fy = f64x2.floor(py);
    const rx = f64x2.sub(px, fx);
    const ry = f64x2.sub(py, fy);
    const near = v128.or(
      v128.or(f64x2.lt(rx, vTolerance), f64x2.gt(rx, vFar)),
      v128.or(f64x2.lt(ry, vTolerance), f64x2.gt(ry, vFar)),
    );
    let a: i32, b: i32, c: i32, d: i32;
    if (v128.any_true(near)) {
      a = cellOf(load<f64>(at), edges, bins, scale);
      b = cellOf(load<f64>(at, 8), edges, bins, scale);
      c = cellOf(load<f64>(at, 16), edges, bins, scale);
      d = cellOf(load<f64>(at, 24), edges, bins, scale);
    } else {
      const ix = f64x2.add(fx, magic);
      const iy = f64x2.add(fy, magic);
      a = i32x4.extract_lane(ix, 0);
      b = i32x4.extract_lane(ix, 2);
      c = i32x4.extract_lane(iy, 0);
      d = i32x4.extract_lane(iy, 2);
    }
    increment(counts + (<usize>a << 2));
    increment(counts + stride + (<usize>b << 2));
    increment(counts + (stride << 1) + (<usize>c << 2));
    increment(counts + stride * 3 + (<usize>d << 2));
  }
  let nan = -<i32>(i64x2.extract_lane(missing, 0) + i64x2.extract_lane(missing, 1));
  for (; at < end; at += 8) {
    const x = load<f64>(at);
    nan += i32(x != x);
    increment(counts + (<usize>cellOf(x, edges, bins, scale) << 2));
  }
  return nan;
}

/** Adds the other three copies to the first; `cells` is bins + 2. */
export function joinQuarters(counts: usize, cells: i32): void {
  const stride = <usize>cells << 2;
  for (const end = counts + stride; counts < end; counts += 4) {
    store<u32>(
      counts,
      load<u32>(counts) +
        load<u32>(counts + stride) +
        load<u32>(counts + (stride << 1)) +
        load<u32>(counts + stride * 3),
    );
  }
}

/** The cell by the edges, found from a guess that is at most a few bins off. */
function cellOf(x: f64, edges: usize, bins: i32, scale: f64): i32 {
  const last = load<f64>(edges + (<usize>bins << 3));
  if (!(x >= load<f64>(edges))) return 0;
  if (x >= last) return x == last ? bins : bins + 1;
  let bin = min(<i32>((x - load<f64>(edges)) * scale), bins - 1);
  while (bin > 0 && x < load<f64>(edges + (<usize>bin << 3))) bin--;
  while (bin < bins - 1 && x >= load<f64>(edges + (<usize>(bin + 1) << 3))) bin++;
  return bin + 1;
}

// @ts-ignore: decorator
@inline
function increment(counter: usize): void {
  store<u32>(counter, load<u32>(counter) + 1);
}

// The three rules of `src/source/grid.ts`, each in one place: counting and ordering use these and cannot disagree.

/**
 * cell = clamp(x · scale + offset, 2^52, 2^52 + count - 1) - 2^52 with offset = 2^52 - low · scale: what is rounded to a
 * double there is rounded to a whole number, ties to even, and stands in the low bits. NaN gives 0.
 */
export namespace Scale {
  // @ts-ignore: decorator
  @inline
  export function offset(low: f64, scale: f64): f64 {
    return 4503599627370496.0 - low * scale;
  }

  // @ts-ignore: decorator
  @inline
  export function cell(x: f64, offset: f64, scale: f64, count: i32): i32 {
    const position = x * scale + offset;
    const first: f64 = 4503599627370496;
    const last = first + <f64>(count - 1);
    const clamped = position > first ? (position > last ? last : position) : first;
    return <i32>reinterpret<i64>(clamped);
  }
}

/** cell = clamp((key - low) >> shift, 0, count - 1); NaN gives 0. */
export namespace Key {
  /** Signed integers in the order of the doubles; -0 gets the key of 0. */
  // @ts-ignore: decorator
  @inline
  export function from(x: f64): i64 {
    const bits = reinterpret<i64>(x + 0);
    return x == x ? bits ^ ((bits >> 63) & i64.MAX_VALUE) : i64.MIN_VALUE;
  }

  // @ts-ignore: decorator
  @inline
  export function cell(key: i64, low: i64, shift: i32, count: i32): i32 {
    const steps = <u64>(key - low) >> <u64>shift;
    return key <= low ? 0 : steps < <u64>count ? <i32>steps : count - 1;
  }
}

/** The number of edges at or below x; with `closed`, x equal to the last edge is in the cell before it. NaN gives 0. */
export namespace Edges {
  // @ts-ignore: decorator
  @inline
  export function cell<T extends number>(x: T, edges: usize, edgeCount: i32, closed: i32): i32 {
    let base = edges;
    let size = edgeCount;
    while (size > 1) {
      const half = size >> 1;
      const middle = base + (<usize>half << 3);
      base = load<T>(middle) <= x ? middle : base;
      size -= half;
    }
    const below = <i32>((base - edges) >>> 3) + i32(load<T>(base) <= x);
    return below - (closed & i32(below == edgeCount) & i32(x == load<T>(edges + (<usize>(edgeCount - 1) << 3))));
  }
}

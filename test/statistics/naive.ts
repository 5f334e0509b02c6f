/** Statistics written to be obviously right: sort everything, walk everything. Whatever is faster is compared with them. */

/** Values in order, without NaN; -0 is 0. */
export function ordered(values: Iterable<number>): number[] {
  return Array.from(values, (x) => x + 0)
    .filter((x) => !Number.isNaN(x))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The largest i·m - j·n in size: smallest value that attains it, + before -. */
export function largestGap(reference: Iterable<number>, current: Iterable<number>) {
  const x = ordered(reference);
  const y = ordered(current);
  const n = x.length;
  const m = y.length;
  let gap = 0;
  let location: number | null = null;
  for (const value of ordered(new Set([...x, ...y]))) {
    const d = x.filter((v) => v <= value).length * m - y.filter((v) => v <= value).length * n;
    if (Math.abs(d) > Math.abs(gap) || (d === -gap && d > 0)) {
      gap = d;
      location = value;
    }
  }
  return { gap, location, n, m };
}

/** Area between the distribution functions. */
export function area(reference: Iterable<number>, current: Iterable<number>): number {
  const x = ordered(reference);
  const y = ordered(current);
  const all = ordered(new Set([...x, ...y]));
  let sum = 0;
  for (let k = 1; k < all.length; k++) {
    const gap = x.filter((v) => v < all[k]!).length * y.length - y.filter((v) => v < all[k]!).length * x.length;
    if (gap !== 0) sum += Math.abs(gap) * (all[k]! - all[k - 1]!);
  }
  return sum / x.length / y.length;
}

/** ADWIN's window: an exponential histogram of sums and squared deviations. */

/** Buckets of one size, the oldest first. */
interface Row {
  readonly totals: number[];
  readonly squares: number[];
}

export interface Window {
  /** Number of values, their sum, and the sum of their squared deviations from their mean. */
  width: number;
  total: number;
  squares: number;
  /** Of buckets of 1, 2, 4, … values. */
  readonly rows: Row[];
}

export const emptyWindow = (): Window => ({ width: 0, total: 0, squares: 0, rows: [{ totals: [], squares: [] }] });

/** Adds a value, and merges the two oldest buckets of a row that has one too many: O(1) amortised. */
export function insert(window: Window, value: number, maxBuckets: number): void {
  window.rows[0]!.totals.push(value);
  window.rows[0]!.squares.push(0);
  const before = window.width;
  window.width += 1;
  if (before > 0) {
    const deviation = value - window.total / before;
    window.squares += (before * deviation * deviation) / window.width;
  }
  window.total += value;
  merge(window.rows, maxBuckets);
}

function merge(rows: Row[], maxBuckets: number): void {
  let size = 1;
  for (let k = 0; rows[k]!.totals.length > maxBuckets; k++, size *= 2) {
    const { totals, squares } = rows[k]!;
    if (k + 1 === rows.length) rows.push({ totals: [], squares: [] });
    const next = rows[k + 1]!;
    const first = totals.shift()!;
    const second = totals.shift()!;
    const difference = first / size - second / size;
    next.totals.push(first + second);
    next.squares.push(squares.shift()! + squares.shift()! + (size * size * difference * difference) / (size + size));
  }
}

/** Sum and squared deviations anew from the buckets: what large values left in the running ones goes with them. */
export function addUp(window: Window): void {
  const { rows } = window;
  let [count, total, squares] = [0, 0, 0];
  for (let row = rows.length - 1; row >= 0; row--) {
    const size = 2 ** row;
    for (const [k, own] of rows[row]!.totals.entries()) {
      squares += rows[row]!.squares[k]!;
      if (count > 0) {
        const difference = own / size - total / count;
        squares += (count * size * difference * difference) / (count + size);
      }
      count += size;
      total += own;
    }
  }
  window.total = total;
  window.squares = squares;
}

/** Drops the oldest bucket. */
export function removeOldest(window: Window): void {
  const { rows } = window;
  const size = 2 ** (rows.length - 1);
  const { totals, squares } = rows.at(-1)!;
  const total = totals.shift()!;
  window.width -= size;
  window.total -= total;
  const difference = total / size - window.total / window.width;
  window.squares -= squares.shift()! + (size * window.width * difference * difference) / (size + window.width);
  while (rows.length > 1 && rows.at(-1)!.totals.length === 0) rows.pop();
}

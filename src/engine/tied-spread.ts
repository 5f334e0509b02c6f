/**
 * The sum of the squared weights of the Anderson-Darling law given the ties, from the places of ties alone.
 *
 * Over the distinct pooled values, l of them equal about the mid-rank p, D = p · (N - p) - N · l / 4, it is the sum of
 *   l² + 2 · l / D · (N - p)² · C,   C the sum of l / D · p² below.
 * Where values differ all the way from one place to another, both are differences of sums that depend on N alone; those
 * are in a table, which is kept until it is needed for another N: the columns of a table mostly have one.
 */

/** Sums over the first values when all differ: of p² / D, and of (N - p)² / D times the one below it. */
interface Sums {
  readonly total: number;
  readonly correlated: Float64Array;
  readonly products: Float64Array;
}

/** A table for more values would take more than 32 MiB. */
const fewest = 2048;
const most = 2 ** 21;

/** Whether the sum over so many pooled values is found here. */
export function hasSums(total: number): boolean {
  return total >= fewest && total <= most;
}

let table: Sums = { total: 0, correlated: new Float64Array(0), products: new Float64Array(0) };

function sumsFor(total: number): Sums {
  if (table.total === total) return table;
  const fits = table.correlated.length > total;
  const correlated = fits ? table.correlated : new Float64Array(total + 1);
  const products = fits ? table.products : new Float64Array(total + 1);
  for (let t = 0; t < total; t++) {
    const p = t + 0.5;
    const above = total - p;
    const weight = 1 / (p * above - 0.25 * total);
    products[t + 1] = products[t]! + weight * above * above * correlated[t]!;
    correlated[t + 1] = correlated[t]! + weight * p * p;
  }
  table = { total, correlated, products };
  return table;
}

/** Two sides in order: current values with how many of the reference's are below and not above each, and the runs of ties. */
export interface TiedSides {
  readonly current: Float64Array;
  readonly below: Uint32Array;
  readonly upTo: Uint32Array;
  /** First place and end of each run of equal reference values. */
  readonly ties: Uint32Array;
  readonly n: number;
}

export function spreadOfTies({ current, below, upTo, ties, n }: TiedSides): number {
  const m = current.length;
  const total = n + m;
  const { correlated, products } = sumsFor(total);
  let place = 0;
  let sum = 0;
  let known = 0;
  const pass = (count: number): void => {
    if (count <= 0) return;
    const end = place + count;
    const more = correlated[total - place]! - correlated[total - end]!;
    sum += count + 2 * ((known - correlated[place]!) * more + (products[end]! - products[place]!));
    known += correlated[end]! - correlated[place]!;
    place = end;
  };
  const passEqual = (count: number): void => {
    const p = place + 0.5 * count;
    const variance = p * (total - p) - 0.25 * total * count;
    if (variance > 0) {
      const weight = count / variance;
      sum += count * count + 2 * weight * (total - p) ** 2 * known;
      known += weight * p * p;
    }
    place += count;
  };
  let i = 0;
  let tie = 0;
  const passReference = (to: number): void => {
    for (; tie < ties.length && ties[tie]! < to; tie += 2) {
      pass(ties[tie]! - i);
      i = ties[tie + 1]!;
      passEqual(i - ties[tie]!);
    }
    pass(to - i);
  };
  for (let k = 0; k < m; ) {
    passReference(below[k]!);
    const end = upTo[k]!;
    let next = k + 1;
    while (next < m && current[next] === current[k]) next++;
    passEqual(end - below[k]! + next - k);
    if (tie < ties.length && ties[tie]! < end) tie += 2;
    i = end;
    k = next;
  }
  passReference(n);
  return sum;
}

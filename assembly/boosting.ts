// Boosted trees over binned columns (Friedman 2001; histograms as in LightGBM, Ke et al. 2017): codes of values, gradients
// of the loss, sums of gradients per bin, the best split of a node, and what a finished tree adds to the scores.
//
// Codes are bytes, column after column, `rows` of them each. Code 0 is a missing value, 1 + b lies in bin b. Gradients are
// pairs of f64 (first and second derivative of the loss), one a row. A histogram has a pair for each code of each column,
// columns one after the other. A tree is an array of nodes of 24 bytes:
//
//   0 column i32, -1 in a leaf | 4 last code that goes left u8 | 5 missing values go left u8 | 8 left u32 | 12 right u32
//   16 what a leaf adds f64

/** Codes of `length` f64 (u8 at `out`): 0 for NaN, else 1 + the number of the `count` ascending edges below the value. */
export function codesByEdges(values: usize, length: u32, edges: usize, count: u32, out: usize): void {
  for (const end = out + length; out < end; out++, values += 8) {
    const x = load<f64>(values);
    let low: u32 = 0;
    for (let left = count; left > 0; ) {
      const half = left >>> 1;
      const below = load<f64>(edges + (<usize>(low + half) << 3)) < x;
      low = below ? low + half + 1 : low;
      left = below ? left - half - 1 : half;
    }
    store<u8>(out, x == x ? low + 1 : 0);
  }
}

/** Gradients of the logistic loss of `rows` scores (log-odds) with targets 0 or 1. */
export function logisticGradients(scores: usize, targets: usize, rows: u32, out: usize): void {
  for (const end = scores + (<usize>rows << 3); scores < end; scores += 8, targets += 8, out += 16) {
    const p = 1 / (1 + Math.exp(-load<f64>(scores)));
    store<f64>(out, p - load<f64>(targets));
    store<f64>(out, p * (1 - p), 8);
  }
}

/** Gradients of half the squared error. */
export function squaredGradients(scores: usize, targets: usize, rows: u32, out: usize): void {
  for (const end = scores + (<usize>rows << 3); scores < end; scores += 8, targets += 8, out += 16) {
    store<f64>(out, load<f64>(scores) - load<f64>(targets));
    store<f64>(out, 1, 8);
  }
}

// @ts-ignore: decorator
@inline
function addPair(to: usize, pair: v128): void {
  v128.store(to, f64x2.add(v128.load(to), pair));
}

/** The sum of the gradients of `length` rows (u32 at `members`) to `out`. */
export function sumGradients(gradients: usize, members: usize, length: u32, out: usize): void {
  let sum = f64x2.splat(0);
  for (const end = members + (<usize>length << 2); members < end; members += 4) {
    sum = f64x2.add(sum, v128.load(gradients + (<usize>load<u32>(members) << 4)));
  }
  v128.store(out, sum);
}

/**
 * The histograms of `columns` columns with `codes` codes each, of `length` rows. Four columns are filled on one way
 * through the rows, so that one gradient is read for all and no addition waits for the one before it.
 */
export function fillHistograms(
  gradients: usize,
  members: usize,
  length: u32,
  codes: usize,
  rows: u32,
  columns: u32,
  codeCount: u32,
  out: usize,
): void {
  const size = <usize>codeCount << 4;
  memory.fill(out, 0, size * columns);
  const end = members + (<usize>length << 2);
  let column: u32 = 0;
  for (; column + 4 <= columns; column += 4, codes += <usize>rows << 2, out += size << 2) {
    for (let member = members; member < end; member += 4) {
      const row = <usize>load<u32>(member);
      const pair = v128.load(gradients + (row << 4));
      const at = codes + row;
      addPair(out + (<usize>load<u8>(at) << 4), pair);
      addPair(out + size + (<usize>load<u8>(at + rows) << 4), pair);
      addPair(out + (size << 1) + (<usize>load<u8>(at + (<usize>rows << 1)) << 4), pair);
      addPair(out + size * 3 + (<usize>load<u8>(at + <usize>rows * 3) << 4), pair);
    }
  }
  for (; column < columns; column++, codes += rows, out += size) {
    for (let member = members; member < end; member += 4) {
      const row = <usize>load<u32>(member);
      addPair(out + (<usize>load<u8>(codes + row) << 4), v128.load(gradients + (row << 4)));
    }
  }
}

/** A parent's histogram, of `pairs` pairs, becomes that of the child that was not counted. */
export function subtractPairs(parent: usize, child: usize, pairs: u32): void {
  for (const end = parent + (<usize>pairs << 4); parent < end; parent += 16, child += 16) {
    v128.store(parent, f64x2.sub(v128.load(parent), v128.load(child)));
  }
}

/** What a node of these sums is worth: twice the loss that its best constant takes away. */
// @ts-ignore: decorator
@inline
function worth(gradient: f64, hessian: f64, penalty: f64): f64 {
  return (gradient * gradient) / (hessian + penalty);
}

/**
 * The best split of a node with the given histograms and sums; the first of equally good ones. To `out`, as f64: gain (0
 * if no split is allowed), column, last code that goes left, whether missing values do, and the sums of the left child.
 *
 * @param least the second derivative that a child needs
 */
export function bestSplit(
  histograms: usize,
  columns: u32,
  codeCount: u32,
  gradient: f64,
  hessian: f64,
  penalty: f64,
  least: f64,
  out: usize,
): void {
  const whole = worth(gradient, hessian, penalty);
  memory.fill(out, 0, 48);
  let best: f64 = 0;
  for (let column: u32 = 0; column < columns; column++, histograms += <usize>codeCount << 4) {
    // Without missing values both ways to send them are one.
    const ways = load<f64>(histograms, 8) > 0 ? 2 : 1;
    for (let left = 0; left < ways; left++) {
      let g: f64 = left ? load<f64>(histograms) : 0;
      let h: f64 = left ? load<f64>(histograms, 8) : 0;
      // Against all values of a column its missing ones alone can stand too.
      for (let code: u32 = 1; code < codeCount; code++) {
        const pair = histograms + (<usize>code << 4);
        g += load<f64>(pair);
        h += load<f64>(pair, 8);
        if (h < least) continue;
        if (hessian - h < least) break;
        const gain = worth(g, h, penalty) + worth(gradient - g, hessian - h, penalty) - whole;
        if (gain <= best) continue;
        best = gain;
        store<f64>(out, gain);
        store<f64>(out, <f64>column, 8);
        store<f64>(out, <f64>code, 16);
        store<f64>(out, <f64>left, 24);
        store<f64>(out, g, 32);
        store<f64>(out, h, 40);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function goesLeft(code: u32, last: u32, missingLeft: u32): bool {
  return code == 0 ? missingLeft != 0 : code <= last;
}

/**
 * Brings the rows of a node (u32) that go left to the front, both parts in their order; returns how many there are.
 *
 * @param column its codes
 * @param scratch room for as many u32
 */
export function partitionRows(
  members: usize,
  length: u32,
  column: usize,
  last: u32,
  missingLeft: u32,
  scratch: usize,
): u32 {
  let left = members;
  let right = scratch;
  for (let at = members, end = members + (<usize>length << 2); at < end; at += 4) {
    const row = load<u32>(at);
    const isLeft = <usize>goesLeft(load<u8>(column + row), last, missingLeft);
    store<u32>(left, row);
    store<u32>(right, row);
    left += isLeft << 2;
    right += (1 - isLeft) << 2;
  }
  memory.copy(left, scratch, right - scratch);
  return <u32>((left - members) >>> 2);
}

/** Adds to the scores (f64) of all rows what the leaves that they reach hold. */
export function addTree(nodes: usize, codes: usize, rows: u32, scores: usize): void {
  for (let row: u32 = 0; row < rows; row++) {
    let node = nodes;
    for (let column = load<i32>(node); column >= 0; column = load<i32>(node)) {
      const code = load<u8>(codes + <usize>column * rows + row);
      const next = goesLeft(code, load<u8>(node, 4), load<u8>(node, 5)) ? load<u32>(node, 8) : load<u32>(node, 12);
      node = nodes + <usize>next * 24;
    }
    const score = scores + (<usize>row << 3);
    store<f64>(score, load<f64>(score) + load<f64>(node, 16));
  }
}

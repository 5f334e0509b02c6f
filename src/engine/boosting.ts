/**
 * Gradient-boosted trees over columns of bin codes [1], grown leaf by leaf: the leaf with the largest gain is split next,
 * and of two children only the smaller one's histograms are counted, the other's are what remains [2]. Sums are formed in
 * row order on one thread, so that the same rows give the same trees, bit for bit. A value that is missing where none was
 * in training goes right. Kernels: assembly/boosting.ts.
 *
 * [1] Friedman: Greedy function approximation: a gradient boosting machine. Annals of Statistics 29 (2001).
 * [2] Ke et al.: LightGBM: a highly efficient gradient boosting decision tree. NIPS (2017).
 */
import type { Engine } from "./memory.js";
import { type Take, withScratch } from "./workspace.js";

/** Columns of codes, one after the other: `rows` bytes each, 0 where a value is missing. */
export interface Coded {
  readonly codes: Uint8Array;
  readonly rows: number;
  readonly columns: number;
  /** One more than the largest code. */
  readonly codeCount: number;
}

/** `logistic`: targets are 0 or 1 and scores log-odds. `squared`: scores are estimates of the targets. */
export type Loss = "logistic" | "squared";

export interface Growth {
  readonly loss: Loss;
  readonly trees: number;
  /** The most leaves of a tree. */
  readonly leaves: number;
  /** What of each leaf's value is added. */
  readonly rate: number;
  /** Added to the second derivative of a leaf, which shrinks its value. */
  readonly penalty: number;
  /** The second derivative that a leaf needs: rows for the squared error, a quarter of them at even odds. */
  readonly least: number;
}

/** What was learned, as far as it is asked for. */
export interface Boosted {
  /** One a row: of all rows, those that were not trained on too. */
  readonly scores: Float64Array;
  /** By column: the sum over all splits of the loss that they took away. */
  readonly gains: Float64Array;
}

const nodeBytes = 24;
const splitNumbers = 6;

/** A leaf while its tree grows. */
interface Leaf {
  readonly node: number;
  /** Its rows: `length` of the members from `from` on. */
  readonly from: number;
  readonly length: number;
  readonly gradient: number;
  readonly hessian: number;
  readonly histograms: number;
  readonly split: Float64Array;
}

/**
 * Trains on some rows and scores all of them.
 *
 * @param targets one a row; those of rows that are not trained on are not used
 * @param training row numbers, ascending, at least one
 */
export function boost(coded: Coded, targets: Float64Array, training: Uint32Array, growth: Growth): Boosted {
  return withScratch((engine, take) => {
    const { kernels, f64 } = engine;
    const { rows, columns } = coded;
    const codes = take(coded.codes.length);
    engine.copyIn(coded.codes, codes);
    const [scores, wanted, gradients] = [take(rows * 8), take(rows * 8), take(rows * 16)];
    f64.set(targets, wanted / 8);
    f64.fill(startOf(targets, training, growth.loss), scores / 8, scores / 8 + rows);
    const tree = treeGrower(coded, codes, gradients, training, growth, engine, take);
    const gains = new Float64Array(columns);
    const derive = growth.loss === "logistic" ? kernels.logisticGradients : kernels.squaredGradients;
    for (let k = 0; k < growth.trees; k++) {
      derive(scores, wanted, rows, gradients);
      const { nodes, count } = tree(gains);
      if (count === 1) break;
      kernels.addTree(nodes, codes, rows, scores);
    }
    return { scores: f64.slice(scores / 8, scores / 8 + rows), gains };
  });
}

/** The best constant score. */
function startOf(targets: Float64Array, training: Uint32Array, loss: Loss): number {
  let sum = 0;
  for (const row of training) sum += targets[row]!;
  const mean = sum / training.length;
  if (loss === "squared") return mean;
  // Of one class only: odds as if half a row of the other had been seen.
  const edge = 0.5 / training.length;
  const share = Math.min(Math.max(mean, edge), 1 - edge);
  return Math.log(share / (1 - share));
}

/** Grows one tree after the other in the same memory; each call adds to `gains` and returns the tree. */
function treeGrower(
  { rows, columns, codeCount }: Coded,
  codes: number,
  gradients: number,
  training: Uint32Array,
  { leaves, rate, penalty, least }: Growth,
  { kernels, f64, u8, u32 }: Engine,
  take: Take,
): (gains: Float64Array) => { nodes: number; count: number } {
  const pairs = columns * codeCount;
  const histogramsOf = Array.from({ length: leaves }, () => take(pairs * 16));
  const nodes = take((2 * leaves - 1) * nodeBytes);
  const [members, scratch] = [take(training.length * 4), take(training.length * 4)];
  const out = take(splitNumbers * 8);

  const fill = ({ from, length, histograms }: Pick<Leaf, "from" | "length" | "histograms">): void =>
    kernels.fillHistograms(gradients, members + from * 4, length, codes, rows, columns, codeCount, histograms);
  const splitOf = (leaf: Omit<Leaf, "split">): Leaf => {
    kernels.bestSplit(leaf.histograms, columns, codeCount, leaf.gradient, leaf.hessian, penalty, least, out);
    return { ...leaf, split: f64.slice(out / 8, out / 8 + splitNumbers) };
  };
  const writeLeaf = ({ node, gradient, hessian }: Leaf): void => {
    const at = nodes + node * nodeBytes;
    u32[at / 4] = 2 ** 32 - 1;
    f64[at / 8 + 2] = (-rate * gradient) / (hessian + penalty);
  };

  return (gains) => {
    u32.set(training, members / 4);
    kernels.sumGradients(gradients, members, training.length, out);
    const [gradient, hessian] = [f64[out / 8]!, f64[out / 8 + 1]!];
    const whole = { node: 0, from: 0, length: training.length, gradient, hessian, histograms: histogramsOf[0]! };
    fill(whole);
    const growing = [splitOf(whole)];
    let count = 1;
    while (growing.length < leaves) {
      const chosen = indexOfLargest(growing);
      const parent = growing[chosen]!;
      const [gain, column, last, missingLeft, g, h] = parent.split as unknown as [
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      if (!(gain > 0)) break;
      gains[column]! += gain / 2;
      const from = parent.from;
      const inLeft = kernels.partitionRows(
        members + from * 4,
        parent.length,
        codes + column * rows,
        last,
        missingLeft,
        scratch,
      );
      const at = nodes + parent.node * nodeBytes;
      u32[at / 4] = column;
      u8[at + 4] = last;
      u8[at + 5] = missingLeft;
      u32[at / 4 + 2] = count;
      u32[at / 4 + 3] = count + 1;
      const left = { node: count, from, length: inLeft, gradient: g, hessian: h };
      const right = {
        node: count + 1,
        from: from + inLeft,
        length: parent.length - inLeft,
        gradient: parent.gradient - g,
        hessian: parent.hessian - h,
      };
      count += 2;
      const [own, others] = [histogramsOf[growing.length]!, parent.histograms];
      const leftIsSmaller = left.length <= right.length;
      fill({ ...(leftIsSmaller ? left : right), histograms: own });
      kernels.subtractPairs(others, own, pairs);
      growing[chosen] = splitOf({ ...left, histograms: leftIsSmaller ? own : others });
      growing.push(splitOf({ ...right, histograms: leftIsSmaller ? others : own }));
    }
    growing.forEach(writeLeaf);
    return { nodes, count };
  };
}

function indexOfLargest(leaves: readonly Leaf[]): number {
  let best = 0;
  for (let k = 1; k < leaves.length; k++) if (leaves[k]!.split[0]! > leaves[best]!.split[0]!) best = k;
  return best;
}

/**
 * Codes of values by ascending edges: 0 for NaN, else 1 + how many edges lie below; at most 254 edges.
 *
 * @param out where the codes go, as many as values
 */
export function codeValues(values: Float64Array, edges: Float64Array, out: Uint8Array): void {
  withScratch(({ kernels, f64, u8 }, take) => {
    const [from, bounds, codes] = [take(values.length * 8), take(edges.length * 8), take(values.length)];
    f64.set(values, from / 8);
    f64.set(edges, bounds / 8);
    kernels.codesByEdges(from, values.length, bounds, edges.length, codes);
    out.set(u8.subarray(codes, codes + values.length));
  });
}

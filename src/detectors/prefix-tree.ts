/**
 * Counts of two samples over their distinct values, as a treap whose nodes know the largest and the least prefix sum below
 * them: D of the two changes in O(log n) with each value that comes or goes.
 *
 * A value of the first sample weighs m, one of the second −n, so that the sum up to a point is n·m (F − G) in whole numbers.
 * dos Reis et al. [1] keep these sums with lazily added amounts; here a node holds only sums of its own subtree,
 *
 *     sum = left.sum + own + right.sum
 *     most = max(left.most, left.sum + own, left.sum + own + right.most)
 *
 * which needs nothing to be pushed down, and equal values share a node, so that ties are exact.
 *
 * [1] dos Reis, Flach, Matwin, Batista: Fast unsupervised online drift detection using incremental Kolmogorov-Smirnov
 *     test. KDD (2016).
 */

export class PrefixTree {
  readonly #n: number;
  readonly #m: number;
  // node 0 is the empty tree: all of its sums are 0
  readonly #key: Float64Array;
  readonly #first: Int32Array;
  readonly #second: Int32Array;
  readonly #left: Int32Array;
  readonly #right: Int32Array;
  readonly #priority: Uint32Array;
  readonly #sum: Float64Array;
  readonly #most: Float64Array;
  readonly #least: Float64Array;
  readonly #free: number[] = [];
  #root = 0;
  #used = 1;
  #random = 0x9e3779b9;

  /** For at most n values of the first sample and m of the second, n·m less than 2^53. */
  constructor(n: number, m: number) {
    const size = n + m + 2;
    this.#n = n;
    this.#m = m;
    this.#key = new Float64Array(size);
    this.#sum = new Float64Array(size);
    this.#most = new Float64Array(size);
    this.#least = new Float64Array(size);
    this.#first = new Int32Array(size);
    this.#second = new Int32Array(size);
    this.#left = new Int32Array(size);
    this.#right = new Int32Array(size);
    this.#priority = new Uint32Array(size);
  }

  /** n·m·D, when all n and m values are there. */
  get gap(): number {
    return Math.max(this.#most[this.#root]!, -this.#least[this.#root]!);
  }

  /** Adds a value to a sample (+1), or takes one away that is there (-1). */
  change(value: number, isFirst: boolean, by: 1 | -1): void {
    this.#root = this.#changed(this.#root, value, isFirst, by);
  }

  #changed(node: number, value: number, isFirst: boolean, by: 1 | -1): number {
    if (node === 0) return this.#created(value, isFirst);
    const key = this.#key[node]!;
    if (value === key) {
      const counts = isFirst ? this.#first : this.#second;
      counts[node]! += by;
      if (this.#first[node] === 0 && this.#second[node] === 0) {
        this.#free.push(node);
        return this.#merged(this.#left[node]!, this.#right[node]!);
      }
    } else {
      const [side, other] = value < key ? [this.#left, this.#right] : [this.#right, this.#left];
      const child = this.#changed(side[node]!, value, isFirst, by);
      side[node] = child;
      if (this.#priority[child]! > this.#priority[node]!) {
        side[node] = other[child]!;
        other[child] = node;
        this.#update(node);
        return this.#update(child);
      }
    }
    return this.#update(node);
  }

  #created(value: number, isFirst: boolean): number {
    const node = this.#free.pop() ?? this.#used++;
    this.#key[node] = value;
    this.#first[node] = isFirst ? 1 : 0;
    this.#second[node] = isFirst ? 0 : 1;
    this.#left[node] = 0;
    this.#right[node] = 0;
    // Marsaglia's xorshift: D does not depend on the shape of the tree, only time does
    this.#random ^= this.#random << 13;
    this.#random ^= this.#random >>> 17;
    this.#random ^= this.#random << 5;
    this.#priority[node] = this.#random;
    return this.#update(node);
  }

  #merged(lower: number, upper: number): number {
    if (lower === 0) return upper;
    if (upper === 0) return lower;
    if (this.#priority[lower]! > this.#priority[upper]!) {
      this.#right[lower] = this.#merged(this.#right[lower]!, upper);
      return this.#update(lower);
    }
    this.#left[upper] = this.#merged(lower, this.#left[upper]!);
    return this.#update(upper);
  }

  #update(node: number): number {
    const left = this.#left[node]!;
    const right = this.#right[node]!;
    const until = this.#sum[left]! + this.#first[node]! * this.#m - this.#second[node]! * this.#n;
    this.#sum[node] = until + this.#sum[right]!;
    // a right side without a node has 0 as its most and least, which is `until` itself
    this.#most[node] = Math.max(this.#most[left]!, until + this.#most[right]!, until);
    this.#least[node] = Math.min(this.#least[left]!, until + this.#least[right]!, until);
    return node;
  }
}

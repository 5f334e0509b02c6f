// What change points alone give, for comparison: the partition into stretches of one mean with the least cost (that which PELT
// finds), Σ (z - mean)² + penalty a stretch, and plain rules that read a kind from its levels. Of the penalties 2, 3 and 4 log n
// the first was right most often, on other seeds.

/** Ends of the stretches of the cheapest partition; none is shorter than `least`. */
export function partition(scores, penalty, least = 2) {
  const n = scores.length;
  const sums = new Float64Array(n + 1);
  const squares = new Float64Array(n + 1);
  for (let t = 0; t < n; t++) {
    sums[t + 1] = sums[t] + scores[t];
    squares[t + 1] = squares[t] + scores[t] ** 2;
  }
  const cost = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
  const start = new Int32Array(n + 1);
  cost[0] = -penalty;
  for (let end = least; end <= n; end++) {
    for (let from = 0; from <= end - least; from++) {
      const sum = sums[end] - sums[from];
      const one = cost[from] + squares[end] - squares[from] - sum ** 2 / (end - from) + penalty;
      if (one < cost[end]) [cost[end], start[end]] = [one, from];
    }
  }
  const stretches = [];
  for (let end = n; end > 0; end = start[end]) {
    stretches.unshift({ from: start[end], end, level: (sums[end] - sums[start[end]]) / (end - start[end]) });
  }
  return stretches;
}

/** Reads a kind from the levels: one step, steps in one direction, up and back, up and down again and again. */
export function kindOfPartition(scores, phi = 0, penalty = 2 * Math.log(scores.length)) {
  const whitened = scores.map((z, t) => (t === 0 ? z : (z - phi * scores[t - 1]) / Math.sqrt(1 - phi * phi)));
  const levels = partition(whitened, penalty).map(({ level }) => level);
  if (levels.length === 1) return "none";
  const ups = levels.slice(1).map((level, k) => level > levels[k]);
  if (ups.every((up) => up)) return levels.length === 2 ? "instantaneous" : "gradual";
  const height = Math.max(...levels) - Math.min(...levels);
  if (ups.filter((up, k) => k > 0 && up !== ups[k - 1]).length >= 3) return "periodic";
  return levels.at(-1) - Math.min(...levels) < height / 2
    ? "temporary"
    : levels.length > 2
      ? "gradual"
      : "instantaneous";
}

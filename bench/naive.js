// The same statistics written to be obviously right: sort, walk, add. No figure is taken before they agree.

export function largestGap(reference, current) {
  const x = reference.slice().sort();
  const y = current.slice().sort();
  let largest = 0;
  let location = null;
  eachStep(x, y, (value, i, j) => {
    const gap = i * y.length - j * x.length;
    if (Math.abs(gap) > Math.abs(largest) || (gap > 0 && gap === -largest)) {
      largest = gap;
      location = value;
    }
  });
  return { statistic: Math.abs(largest) / (x.length * y.length), location, sign: Math.sign(largest) };
}

export function area(reference, current) {
  const x = reference.slice().sort();
  const y = current.slice().sort();
  let sum = 0;
  let last = 0;
  let gap = 0;
  eachStep(x, y, (value, i, j) => {
    if (gap !== 0) sum += gap * (value - last);
    last = value;
    gap = Math.abs(i / x.length - j / y.length);
  });
  return { distance: sum };
}

/** Calls `visit` with each distinct value and how many values of both sides are at most as large. */
export function eachStep(x, y, visit) {
  let i = 0;
  let j = 0;
  while (i < x.length || j < y.length) {
    const value = j === y.length || x[i] <= y[j] ? x[i] : y[j];
    while (x[i] === value) i++;
    while (y[j] === value) j++;
    visit(value, i, j);
  }
}

export function welch(reference, current) {
  const a = squaredError(reference);
  const b = squaredError(current);
  const degreesOfFreedom = (a + b) ** 2 / (a ** 2 / (reference.length - 1) + b ** 2 / (current.length - 1));
  return { statistic: (mean(reference) - mean(current)) / Math.sqrt(a + b), degreesOfFreedom };
}

const mean = (values) => values.reduce((sum, x) => sum + x, 0) / values.length;

function squaredError(values) {
  const centre = mean(values);
  return values.reduce((sum, x) => sum + (x - centre) ** 2, 0) / (values.length - 1) / values.length;
}

/** Counts between equally wide edges; the last bin is closed. */
export function counts(values, bins, range) {
  return sums(values, new Uint8Array(values.length).fill(1), bins, range);
}

/** The same of weights. */
export function sums(values, weights, bins, [low, high]) {
  const edges = Array.from({ length: bins + 1 }, (_, k) => (k === bins ? high : low + k * ((high - low) / bins)));
  const found = new Array(bins).fill(0);
  for (const [k, x] of values.entries()) {
    if (x >= low && x <= high) found[x === high ? bins - 1 : lastNotAbove(edges, x)] += weights[k];
  }
  return { counts: found };
}

/** By bisection, the last of ascending edges that is at most x. */
function lastNotAbove(edges, x) {
  let low = 0;
  let high = edges.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (edges[middle] <= x) low = middle;
    else high = middle;
  }
  return low;
}

/** U, the Cramér-von Mises statistic and the energy distance of samples without ties. */
export function rankSums(reference, current) {
  const x = reference.slice().sort();
  const y = current.slice().sort();
  const total = x.length + y.length;
  let pairs = 0;
  let squares = 0;
  let area = 0;
  let gap = 0;
  let last = 0;
  let before = 0;
  eachStep(x, y, (value, i, j) => {
    area += gap ** 2 * (value - last);
    gap = i / x.length - j / y.length;
    squares += gap ** 2;
    if (i > before) pairs += j;
    before = i;
    last = value;
  });
  return {
    mannWhitneyTest: pairs,
    cramerVonMisesTest: ((x.length * y.length) / total ** 2) * squares,
    energy: Math.sqrt(2 * area),
  };
}

/** (∫ |F - G|^p dx)^(1/p). */
export function ecdfNorm(reference, current, p) {
  const x = reference.slice().sort();
  const y = current.slice().sort();
  let sum = 0;
  let last = 0;
  let gap = 0;
  eachStep(x, y, (value, i, j) => {
    if (gap > 0) sum += gap ** p * (value - last);
    gap = Math.abs(i / x.length - j / y.length);
    last = value;
  });
  return sum ** (1 / p);
}

/** Euclidean distance of the mean vectors, and the mean of those of the rows. */
export function vectorNorms(reference, current, dimension) {
  const rows = reference.length / dimension;
  const means = new Float64Array(dimension);
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    let squares = 0;
    for (let k = 0; k < dimension; k++) {
      const difference = reference[row * dimension + k] - current[row * dimension + k];
      squares += difference ** 2;
      means[k] += difference / rows;
    }
    sum += Math.sqrt(squares) / rows;
  }
  return { means: Math.hypot(...means), rows: sum };
}

/** Unbiased MMD² with a Gaussian kernel. */
export function discrepancy(reference, current, dimension, sigma) {
  const mean = (a, b) => {
    let sum = 0;
    for (let i = 0; i < a.length; i += dimension) {
      for (let j = 0; j < b.length; j += dimension) {
        let squares = 0;
        for (let k = 0; k < dimension; k++) squares += (a[i + k] - b[j + k]) ** 2;
        if (a !== b || i !== j) sum += Math.exp(-squares / (2 * sigma ** 2));
      }
    }
    return sum / (a.length / dimension) / (b.length / dimension - (a === b ? 1 : 0));
  };
  return mean(reference, reference) + mean(current, current) - 2 * mean(reference, current);
}

/** F of the analysis of variance. */
export function betweenGroups(groups) {
  const all = groups.flatMap((group) => Array.from(group));
  const centre = mean(all);
  let between = 0;
  let within = 0;
  for (const group of groups) {
    between += group.length * (mean(group) - centre) ** 2;
    within += squaredError(group) * (group.length - 1) * group.length;
  }
  return { statistic: between / (groups.length - 1) / (within / (all.length - groups.length)) };
}

/** F of the distances from the medians. */
export function levene(...groups) {
  const median = (values) => {
    const sorted = values.slice().sort();
    return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
  };
  return betweenGroups(
    groups.map((group) => {
      const centre = median(group);
      return group.map((x) => Math.abs(x - centre));
    }),
  );
}

/** W of Epps and Singleton at one point: the inverse of a 2 by 2 covariance by hand. */
export function characteristicDistance(reference, current, t) {
  const pooled = Float64Array.from([...reference, ...current]).sort();
  const quartile = (p) => {
    const at = (pooled.length - 1) * p;
    const below = pooled[Math.floor(at)];
    return below + (at - Math.floor(at)) * (pooled[Math.ceil(at)] - below);
  };
  const frequency = (2 * t) / (quartile(0.75) - quartile(0.25));
  const side = (values) => {
    const [c, s] = [values.map((x) => Math.cos(frequency * x)), values.map((x) => Math.sin(frequency * x))];
    const [a, b] = [mean(c), mean(s)];
    const over = (f) => values.reduce((sum, _, k) => sum + f(k), 0) / values.length;
    const share = pooled.length / values.length;
    return {
      a,
      b,
      cc: share * over((k) => (c[k] - a) ** 2),
      cs: share * over((k) => (c[k] - a) * (s[k] - b)),
      ss: share * over((k) => (s[k] - b) ** 2),
    };
  };
  const [x, y] = [side(reference), side(current)];
  const [cc, cs, ss] = [x.cc + y.cc, x.cs + y.cs, x.ss + y.ss];
  const [a, b] = [x.a - y.a, x.b - y.b];
  return { statistic: (pooled.length * (ss * a * a - 2 * cs * a * b + cc * b * b)) / (cc * ss - cs * cs) };
}

/** D and W² of one column against a law. */
export function distancesFromLaw(values, cdf) {
  const n = values.length;
  const shares = values
    .slice()
    .sort()
    .map((x) => cdf(x));
  const above = shares.reduce((most, share, k) => Math.max(most, (k + 1) / n - share, share - k / n), 0);
  const squares = shares.reduce((sum, share, k) => sum + ((2 * k + 1) / (2 * n) - share) ** 2, 1 / (12 * n));
  return { ksTestOneSample: above, cramerVonMisesTestOneSample: squares };
}

/** V, the largest gaps in both directions added. */
export function bothGaps(reference, current) {
  const x = reference.slice().sort();
  const y = current.slice().sort();
  let most = 0;
  let least = 0;
  eachStep(x, y, (_, i, j) => {
    const gap = i * y.length - j * x.length;
    most = Math.max(most, gap);
    least = Math.min(least, gap);
  });
  return { statistic: (most - least) / (x.length * y.length) };
}

/** Scholz and Stephens (7), without ties. */
export function andersonDarling(x, y) {
  const [n, m] = [x.length, y.length];
  const all = n + m;
  let sum = 0;
  let [before, after] = [0, 0];
  eachStep(x.slice().sort(), y.slice().sort(), (_, i, j) => {
    const [f, g] = [(i + before) / 2, (j + after) / 2];
    sum += (m * f - n * g) ** 2 / ((f + g) * (all - f - g) - all / 4);
    [before, after] = [i, j];
  });
  return ((all - 1) / (all * n * m)) * sum;
}

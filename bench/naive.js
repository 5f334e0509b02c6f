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
function eachStep(x, y, visit) {
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
export function counts(values, bins, [low, high]) {
  const edges = Array.from({ length: bins + 1 }, (_, k) => (k === bins ? high : low + k * ((high - low) / bins)));
  const found = new Array(bins).fill(0);
  for (const x of values) if (x >= low && x <= high) found[x === high ? bins - 1 : lastNotAbove(edges, x)]++;
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

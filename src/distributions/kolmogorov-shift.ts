/**
 * Where a walk's first value over a gap lies, for the approximate law of the two-sample Kolmogorov-Smirnov statistic.
 *
 * Along the pooled order S = i·m − j·n goes up by m or down by n, N = n + m. A bridge of N such steps meets a gap G like a
 * Brownian bridge that must come to G + ρ, ρ the mean by which a walk oversteps [1]. With α = n/N, up and down together,
 *
 *   ρ/N = lim σ √(2K/π) − Σ_{k ≤ K} E|B_k − kα|/(2k),   B_k binomial, σ² = α(1 − α),
 *
 * between 1/6 (α → 0, one sample) and 1/4 (α = 1/2). After k values S is −kn modulo N. Where Q n is nearly a multiple of
 * N, at a distance of only δ, these places go round δ times in all: nothing averages them, and ρ has a wave
 *
 *   Σ_Q N/(πQ) E sin(2π(Q G/N + δ t)),   t = 1/2 + y/(2√(1 + y²)), y normally distributed with deviation 1/(2a),
 *
 * over the time t at which a Brownian bridge that meets a is there. For 1000 against 999 values (Q = 2, δ = 1) it changes
 * p by some percent. Values of S are multiples of g, the greatest common divisor, and G is taken in the middle between two.
 *
 * [1] Siegmund: Sequential Analysis (1985), chapter X; Spitzer's identity gives ρ, de Moivre's the mean deviations.
 */

/** E|B_k − kα| is added up to this k. */
const terms = 5000;

/** Harmonics Q that are looked at. */
const mostHarmonics = 2000;

/** Nodes of the mean over y·2a, a trapezoidal rule from 0 up, and their distance. */
const nodes = 64;
const apart = 0.11;

/**
 * The height a of a Brownian bridge that is met with the chance that a gap of n·m·D is, up to O(1/N): (G + ρ)/√(nmN).
 *
 * @param n, m  sizes of the samples
 * @param gap   n·m·D
 */
export function heightOf(n: number, m: number, gap: number): number {
  const total = n + m;
  const few = Math.min(n, m); // up and down change places with the samples
  const divisor = commonDivisor(n, m);
  const unit = Math.sqrt(total) * Math.sqrt(n * m);
  const level = gap - divisor / 2;
  const mean = meanOverstep(few / total, total / divisor);
  return (level + total * (mean + wave(few, total, total / divisor, level, gap / unit))) / unit;
}

/** ρ, less half of the `step` between values of S, for a walk that is looked at after every `stride` values. */
export function overstepOf(n: number, m: number, stride: number, step: number): number {
  const total = n + m;
  return total * meanOverstep(Math.min(n, m) / total, total / step, stride) - step / 2;
}

/** ρ/N where places average out, or for α = p/q; stride: steps between two looks at the walk. */
export function meanOverstep(alpha: number, q: number, stride = 1): number {
  if (alpha < 0.01 && stride === 1) return (1 + alpha) / 6; // within 10⁻⁶
  const beta = 1 - alpha;
  const last = terms - (terms % stride);
  const looks = Math.sqrt(last / stride);
  let sum = 0;
  let above = 1; // ⌊kα⌋ + 1
  let chance = alpha; // C(k, above) α^above β^(k − above)
  for (let k = 1; k <= last; k++) {
    if (k % stride === 0) sum += (above * chance * beta * stride) / k;
    if (Math.floor((k + 1) * alpha + 1e-12) + 1 === above) chance *= (beta * (k + 1)) / (k + 1 - above);
    else chance *= (alpha * (k + 1)) / ++above;
  }
  const variance = alpha * beta;
  const scale = Math.sqrt((variance * stride) / (2 * Math.PI));
  // the terms beyond: Euler and Maclaurin's for k^(-1/2), Edgeworth's 1/(12 k), and q places that do not average out
  const rest = 1 / 2 - 1 / (6 * stride) + 1 / (6 * variance * q * q * stride);
  return scale * (2 * looks + rest / looks) - sum;
}

function wave(few: number, total: number, q: number, level: number, height: number): number {
  const a = Math.max(height, 0.5);
  const furthest = 3 * a + 10;
  const last = Math.min(mostHarmonics, q - 1);
  const place = level % total;
  let sum = 0;
  for (let k = 1; k <= last; k++) {
    const rest = (k * few) % total;
    const turns = rest > total / 2 ? rest - total : rest;
    if (Math.abs(turns) > furthest) continue;
    const phase = ((k * place) % total) / total;
    sum += (Math.sin(2 * Math.PI * phase + Math.PI * turns) * meanCosine(turns, a)) / (Math.PI * k);
  }
  return sum;
}

/** E cos(π turns y/√(1 + y²)). */
function meanCosine(turns: number, a: number): number {
  let sum = 0.5;
  for (let k = 1; k <= nodes; k++) {
    const u = k * apart;
    sum += Math.exp((-u * u) / 2) * Math.cos((Math.PI * turns * u) / Math.hypot(u, 2 * a));
  }
  return (sum * apart) / Math.sqrt(Math.PI / 2);
}

export function commonDivisor(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}

/**
 * Wilson's score interval of a share.
 *
 * Wilson: Probable inference, the law of succession, and statistical inference. Journal of the American Statistical
 * Association 22 (1927).
 */

/** How far Wilson's interval reaches below and above i / n: its ends are the shares s with (s - p)² = z² s (1 - s) / n. */
export function wilson(i: number, n: number, z: number): { below: number; above: number } {
  const width = (z * z) / n;
  return { below: reach(i / n, (n - i) / n, width), above: reach((n - i) / n, i / n, width) };
}

/** p less the lower end, which is p² / ((1 + w) u) where u is the upper one. */
function reach(p: number, rest: number, w: number): number {
  const half = Math.sqrt(w * (p * rest + w / 4));
  return p < 0.5 && w > 0 ? p * (1 - p / (p + w / 2 + half)) : (w * (p - 0.5) + half) / (1 + w);
}

/** The interval itself. @param z standard deviations on either side */
export function wilsonInterval(i: number, n: number, z: number): [low: number, high: number] {
  const { below, above } = wilson(i, n, z);
  return [Math.max(0, i / n - below), Math.min(1, i / n + above)];
}

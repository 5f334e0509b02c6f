/** Nodes and weights of Gauss and Legendre's rule on panels, for integral equations with a normal kernel. */

/** Positive half of the rule with 16 nodes (Abramowitz and Stegun, table 25.4): exact for polynomials of degree 31. */
const half = [
  [0.09501250983763744, 0.1894506104550685],
  [0.2816035507792589, 0.18260341504492358],
  [0.45801677765722737, 0.16915651939500254],
  [0.6178762444026438, 0.14959598881657674],
  [0.755404408355003, 0.12462897125553388],
  [0.8656312023878318, 0.09515851168249279],
  [0.9445750230732326, 0.062253523938647894],
  [0.9894009349916499, 0.027152459411754096],
] as const;

export interface Rule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** Of the interval from `low` to `high`, in equal panels of at most `widest`. Nodes ascend. */
export function panels(low: number, high: number, widest: number): Rule {
  const count = Math.max(1, Math.ceil((high - low) / widest));
  const reach = (high - low) / count / 2;
  const nodes = new Float64Array(16 * count);
  const weights = new Float64Array(16 * count);
  for (let panel = 0; panel < count; panel++) {
    const middle = low + reach * (2 * panel + 1);
    half.forEach(([x, w], k) => {
      nodes[16 * panel + 8 + k] = middle + reach * x;
      nodes[16 * panel + 7 - k] = middle - reach * x;
      weights[16 * panel + 8 + k] = weights[16 * panel + 7 - k] = reach * w;
    });
  }
  return { nodes, weights };
}

/** Density of the standard normal law, as a plain loop wants it. */
export const density = (x: number) => Math.exp(-0.5 * x * x) * 0.3989422804014327;

// Nine quantiles of ten times as many values as elsewhere.
import { quantile, quantiles } from "smirnov";
import { normal } from "./data.js";

const probabilities = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

export async function deciles({ size, peers, agree, compare }) {
  const values = normal(10 * size, 1);
  const numpy = await peers.python("quantile", [values]);
  const found = quantiles(values, probabilities);
  agree("quantiles", found, { values: interpolated(values) }, 1e-15);
  agree("quantiles and NumPy", found, numpy?.answer);
  agree("quantile", { median: quantile(values, 0.5) }, { median: found.values[4] });
  await compare({
    name: "quantiles, 9 of them",
    ours: () => quantiles(values, probabilities).values[4],
    data: [values],
    against: numpy,
    versus: "NumPy",
    target: { faster: 5 },
  });
  numpy?.stop();
}

/** Type 7 by its definition. */
function interpolated(values) {
  const inOrder = values.slice().sort();
  return probabilities.map((p) => {
    const position = (values.length - 1) * p;
    const below = Math.floor(position);
    const [a, b] = [inOrder[below], inOrder[Math.min(below + 1, values.length - 1)]];
    return a + (position - below) * (b - a);
  });
}

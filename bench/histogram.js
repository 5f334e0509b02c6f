// Histograms of 50 bins over a given range, of rows and of weights.
import { histogram } from "smirnov";
import { normal } from "./data.js";
import { counts, sums } from "./naive.js";

export async function histogram50({ size, peers, agree, compare }) {
  const values = normal(size, 1);
  const options = { bins: 50, range: [-4, 4] };
  const numpy = await peers.python("histogram", [values]);
  const found = histogram(values, options);
  agree("histogram", found, counts(values, 50, [-4, 4]));
  agree("histogram and NumPy", found, numpy?.answer);
  await compare({
    name: "histogram, 50 bins",
    ours: () => histogram(values, options).counts[25],
    data: [values],
    against: numpy,
    versus: "NumPy",
    target: { faster: 4 },
  });
  numpy?.stop();
  await weighted({ values, options, peers, agree, compare });
}

async function weighted({ values, options, peers, agree, compare }) {
  const weights = values.map((_, k) => (k % 7) - 2);
  const numpy = await peers.python("weighted_histogram", [values, weights]);
  const found = histogram(values, { ...options, weights });
  // Whole weights have exact sums.
  agree("histogram of weights", found, sums(values, weights, 50, [-4, 4]));
  agree("histogram of weights and NumPy", found, numpy?.answer);
  await compare({
    name: "histogram of weights, 50 bins",
    ours: () => histogram(values, { ...options, weights }).counts[25],
    data: [values, weights],
    against: numpy,
    versus: "NumPy",
    target: { faster: 1 },
  });
  numpy?.stop();
}

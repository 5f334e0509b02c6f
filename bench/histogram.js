// Histograms over a given range, of values in any order.
import { histogram } from "smirnov";
import { normals, sample, uniforms } from "./data.js";
import { counts, sums } from "./naive.js";

export async function histograms({ size, peers, agree, compare }) {
  const many = 10 * size;
  const normal = sample(many, normals(1));
  const shapes = {
    uniform: { values: sample(many, uniforms(2)), range: [0, 1] },
    normal: { values: normal, range: [-4, 4] },
    sorted: { values: normal.slice().sort(), range: [-4, 4] },
    constant: { values: new Float64Array(many).fill(0.3), range: [-4, 4] },
  };
  for (const bins of [50, 1000]) {
    for (const [shape, { values, range }] of Object.entries(shapes)) {
      const name = `histogram, ${bins} bins, ${shape}`;
      const question = [values, Float64Array.of(bins, ...range)];
      const found = histogram(values, { bins, range });
      agree(name, found, counts(values, bins, range));
      const others = [
        { versus: "NumPy", against: await peers.python("histogram", question), target: { faster: 5 } },
        {
          versus: "fast-histogram",
          against: await peers.python("fast_histogram_1d", question, "fast-histogram"),
          target: { slower: 1 },
        },
        {
          versus: "boost-histogram",
          against: await peers.python("boost_histogram_1d", question, "boost-histogram"),
          target: { slower: 1 },
        },
      ];
      for (const { versus, against } of others) agree(`${name}, and ${versus}`, found, against?.answer);
      await compare({ name, ours: () => histogram(values, { bins, range }).counts[0], data: [values], others });
      for (const { against } of others) against?.stop();
    }
  }
  await weighted({ values: normal.subarray(0, size), options: { bins: 50, range: [-4, 4] }, peers, agree, compare });
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

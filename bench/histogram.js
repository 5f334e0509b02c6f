// Histograms over a given range, of values in any order.
import { histogram } from "smirnov";
import { normals, sample, uniforms } from "./data.js";
import { counts } from "./naive.js";

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
}

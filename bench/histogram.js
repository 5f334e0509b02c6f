// A histogram of 50 bins over a given range.
import { histogram } from "smirnov";
import { normal } from "./data.js";
import { counts } from "./naive.js";

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
}

// Sorting ten times as many values as elsewhere.
import { sort } from "smirnov";
import { normal } from "./data.js";

export async function sorted({ size, peers, agree, compare }) {
  const values = normal(10 * size, 1);
  const expected = values.slice().sort();
  const numpy = await peers.python("sort", [values]);
  const found = sort(values).values;
  agree("sort", { different: found.findIndex((x, k) => x !== expected[k]) }, { different: -1 });
  agree("sort and NumPy", { middle: found[found.length >> 1] }, numpy?.answer);
  const ours = () => sort(values).values[0];
  await compare({
    name: "sort",
    ours,
    data: [values],
    against: () => values.slice().sort()[0],
    versus: "Float64Array.sort",
    target: { faster: 4 },
  });
  await compare({ name: "sort", ours, data: [values], against: numpy, versus: "NumPy", target: { faster: 1 } });
  numpy?.stop();
}

// The Wasserstein distance of order 1.
import { prepare, wasserstein } from "smirnov";
import { normal } from "./data.js";
import { area } from "./naive.js";

export async function wassersteinDistance({ size, peers, agree, compare }) {
  const reference = normal(size, 1);
  const current = normal(size, 2);
  const scipy = await peers.python("wasserstein_distance", [reference, current]);
  const found = wasserstein(reference, current);
  agree("wasserstein", found, area(reference, current), 1e-10);
  agree("wasserstein and SciPy", found, scipy?.answer, 1e-10);
  const prepared = prepare(reference);
  agree("wasserstein, prepared", wasserstein(prepared, current), { distance: found.distance }, 1e-13);
  const peer = { against: scipy, versus: "SciPy" };
  await compare({
    name: "wasserstein",
    ours: () => wasserstein(reference, current).distance,
    data: [reference, current],
    ...peer,
    target: { faster: 100 },
  });
  await compare({
    name: "wasserstein, prepared reference",
    ours: () => wasserstein(prepared, current).distance,
    data: [current],
    ...peer,
    target: { faster: 160 },
  });
  scipy?.stop();
}

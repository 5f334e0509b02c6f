// The Wasserstein distance of order 1.
import { wasserstein } from "smirnov";
import { normal } from "./data.js";
import { area } from "./naive.js";

export async function wassersteinDistance({ size, peers, agree, compare }) {
  const reference = normal(size, 1);
  const current = normal(size, 2);
  const scipy = await peers.python("wasserstein_distance", [reference, current]);
  const found = wasserstein(reference, current);
  agree("wasserstein", found, area(reference, current), 1e-10);
  agree("wasserstein and SciPy", found, scipy?.answer, 1e-10);
  await compare({
    name: "wasserstein",
    ours: () => wasserstein(reference, current).distance,
    data: [reference, current],
    against: scipy,
    versus: "SciPy",
    target: { faster: 50 },
  });
  scipy?.stop();
}

// Welch's t test.
import { tTest } from "smirnov";
import { normal } from "./data.js";
import { welch } from "./naive.js";

export async function welchTest({ size, peers, agree, compare }) {
  const reference = normal(size, 1);
  const current = normal(size, 2);
  const scipy = await peers.python("ttest_ind", [reference, current]);
  const found = tTest(reference, current);
  agree("tTest", found, welch(reference, current), 1e-9);
  agree("tTest and SciPy", found, scipy?.answer, 1e-9);
  await compare({
    name: "tTest (Welch)",
    ours: () => tTest(reference, current).statistic,
    data: [reference, current],
    against: scipy,
    versus: "SciPy",
    target: { faster: 4 },
  });
  scipy?.stop();
}

// Permutation tests: 99 ways to label the values.
import { mmd, permutationTest } from "smirnov";
import { normal } from "./data.js";
import { area, discrepancy } from "./naive.js";

const options = { permutations: 99 };
const dimension = 64;

export async function resampling({ size, peers, agree, compare }) {
  const reference = normal(size / 100, 1);
  const current = normal(size / 100, 2);
  const scipy = await peers.python("permutation_test", [reference, current]);
  const found = permutationTest(reference, current, "wasserstein", options);
  agree("permutationTest", found, { statistic: area(reference, current).distance }, 1e-9);
  agree("permutationTest and SciPy", found, scipy?.answer, 1e-9);
  await compare({
    name: "permutationTest (wasserstein, 99)",
    ours: () => permutationTest(reference, current, "wasserstein", options).pValue,
    data: [reference, current],
    against: scipy,
    versus: "SciPy",
    target: { faster: 10 },
  });
  scipy?.stop();

  const rows = Math.min(1000, size / 200);
  const sides = [normal(rows * dimension, 3), normal(rows * dimension, 4)];
  const [x, y] = sides.map((values) => ({ values, dimension }));
  const numpy = await peers.python("mmd", sides);
  const discrepant = mmd(x, y, options);
  agree("mmd", discrepant, { statistic: discrepancy(...sides, dimension, discrepant.bandwidth.sigma) }, 1e-9);
  agree("mmd and NumPy", discrepant, numpy?.answer, 1e-6);
  await compare({
    name: `mmd (${rows} vectors of 64, 99)`,
    ours: () => mmd(x, y, options).statistic,
    data: sides,
    against: numpy,
    versus: "NumPy",
    target: { faster: 2 },
  });
  numpy?.stop();
}

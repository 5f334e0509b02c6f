// Permutation tests: 99 ways to label the values.
import { energy, mmd, permutationTest, totalVariation, wasserstein } from "smirnov";
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
  await onCells({ size, agree, compare });

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

/** 999 deals of rows as counts of cells, against a permutation test of the rows themselves. */
async function onCells({ size, agree, compare }) {
  const [reference, current] = [normal(size, 5), normal(size, 6)];
  const settings = { significance: "resampled" };
  for (const [name, distanceOf] of [
    ["wasserstein", wasserstein],
    ["energy", energy],
  ]) {
    const { distance } = distanceOf(reference, current);
    agree(`${name} with a p-value`, distanceOf(reference, current, settings), { distance }, 0);
    await compare({
      name: `${name}, p-value of 999 deals`,
      ours: () => distanceOf(reference, current, settings).pValue,
      data: [reference, current],
      against: () => distanceOf(reference, current).distance,
      versus: "without",
      target: { slower: 10 },
    });
  }
  const rows = [reference, current].map((side) => side.subarray(0, size / 100));
  const text = rows.map((side) => Array.from(side, (x) => `c${Math.floor(4 * x)}`));
  const few = { permutations: 99 };
  const { statistic } = permutationTest(...text, "total-variation", few);
  agree("totalVariation", totalVariation(...text, few), { distance: statistic }, 0);
  await compare({
    name: "totalVariation of text, 999 deals",
    ours: () => totalVariation(...text).pValue,
    data: rows,
    target: { under: 20_000_000 },
  });
}

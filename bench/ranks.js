// Statistics of whole rankings: every value counts, so both sides are put in order.
import { andersonDarlingTest, cramerVonMisesTest, energy, mannWhitneyTest } from "smirnov";
import { andersonDarlingVariance } from "smirnov/distributions";
import { normal } from "./data.js";
import { andersonDarling, rankSums } from "./naive.js";

export async function ranks({ size, peers, agree, compare }) {
  const reference = normal(size, 1);
  const current = normal(size, 2);
  const expected = {
    ...rankSums(reference, current),
    andersonDarlingTest: andersonDarling(reference, current),
  };
  const methods = [
    { name: "mannWhitneyTest", ours: mannWhitneyTest, peer: "mannwhitneyu", figure: "statistic", target: 10 },
    {
      name: "cramerVonMisesTest",
      ours: cramerVonMisesTest,
      peer: "cramervonmises_2samp",
      figure: "statistic",
      target: 6,
    },
    {
      name: "andersonDarlingTest",
      ours: andersonDarlingTest,
      peer: "anderson_ksamp",
      figure: "statistic",
      // SciPy's is standardised.
      theirs: (statistic) => 1 + statistic * Math.sqrt(andersonDarlingVariance(size, size)),
      target: 12,
    },
    { name: "energy", ours: energy, peer: "energy_distance", figure: "distance", target: 12 },
  ];
  for (const { name, ours, peer, figure, target, theirs = (x) => x } of methods) {
    const scipy = await peers.python(peer, [reference, current]);
    const found = ours(reference, current);
    agree(name, { [figure]: found[figure] }, { [figure]: expected[name] }, 1e-9);
    // SciPy's Cramér-von Mises statistic is a difference of numbers a million times as large.
    agree(`${name} and SciPy`, { [figure]: found[figure] }, scipy && { [figure]: theirs(scipy.answer[figure]) }, 1e-6);
    await compare({
      name,
      ours: () => ours(reference, current)[figure],
      data: [reference, current],
      against: scipy,
      versus: "SciPy",
      target: { faster: target },
    });
    scipy?.stop();
  }
}

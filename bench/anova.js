// Sums of squares between and within groups, and the tests of equal variances.
import { anovaTest, varianceTest } from "smirnov";
import { normal } from "./data.js";
import { betweenGroups, levene } from "./naive.js";

export async function anova({ size, peers, agree, compare }) {
  const groups = [1, 2, 3].map((seed) => normal(size, seed));
  const scipy = await peers.python("f_oneway", groups);
  const found = anovaTest(groups);
  agree("anovaTest", found, betweenGroups(groups), 1e-7);
  agree("anovaTest and SciPy", found, scipy?.answer, 1e-7);
  const ours = () => anovaTest(groups).statistic;
  await compare({ name: "anovaTest", ours, data: groups, against: scipy, versus: "SciPy", target: { faster: 4 } });
  scipy?.stop();
}

export async function variances({ size, peers, agree, compare }) {
  const data = [normal(size, 1), normal(size, 2)];
  const scipy = await peers.python("levene", data);
  const found = varianceTest(...data);
  agree("varianceTest", found, levene(...data), 1e-7);
  agree("varianceTest and SciPy", found, scipy?.answer, 1e-7);
  const ours = () => varianceTest(...data).statistic;
  const name = "varianceTest (Brown-Forsythe)";
  await compare({ name, ours, data, against: scipy, versus: "SciPy", target: { faster: 2 } });
  scipy?.stop();
}

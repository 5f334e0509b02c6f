// One column against a law.
import { cramerVonMisesTestOneSample, ksTestOneSample } from "smirnov";
import { normal as law } from "smirnov/distributions";
import { normal } from "./data.js";
import { distancesFromLaw } from "./naive.js";

export async function oneSample({ size, peers, agree, compare }) {
  const column = normal(Math.min(size, 200_000), 1);
  const expected = distancesFromLaw(column, law.cdf);
  const tests = [
    ["ksTestOneSample", ksTestOneSample, "ks_1samp"],
    ["cramerVonMisesTestOneSample", cramerVonMisesTestOneSample, "cramervonmises"],
  ];
  for (const [name, test, peer] of tests) {
    const scipy = await peers.python(peer, [column]);
    const found = test(column, law);
    agree(name, found, { statistic: expected[name] }, 1e-9);
    agree(`${name} and SciPy`, found, scipy && { statistic: scipy.answer.statistic }, 1e-9);
    const ours = () => test(column, law).statistic;
    await compare({ name, ours, data: [column], against: scipy, versus: "SciPy", target: { faster: 1 } });
    scipy?.stop();
  }
}

// Welch's t test, of columns that lie in engine memory and of typed arrays.
import { tTest } from "smirnov";
import { answerNow } from "../dist/source/plan.js";
import { tTestPlan } from "../dist/statistics/t-test.js";
import { normal } from "./data.js";
import { sourcesInEngine } from "./in-engine.js";
import { welch } from "./naive.js";

export async function welchTest({ size, peers, agree, compare }) {
  const reference = normal(10 * size, 1);
  const current = normal(10 * size, 2);
  const data = [reference, current];
  const scipy = await peers.python("ttest_ind", data);
  const found = tTest(reference, current);
  agree("tTest", found, welch(reference, current), 1e-9);
  agree("tTest and SciPy", found, scipy?.answer, 1e-9);
  const others = [{ against: scipy, versus: "SciPy", target: { faster: 5 } }, { target: { reading: 3.5 } }];
  await compare({ name: "tTest (Welch)", ours: () => tTest(reference, current).statistic, data, others });
  scipy?.stop();

  const sources = sourcesInEngine(data);
  const inPlace = () => answerNow(tTestPlan(), ...sources());
  const { statistic, degreesOfFreedom, pValue } = found;
  agree("tTest in engine memory", inPlace(), { statistic, degreesOfFreedom, pValue });
  await compare({
    name: "tTest (Welch), in engine memory",
    ours: () => inPlace().statistic,
    data,
    target: { reading: 1.8 },
  });
}

// Both one-sided distances at once. SciPy has no Kuiper test: the peer counts with NumPy, as astropy.stats.kuiper_two does.
import { kuiperTest } from "smirnov";
import { normal } from "./data.js";
import { bothGaps } from "./naive.js";

export async function kuiper({ size, peers, agree, compare }) {
  const reference = normal(size, 1);
  const current = normal(size, 2);
  const data = [reference, current];
  const numpy = await peers.python("kuiper_two", data);
  const found = kuiperTest(reference, current);
  agree("kuiperTest", found, bothGaps(reference, current), 1e-14);
  agree("kuiperTest and NumPy", found, numpy?.answer, 1e-12);
  const ours = () => kuiperTest(reference, current).statistic;
  await compare({ name: "kuiperTest", ours, data, against: numpy, versus: "NumPy", target: { faster: 5 } });
  numpy?.stop();
  const few = [reference.slice(0, 1000), current.slice(0, 1000)];
  agree("kuiperTest of 1 000 values", kuiperTest(...few), bothGaps(...few), 1e-14);
  const exact = () => kuiperTest(...few).pValue;
  await compare({ name: "kuiperTest, exact p, 1 000 values", ours: exact, data: few, target: { under: 5_000_000 } });
}

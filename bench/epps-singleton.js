// Characteristic functions at two points: four functions a value, and their covariances.
import { eppsSingletonTest, prepare } from "smirnov";
import { normal } from "./data.js";
import { characteristicDistance } from "./naive.js";

export async function eppsSingleton({ size, peers, agree, compare }) {
  const reference = normal(size, 1);
  const current = normal(size, 2);
  const scipy = await peers.python("epps_singleton_2samp", [reference, current]);
  const found = eppsSingletonTest(reference, current, { t: [0.6] });
  agree("eppsSingletonTest at one point", found, characteristicDistance(reference, current, 0.6), 1e-9);
  agree("eppsSingletonTest and SciPy", eppsSingletonTest(reference, current), scipy?.answer, 1e-7);
  const trained = prepare(reference);
  const calls = [
    ["eppsSingletonTest", () => eppsSingletonTest(reference, current).statistic],
    ["eppsSingletonTest, prepared reference", () => eppsSingletonTest(trained, current).statistic],
  ];
  for (const [name, ours] of calls) {
    const target = { faster: 3 };
    await compare({ name, ours, data: [reference, current], against: scipy, versus: "SciPy", target });
  }
  scipy?.stop();
}

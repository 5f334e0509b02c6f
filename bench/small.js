// What a call costs when there is little to do.
import { histogram, ksTest, prepare, tTest, wasserstein } from "smirnov";
import { normal } from "./data.js";
import { area, counts, largestGap, welch } from "./naive.js";

export async function small({ agree, compare }) {
  const reference = normal(200, 1);
  const current = normal(200, 2);
  const prepared = prepare(reference);
  const options = { bins: 50, range: [-4, 4] };
  agree("ksTest of 200 values", ksTest(reference, current), largestGap(reference, current));
  agree("ksTest of 200 values, prepared", ksTest(prepared, current), largestGap(reference, current));
  agree("wasserstein of 200 values", wasserstein(reference, current), area(reference, current), 1e-12);
  agree("tTest of 200 values", tTest(reference, current), welch(reference, current), 1e-12);
  agree("histogram of 200 values", histogram(reference, options), counts(reference, 50, [-4, 4]));

  const both = [reference, current];
  const calls = [
    ["ksTest", both, () => ksTest(reference, current).statistic],
    ["ksTest, prepared reference", [current], () => ksTest(prepared, current).statistic],
    ["wasserstein", both, () => wasserstein(reference, current).distance],
    ["tTest (Welch)", both, () => tTest(reference, current).statistic],
    ["histogram, 50 bins", [reference], () => histogram(reference, options).counts[25]],
  ];
  for (const [name, data, ours] of calls) {
    await compare({ name: `${name}, 200 values`, ours, data, target: { under: 30_000 } });
  }
}

// Exact p-values of the two-sample Kolmogorov-Smirnov test, from D alone, against those of SciPy's ks_2samp.
import { ksExact } from "smirnov/distributions";

const cases = [
  { n: 10_000, m: 10_000, d: 0.2, target: { faster: 5 } },
  { n: 10_000, m: 10_000, d: 0.02, target: { faster: 5 } },
  { n: 10_000, m: 9999, d: 0.2, target: { faster: 4 } },
  { n: 10_000, m: 9999, d: 0.0192, target: { faster: 4 } },
  { n: 10_000, m: 7000, d: 0.02, target: { faster: 4 } },
];

export async function ksPValue({ peers, agree, compare }) {
  for (const { n, m, d, target } of cases) {
    const gap = Math.round(d * n * m);
    const given = Float64Array.of(n, m, gap);
    const scipy = await peers.python("ks_p_value", [given]);
    agree(`ksExact, ${n} and ${m} at ${d}`, { p: ksExact(n, m, gap) }, scipy?.answer, 1e-10);
    await compare({
      name: `ksExact, ${n} and ${m} at D = ${d}`,
      ours: () => ksExact(n, m, gap),
      data: [given],
      against: scipy,
      versus: "SciPy",
      target,
    });
    scipy?.stop();
  }
}

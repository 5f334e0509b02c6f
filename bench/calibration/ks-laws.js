// How far the approximate laws of D are from its exact law.
import { kolmogorov, kolmogorovN, ksAsymptotic, ksExact } from "../../dist/bundle/distributions.js";

const sizes = [
  [10, 10],
  [100, 100],
  [1000, 1000],
  [100_000, 100_000],
  [20, 10],
  [100, 50],
  [1000, 50],
  [1000, 999],
  [4001, 4000],
  [20_000, 50],
  [20_000, 200],
  [20_000, 1000],
];

/** The attainable gap whose limit p is near `p`. */
function gapFor(n, m, p) {
  const z = Math.sqrt(Math.log(2 / p) / 2);
  const step = greatestDivisor(n, m);
  return Math.max(step, Math.round((z * Math.sqrt((n + m) / n / m) * n * m) / step) * step);
}

function greatestDivisor(a, b) {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

/** Rows of relative errors: Smirnov's law, the law at rounded n_e as SciPy's `asymp` takes it, and the limit. */
export function ksLaws() {
  const percent = (x) => `${Number((100 * x).toPrecision(2))} %`;
  const rows = sizes.map(([n, m]) => {
    const cells = [0.1, 0.01, 0.001, 1e-6].map((p) => {
      const gap = gapFor(n, m, p);
      if (gap > n * m) return "–";
      const exact = ksExact(n, m, gap);
      const effective = (n * m) / (n + m);
      const d = gap / n / m;
      const laws = [
        ksAsymptotic(n, m, gap),
        kolmogorovN.sf(d, Math.max(1, Math.round(effective))),
        kolmogorov.sf(d * Math.sqrt(effective)),
      ];
      return laws.map((law) => percent(Math.abs(law / exact - 1))).join(", ");
    });
    return `| ${n}, ${m} | ${cells.join(" | ")} |`;
  });
  return [
    "### Kolmogorov-Smirnov: approximate laws against the exact one",
    "",
    'Relative error of p near four levels, for: the law used beyond the exact range (`method: "asymptotic"`), Kolmogorov\'s',
    "law at the rounded n·m/(n + m) as SciPy's `asymp` takes it, and the limit. This is the error of the law; that of",
    "computing it is in [accuracy.md](accuracy.md). Equal sizes never need an approximation, nor do small ones.",
    "",
    "| sizes | p near 0.1 | 0.01 | 0.001 | 1e-6 |",
    "|---|---|---|---|---|",
    ...rows,
  ];
}

// How far the approximate laws of D are from its exact law.
import { kolmogorov, kolmogorovN, ksAsymptotic, ksExact } from "../../dist/bundle/distributions.js";

const sizes = [
  [10, 10],
  [100, 100],
  [1000, 1000],
  [100_000, 100_000],
  [100, 99],
  [1000, 999],
  [1000, 990],
  [4001, 4000],
  [20_000, 19_999],
  [20, 10],
  [100, 50],
  [100, 61],
  [1000, 501],
  [1000, 618],
  [5000, 3333],
  [20_000, 12_361],
  [1000, 50],
  [20_000, 50],
  [20_000, 51],
  [20_000, 1000],
];

/** Block sizes, repeated to the end, of N values. */
const patterns = [
  ["10 equal blocks", (total) => [total / 10]],
  ["100 equal blocks", (total) => [total / 100]],
  ["pairs", () => [2]],
  ["80 % in the first block, then no ties", (total) => [0.8 * total, ...Array(total / 5).fill(1)]],
  ["blocks of 1 %, 1 and 7 values in turn", (total) => [total / 100, 1, 7]],
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

const percent = (x) => (x > 9.99 ? "> 900 %" : `${Number((100 * x).toPrecision(2))} %`);

/** The law at n_e values of one sample, a third of the lattice's step nearer. */
const oneSample = (n, m, gap) => kolmogorovN.sf(gap / n / m - greatestDivisor(n, m) / n / m / 3, (n * m) / (n + m));

function sizeRow([n, m]) {
  const cells = [0.1, 0.01, 0.001, 1e-6].map((p) => {
    const gap = gapFor(n, m, p);
    if (gap > n * m) return "–";
    const exact = ksExact(n, m, gap);
    const effective = (n * m) / (n + m);
    const d = gap / n / m;
    const laws = [
      ksAsymptotic(n, m, gap),
      oneSample(n, m, gap),
      kolmogorovN.sf(d, Math.max(1, Math.round(effective))),
      kolmogorov.sf(d * Math.sqrt(effective)),
    ];
    return laws.map((law) => percent(Math.abs(law / exact - 1))).join(", ");
  });
  return `| ${n}, ${m} | ${cells.join(" | ")} |`;
}

function tieRow([n, m], [name, sizesOf]) {
  const total = n + m;
  const sizes = sizesOf(total);
  const ends = [];
  for (let k = 0; (ends.at(-1) ?? 0) < total; k++) {
    ends.push(Math.min(total, (ends.at(-1) ?? 0) + sizes[k % sizes.length]));
  }
  const tied = Uint32Array.from(ends);
  const cells = [0.7, 1.36, 1.95, 2.7].map((z) => {
    const step = 2 * greatestDivisor(n, m);
    const gap = Math.round((z * Math.sqrt(total) * Math.sqrt(n * m)) / step) * step;
    const exact = ksExact(n, m, gap, tied);
    const laws = [ksAsymptotic(n, m, gap, "two-sided", tied), ksAsymptotic(n, m, gap)];
    return `${exact.toPrecision(2)}: ${laws.map((law) => percent(Math.abs(law / exact - 1))).join(", ")}`;
  });
  return `| ${n}, ${m} | ${name} | ${cells.join(" | ")} |`;
}

/** Rows of relative errors of laws of D against the exact one, without ties and with them. */
export function ksLaws() {
  return [
    "### Kolmogorov-Smirnov: approximate laws against the exact one",
    "",
    'Relative error of p near four levels, for: the law used beyond the exact range (`method: "asymptotic"`), the law of one',
    "sample of n·m/(n + m) values at D − 1/(3 lcm(n, m)), that at the rounded n·m/(n + m) as SciPy's `asymp` takes it, and the",
    "limit. This is the error of the law; that of computing it is in [accuracy.md](accuracy.md). Equal sizes never need an",
    "approximation, nor do small ones.",
    "",
    "| sizes | p near 0.1 | 0.01 | 0.001 | 1e-6 |",
    "|---|---|---|---|---|",
    ...sizes.map(sizeRow),
    "",
    "Under ties, at √(nm/(n + m)) D near 0.7, 1.36, 1.95 and 2.7, the exact conditional p, and the relative errors of the law",
    "used beyond the exact range when ties are looked for, and of the one that ignores them:",
    "",
    "| sizes | blocks of equal values | 0.7 | 1.36 | 1.95 | 2.7 |",
    "|---|---|---|---|---|---|",
    ...[
      [5000, 5000],
      [20_000, 20_000],
      [16_000, 4000],
    ].flatMap((pair) => patterns.map((pattern) => tieRow(pair, pattern))),
  ];
}

// What describes one column: moments, a summary, the distribution function.
import { ecdf, ecdfAt, moments, summary } from "smirnov";
import { normal } from "./data.js";

const points = [-1, 0, 0.5, 3];

export async function summaries({ size, peers, agree, compare }) {
  const values = normal(size, 1);
  const expected = naiveMoments(values);
  const shares = points.map((point) => values.filter((x) => x <= point).length / size);

  const found = moments(values);
  const all = summary(values);
  const quartiles = all.quantiles.map(({ value }) => value);
  const steps = ecdf(values);
  agree("moments", found, expected, 1e-9);
  agree("summary", all, expected, 1e-9);
  agree("ecdf", { n: steps.n, steps: steps.values.length }, { n: size, steps: new Set(values).size });
  agree("ecdfAt", ecdfAt(values, points), { shares });

  for (const { name, ours, answer, peer } of [
    { name: "moments", ours: () => moments(values).kurtosis, answer: found, peer: "moments" },
    {
      name: "summary, with quartiles",
      ours: () => summary(values).kurtosis,
      answer: { ...all, variance: found.variance, quartiles },
      peer: "describe",
    },
    { name: "ecdf", ours: () => ecdf(values).n, answer: ecdfAt(values, points), peer: "ecdf" },
    { name: "ecdfAt, 4 points", ours: () => ecdfAt(values, points).n, answer: ecdfAt(values, points), peer: "ecdf" },
  ]) {
    const scipy = await peers.python(peer, [values]);
    agree(`${name} and SciPy`, answer, scipy?.answer, 1e-9);
    await compare({ name, ours, data: [values], against: scipy, versus: "SciPy", target: targets[name] });
    scipy?.stop();
  }
}

const targets = {
  moments: { faster: 10 },
  "summary, with quartiles": { faster: 5 },
  ecdf: { faster: 1 },
  "ecdfAt, 4 points": { faster: 10 },
};

function naiveMoments(values) {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const [m2, m3, m4] = [2, 3, 4].map((k) => values.reduce((sum, x) => sum + (x - mean) ** k, 0) / values.length);
  return {
    mean,
    variance: (m2 * values.length) / (values.length - 1),
    skewness: m3 / m2 ** 1.5,
    kurtosis: m4 / m2 ** 2 - 3,
  };
}

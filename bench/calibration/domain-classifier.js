// node bench/calibration/domain-classifier.js [repetitions]: whether the domain classifier keeps its level, and what the
// Mann-Whitney test of its out-of-fold scores, which people do instead, would say. The figures are in docs/methods.md.
import { pathToFileURL } from "node:url";
import { domainClassifier } from "smirnov";
import { normal } from "smirnov/distributions";
import { normals, sample, uniforms } from "../data.js";

export const levels = [0.1, 0.05, 0.01];

const columns = (count, draw) => Object.fromEntries(Array.from({ length: count }, (_, k) => [`c${k}`, draw(k)]));

/** Both sides from one law. */
export const cases = [
  {
    name: "5 normal columns, 200 and 200 rows",
    draw(seed) {
      const next = normals(seed);
      return [columns(5, () => sample(200, next)), columns(5, () => sample(200, next))];
    },
  },
  {
    name: "20 normal columns, 100 and 50 rows",
    draw(seed) {
      const next = normals(seed);
      return [columns(20, () => sample(100, next)), columns(20, () => sample(50, next))];
    },
  },
  {
    name: "digits, 80 % zeros and 9 categories, 300 and 100 rows",
    draw(seed) {
      const next = uniforms(seed);
      const side = (rows) => ({
        digit: sample(rows, () => Math.floor(10 * next())),
        zeros: sample(rows, () => (next() < 0.8 ? 0 : next())),
        category: Array.from({ length: rows }, () => `c${Math.floor(9 * next() * next())}`),
      });
      return [side(300), side(100)];
    },
  },
];

/** Shares of repetitions with p at or below each level: of the result's p-value, and of the naive one. */
export async function domainLevels(draw, repetitions) {
  const [own, naive] = [levels.map(() => 0), levels.map(() => 0)];
  for (let seed = 1; seed <= repetitions; seed++) {
    const { pValue, auc, n, m } = await domainClassifier(...draw(seed * 7919), { seed });
    const naiveP = normal.sf((auc - 0.5) / Math.sqrt((n + m + 1) / (12 * n * m)));
    levels.forEach((level, k) => {
      if (pValue <= level) own[k] += 1 / repetitions;
      if (naiveP <= level) naive[k] += 1 / repetitions;
    });
  }
  return { own, naive };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const repetitions = Number(process.argv[2] ?? 2000);
  const percent = (shares) => shares.map((share) => (100 * share).toPrecision(3)).join(" | ");
  for (const { name, draw } of cases) {
    const { own, naive } = await domainLevels(draw, repetitions);
    console.log(`| ${name} | ${percent(own)} | ${percent(naive)} |`);
  }
}

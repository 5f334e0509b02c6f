// node bench/calibration/concept-drift.js [repetitions]: whether conceptDrift keeps its level where the features changed
// and the law of the target given the features did not, and what it finds. The figures are in docs/methods.md.
import { pathToFileURL } from "node:url";
import { conceptDrift } from "smirnov";
import { normals } from "../data.js";

export const levels = [0.1, 0.05, 0.01];

/** Two sides of three features, `shift` standard deviations apart, and a target that follows from them. */
function sides(rows, shift, targetOf) {
  return (seed) => {
    const next = normals(seed);
    return rows.map((count, current) => {
      const names = ["a", "b", "c"];
      const table = Object.fromEntries(names.map((name) => [name, new Float64Array(count)]));
      table.y = Array.from({ length: count }, (_, row) => {
        for (const name of names) table[name][row] = next() + shift * current;
        return targetOf({ a: table.a[row], b: table.b[row], c: table.c[row] }, next, current);
      });
      return table;
    });
  };
}

const linear = ({ a, b }, next) => a + b + next();
const bent = ({ a, b }, next) => Math.sin(2 * a) + Math.exp(b / 2) * next();
const either = ({ a }, next) => (a + 1.6 * next() > 0 ? "yes" : "no");
const three = ({ a, b }, next) => {
  const scores = [a + next(), b + next(), next()];
  return "abc"[scores.indexOf(Math.max(...scores))];
};

/** The law of the target given the features is the same on both sides. */
export const unchanged = [
  { name: "linear, 300 and 200 rows, features alike", draw: sides([300, 200], 0, linear) },
  { name: "linear, 300 and 200 rows, features 0.5 apart", draw: sides([300, 200], 0.5, linear) },
  { name: "linear, 2000 and 2000 rows, features 1 apart", draw: sides([2000, 2000], 1, linear) },
  {
    name: "bent, scatter by features, 1000 and 500 rows, 0.5 apart",
    biased: true,
    draw: sides([1000, 500], 0.5, bent),
  },
  {
    name: "a + b exactly, 1000 and 500 rows, 0.5 apart",
    biased: true,
    draw: sides([1000, 500], 0.5, ({ a, b }) => a + b),
  },
  { name: "a + b exactly, 1000 and 500 rows, 1 apart", biased: true, draw: sides([1000, 500], 1, ({ a, b }) => a + b) },
  { name: "two classes, 1000 and 500 rows, 0.5 apart", draw: sides([1000, 500], 0.5, either) },
  { name: "three classes, 1000 and 500 rows, 0.5 apart", draw: sides([1000, 500], 0.5, three) },
];

/** It is not, and the features have moved too. */
export const changed = [
  {
    name: "0.2 σ more, 1000 and 500 rows",
    draw: sides([1000, 500], 0.5, (x, next, current) => linear(x, next) + 0.2 * current),
  },
  {
    name: "0.4 σ more where c > 0.25, else less, 1000 and 500 rows",
    draw: sides([1000, 500], 0.5, (x, next, current) => linear(x, next) + 0.4 * current * (x.c > 0.25 ? 1 : -1)),
  },
  {
    name: "scatter × 1.3, 1000 and 500 rows",
    draw: sides([1000, 500], 0.5, (x, next, current) => x.a + x.b + (1 + 0.3 * current) * next()),
  },
  {
    name: "two classes, as if a were 0.4 more, 1000 and 500 rows",
    draw: sides([1000, 500], 0.5, (x, next, current) => either({ a: x.a + 0.4 * current }, next)),
  },
];

/** Shares of repetitions with p at or below each level, and of those that `compare` would call concept drift. */
export async function conceptLevels(draw, repetitions) {
  const shares = levels.map(() => 0);
  let drift = 0;
  for (let seed = 1; seed <= repetitions; seed++) {
    const { pValue, effect } = await conceptDrift(...draw(seed * 7919), { target: "y", seed });
    levels.forEach((level, k) => {
      if (pValue <= level) shares[k] += 1 / repetitions;
    });
    if (pValue <= 0.005 && effect >= 0.1) drift += 1 / repetitions;
  }
  return { shares, drift };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const repetitions = Number(process.argv[2] ?? 1000);
  for (const { name, draw } of [...unchanged, ...changed]) {
    const { shares, drift } = await conceptLevels(draw, repetitions);
    console.log(`| ${name} | ${[...shares, drift].map((share) => (100 * share).toPrecision(3)).join(" | ")} |`);
  }
}

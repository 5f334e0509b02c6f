// node bench/calibration/dependent-rows.js [repetitions] [sizes]: how often `compare` rejects when rows depend on each other
// and nothing has changed, as they are and with what the options `blocks` and `clusterBy` allow. Prints a table for
// docs/methods.md, a column of p-values at a time. The reference is drawn anew every time.
import { fileURLToPath } from "node:url";
import { compare } from "../../dist/bundle/index.js";
import { normals, uniforms } from "../data.js";

const referenceRows = 20_000;
const levels = [0.05, 0.01, 0.005];

/** Neighbours correlate by one half. */
function autoregressive(rows, seed) {
  const next = normals(seed);
  let last = next();
  return Float64Array.from({ length: rows }, () => {
    last = 0.5 * last + Math.sqrt(0.75) * next();
    return last;
  });
}

/** One of `count` categories, skewed; rows keep their neighbour's with a chance of one half. */
function sticky(rows, seed, count) {
  const next = uniforms(seed);
  let last = 0;
  return Array.from({ length: rows }, () => {
    if (next() >= 0.5) last = Math.floor(count * next() ** 1.5);
    return `category ${last}`;
  });
}

/** Rows in clusters of 5 to 50: values correlate by .3, categories are the cluster's own with a chance of √.3. */
function clusters(rows, seed) {
  const [normal, uniform] = [normals(seed), uniforms(seed + 1)];
  const [customer, values, five, fifty] = [[], new Float64Array(rows), [], []];
  const any = (count) => Math.floor(count * uniform() ** 1.5);
  for (let row = 0, cluster = 0; row < rows; cluster++) {
    const shared = [Math.sqrt(0.3) * normal(), any(5), any(50)];
    for (let left = 5 + Math.floor(46 * uniform()); left > 0 && row < rows; left--, row++) {
      customer.push(`${seed} ${cluster}`);
      values[row] = shared[0] + Math.sqrt(0.7) * normal();
      const kept = uniform() < Math.sqrt(0.3);
      five.push(`category ${kept ? shared[1] : any(5)}`);
      fifty.push(`category ${kept ? shared[2] : any(50)}`);
    }
  }
  return { customer, values, five, fifty };
}

const methods = { ks: "ks", "t-test": "t-test" };

const scenarios = [
  {
    name: "neighbours correlate by .5",
    options: { blocks: true },
    table(rows, seed) {
      const values = autoregressive(rows, seed);
      const categories = { "chi-square, 5": sticky(rows, seed + 1, 5), "chi-square, 50": sticky(rows, seed + 2, 50) };
      return { "anderson-darling": values, ks: values, "t-test": values, ...categories };
    },
  },
  {
    name: "clusters of 5 to 50 rows, r = .3",
    options: { clusterBy: "customer" },
    table(rows, seed) {
      const { customer, values, five, fifty } = clusters(rows, seed);
      const numbers = { "anderson-darling": values, ks: values, "t-test": values };
      return { ...numbers, "chi-square, 5": five, "chi-square, 50": fifty, customer };
    },
  },
];

/** Shares of p-values up to each level, by column. */
async function rejections({ table, options }, rows, repetitions) {
  const counts = new Map();
  const count = (columns, which) => {
    for (const { column, pValue } of Object.values(columns)) {
      const found = counts.get(column) ?? { plain: levels.map(() => 0), allowed: levels.map(() => 0) };
      counts.set(column, found);
      for (const [k, level] of levels.entries()) if (pValue <= level) found[which][k]++;
    }
  };
  for (let k = 1; k <= repetitions; k++) {
    const [reference, current] = [table(referenceRows, 7919 * k), table(rows, 7919 * k + 4000)];
    const columns = Object.keys(reference).filter((name) => name !== "customer");
    count((await compare(reference, current, { columns, methods })).columns, "plain");
    count((await compare(reference, current, { columns, methods, ...options })).columns, "allowed");
  }
  return counts;
}

async function main(repetitions, sizes) {
  console.log(`| rows | method | rows | as they are: ${levels.join(", ")} | allowed for: ${levels.join(", ")} |`);
  console.log("|---|---|--:|---|---|");
  for (const scenario of scenarios) {
    for (const rows of sizes) {
      for (const [column, found] of await rejections(scenario, rows, repetitions)) {
        const shown = (counts) =>
          counts.map((one) => `${Number(((100 * one) / repetitions).toPrecision(2))}`).join(", ");
        const line = [scenario.name, column, rows.toLocaleString("en-US"), shown(found.plain), shown(found.allowed)];
        console.log(`| ${line.join(" | ")} |`);
      }
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [repetitions = 400, sizes = "50,200,1000,10000"] = process.argv.slice(2);
  await main(Number(repetitions), String(sizes).split(",").map(Number));
}

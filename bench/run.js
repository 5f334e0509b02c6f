// npm run bench [name …] [-- --markdown] [-- --all]: all benchmarks but the slow ones, those named, or really all.
// Timings never fail; answers that disagree do.
import { pathToFileURL } from "node:url";
import { anova, variances } from "./anova.js";
import { arrowFiles } from "./arrow-files.js";
import { calls } from "./calls.js";
import { categories } from "./categories.js";
import { categoryTests } from "./category-tests.js";
import { classified } from "./classification-metrics.js";
import { columns } from "./columns.js";
import { compared } from "./compare.js";
import { correlations } from "./correlations.js";
import { detecting } from "./detectors.js";
import { distances } from "./distances.js";
import { duplicates } from "./duplicates.js";
import { eppsSingleton } from "./epps-singleton.js";
import { Disagreement, harness } from "./harness.js";
import { histograms } from "./histogram.js";
import { pages } from "./html.js";
import { kll } from "./kll.js";
import { ks, ksLarge } from "./ks.js";
import { ksPValue } from "./ks-p-value.js";
import { kuiper } from "./kuiper.js";
import { largerThanMemory } from "./larger-than-memory.js";
import { machine } from "./machine.js";
import { memory } from "./memory.js";
import { modelMetrics } from "./model-metrics.js";
import { models } from "./models.js";
import { monitored } from "./monitor.js";
import { oneSample } from "./one-sample.js";
import { paired, segments } from "./paired.js";
import { findPeers } from "./peer.js";
import { profiles } from "./profiles.js";
import { qualities } from "./quality.js";
import { deciles } from "./quantile.js";
import { ranks } from "./ranks.js";
import { resampling } from "./resampling.js";
import { rows as jsonRows } from "./rows.js";
import { scale } from "./scale.js";
import { served } from "./serve.js";
import { small } from "./small.js";
import { sorted } from "./sort.js";
import { spools } from "./spool.js";
import { startup } from "./startup.js";
import { stores } from "./store.js";
import { summaries } from "./summary.js";
import { welchTest } from "./t-test.js";
import { table } from "./table.js";
import { threads } from "./threads.js";
import { wassersteinDistance } from "./wasserstein.js";
import { windows } from "./windows.js";

const quick = {
  ks,
  "ks-p-value": ksPValue,
  "ks-large": ksLarge,
  wasserstein: wassersteinDistance,
  ranks,
  "t-test": welchTest,
  kuiper,
  "epps-singleton": eppsSingleton,
  anova,
  "variance-test": variances,
  "one-sample": oneSample,
  histogram: histograms,
  quantiles: deciles,
  summary: summaries,
  distances,
  resampling,
  models,
  "classification-metrics": classified,
  "model-metrics": modelMetrics,
  "category-tests": categoryTests,
  paired,
  segments,
  correlations,
  columns,
  duplicates,
  compare: compared,
  html: pages,
  quality: qualities,
  detectors: detecting,
  rows: jsonRows,
  monitor: monitored,
  small,
  calls,
  startup,
};

export const benchmarks = {
  ...quick,
  threads,
  categories,
  sort: sorted,
  memory,
  kll,
  profiles,
  store: stores,
  windows,
  spool: spools,
  serve: served,
  scale,
  "arrow-files": arrowFiles,
  "larger-than-memory": largerThanMemory,
};

/** Runs benchmarks by name. @returns the rows of figures, and what disagreed */
export async function run(names, { peers, size = 1_000_000, rounds = 5, time = 150, onRow = () => {} }) {
  const rows = [];
  const disagreements = [];
  const bench = harness({ peers, size, rounds, time, onRow: (row) => onRow(rows.at(rows.push(row) - 1)) });
  for (const name of names) {
    try {
      await benchmarks[name](bench);
    } catch (error) {
      if (!(error instanceof Disagreement)) throw error;
      disagreements.push(error.message);
    }
  }
  return { rows, disagreements };
}

async function main(args) {
  const named = args.filter((arg) => !arg.startsWith("--"));
  const wrong = named.filter((name) => !Object.hasOwn(benchmarks, name));
  if (wrong.length > 0) {
    console.error(`bench: no benchmark ${wrong.join(", ")}; there are ${Object.keys(benchmarks).join(", ")}`);
    return 2;
  }
  const names = named.length > 0 ? named : Object.keys(args.includes("--all") ? benchmarks : quick);
  const peers = findPeers();
  try {
    const onRow = ({ name }) => process.stderr.isTTY && process.stderr.write(`\r\x1b[2K${name}`);
    const { rows, disagreements } = await run(names, { peers, onRow });
    if (process.stderr.isTTY) process.stderr.write("\r\x1b[2K");
    console.log(`${machine(peers).join("\n")}\n\n${table(rows, args.includes("--markdown"))}`);
    for (const message of disagreements) console.error(`answers disagree: ${message}`);
    return disagreements.length > 0 ? 1 : 0;
  } finally {
    peers.close();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.exitCode = await main(process.argv.slice(2));

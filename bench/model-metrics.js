// How well predicted numbers and rankings did: all metrics with their intervals against scikit-learn's functions one after
// the other, which have no intervals; and both sides with their differences.
import { modelQuality, rankingMetrics, regressionMetrics } from "smirnov";
import { normals, sample, uniforms } from "./data.js";

export async function modelMetrics({ size, peers, agree, compare }) {
  const [next, uniform] = [normals(1), uniforms(2)];
  const target = sample(size, () => 10 + 3 * next());
  const prediction = target.map((value) => value + next());
  const all = await peers.python("regression_metrics", [target, prediction], "scikit-learn");
  const few = { target: target.subarray(0, 5000), prediction: prediction.subarray(0, 5000) };
  agree("regressionMetrics", plain(regressionMetrics(few)), naive(few), 1e-9);
  agree("regressionMetrics and scikit-learn", plain(regressionMetrics({ target, prediction })), all?.answer, 1e-9);
  await compare({
    name: "regressionMetrics, with quantiles and the test of normality",
    ours: () => regressionMetrics({ target, prediction }).r2.value,
    data: [target, prediction],
    against: all,
    versus: "scikit-learn, SciPy",
    target: { faster: 3 },
  });
  all?.stop();

  const drawn = () => regressionMetrics(few, { interval: "bootstrap" });
  agree(
    "intervals of the bootstrap",
    { ends: drawn().rootMeanSquaredError.interval },
    { ends: regressionMetrics(few).rootMeanSquaredError.interval },
    0.05,
  );
  await compare({
    name: `regressionMetrics, ${few.target.length} rows drawn anew 1000 times`,
    ours: () => drawn().r2.value,
    data: [few.target, few.prediction],
    target: { under: 5e8 },
  });

  const rows = 20;
  const ranked = size - (size % (10 * rows));
  const relevance = sample(ranked, () => Math.floor(4 * uniform() * uniform()));
  const scores = relevance.map((gain) => Math.round(10 * (gain + next())));
  const query = Int32Array.from(relevance, (_, row) => Math.floor(row / rows));
  const part = ranked / 10;
  const sklearn = await peers.python(
    "ndcg_score",
    [relevance.subarray(0, part), scores.subarray(0, part)],
    "scikit-learn",
  );
  const tenth = {
    relevance: relevance.subarray(0, part),
    scores: scores.subarray(0, part),
    query: query.subarray(0, part),
  };
  const gains = (given) => ({ ndcg: rankingMetrics(given, { k: [10] }).atK[0].ndcg.value });
  agree(
    "rankingMetrics without ties",
    gains({ ...tenth, scores: untied(tenth.scores) }),
    discounted(tenth, rows),
    1e-9,
  );
  agree("rankingMetrics and scikit-learn", gains(tenth), sklearn?.answer, 1e-9);
  await compare({
    name: `rankingMetrics, lists of ${rows} rows; scikit-learn NDCG@10 alone`,
    ours: () => gains(tenth).ndcg,
    data: [tenth.relevance, tenth.scores],
    against: sklearn,
    versus: "scikit-learn",
    target: { faster: 10 },
  });
  sklearn?.stop();
  await compare({
    name: `rankingMetrics, ${ranked / rows} lists`,
    ours: () => gains({ relevance, scores, query }).ndcg,
    data: [relevance, scores],
    target: { under: 1e9 },
  });

  const half = size / 2;
  const side = (from) => ({ y: target.subarray(from, from + half), p: prediction.subarray(from, from + half) });
  const quality = () => modelQuality(side(0), side(half), { target: "y", prediction: "p" });
  const found = await quality();
  const change = found.current.meanAbsoluteError.value - found.reference.meanAbsoluteError.value;
  agree("modelQuality", { change: found.differences.meanAbsoluteError.value }, { change }, 1e-12);
}

function plain({ errorQuantiles, normality, maximumError, ...found }) {
  const names = [
    "meanAbsoluteError",
    "meanAbsolutePercentageError",
    "rootMeanSquaredError",
    "medianAbsoluteError",
    "r2",
  ];
  const values = names.map((name) => [name, found[name].value]);
  return { ...Object.fromEntries(values), maximumError, q95: errorQuantiles[5].value, normality: normality.statistic };
}

/** By the definitions. */
function naive({ target, prediction }) {
  const errors = prediction.map((value, row) => value - target[row]);
  const mean = (values) => values.reduce((sum, value) => sum + value / values.length, 0);
  const sizes = errors.map(Math.abs);
  const centre = mean(target);
  const squares = mean(errors.map((error) => error ** 2));
  const sorted = sizes.slice().sort();
  const middle = sorted.length / 2;
  return {
    meanAbsoluteError: mean(sizes),
    meanAbsolutePercentageError: mean(sizes.map((size, row) => size / Math.abs(target[row]))),
    rootMeanSquaredError: Math.sqrt(squares),
    medianAbsoluteError: (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2,
    maximumError: sorted.at(-1),
    r2: 1 - squares / mean(target.map((value) => (value - centre) ** 2)),
  };
}

/** Scores of which none are equal. */
const untied = (scores) => scores.map((score, row) => score + row * 1e-9);

/** NDCG@10 by sorting. */
function discounted({ relevance, scores }, rows) {
  let sum = 0;
  const gain = (values) => values.slice(0, 10).reduce((all, value, place) => all + value / Math.log2(place + 2), 0);
  for (let from = 0; from < relevance.length; from += rows) {
    const own = Array.from(relevance.subarray(from, from + rows));
    const by = scores.subarray(from, from + rows).map((score, row) => score + (from + row) * 1e-9);
    const order = own.map((_, row) => row).sort((a, b) => by[b] - by[a]);
    const best = gain(own.toSorted((a, b) => b - a));
    sum += best > 0 ? gain(order.map((row) => own[row])) / best : 0;
  }
  return { ndcg: sum / (relevance.length / rows) };
}

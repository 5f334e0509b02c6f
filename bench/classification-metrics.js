// How well a classifier did: all metrics with their intervals against scikit-learn's functions one after the other, which have
// no intervals.
import { classificationMetrics } from "smirnov";
import { sample, uniforms } from "./data.js";

export async function classified({ size, peers, agree, compare }) {
  const uniform = uniforms(1);
  const scores = sample(size, uniform);
  const labels = scores.map((score) => Number(uniform() < score));
  const predictions = scores.map((score) => Number(score >= 0.5));
  const several = [labels, labels].map((_, k) => sample(size, () => Math.floor((k + 5) * uniform() * uniform())));
  const [all, table] = await Promise.all([
    peers.python("classification_metrics", [labels, scores, predictions], "scikit-learn"),
    peers.python("classification_metrics", [several[0], new Float64Array(0), several[1]], "scikit-learn"),
  ]);

  const found = classificationMetrics({ labels, scores });
  agree("classificationMetrics", plain(found), naive(labels, scores), 1e-9);
  agree("classificationMetrics and scikit-learn", plain(found), all?.answer, 1e-9);
  await compare({
    name: "classificationMetrics, two classes with scores",
    ours: () => classificationMetrics({ labels, scores }).accuracy.value,
    data: [labels, scores],
    against: all,
    versus: "scikit-learn",
    target: { faster: 3 },
  });
  all?.stop();

  const [first, second] = several;
  agree(
    "classificationMetrics without scores",
    plain(classificationMetrics({ labels: first, predictions: second })),
    table?.answer,
    1e-9,
  );
  await compare({
    name: "classificationMetrics, six classes without scores",
    ours: () => classificationMetrics({ labels: first, predictions: second }).accuracy.value,
    data: several,
    against: table,
    versus: "scikit-learn",
    target: { faster: 10 },
  });
  table?.stop();

  const few = Math.min(size, 10_000);
  const part = { labels: labels.subarray(0, few), scores: scores.subarray(0, few) };
  const drawn = () => classificationMetrics(part, { interval: "bootstrap" });
  const ends = drawn().rocAuc.interval;
  agree("intervals of the bootstrap", { ends }, { ends: classificationMetrics(part).rocAuc.interval }, 0.05);
  await compare({
    name: `classificationMetrics, ${few} rows drawn anew 1000 times`,
    ours: () => drawn().rocAuc.value,
    data: [part.labels, part.scores],
    target: { under: 5e8 },
  });
}

function plain({ accuracy, balancedAccuracy, mcc, rocAuc, averagePrecision, logLoss, brier, ...found }) {
  const values = { accuracy, balancedAccuracy, mcc, rocAuc, averagePrecision, logLoss, brier };
  for (const name of ["precision", "recall", "f1"]) {
    for (const average of ["macro", "weighted"]) values[`${name}.${average}`] = found[name][average];
  }
  const { observed } = found.calibration ?? { observed: [] };
  return {
    ...Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, value])),
    observed: observed.reduce((sum, share) => sum + share / observed.length, 0),
    hits: found.confusion[1][1],
  };
}

/** By the definitions. */
function naive(labels, scores) {
  const mean = (of) => scores.reduce((sum, score, row) => sum + of(score, labels[row]) / scores.length, 0);
  const order = Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a]);
  let [found, rows, precision, pairs, others] = [0, 0, 0, 0, 0];
  for (const row of order) {
    rows++;
    if (labels[row] === 1) precision += ++found / rows;
    else {
      others++;
      pairs += found;
    }
  }
  return {
    accuracy: mean((score, label) => Number(score >= 0.5 === (label === 1))),
    logLoss: mean((score, label) => -Math.log(label === 1 ? score : 1 - score)),
    brier: mean((score, label) => (score - label) ** 2),
    averagePrecision: precision / found,
    rocAuc: pairs / found / others,
  };
}

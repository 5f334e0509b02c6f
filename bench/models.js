// What looks at several columns of a row: the domain classifier, and performance without labels.
import { domainClassifier, estimateClassification, estimateLoss, rocAuc } from "smirnov";
import { normal, normals, sample, uniforms } from "./data.js";
import { duration, rounded } from "./harness.js";
import { summary } from "./measure.js";

export async function models({ size, rounds, peers, agree, compare, row }) {
  const uniform = uniforms(1);
  const scores = sample(size / 10, uniform);
  const labels = scores.map((score) => Number(uniform() < score));
  const scikit = await peers.python("roc_auc_score", [labels, scores], "scikit-learn");
  const few = 2000;
  agree(
    "rocAuc",
    rocAuc(labels.slice(0, few), scores.slice(0, few)),
    pairs(labels.slice(0, few), scores.slice(0, few)),
    1e-12,
  );
  agree("rocAuc and scikit-learn", rocAuc(labels, scores), scikit?.answer, 1e-9);
  await compare({
    name: "rocAuc, with DeLong's interval",
    ours: () => rocAuc(labels, scores).auc,
    data: [labels, scores],
    against: scikit,
    versus: "scikit-learn",
    target: { faster: 1 },
  });
  scikit?.stop();

  const estimate = () => estimateClassification({ scores, labels }, { scores }).estimates;
  const expected = { value: scores.reduce((sum, p) => sum + Math.max(p, 1 - p) / scores.length, 0) };
  agree("estimateClassification", estimateClassification(null, { scores }).estimates.accuracy, expected, 1e-9);
  await compare({
    name: "estimateClassification, calibration and all metrics",
    ours: () => estimate().f1.value,
    data: [scores, scores],
    target: { under: 5e8 },
  });

  const timed = async (name, values, target, work, peer) => {
    const own = [];
    const others = [];
    for (let round = 0; round < Math.min(rounds, 3); round++) {
      const start = performance.now();
      await work();
      own.push((performance.now() - start) * 1e6);
      if (peer) others.push(...(await peer.run(0)));
    }
    const [ours, theirs] = [summary(own), peer && summary(others)];
    peer?.stop();
    row({
      name,
      ...ours,
      perValue: ours.median / values,
      against: theirs && `LightGBM ${duration(theirs.median)}`,
      ratio: theirs && `${rounded(theirs.median / ours.median)}× (${rounded(theirs.min / ours.min)}×)`,
      target: `≤ ${duration(target)}`,
      reached: ours.median <= target,
    });
  };
  const rows = size / 100;
  const table = (values) =>
    Object.fromEntries(Array.from({ length: 100 }, (_, k) => [`x${k}`, values.subarray(k * rows, (k + 1) * rows)]));
  const sides = [normal(100 * rows, 2), normal(100 * rows, 3)];
  const shifted = sides[1].slice();
  for (let k = 0; k < rows; k++) shifted[k] += 3;
  const found = await domainClassifier(table(sides[0]), table(shifted));
  const normally = rocAuc(
    Array.from({ length: 2 * rows }, (_, k) => k >= rows),
    Float64Array.of(...sides[0].subarray(0, rows), ...shifted.subarray(0, rows)),
  );
  agree("domainClassifier", found, { auc: normally.auc }, 0.03);
  const boosted = await peers.python("domain_classifier", sides, "lightgbm");
  const lightGbm = boosted?.answer.auc ?? 0.5;
  const { auc } = await domainClassifier(table(sides[0]), table(sides[1]));
  agree("domainClassifier and LightGBM", { near: Math.abs(auc - lightGbm) < 0.1 ? 1 : 0 }, { near: 1 });
  await timed(
    `domainClassifier, 100 columns of ${rows} rows a side`,
    200 * rows,
    3e9,
    () => domainClassifier(table(sides[0]), table(sides[1])),
    boosted,
  );

  const regression = (seed, from) => {
    const [next, draw] = [normals(seed), uniforms(seed)];
    const x = sample(rows, () => from + (1 - from) * draw());
    const prediction = x.map((value) => 2 * value);
    return { x, z: sample(rows, next), prediction, target: prediction.map((p, k) => p + (0.2 + 2 * x[k]) * next()) };
  };
  const names = { target: "target", prediction: "prediction" };
  const [before, after] = [regression(1, 0), regression(2, 0.5)];
  const { estimates } = await estimateLoss(before, after, names);
  agree("estimateLoss", estimates.mae, { value: 1.7 * Math.sqrt(2 / Math.PI) }, 0.15);
  await timed(`estimateLoss, 3 features of ${rows} rows a side`, 6 * rows, 3e9, () =>
    estimateLoss(before, after, names),
  );
}

/** The area by all pairs. */
function pairs(labels, scores) {
  let [wins, all] = [0, 0];
  labels.forEach((positive, i) => {
    if (positive === 0) return;
    labels.forEach((other, j) => {
      if (other === 1) return;
      all++;
      wins += scores[i] > scores[j] ? 1 : scores[i] === scores[j] ? 0.5 : 0;
    });
  });
  return { auc: wins / all };
}

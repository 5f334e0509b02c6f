// What a call of every other statistic costs when there is little to do: those that have no benchmark of their own.
import {
  adjust,
  andersonDarlingTest,
  bhattacharyya,
  chebyshev,
  chiSquareTest,
  cosine,
  cramersV,
  euclidean,
  hellinger,
  jensenShannon,
  klDivergence,
  manhattan,
  minkowski,
  moments,
  pearson,
  prepare,
  psi,
  spearman,
  totalVariation,
  tTestFromMoments,
  tTestOneSample,
  varianceTestFromMoments,
} from "smirnov";
import { normal } from "./data.js";
import { andersonDarling, welch } from "./naive.js";

const size = 200;
const uniform = (x) => Math.min(Math.max((x + 5) / 10, 0), 1);

export async function calls({ agree, compare }) {
  const reference = normal(size, 1);
  const current = normal(size, 2);
  const both = [reference, current];
  const prepared = prepare(reference);
  const letters = both.map((side) => Array.from(side, (x) => "abcdefgh"[Math.floor(Math.abs(2 * x))] ?? "z"));
  const pValues = Array.from(reference, uniform);
  const sides = both.map((side) => moments(side));

  const statistics = [
    ["andersonDarlingTest", both, () => andersonDarlingTest(reference, current).statistic, andersonDarling(...both)],
    ["varianceTestFromMoments", both, () => varianceTestFromMoments(...sides).statistic, variances(...both)],
    ["tTestFromMoments", both, () => tTestFromMoments(...sides).statistic, welch(...both).statistic],
    ["tTestOneSample", [reference], () => tTestOneSample(reference, 0.1).statistic, student(reference, 0.1)],
    ["chiSquareTest of text", both, () => chiSquareTest(...letters).statistic, squaredGaps(...letters)],
    ["psi", both, () => psi(reference, current).distance, psi(prepared, current).distance],
    [
      "jensenShannon",
      both,
      () => jensenShannon(reference, current).distance,
      jensenShannon(prepared, current).distance,
    ],
    ...[klDivergence, hellinger, bhattacharyya].map((distanceOf) => [
      distanceOf.name,
      both,
      () => distanceOf(reference, current).distance,
      distanceOf(prepared, current).distance,
    ]),
    [
      "totalVariation by law",
      both,
      () => totalVariation(reference, current, { significance: "law" }).distance,
      totalVariation(prepared, current, { significance: "law" }).distance,
    ],
    ["manhattan", both, () => manhattan(reference, current).distance, norm(...both, 1)],
    ["euclidean", both, () => euclidean(reference, current).distance, norm(...both, 2)],
    ["minkowski of order 3", both, () => minkowski(reference, current, 3).distance, norm(...both, 3)],
    ["chebyshev", both, () => chebyshev(reference, current).distance, Math.max(...differences(...both))],
    [
      "cosine",
      both,
      () => cosine(reference, current).distance,
      1 - dot(...both) / Math.sqrt(dot(reference, reference) * dot(current, current)),
    ],
    ["pearson", both, () => pearson(reference, current).coefficient, correlation(...both)],
    ["spearman", both, () => spearman(reference, current).coefficient, correlation(...both.map(ranksOf))],
    ["cramersV", both, () => cramersV(...letters).coefficient, association(...letters)],
    ["adjust by bh", [reference], () => adjust(pValues)[7], stepUp(pValues)[7]],
  ];
  for (const [name, data, ours, expected] of statistics) {
    agree(name, { found: ours() }, { found: expected }, 1e-9);
    await compare({ name: `${name}, ${size} values`, ours, data, target: { under: 100_000 } });
  }
}

const mean = (values) => values.reduce((sum, x) => sum + x, 0) / values.length;

function spread(values) {
  const centre = mean(values);
  return values.reduce((sum, x) => sum + (x - centre) ** 2, 0);
}

const variances = (x, y) => spread(x) / spread(y);

function student(values, about) {
  return (mean(values) - about) / Math.sqrt(spread(values) / (values.length - 1) / values.length);
}

function squaredGaps(x, y) {
  return [...new Set([...x, ...y])].reduce((sum, letter) => {
    const [a, b] = [x, y].map((side) => side.filter((each) => each === letter).length);
    const expected = (a + b) / 2;
    return sum + (a - expected) ** 2 / expected + (b - expected) ** 2 / expected;
  }, 0);
}

const differences = (x, y) => x.map((value, k) => Math.abs(value - y[k]));
const norm = (x, y, p) => differences(x, y).reduce((sum, each) => sum + each ** p, 0) ** (1 / p);
const dot = (x, y) => x.reduce((sum, value, k) => sum + value * y[k], 0);

function stepUp(p) {
  const inOrder = p.slice().sort((a, b) => a - b);
  const stepped = inOrder.map((value, k) => (value * p.length) / (k + 1));
  return p.map((value) => Math.min(1, ...stepped.filter((_, k) => inOrder[k] >= value)));
}

function correlation(x, y) {
  const [a, b] = [x, y].map((side) => side.map((value) => value - mean(side)));
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

const ranksOf = (values) => values.map((x) => values.filter((other) => other < x).length);

function association(x, y) {
  const [names, others] = [x, y].map((side) => [...new Set(side)]);
  const count = (of) => x.filter((_, k) => of(k)).length;
  let chiSquare = 0;
  for (const a of names) {
    for (const b of others) {
      const expected = (count((k) => x[k] === a) * count((k) => y[k] === b)) / x.length;
      chiSquare += (count((k) => x[k] === a && y[k] === b) - expected) ** 2 / expected;
    }
  }
  return Math.sqrt(chiSquare / x.length / (Math.min(names.length, others.length) - 1));
}

// Tests on categories of two sides. Counting dominates where there are rows; the tests themselves are timed on counts.
import { fisherTest, gTest, permutationTest, powerDivergenceTest, proportionTest } from "smirnov";
import { normal } from "./data.js";

const categories = 300;

export async function categoryTests({ size, agree, compare }) {
  const sides = [normal(size / 10, 1), normal(size / 10, 2)];
  const counted = sides.map((side) => countsOf(side));
  const [x, y] = counted.map((counts) => ({ counts }));
  const g = gTest(x, y);
  agree("gTest", g, { statistic: likelihoodRatio(...counted) }, 1e-9);
  await compare({
    name: `gTest of ${categories} categories`,
    ours: () => gTest(x, y).pValue,
    data: sides,
    target: { under: 30e6 },
  });
  agree("powerDivergenceTest", powerDivergenceTest(x, y, { lambda: 1 }), { statistic: pearson(...counted) }, 1e-9);
  await compare({
    name: `powerDivergenceTest of ${categories} categories`,
    ours: () => powerDivergenceTest(x, y).pValue,
    data: sides,
    target: { under: 30e6 },
  });

  const two = counted.map((counts) => {
    const first = counts.slice(0, categories / 2).reduce((sum, count) => sum + count, 0);
    return { counts: [first, counts.reduce((sum, count) => sum + count, -first)] };
  });
  const [p, q] = two.map(({ counts: [i, j] }) => i / (i + j));
  agree("proportionTest", proportionTest(...two, { category: "0" }), { difference: p - q }, 1e-9);
  await compare({
    name: "proportionTest",
    ours: () => proportionTest(...two).pValue,
    data: sides,
    target: { under: 30_000 },
  });
  const table = [{ counts: [8, 2] }, { counts: [1, 5] }];
  // R: fisher.test(matrix(c(8, 1, 2, 5), 2)).
  agree("fisherTest", fisherTest(...table), { pValue: 0.03496503496503495 }, 1e-12);
  await compare({
    name: "fisherTest of 16 rows",
    ours: () => fisherTest(...table).pValue,
    data: sides,
    target: { under: 1e6 },
  });
  await compare({
    name: `fisherTest of ${2 * sides[0].length} rows`,
    ours: () => fisherTest(...two).pValue,
    data: sides,
    target: { under: 50e6 },
  });

  const options = { permutations: 99 };
  agree(
    "permutationTest",
    permutationTest(x, y, "total-variation", options),
    { statistic: variation(...counted) },
    1e-9,
  );
  const dealt = () => permutationTest(x, y, "total-variation", options).pValue;
  await compare({
    name: "permutationTest (total-variation, 99 deals)",
    ours: dealt,
    data: sides,
    against: () => labelled(...counted, options.permutations),
    versus: "row by row",
    target: { faster: 2 },
  });
}

function countsOf(values) {
  const counts = Array(categories).fill(0);
  for (const value of values) counts[Math.min(categories - 1, Math.floor(Math.abs(value) * 60))]++;
  return counts;
}

const total = (counts) => counts.reduce((sum, count) => sum + count, 0);

/** Sum over the cells that are not empty of what `term` makes of an observed and an expected count. */
function overCells(x, y, term) {
  const [n, m] = [total(x), total(y)];
  return x.reduce((sum, i, k) => {
    const share = (i + y[k]) / (n + m);
    return share === 0 ? sum : sum + term(i, n * share) + term(y[k], m * share);
  }, 0);
}

const likelihoodRatio = (x, y) => 2 * overCells(x, y, (o, e) => (o === 0 ? 0 : o * Math.log(o / e)));
const pearson = (x, y) => overCells(x, y, (o, e) => (o - e) ** 2 / e);
const variation = (x, y) => x.reduce((sum, i, k) => sum + Math.abs(i / total(x) - y[k] / total(y)), 0) / 2;

/** Deals by choosing a side for every row. */
function labelled(x, y, times) {
  const cells = x.flatMap((i, k) => Array(i + y[k]).fill(k));
  const n = total(x);
  let atLeast = 0;
  const found = variation(x, y);
  for (let time = 0; time < times; time++) {
    const first = Array(categories).fill(0);
    let wanted = n;
    for (let k = 0; k < cells.length; k++) {
      if (Math.random() * (cells.length - k) >= wanted) continue;
      wanted--;
      first[cells[k]]++;
    }
    const rest = x.map((i, k) => i + y[k] - first[k]);
    if (variation(first, rest) >= found) atLeast++;
  }
  return atLeast;
}

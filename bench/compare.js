// Whole tables: a prepared reference against a window, and what calibration (p-values, effects without what chance
// contributes) takes of comparing two large tables.
import * as arrow from "apache-arrow";
import { prepare } from "smirnov";
import { compare as compareTables } from "../dist/drift/compare.js";
import { methods } from "../dist/drift/methods.js";
import { categoryCellsPlan } from "../dist/statistics/category-cells.js";
import { fullWalkPlan } from "../dist/statistics/full-walk.js";
import { ratioOf } from "../dist/statistics/gap.js";
import { jensenShannonDivergence } from "../dist/statistics/jensen-shannon-divergence.js";
import { unitPlan } from "../dist/statistics/normalize.js";
import { normal, uniforms } from "./data.js";
import { repeated } from "./measure.js";

const columns = 200;
const window = 1000;

export async function compared(bench) {
  await preparedReference(bench);
  await calibration(bench);
}

async function preparedReference({ size, agree, compare }) {
  for (const rows of [size / 50, size]) {
    // Of a long reference a tenth is enough: each is named ten times.
    const different = rows > 100_000 ? columns / 10 : columns;
    const made = Array.from({ length: different }, (_, k) => normal(rows, k + 1));
    const of = (arrays) =>
      Object.fromEntries(Array.from({ length: columns }, (_, k) => [k, arrays[k % arrays.length]]));
    const current = of(Array.from({ length: columns }, (_, k) => normal(window, columns + k + 1)));
    const once = prepare(Object.fromEntries(made.entries()));
    const reference = { ...once, columns: new Map(Object.entries(of([...once.columns.values()]))) };
    const some = { columns: ["0", "7", "19"] };
    const [found, expected] = [
      await compareTables(reference, current, some),
      await compareTables(of(made), current, some),
    ];
    for (const name of some.columns)
      agree(`compare, column ${name}`, figures(found, name), figures(expected, name), 1e-11);
    await compare({
      name: `compare: ${columns} prepared columns of ${rows} and ${window} rows`,
      ours: repeated(() => compareTables(reference, current)),
      data: Object.values(current),
      target: { under: 10_000_000 },
    });
  }
}

const figures = ({ columns }, name) => {
  const { statistic, pValue, effect, shape } = columns[name];
  return { statistic, pValue, effect, ...shape.current };
};

async function calibration({ size, agree, compare }) {
  const before = table(size, 1);
  const after = table(size, 100);
  methods.set("distances", { name: "distances", threshold: "effect", values: walked, categories: counted });
  const calibrated = () => compareTables(before, after);
  const bare = () => compareTables(before, after, { method: "distances" });
  const [one, other] = [await calibrated(), await bare()];
  agree("compare, calibrated or not", { effect: one.columns.n0.effect }, { effect: other.columns.n0.effect });
  await compare({
    name: `compare: 10 numeric and 2 categorical columns of ${size} rows a side`,
    ours: repeated(calibrated),
    data: [before, after].flatMap((side) => Object.values(side).filter(ArrayBuffer.isView)),
    against: repeated(bare),
    versus: "uncalibrated",
    target: { slower: 1.5 },
  });
  methods.delete("distances");
}

/** Five different numeric columns, each twice; a column of text in a dictionary, twice. */
function table(size, seed) {
  const numbers = Array.from({ length: 5 }, (_, k) => normal(size, seed + k));
  const uniform = uniforms(seed + 5);
  const codes = Int32Array.from({ length: size }, () => Math.floor(50 * uniform()));
  const names = arrow.vectorFromArray(
    Array.from({ length: 50 }, (_, k) => `category ${k}`),
    new arrow.Utf8(),
  );
  const type = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32());
  const text = arrow.makeVector(arrow.makeData({ type, length: size, data: codes, dictionary: names }));
  const numeric = Array.from({ length: 10 }, (_, k) => [`n${k}`, numbers[k % 5]]);
  return { ...Object.fromEntries(numeric), c0: text, c1: text };
}

/** The default method's walk and effects, without their law. */
function* walked() {
  const { gap, n, m, area } = yield* fullWalkPlan();
  const unit = yield* unitPlan("std");
  return finding([
    { name: "ks", value: ratioOf(gap, n, m), threshold: 0.04 },
    { name: "wasserstein/std", value: area / unit, threshold: 0.1 },
  ]);
}

/** The Jensen-Shannon distance as it is. */
function* counted() {
  const { reference, current } = yield* categoryCellsPlan();
  const [n, m] = [reference, current].map((counts) => counts.reduce((sum, count) => sum + count, 0));
  const value = Math.sqrt(jensenShannonDivergence(reference, current, n, m) / Math.LN2);
  return finding([{ name: "jensen-shannon", value, threshold: 0.1 }]);
}

const finding = (effects) => ({ statistic: effects[0].value, pValue: null, effects, status: "ok" });

// What types and nulls cost: columns of other types than double, and with nulls, next to doubles without nulls.
import * as arrow from "apache-arrow";
import { histogram, ksTest, tTest } from "smirnov";
import { normal, uniforms } from "./data.js";

export async function columns({ size, agree, compare }) {
  const methods = [
    { name: "tTest", size: 10 * size, ask: ([x, y]) => tTest(x, y), figure: "statistic", tolerance: 1e-12 },
    {
      name: "histogram",
      size: 10 * size,
      ask: ([x], range) => histogram(x, { bins: 50, range }),
      figure: "counts",
      tolerance: 0,
    },
    { name: "ksTest", size, ask: ([x, y]) => ksTest(x, y), figure: "statistic", tolerance: 0 },
  ];
  for (const { name, size, ask, figure, tolerance } of methods) {
    const doubles = [normal(size, 1), normal(size, 2)];
    for (const [type, { made, valuesOf, range = [-4, 4] }] of Object.entries(types)) {
      const columns = doubles.map(made);
      const expected = ask(columns.map(valuesOf), range);
      agree(`${name}, ${type}`, ask(columns, range), { [figure]: expected[figure] }, tolerance);
      await compare({
        name: `${name}, ${type}`,
        ours: () => Number(figure in ask(columns, range)),
        data: name === "histogram" ? doubles.slice(0, 1) : doubles,
        against: () => Number(figure in ask(doubles, [-4, 4])),
        versus: "f64",
        target: { slower: 1.5 },
      });
    }
  }
}

/** How columns are made of doubles, and the values that they then hold as doubles. */
const types = {
  f32: { made: (values) => Float32Array.from(values), valuesOf: (column) => Float64Array.from(column) },
  i32: {
    made: (values) => Int32Array.from(values, (x) => x * 1e8),
    valuesOf: (column) => Float64Array.from(column),
    range: [-4e8, 4e8],
  },
  "f64, a tenth null": { made: withNulls, valuesOf: present },
};

function withNulls(values) {
  const uniform = uniforms(3);
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 8));
  let nullCount = 0;
  for (let k = 0; k < values.length; k++) {
    if (uniform() < 0.1) nullCount++;
    else nullBitmap[k >> 3] |= 1 << (k & 7);
  }
  const type = new arrow.Float64();
  return arrow.makeVector(arrow.makeData({ type, length: values.length, nullCount, nullBitmap, data: values }));
}

function present(column) {
  const values = new Float64Array(column.length);
  let found = 0;
  for (const value of column) if (value !== null) values[found++] = value;
  return values.subarray(0, found);
}

// What types and nulls cost: columns of other types than double, and with nulls, next to doubles without nulls.
import * as arrow from "apache-arrow";
import { histogram, ksTest, tTest } from "smirnov";
import { normal, uniforms } from "./data.js";

export async function columns({ size, agree, compare }) {
  const methods = [
    { name: "tTest", size: 10 * size, ask: tTest, figure: ({ statistic }) => statistic, tolerance: 1e-12 },
    { name: "histogram", size: 10 * size, ask: fifty, figure: ({ counts }) => counts[25], tolerance: 0 },
    { name: "ksTest", size, ask: ksTest, figure: ({ statistic }) => statistic, tolerance: 0 },
  ];
  for (const { name, size, ask, figure, tolerance } of methods) {
    const doubles = [normal(size, 1), normal(size, 2)];
    for (const [type, { made, naive }] of Object.entries(types)) {
      const columns = doubles.map(made);
      const expected = ask(...columns.map(naive));
      agree(`${name}, ${type}`, ask(...columns), { statistic: expected.statistic, counts: expected.counts }, tolerance);
      await compare({
        name: `${name}, ${type}`,
        ours: () => figure(ask(...columns)),
        data: name === "histogram" ? doubles.slice(0, 1) : doubles,
        against: () => figure(ask(...doubles)),
        versus: "f64",
        target: { slower: 1.5 },
      });
    }
  }
}

const fifty = (column) => histogram(column, { bins: 50, range: [-4, 4] });

/** How a type is made of doubles, and what it holds as an array of doubles. */
const types = {
  f32: { made: (values) => Float32Array.from(values), naive: (column) => Float64Array.from(column) },
  i32: { made: (values) => Int32Array.from(values, (x) => x * 1e8), naive: (column) => Float64Array.from(column) },
  "f64, a tenth null": {
    made: withNulls,
    naive: (column) => Float64Array.from(Array.from(column).filter((value) => value !== null)),
  },
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

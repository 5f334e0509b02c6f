// Two threads against one over a wide table: data that all threads see, and data that has to be brought to them.
import { deepStrictEqual } from "node:assert";
import { compare as compareTables } from "smirnov";
import { normal } from "./data.js";
import { Disagreement } from "./harness.js";
import { repeated } from "./measure.js";

const columns = 100;
/** Each is named several times. */
const different = 20;

export async function threads({ size, compare }) {
  for (const [where, placed] of [
    ["in shared memory", shared],
    ["in plain arrays", (array) => array],
  ]) {
    const [before, after] = [1, different + 1].map((seed) => {
      const arrays = Array.from({ length: different }, (_, k) => placed(normal(size, seed + k)));
      return Object.fromEntries(Array.from({ length: columns }, (_, k) => [`c${k}`, arrays[k % different]]));
    });
    const on = (threads) => () => compareTables(before, after, { threads });
    const [one, two] = [await on(1)(), await on(2)()];
    try {
      deepStrictEqual(two, one);
    } catch (error) {
      throw new Disagreement(`compare on two threads, ${where}: ${error.message}`);
    }
    await compare({
      name: `compare: ${columns} columns of ${size} rows a side ${where}, 2 threads`,
      ours: repeated(on(2)),
      data: [...Object.values(before), ...Object.values(after)],
      against: repeated(on(1)),
      versus: "1 thread",
      target: { faster: 1.8 },
    });
  }
}

function shared(array) {
  const copy = new Float64Array(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}

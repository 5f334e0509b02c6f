// From nothing to the first result, in a new process, over a process that does nothing.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { duration } from "./harness.js";
import { summary } from "./measure.js";

const root = fileURLToPath(new URL("../", import.meta.url));
const limit = 40e6;

const firstTest = `
  import { ksTest } from "smirnov";
  const values = (factor) => Float64Array.from({ length: 1000 }, (_, k) => (k * factor) % 1009);
  ksTest(values(17), values(31));`;

export async function startup({ rounds, row }) {
  const spawns = rounds * 4;
  const bare = [];
  const loaded = [];
  timeOf("");
  timeOf(firstTest);
  for (let k = 0; k < spawns; k++) {
    bare.push(timeOf(""));
    loaded.push(timeOf(firstTest));
  }
  const [less, more] = [summary(bare), summary(loaded)];
  const median = more.median - less.median;
  row({
    name: "import and first ksTest, 1 000 values",
    min: more.min - less.min,
    median,
    against: `over bare Node ${duration(less.median)}`,
    target: `≤ ${duration(limit)}`,
    reached: median <= limit,
  });
}

function timeOf(script) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: root });
  if (status !== 0) throw new Error(`bench: a process that should have tested failed: ${stderr}`);
  return (performance.now() - start) * 1e6;
}

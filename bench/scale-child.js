// Compares columns in files of raw numbers and tells what it took: node scale-child.js folder columns evidently|default
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compare } from "smirnov";

const [folder, columns, methods] = process.argv.slice(2);

/** Read into memory that threads share, as files are. */
function numbers(path) {
  const bytes = readFileSync(path);
  const values = new Float64Array(new SharedArrayBuffer(bytes.length));
  values.set(new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8));
  return values;
}

const side = (name) =>
  Object.fromEntries(Array.from({ length: columns }, (_, k) => [`c${k}`, numbers(join(folder, `${name}-${k}.f64`))]));
const [reference, current] = [side("reference"), side("current")];
const options = methods === "evidently" ? { preset: "evidently" } : {};
// The first call compiles.
await compare({ c0: reference.c0.slice(0, 100_000) }, { c0: current.c0.slice(0, 100_000) }, options);
const start = performance.now();
const report = await compare(reference, current, options);
const nanoseconds = (performance.now() - start) * 1e6;
const { statistic, effect, effects } = report.columns.c0;
const ks = effects?.find(({ name }) => name === "ks")?.value;
const found = methods === "evidently" ? { distance: effect ?? statistic } : { andersonDarling: statistic, ks };
console.log(JSON.stringify({ found, nanoseconds, peak: process.resourceUsage().maxRSS * 1024 }));

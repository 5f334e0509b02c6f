// Profiles: of a table, of the same in a stream, and a thousand of them merged as they come from a disk.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { merge, profile, profileStream, toBytes } from "smirnov";
import { normal, uniforms } from "./data.js";
import { rounded } from "./harness.js";
import { repeated } from "./measure.js";

const columns = 100;
const different = 10;

export async function profiles(bench) {
  await ofTable(bench);
  await merged(bench);
}

/** Time a value of profiling, in one go and in batches of 1 000 rows. */
async function ofTable({ size, agree, compare }) {
  const table = mixed(size, 20, 1);
  const data = Object.values(table);
  const numbers = data.filter(ArrayBuffer.isView);
  const streamed = () => {
    const stream = profileStream();
    for (let at = 0; at < size; at += 1000) {
      stream.push(
        Object.fromEntries(Object.entries(table).map(([name, values]) => [name, values.slice(at, at + 1000)])),
      );
    }
    return stream.finish();
  };
  const expected = [...toBytes(await profile(table))];
  agree("profileStream", { bytes: [...toBytes(streamed())] }, { bytes: expected });
  for (const [name, ours] of [
    ["profile", () => profile(table)],
    ["profileStream, batches of 1000 rows", async () => streamed()],
  ]) {
    await compare({ name: `${name}: ${data.length} columns of ${size}`, ours: repeated(ours), data: numbers });
  }
}

/** Merging a thousand profiles that are read one after the other, in a process of its own that tells its memory. */
async function merged({ size, agree, row }) {
  const rows = Math.ceil(size / 50);
  const count = size < 100_000 ? 20 : 1000;
  const folder = mkdtempSync(join(tmpdir(), "smirnov-bench-"));
  try {
    for (const [name, table] of [
      ["a mixed table", (seed) => mixed(rows, columns, seed)],
      ["normal numbers", (seed) => allNormal(rows, seed)],
    ]) {
      const made = [];
      for (let k = 0; k < different; k++) made.push(await profile(table(k + 1)));
      const bytes = made.map(toBytes);
      const files = bytes.map((one, k) => {
        const path = join(folder, `${k}.smirnov`);
        writeFileSync(path, one);
        return path;
      });
      const found = run("profiles-child.js", count, ...files);
      const few = await merge(made);
      agree(`merge, ${name}`, found, { rows: rows * count, cells: few.columns.get("0").cells.starts.length });
      const memory = found.peak - found.before;
      const profileBytes = bytes[0].length;
      row({
        name: `merge of ${count} profiles of ${columns} columns, ${name} (${rounded(profileBytes / 1e6)} MB each)`,
        min: found.nanoseconds,
        median: found.nanoseconds,
        perValue: found.nanoseconds / (count * columns),
        gigabytes: (profileBytes * count) / found.nanoseconds,
        against: `memory ${rounded(memory / 1e6)} MB, second half ${rounded((found.late - found.early) / 1e6)} MB more`,
        ratio: `${rounded(found.nanoseconds / (count * columns) / 1e3)} µs a column`,
        target: "< 2.00 s",
        reached: found.nanoseconds * (1000 / count) < 2e9,
      });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(name, ...args) {
  const script = fileURLToPath(new URL(`./${name}`, import.meta.url));
  const child = spawnSync(process.execPath, [script, ...args.map(String)], { encoding: "utf8" });
  if (child.status !== 0) throw new Error(`bench: ${name} failed: ${child.stderr}`);
  return JSON.parse(child.stdout);
}

function allNormal(rows, seed) {
  return Object.fromEntries(Array.from({ length: columns }, (_, k) => [k, normal(rows, 1000 * seed + (k % 10))]));
}

/** As tables are: half of it numbers, the rest small integers, truth values, dates and text of few categories. */
function mixed(rows, count, seed) {
  const uniform = uniforms(seed);
  const whole = (most) => Int32Array.from({ length: rows }, () => Math.floor(most * uniform()));
  const kinds = [
    (k) => normal(rows, 1000 * seed + k),
    () => whole(100),
    (k) => normal(rows, 1000 * seed + k).map((x) => Math.exp(x)),
    () => Array.from({ length: rows }, () => uniform() < 0.3),
    (k) => normal(rows, 1000 * seed + k),
    () => whole(5000),
    (k) => normal(rows, 1000 * seed + k).map((x) => Math.round(100 * x) / 100),
    () => Array.from({ length: rows }, () => new Date(1.7e12 + Math.floor(3e9 * uniform()))),
    (k) => normal(rows, 1000 * seed + k),
    () => Array.from({ length: rows }, () => `category ${Math.floor(20 * uniform())}`),
  ];
  return Object.fromEntries(Array.from({ length: count }, (_, k) => [k, kinds[k % 10](k)]));
}

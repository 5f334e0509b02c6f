// Exact statistics over files, and the memory that they take: independent samples, and nearly identical ones.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ksTest, openTable, readTable, wasserstein } from "smirnov";
import { normals, uniforms } from "./data.js";
import { rounded } from "./harness.js";
import { partlyOther, writeArrow, writeParquet } from "./large-files.js";

const child = fileURLToPath(new URL("./larger-child.js", import.meta.url));
/** Megabytes of memory, and millions of values a second. */
const most = 512;
const least = 50;

export async function largerThanMemory({ size, agree, row }) {
  const folder = mkdtempSync(join(tmpdir(), "smirnov-bench-"));
  const file = (name) => join(folder, name);
  try {
    await agreement(agree, file, size);
    const rows = size * 100;
    const million = `${rounded(rows / 1e6)}M`;
    writeArrow(file("reference.arrow"), rows, normals(1));
    writeArrow(file("current.arrow"), rows, normals(2));
    const files = [file("reference.arrow"), file("current.arrow")];
    measured(row, `exact KS, 2 × ${million} rows of Arrow files`, "ks", files, rows, least);
    measured(row, `exact Wasserstein, 2 × ${million} rows of Arrow files`, "wasserstein", files, rows);
    measured(row, `compare, 2 × ${million} rows of Arrow files`, "compare", files, rows);
    writeArrow(files[1], rows, partlyOther(normals(1), normals(3), 0.01, uniforms(4)));
    measured(row, `exact KS, ${million} rows and their copy with 1 % changed`, "ks", files, rows, least);
    measured(row, `exact Wasserstein, ${million} rows and their copy with 1 % changed`, "wasserstein", files, rows);
    for (const path of files) rmSync(path);
    const fewer = size * 10;
    await writeParquet(file("reference.parquet"), fewer, normals(1));
    await writeParquet(file("current.parquet"), fewer, normals(2));
    const parquet = [file("reference.parquet"), file("current.parquet")];
    measured(row, `exact KS, 2 × ${rounded(fewer / 1e6)}M rows of Parquet files`, "ks", parquet, fewer);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Files that stay where they are and tables in memory have the same answers. */
async function agreement(agree, file, rows) {
  const paths = [file("small-1.arrow"), file("small-2.arrow")];
  paths.forEach((path, k) => {
    writeArrow(path, rows, normals(k + 1));
  });
  const inMemory = await Promise.all(paths.map(async (path) => (await readTable(path)).columns.get("x")));
  const stored = await Promise.all(
    paths.map(async (path) => (await openTable(path, { memory: 2 ** 21 })).columns.get("x")),
  );
  for (const call of [ksTest, wasserstein]) {
    const { missing: _, ...expected } = call(...inMemory);
    agree(`${call.name} of files`, call(...stored), expected);
  }
}

function run(name, method, files) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [child, method, ...files], { encoding: "utf8" });
  if (status !== 0) throw new Error(`bench: ${name} failed: ${stderr}`);
  return JSON.parse(stdout);
}

/** The better of two runs: the first may have to bring the files into the page cache. */
function measured(row, name, method, files, rows, target) {
  const runs = Array.from({ length: 2 }, () => run(name, method, files));
  const [nanoseconds, slower] = runs.map((one) => one.nanoseconds).sort((a, b) => a - b);
  const peak = Math.max(...runs.map((one) => one.peak));
  const values = 2 * rows;
  const speed = values / (nanoseconds / 1e3);
  row({
    name,
    min: nanoseconds,
    median: (nanoseconds + slower) / 2,
    perValue: nanoseconds / values,
    gigabytes: (values * 8) / nanoseconds,
    against: `peak ${rounded(peak / 1e6)} MB`,
    ratio: `${rounded(speed)}M values/s`,
    target: target ? `≥ ${target}M values/s, ≤ ${most} MB` : `≤ ${most} MB`,
    reached: peak <= most * 2 ** 20 && speed >= (target ?? 0),
  });
}

// Peak memory of comparing two large Arrow files of ten columns each.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rounded } from "./harness.js";

const script = (name) => fileURLToPath(new URL(`./${name}`, import.meta.url));
const limit = 1.3;

export async function memory({ agree, row }, megabytes = 500) {
  const folder = mkdtempSync(join(tmpdir(), "smirnov-bench-"));
  try {
    const files = ["reference.arrow", "current.arrow"].map((name) => join(folder, name));
    for (const [k, path] of files.entries()) node("arrow-file.js", path, megabytes, k + 1);
    const bytes = files.reduce((sum, path) => sum + statSync(path).size, 0);
    const { judged, drifted, nanoseconds, peak } = JSON.parse(node("memory-child.js", ...files));
    agree("compare of two files from one law", { judged, drifted }, { judged: 10, drifted: 0 });
    row({
      name: `compare, two Arrow files of ${megabytes} MB`,
      min: nanoseconds,
      median: nanoseconds,
      perValue: nanoseconds / (bytes / 8),
      gigabytes: bytes / nanoseconds,
      against: `peak ${rounded(peak / 1e6)} MB`,
      ratio: `${rounded(peak / bytes)}× the data`,
      target: `< ${limit}× the data`,
      reached: peak / bytes < limit,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function node(name, ...args) {
  const child = spawnSync(process.execPath, [script(name), ...args.map(String)], { encoding: "utf8" });
  if (child.status !== 0) throw new Error(`bench: ${name} failed: ${child.stderr}`);
  return child.stdout;
}

// A whole table, 100 columns of a million numbers a side: against Evidently's preset by the same methods, and against one
// pass of SciPy and pandas a column for the numbers of our own report. Each runs in a process of its own, so that its peak
// memory is its own; the columns lie in files of raw numbers, and reading those is not timed. The slow ones get fewer
// columns, and their time is multiplied; memory is compared on the columns of the slow one.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { normals, sample } from "./data.js";
import { duration, rounded } from "./harness.js";

const source = (name) => fileURLToPath(new URL(`./${name}`, import.meta.url));

/** Columns that a rival is timed on, of 100. */
const share = { evidently: 4, scipy: 2 };

export async function scale({ size, peers, agree, row }, columns = 100) {
  const folder = mkdtempSync(join(tmpdir(), "smirnov-bench-"));
  try {
    write(folder, columns, size);
    await rival("evidently", ["evidently", share.evidently], 100, 1 / 5);
    await rival("scipy", ["default", share.scipy], 50, null);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }

  async function rival(script, [preset, timed], faster, memory) {
    const some = Math.min(columns, timed);
    const factor = columns / some;
    const ours = child(process.execPath, [source("scale-child.js"), folder, columns, preset]);
    const theirs = peers.versions && child("python3", [source(`peers/${script}_columns.py`), folder, some]);
    const name = `compare, ${columns} columns of ${size} rows a side, ${preset} methods`;
    const figures = {
      min: ours.nanoseconds,
      median: ours.nanoseconds,
      perValue: ours.nanoseconds / columns / size / 2,
      gigabytes: (columns * size * 16) / ours.nanoseconds,
    };
    const missing = { ...figures, name, against: theirs ? theirs.missing : "no SciPy here", reached: null };
    if (!theirs || theirs.missing) return row(missing);
    agree(name, ours.found, theirs.found, 1e-8);
    const ratio = (theirs.nanoseconds * factor) / ours.nanoseconds;
    const what = `${theirs.name} ${duration(theirs.nanoseconds * factor)}`;
    const against = factor > 1 ? `${what} (${some} columns × ${rounded(factor)})` : what;
    row({
      ...figures,
      name,
      against,
      ratio: `${rounded(ratio)}×`,
      target: `≥ ${faster}× faster`,
      reached: ratio >= faster,
    });
    if (memory === null) return;
    const same = some === columns ? ours : child(process.execPath, [source("scale-child.js"), folder, some, preset]);
    const part = same.peak / theirs.peak;
    row({
      ...figures,
      name: `the same: peak memory, ${some} columns, ${rounded(same.peak / 1e6)} MB`,
      against: `${theirs.name} ${rounded(theirs.peak / 1e6)} MB`,
      ratio: `${rounded(part)}×`,
      target: `≤ ${rounded(memory)}×`,
      reached: part <= memory,
    });
  }
}

/** Two files a column. Every tenth column has moved a little. */
function write(folder, columns, size) {
  for (let k = 0; k < columns; k++) {
    writeFileSync(join(folder, `reference-${k}.f64`), sample(size, normals(2 * k + 1)));
    const next = normals(2 * k + 2);
    const shift = k % 10 === 0 ? 0.1 : 0;
    writeFileSync(
      join(folder, `current-${k}.f64`),
      sample(size, () => next() + shift),
    );
  }
}

function child(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args.map(String), { encoding: "utf8" });
  if (status !== 0) throw new Error(`bench: ${args[0]} failed: ${stderr.slice(-2000)}`);
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

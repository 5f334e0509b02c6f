// Comparing two Arrow files against only reading them.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeVector, Table, tableToIPC } from "apache-arrow";
import { compare, openTable, readTable } from "smirnov";
import { normals, sample } from "./data.js";
import { duration, rounded } from "./harness.js";
import { measure } from "./measure.js";

const columns = 100;
/** Different columns; each is there as often as it takes. */
const different = 10;
const most = 3;
// Each round is one run of some seconds.
const [rounds, time] = [2, 0];

export async function arrowFiles({ size, agree, row }) {
  const folder = mkdtempSync(join(tmpdir(), "smirnov-bench-"));
  try {
    const paths = ["reference.arrow", "current.arrow"].map((name) => join(folder, name));
    paths.forEach((path, side) => {
      const made = Array.from({ length: different }, (_, k) => makeVector(sample(size, normals(100 * side + k + 1))));
      const all = Array.from({ length: columns }, (_, k) => [`c${k}`, made[k % different]]);
      writeFileSync(path, tableToIPC(new Table(Object.fromEntries(all)), "file"));
    });
    const both = (open) => Promise.all(paths.map((path) => open(path)));
    const opened = async () => compare(...(await both(openTable)));
    const [found, expected] = [await opened(), await compare(...(await both(readTable)))];
    for (const name of ["c0", "c57"]) {
      const { statistic, pValue, effect } = expected.columns[name];
      agree(`compare of files, column ${name}`, found.columns[name], { statistic, pValue, effect });
    }
    const [own, reading] = await measure([repeated(opened), repeated(() => both(readTable))], { rounds, time });
    const values = 2 * columns * size;
    const ratio = own.median / reading.median;
    row({
      name: `compare, two .arrow files of ${columns} columns × ${size} rows`,
      ...own,
      perValue: own.median / values,
      gigabytes: (values * 8) / own.median,
      against: `readTable of both ${duration(reading.median)}`,
      ratio: `${rounded(ratio)}× (${rounded(own.min / reading.min)}×)`,
      target: `≤ ${most}× the time`,
      reached: ratio <= most,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is asynchronous, timed as a peer is: once, since it takes long. */
function repeated(work) {
  return {
    async run() {
      const start = performance.now();
      await work();
      return [(performance.now() - start) * 1e6];
    },
  };
}

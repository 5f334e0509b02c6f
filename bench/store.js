// The store: runs of a hundred columns into DuckDB and, where it is installed, PostgreSQL, and a column's history out of it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compare } from "smirnov";
import { configHash, openStore, runOfReport } from "../dist/bundle/store.js";
import { hasPostgres, startPostgres } from "../test/servers/start-postgres.js";
import { normal } from "./data.js";
import { measure, repeated } from "./measure.js";

const columns = 100;
const rows = 2000;
const windows = 200;
const hour = 3_600_000;

export async function stores(bench) {
  const folder = mkdtempSync(join(tmpdir(), "smirnov-bench-"));
  const server = hasPostgres ? await startPostgres() : null;
  try {
    const sides = [1, 1001].map((seed) =>
      Object.fromEntries(Array.from({ length: columns }, (_, k) => [`c${k}`, normal(rows, seed + k)])),
    );
    const report = await compare(...sides, { quality: true });
    await storeIn(bench, "DuckDB", join(folder, "runs.duckdb"), report, 250);
    if (server) await storeIn(bench, "PostgreSQL", server.url, report, 500);
  } finally {
    await server?.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function storeIn({ agree, row, rounds, time }, name, url, report, limit) {
  const store = await openStore(url);
  try {
    let index = 0;
    const facts = { dataset: "orders", configHash: configHash(report.settings) };
    const runOf = (metrics) => {
      const windowStart = index++ * hour;
      return runOfReport(report, { ...facts, windowStart, windowEnd: windowStart + hour, metrics });
    };
    const whole = runOf("all");
    await store.record(whole);
    const found = await store.history({ dataset: "orders", name: "mean" });
    const means = whole.metrics.filter((metric) => metric.name === "mean").map(({ value }) => value);
    agree(`${name}: means`, { means: found.map(({ value }) => value) }, { means });
    const budget = { rounds, time };
    const write = async (kept, limit) => {
      const metrics = runOf(kept).metrics.length;
      const [times] = await measure([repeated(() => store.record(runOf(kept)))], budget);
      const rate = Math.round((metrics / times.median) * 1e9);
      const against = `${(1e9 / times.median).toPrecision(3)} runs/s, ${rate.toLocaleString("en-US")} metrics/s`;
      const title = `${name}: a run of ${columns} columns, ${metrics} metrics`;
      row({ name: title, ...times, perValue: times.median / metrics, against, ...under(times, limit) });
    };
    await write("all", limit);
    await write("verdicts", 100);
    for (let k = 0; k < windows; k++) await store.record(runOf("verdicts"));
    const read = repeated(() => store.history({ dataset: "orders", column: "c7", limit: windows }));
    const [times] = await measure([read], budget);
    const title = `${name}: the history of a column, ${windows} windows`;
    row({ name: title, ...times, perValue: times.median / windows, ...under(times, 100) });
  } finally {
    await store.close();
  }
}

function under({ median }, milliseconds) {
  return { target: `< ${milliseconds} ms`, reached: median < milliseconds * 1e6 };
}

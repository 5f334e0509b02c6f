// A monitor as a service has it: rows are taken on the main thread while windows are evaluated on another one. How long the
// main thread is busy in one turn counts what it did on a processor (Linux), else the time that passed.
import { setTimeout } from "node:timers/promises";
import { compare, prepare } from "smirnov";
import { Monitor } from "smirnov/monitor";
import { busyClock } from "./busy-clock.js";
import { normal } from "./data.js";
import { duration, rounded } from "./harness.js";

const batchRows = 1000;
const cases = [
  { columns: 50, rows: 50_000, reference: 100_000, windows: 6 },
  { columns: 200, rows: 1000, reference: 20_000, windows: 20 },
];
const target = { rowsPerSecond: 200_000, turn: 10e6 };

const table = (columns, size, seed) =>
  Object.fromEntries(Array.from({ length: columns }, (_, k) => [`c${k}`, normal(size, seed + k)]));

export async function monitored({ row, agree }) {
  for (const one of cases) await measured(one, row, agree);
  objects(row);
}

async function measured({ columns, rows, reference: referenceRows, windows }, row, agree) {
  const reference = table(columns, referenceRows, 1);
  const batches = Array.from({ length: 8 }, (_, k) => table(columns, batchRows, 1000 * (k + 1)));
  const results = [];
  const monitor = new Monitor({
    name: "bench",
    window: { rows },
    reference,
    onWindow: (result) => results.push(result),
  });
  const [pushes, turns] = [[], []];
  const clock = busyClock();
  for (let window = 0; window < windows; window++) {
    for (let k = 0; k < rows / batchRows; k++) {
      // The last push closes the window. What was done before is accounted for when the thread sleeps.
      if (k === rows / batchRows - 1) await setTimeout(2);
      const before = clock.now();
      const start = performance.now();
      monitor.push(batches[k % batches.length]);
      // The first window is that of threads that start.
      if (window > 0) pushes.push((performance.now() - start) * 1e6);
      if (k === rows / batchRows - 1) turns.push(await longestTurn(monitor.idle(), clock, before));
    }
  }
  clock.close();
  const same = Object.fromEntries(
    Object.keys(reference).map((name) => [
      name,
      Float64Array.from(
        { length: rows },
        (_, k) => batches[Math.floor(k / batchRows) % batches.length][name][k % batchRows],
      ),
    ]),
  );
  const { columns: expected } = await compare(prepare(reference), same);
  agree("a window, and compare", statistics(results.at(-1).report.columns), statistics(expected), 0);
  const name = `${columns} columns`;
  const times = figures(pushes, columns * batchRows);
  const perSecond = (batchRows * 1e9) / times.median;
  row({ ...times, name: `${name}: push ${batchRows} rows`, ...told(perSecond, "rows/s", target.rowsPerSecond) });
  const seconds = results.slice(1).map((result) => result.seconds * 1e9);
  row({
    ...figures(seconds, columns * rows),
    name: `${name}: evaluate ${rows} rows against ${referenceRows}`,
    ...{ against: `first ${duration(results[0].seconds * 1e9)}`, ratio: "", target: "", reached: null },
  });
  const [first, ...others] = turns;
  const longest = Math.max(...others);
  row({
    ...figures(others, columns * rows),
    name: `${name}: main thread's longest turn while a window is evaluated`,
    ...{ against: `${duration(longest)}; with the first ${duration(first)}`, ratio: "" },
    ...{ target: `≤ ${duration(target.turn)}`, reached: longest <= target.turn },
  });
}

/** Rows as objects: what JSON gives. */
function objects(row) {
  const rows = Array.from({ length: batchRows }, (_, k) =>
    Object.fromEntries(Array.from({ length: 50 }, (_, c) => [`c${c}`, ((k * 7919 + c) % 1009) / 7])),
  );
  const monitor = new Monitor({ name: "bench", window: { rows: 1_000_000 } });
  const times = Array.from({ length: 40 }, () => {
    const start = performance.now();
    monitor.push(rows);
    return (performance.now() - start) * 1e6;
  });
  const found = figures(times.slice(10), 50 * batchRows);
  const perSecond = (batchRows * 1e9) / found.median;
  row({ ...found, name: `50 columns: push ${batchRows} objects`, ...told(perSecond, "rows/s", 10_000) });
}

const told = (reached, unit, wanted) => ({
  ...{ against: `${rounded(reached)} ${unit}`, ratio: "", target: `≥ ${wanted}`, reached: reached >= wanted },
});

function figures(times, values) {
  const sorted = times.toSorted((a, b) => a - b);
  const median = sorted[sorted.length >> 1];
  return { min: sorted[0], median, perValue: median / values, gigabytes: (values * 8) / median };
}

const statistics = (columns) =>
  Object.fromEntries(Object.entries(columns).map(([name, { statistic }]) => [name, statistic]));

/** Nanoseconds of the longest turn of the event loop until a promise is kept. */
async function longestTurn(promise, clock, begun) {
  let done = false;
  const kept = promise.finally(() => {
    done = true;
  });
  let longest = 0;
  for (let last = begun; !done; ) {
    await setTimeout(1);
    const now = clock.now();
    longest = Math.max(longest, now - last);
    last = now;
  }
  await kept;
  return longest;
}

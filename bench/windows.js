// A prepared reference against one window after another, as a service does it: on the main thread, for a minute.
// SMIRNOV_BENCH_SECONDS makes it shorter.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { compare, prepare } from "smirnov";
import { normal } from "./data.js";
import { duration, rounded } from "./harness.js";

const columns = 200;
const rows = 20_000;
const windowRows = 1000;
const different = 20;
const target = { windows: 100, delay: 20e6, growth: 1.1 };

const table = (size, seed) =>
  Object.fromEntries(Array.from({ length: columns }, (_, k) => [`c${k}`, normal(size, seed + k)]));

export async function windows({ row, agree }, seconds = Number(process.env.SMIRNOV_BENCH_SECONDS ?? 60)) {
  const given = table(rows, 1);
  const reference = prepare(given);
  const current = Array.from({ length: different }, (_, k) => table(windowRows, 1000 * (k + 1)));
  const [prepared, raw] = [await compare(reference, current[0]), await compare(given, current[0])];
  agree("compare, prepared or not", statistics(prepared), statistics(raw), 1e-10);
  await sustained(reference, current, Math.min(3, seconds / 4));
  const { times, delay, growth, memory } = await sustained(reference, current, seconds);
  const [median, each] = [
    times.sort((a, b) => a - b)[times.length >> 1],
    times.reduce((sum, x) => sum + x, 0) / times.length,
  ];
  const perSecond = 1e9 / each;
  const name = `${columns} prepared columns of ${rows}, windows of ${windowRows}, ${rounded(seconds)} s`;
  const figures = {
    min: times[0],
    median,
    perValue: median / columns / windowRows,
    gigabytes: (columns * windowRows * 8) / median,
  };
  row({
    ...figures,
    name,
    ...reachedRow(`${rounded(perSecond)} windows/s`, `≥ ${target.windows}`, perSecond >= target.windows),
  });
  row({
    ...figures,
    name: "the same: event loop",
    ...reachedRow(`p99 ${duration(delay)} late`, `≤ ${duration(target.delay)}`, delay <= target.delay),
  });
  row({
    ...figures,
    name: "the same: memory",
    ...reachedRow(
      `${rounded(memory / 1e6)} MB, ${rounded(growth)}× the start`,
      `≤ ${target.growth}×`,
      growth <= target.growth,
    ),
  });
}

const reachedRow = (against, wanted, reached) => ({ against, ratio: "", target: wanted, reached });

/** Window after window; between two the event loop has its turn. */
async function sustained(reference, current, seconds) {
  const late = monitorEventLoopDelay({ resolution: 1 });
  const times = [];
  const before = process.memoryUsage().rss;
  let peak = before;
  late.enable();
  const end = performance.now() + 1000 * seconds;
  for (let k = 0; performance.now() < end; k++) {
    const start = performance.now();
    await compare(reference, current[k % current.length]);
    times.push((performance.now() - start) * 1e6);
    if (k % 100 === 0) peak = Math.max(peak, process.memoryUsage().rss);
    await setImmediate();
  }
  late.disable();
  return { times, delay: late.percentile(99), memory: peak, growth: process.memoryUsage().rss / before };
}

const statistics = ({ columns }) =>
  Object.fromEntries(Object.entries(columns).map(([name, { statistic }]) => [name, statistic]));

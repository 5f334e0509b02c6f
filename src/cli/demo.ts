/** `smirnov demo`: a service with traffic that drifts in every way there is, and what to look at. */
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { installCommand } from "../engine/peers.js";
import { missingPackages } from "../service/packages.js";
import { createService } from "../service/service.js";
import type { DemoCommand } from "./demo-command.js";
import { dataset, demoConfig } from "./demo-config.js";
import { type Flight, flightsOf, latencies, realFlights, trainedOn, whatHappens } from "./demo-traffic.js";
import type { Surroundings } from "./run.js";

const rowsOfWindow = 400;
const answersOfWindow = 60;
const hour = 3_600_000;
/** Windows that are there when the page is opened first. */
const before = 60;
/** Milliseconds from one window to the next after them. */
const pace = 2_000;
const defaultPort = 8787;
const signals = ["SIGINT", "SIGTERM"] as const;
/** Every so many-th flight is never known to have been late or not. */
const unknown = 10;

/** @returns when it has ended: by a signal, or after as many windows as were asked for */
export async function demo(command: DemoCommand, { output }: Surroundings): Promise<number> {
  const { windows = Number.POSITIVE_INFINITY } = command;
  const store = await storeUrl();
  const { port = (await isFree(defaultPort)) ? defaultPort : 0 } = command;
  if (!(await isFree(port))) throw new Error(`port ${port} is taken; --port 0 takes any that is free`);
  const folder = mkdtempSync(join(tmpdir(), "smirnov-demo-"));
  const ended = new AbortController();
  const end = (): void => ended.abort();
  for (const signal of signals) process.once(signal, end);
  try {
    const flights = realFlights();
    const reference = join(folder, "reference.csv");
    writeFileSync(reference, csvOf(trainedOn(flights)));
    const config = demoConfig(port, reference, store);
    const service = await createService(config, { folder, logTo: { write: () => {} } });
    try {
      const { url } = await service.listen();
      output.write(welcome(url));
      await sendAll(`${url}/v1/${dataset}`, flights, windows, ended.signal);
      if (!ended.signal.aborted) await service.idle();
    } finally {
      await service.close();
    }
  } finally {
    for (const signal of signals) process.off(signal, end);
    await removed(folder);
  }
  return 0;
}

/** What is written while it is removed, as by a database that has just been closed, would keep a folder without a word. */
async function removed(folder: string): Promise<void> {
  for (let tries = 0; tries < 20 && existsSync(folder); tries++) {
    if (tries > 0) await setTimeout(100);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function sendAll(url: string, flights: readonly Flight[], windows: number, signal: AbortSignal): Promise<void> {
  const first = Math.floor(Date.now() / hour - before) * hour;
  let labels: object[] = [];
  // A window closes with the first row of the next.
  for (let window = 0; window <= windows && !signal.aborted; window++) {
    const start = first + window * hour;
    const at = (k: number, count: number): number => start + Math.floor((k * hour) / count);
    const drawn = flightsOf(window, window < windows ? rowsOfWindow : 1, flights);
    const rows = drawn.map(({ late: _, ...row }, k) => ({ id: `${window}-${k}`, time: at(k, rowsOfWindow), ...row }));
    await sent(`${url}/rows`, rows);
    const answers = latencies(window, answersOfWindow);
    await sent(
      `${url}/series`,
      answers.map((latency_ms, k) => ({ time: at(k, answersOfWindow), latency_ms })),
    );
    // What became of the flights of an hour is known an hour later.
    if (labels.length > 0) await sent(`${url}/labels`, labels);
    labels = drawn.map(({ late }, k) => ({ id: `${window}-${k}`, late })).filter((_, k) => k % unknown !== 0);
    if (window >= before && window < windows) await paused(signal);
  }
}

/** @returns where runs are stored: without the packages of a store nowhere; all else is there */
async function storeUrl(): Promise<string> {
  const store = "duckdb:metrics.duckdb";
  if ((await missingPackages({ store: "none" })).length === 0) {
    return (await missingPackages({ store })).length === 0 ? store : "none";
  }
  throw new Error(`the demo needs packages of a service: ${installCommand(await missingPackages({ store }))}`);
}

function csvOf(rows: readonly object[]): string {
  const lines = [Object.keys(rows[0]!), ...rows.map((row) => Object.values(row))];
  return lines.map((values) => `${values.join(",")}\n`).join("");
}

function welcome(url: string): string {
  const columns = Object.entries(whatHappens).map(([column, what]) => `  ${column.padEnd(12)} ${what}`);
  return `Flights of 2001, an hour of them every two seconds; what happens to their columns:
${columns.join("\n")}
A model says which will be late, and knows nothing of it; answers are slow in an hour of each day.

Open ${url}/ for windows and verdicts as they come.
  a report as a page      ${url}/v1/${dataset}/report.html
  numbers for Prometheus  ${url}/metrics
  all that can be asked   ${url}/openapi.json
Rows of yours, a minute after the latest of these flights:
  now=$(curl -s ${url}/metrics | awk '/^smirnov_watermark_timestamp_seconds/ { printf "%.0f", $2 }')
  curl -X POST ${url}/v1/${dataset}/rows -H 'content-type: application/json' \\
    -d '[{"time": '$((now + 60))'000, "hour": 9, "delay": 90, "distance": 700, "origin": "SEA", "destination": "LAX"}]'
Ctrl-C ends it, and removes what it wrote.
`;
}

async function sent(url: string, rows: readonly object[]): Promise<void> {
  const body = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/x-ndjson" }, body });
  if (!answer.ok) throw new Error(`the service refused rows of the demo: ${answer.status} ${await answer.text()}`);
  await answer.arrayBuffer();
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

/** Until it is time for the next window, or to end. */
async function paused(signal: AbortSignal): Promise<void> {
  await setTimeout(pace, undefined, { signal }).catch(() => {});
}

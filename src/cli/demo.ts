/** `smirnov demo`: a service with traffic that drifts in every way there is, and what to look at. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ServiceConfig } from "../service/config.js";
import { createService } from "../service/service.js";
import type { DemoCommand } from "./demo-command.js";
import { flightsFile, flightsOf, realFlights, whatHappens } from "./demo-traffic.js";
import type { Surroundings } from "./run.js";

const dataset = "flights";
const rowsOfWindow = 400;
const hour = 3_600_000;
/** Windows that are there when the page is opened first. */
const before = 60;
/** Milliseconds from one window to the next after them. */
const pace = 2_000;
const defaultPort = 8787;
const signals = ["SIGINT", "SIGTERM"] as const;

/** @returns when it has ended: by a signal, or after as many windows as were asked for */
export async function demo(command: DemoCommand, { output }: Surroundings): Promise<number> {
  const { port = defaultPort, windows = Number.POSITIVE_INFINITY } = command;
  const folder = mkdtempSync(join(tmpdir(), "smirnov-demo-"));
  const ended = new AbortController();
  const end = (): void => ended.abort();
  for (const signal of signals) process.once(signal, end);
  const service = await createService(configOf(port), { folder, logTo: { write: () => {} } });
  try {
    const { url } = await service.listen();
    output.write(welcome(url));
    const flights = realFlights();
    const start = Math.floor(Date.now() / hour - before) * hour;
    // A window closes with the first row of the next.
    for (let window = 0; window <= windows && !ended.signal.aborted; window++) {
      const rows = flightsOf(window, window < windows ? rowsOfWindow : 1, flights);
      const every = hour / rowsOfWindow;
      const lines = rows.map((row, k) => JSON.stringify({ time: start + window * hour + k * every, ...row }));
      await sent(`${url}/v1/${dataset}/rows`, `${lines.join("\n")}\n`);
      if (window >= before && window < windows) await paused(ended.signal);
    }
    await service.idle();
  } finally {
    await service.close();
    for (const signal of signals) process.off(signal, end);
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
}

function configOf(port: number): ServiceConfig {
  return {
    listen: { host: "127.0.0.1", port },
    data: "data",
    sync: "never",
    datasets: {
      [dataset]: {
        model: { name: "delays", version: "1" },
        reference: fileURLToPath(flightsFile),
        time: "time",
        window: { duration: "1h" },
        compare: { columns: Object.keys(whatHappens) },
      },
    },
    alerts: [
      {
        name: "column drifts",
        severity: "warning",
        when: { metric: "drifted", column: "*", eq: true },
        windows: { k: 3, n: 4 },
        clearFor: 2,
      },
    ],
  };
}

function welcome(url: string): string {
  const columns = Object.entries(whatHappens).map(([column, what]) => `  ${column.padEnd(12)} ${what}`);
  return `Flights of 2001, an hour of them every two seconds; what happens to their columns:
${columns.join("\n")}

Open ${url}/ for windows and verdicts as they come.
  a report as a page      ${url}/v1/${dataset}/report.html
  numbers for Prometheus  ${url}/metrics
  all that can be asked   ${url}/openapi.json
Rows of yours:
  curl -X POST ${url}/v1/${dataset}/rows -H 'content-type: application/json' \\
    -d '[{"time": "${new Date().toISOString()}", "hour": 9, "delay": 90, "distance": 700, "origin": "SEA", "destination": "LAX"}]'
Ctrl-C ends it, and removes what it wrote.
`;
}

async function sent(url: string, body: string): Promise<void> {
  const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/x-ndjson" }, body });
  if (!answer.ok) throw new Error(`the service refused rows of the demo: ${answer.status} ${await answer.text()}`);
  await answer.arrayBuffer();
}

function paused(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, pace);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

// The service under load: rows a second that are on the disk and looked at, and how long a POST takes while windows are
// compared. The service is a process of its own; this one is the client.
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeTable, tableToIPC } from "apache-arrow";
import { normals } from "./data.js";

const columns = 50;
const windowRows = 100_000;
const child = fileURLToPath(new URL("serve-child.js", import.meta.url));
const formats = {
  arrow: { type: "application/vnd.apache.arrow.stream", rows: 1000, rate: 50_000, body: arrowBody },
  ndjson: { type: "application/x-ndjson", rows: 200, rate: 10_000, body: ndjsonBody },
};
const slowest = 50;

export async function served({ row, seconds = 10 }) {
  const folder = mkdtempSync(join(tmpdir(), "smirnov-serve-"));
  const service = fork(child, [folder], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  try {
    const [{ url }] = await once(service, "message");
    const reference = arrowBody(windowRows, 1);
    for (const [name, format] of Object.entries(formats)) {
      await post(`${url}/v1/${name}/reference`, { type: formats.arrow.type, body: reference, method: "PUT" });
      const bodies = Array.from({ length: 8 }, (_, k) => format.body(format.rows, k + 2));
      await load(url, name, format, bodies, 1);
      const fast = await load(url, name, format, bodies, seconds);
      row(
        rowOf(
          `${name}: as fast as it can`,
          fast,
          `${thousands(fast.rate)} rows/s`,
          `≥ ${thousands(format.rate)} rows/s`,
          fast.rate >= format.rate,
        ),
      );
      const paced = await load(url, name, format, bodies, seconds, format.rate);
      const { p50, p99 } = paced;
      const told = `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${paced.windows} windows compared`;
      row(
        rowOf(
          `${name}: ${thousands(paced.rate)} rows/s`,
          paced,
          told,
          `p99 ≤ ${slowest} ms`,
          p99 <= slowest && paced.rate >= 0.97 * format.rate,
        ),
      );
    }
    service.send("end");
    const [{ peak }] = await once(service, "message");
    row({
      name: "memory of the service at most",
      min: 0,
      median: 0,
      against: `${Math.round(peak / 2 ** 20)} MiB`,
      reached: null,
    });
  } finally {
    service.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

function rowOf(name, { times }, against, target, reached) {
  return { name, min: Math.min(...times) * 1e6, median: quantile(times, 0.5) * 1e6, against, target, reached };
}

const thousands = (rate) => `${Math.round(rate / 100) / 10}k`;
const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];

/**
 * Posts bodies for some seconds: over four connections, or as they are due at a rate, with times from when they were due. What
 * was accepted has been looked at when this ends.
 */
async function load(url, name, { type, rows }, bodies, seconds, rate = 0) {
  const address = `${url}/v1/${name}/rows`;
  const agent = new Agent({ keepAlive: true, maxSockets: rate > 0 ? 64 : 4 });
  const times = [];
  const before = await progress(url, name);
  const begun = performance.now();
  const until = begun + 1000 * seconds;
  let [sent, accepted] = [0, 0];
  const one = async (since) => {
    const status = await post(address, { agent, type, body: bodies[sent++ % bodies.length] });
    if (status === 202) accepted++;
    else if (status === 429) await pause(5);
    else throw new Error(`bench: a POST was answered ${status}`);
    if (status === 202) times.push(performance.now() - since);
  };
  if (rate > 0) {
    const running = [];
    for (let due = begun; due < until; due += (1000 * rows) / rate) {
      if (due > performance.now()) await pause(due - performance.now());
      running.push(one(due));
    }
    await Promise.all(running);
  } else {
    const producer = async () => {
      while (performance.now() < until) await one(performance.now());
    };
    await Promise.all(Array.from({ length: 4 }, producer));
  }
  let now = await progress(url, name);
  while (now.applied < before.sequence + accepted) {
    await pause(10);
    now = await progress(url, name);
  }
  agent.destroy();
  times.sort((a, b) => a - b);
  const elapsed = (performance.now() - begun) / 1000;
  const windows = (now.last?.index ?? -1) - (before.last?.index ?? -1);
  return { times, rate: (accepted * rows) / elapsed, p50: quantile(times, 0.5), p99: quantile(times, 0.99), windows };
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function progress(url, name) {
  const datasets = await (await fetch(`${url}/v1/datasets`)).json();
  return datasets.find((one) => one.name === name);
}

function post(address, { agent, type, body, method = "POST" }) {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": type, "content-length": body.length };
    const sending = request(address, { method, agent, headers }, (answer) => {
      answer.resume().on("end", () => resolve(answer.statusCode));
    });
    sending.on("error", reject).end(body);
  });
}

function valuesOf(rows, seed) {
  const normal = normals(seed);
  return Array.from({ length: columns }, () => Float64Array.from({ length: rows }, normal));
}

function arrowBody(rows, seed) {
  const table = makeTable(Object.fromEntries(valuesOf(rows, seed).map((values, k) => [`x${k}`, values])));
  return Buffer.from(tableToIPC(table, "stream"));
}

function ndjsonBody(rows, seed) {
  const values = valuesOf(rows, seed);
  const line = (row) =>
    JSON.stringify(Object.fromEntries(values.map((column, k) => [`x${k}`, Number(column[row].toFixed(4))])));
  return Buffer.from(Array.from({ length: rows }, (_, row) => `${line(row)}\n`).join(""));
}

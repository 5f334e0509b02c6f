// The service under load: rows a second that are on the disk and looked at, and how long a POST takes while windows are
// compared. The service is a process of its own, with an fsync before every answer; this one is the client, on the same cores.
// Bodies come at a constant rate whether or not those before were answered, and count from when they were due.
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeTable, tableToIPC } from "apache-arrow";
import { normals } from "./data.js";

const columns = 50;
const referenceRows = 100_000;
const formats = {
  arrow: { type: "application/vnd.apache.arrow.stream", rows: 1000, rate: 50_000, body: arrowBody },
  ndjson: { type: "application/x-ndjson", rows: 200, rate: 10_000, body: ndjsonBody },
};
const slowest = 50;

export async function served({ row, seconds = 8 }) {
  const folder = mkdtempSync(join(tmpdir(), "smirnov-serve-"));
  const service = started("serve-child.js", folder);
  const sink = started("sink-child.js");
  try {
    const [url, nowhere] = await Promise.all([addressOf(service), addressOf(sink)]);
    const reference = arrowBody(referenceRows, 1);
    for (const [name, format] of Object.entries(formats)) {
      const bodies = Array.from({ length: 8 }, (_, k) => format.body(format.rows, k + 2));
      const alone = await paced(`${nowhere}/`, format, bodies, 2);
      row(rowOf(`${name}: client and HTTP alone`, alone.times, latency(alone.times)));
      await post(`${url}/v1/${name}/reference`, { type: formats.arrow.type, body: reference, method: "PUT" });
      const address = `${url}/v1/${name}/rows`;
      const watching = { service, url, name };
      await watched(watching, () => paced(address, format, bodies, 2));
      const fast = await watched(watching, () => unpaced(address, format, bodies, seconds / 2));
      const most = (fast.accepted * format.rows) / fast.elapsed;
      const target = { target: `≥ ${thousands(format.rate)} rows/s`, reached: most >= format.rate };
      row({ ...rowOf(`${name}: as fast as it can`, fast.times, `${thousands(most)} rows/s`), ...target });
      const due = await watched(watching, () => paced(address, format, bodies, seconds));
      const { turn, delay, busy } = due.turns;
      const told = [
        `${latency(due.times)}, ${due.windows} windows compared`,
        `event loop late by p99 ${delay.p99.toFixed(1)} ms; turns p99 ${turn.p99.toFixed(1)}, max ${turn.most.toFixed(1)} ms`,
        `busy ${Math.round(100 * busy)} %; load ${loadavg()[0].toFixed(1)}`,
      ];
      const isMet = quantile(due.times, 0.99) <= slowest && due.refused === 0;
      row({
        ...rowOf(`${name}: ${thousands(format.rate)} rows/s`, due.times, told.join("; ")),
        ...{ target: `p99 ≤ ${slowest} ms`, reached: isMet },
      });
    }
    const { peak } = await asked(service, "end");
    row({ ...rowOf("memory of the service at most", [0], `${Math.round(peak / 2 ** 20)} MiB`), reached: null });
  } finally {
    for (const child of [service, sink]) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

function started(file, ...parameters) {
  const path = fileURLToPath(new URL(file, import.meta.url));
  return fork(path, parameters, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
}

async function addressOf(child) {
  const [{ url }] = await once(child, "message");
  return url;
}

async function asked(child, what) {
  child.send(what);
  const [answer] = await once(child, "message");
  return answer;
}

const rowOf = (name, times, against) => ({
  ...{ name, against, target: "", reached: null },
  ...{ min: Math.min(...times) * 1e6, median: quantile(times, 0.5) * 1e6 },
});

const thousands = (rate) => `${Math.round(rate / 100) / 10}k`;
const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
const latency = (times) =>
  [
    ["p50", 0.5],
    ["p99", 0.99],
    ["max", 1],
  ]
    .map(([name, share]) => `${name} ${quantile(times, share).toFixed(1)}`)
    .join(", ")
    .concat(" ms");

/** What a load found, what the service's main thread did meanwhile, and how many windows were told until all was looked at. */
async function watched({ service, url, name }, load) {
  const before = await progress(url, name);
  service.send("watch");
  const found = await load();
  let now = await progress(url, name);
  while (now.applied < before.sequence + found.accepted) {
    await pause(10);
    now = await progress(url, name);
  }
  const elapsed = (performance.now() - found.begun) / 1000;
  const turns = await asked(service, "watched");
  return { ...found, elapsed, turns, windows: (now.last?.index ?? -1) - (before.last?.index ?? -1) };
}

/** Over four connections, as fast as answers come. */
async function unpaced(address, { type }, bodies, seconds) {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const [begun, times] = [performance.now(), []];
  let [sent, refused] = [0, 0];
  const producer = async () => {
    while (performance.now() < begun + 1000 * seconds) {
      const since = performance.now();
      if (await isTaken(address, { agent, type, body: bodies[sent++ % bodies.length] })) {
        times.push(performance.now() - since);
      } else {
        refused++;
        await pause(5);
      }
    }
  };
  await Promise.all(Array.from({ length: 4 }, producer));
  agent.destroy();
  return { begun, accepted: times.length, refused, times: times.sort((a, b) => a - b) };
}

/** As they are due at the rate. */
async function paced(address, { type, rows, rate }, bodies, seconds) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const [begun, times, running] = [performance.now(), [], []];
  let refused = 0;
  const one = async (due) => {
    if (await isTaken(address, { agent, type, body: bodies[running.length % bodies.length] })) {
      times.push(Math.max(0, performance.now() - due));
    } else refused++;
  };
  for (let due = begun; due < begun + 1000 * seconds; due += (1000 * rows) / rate) {
    if (due > performance.now()) await pause(due - performance.now());
    running.push(one(due));
  }
  await Promise.all(running);
  agent.destroy();
  return { begun, accepted: times.length, refused, times: times.sort((a, b) => a - b) };
}

async function isTaken(address, body) {
  const status = await post(address, body);
  if (status !== 202 && status !== 429) throw new Error(`bench: a POST was answered ${status}`);
  return status === 202;
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

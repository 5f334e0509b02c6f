// What the figures were taken on.
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

export function machine(peers) {
  const [cpu] = cpus();
  return [
    `${cpu?.model.trim() || "unknown CPU"}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, load ${loadavg()[0].toFixed(1)}`,
    `${type()} ${release()}, Node ${process.versions.node}, smirnov ${version}, ${new Date().toISOString().slice(0, 10)}`,
    ...(peers.versions ? [`peers: ${peers.versions}`] : []),
    ...peers.why,
  ];
}

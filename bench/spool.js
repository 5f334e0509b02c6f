// Appends to a spool in the system's folder for temporary files, by size of a record and by policy: 64 at a time, as requests
// come to a service, and one after the other. What was appended is read again and compared before a figure is taken.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSpool } from "../dist/spool/open-spool.js";
import { Disagreement, duration } from "./harness.js";
import { summary } from "./measure.js";

const records = [
  { words: "1 kB", length: 1000 },
  { words: "64 kB", length: 64_000 },
];
const policies = ["always", 100, "never"];

export async function spools({ size, rounds, row }) {
  for (const { words, length } of records) {
    const count = Math.max(20, Math.min(2000, Math.floor((size * 64) / length)));
    for (const together of [64, 1]) {
      const times = new Map(policies.map((sync) => [sync, []]));
      for (let round = 0; round < rounds; round++) {
        for (const sync of policies) times.get(sync).push(await timeOf({ sync, length, count, together }));
      }
      for (const [sync, all] of times) {
        const { min, median } = summary(all);
        const policy = typeof sync === "number" ? `every ${sync} ms` : sync;
        const perValue = median / count;
        const against = `${Math.round(1e9 / perValue)} a second, ${duration(perValue)} each`;
        row({
          name: `append ${words}, ${together} at a time, ${policy}`,
          min,
          median,
          perValue,
          gigabytes: length / perValue,
          against,
          reached: null,
        });
      }
    }
  }
}

async function timeOf({ sync, length, count, together }) {
  const folder = await mkdtemp(join(tmpdir(), "smirnov-bench-"));
  try {
    const spool = await openSpool(folder, { sync });
    const bytes = new Uint8Array(length).map((_, k) => k % 251);
    let left = count;
    const appendSome = async () => {
      while (left-- > 0) await spool.append(bytes);
    };
    const start = performance.now();
    await Promise.all(Array.from({ length: together }, appendSome));
    const time = (performance.now() - start) * 1e6;
    let read = 0;
    for await (const record of spool.read()) read += Buffer.compare(record.bytes, bytes) === 0 ? 1 : 0;
    await spool.close();
    if (read !== count) throw new Disagreement(`spool: ${read} of ${count} records are what was appended`);
    return time;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

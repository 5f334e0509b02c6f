/**
 * Ten minutes of mixed comparisons on threads that are ended at random. Slow: run with `SLOW=1`; `SOAK_SECONDS` sets how
 * long it takes.
 */
import { deepStrictEqual } from "node:assert";
import { setTimeout as later } from "node:timers/promises";
import * as arrow from "apache-arrow";
import { afterAll, describe, expect, it } from "vitest";
import { compare } from "../../dist/drift/compare.js";
import type { CompareOptions } from "../../dist/drift/options.js";
import { prepare } from "../../dist/drift/prepare.js";
import { theRegions } from "../../dist/engine/job.js";
import { memoryEnd } from "../../dist/engine/memory.js";
import { closeThreads, threadsInUse } from "../../dist/engine/pool.js";
import { generator, normals } from "../drift/samples.ts";

const seconds = Number(process.env.SOAK_SECONDS ?? 600);

/** Time to get to the level that memory stays at. */
const settling = Math.min(120, seconds / 3);

afterAll(closeThreads);

function tableOf(rows: number, seed: number, shared: boolean) {
  const random = generator(seed);
  const doubles = Array.from({ length: 12 }, (_, k) => {
    const values = new Float64Array(shared ? new SharedArrayBuffer(rows * 8) : new ArrayBuffer(rows * 8));
    values.set(normals(rows, seed + k, k / 40, 1));
    return [`x${k}`, values] as const;
  });
  const words = Array.from({ length: rows }, () => `word ${Math.floor(random() * 30)}`);
  return {
    ...Object.fromEntries(doubles),
    integers: Int32Array.from(normals(rows, seed + 50, 0, 1000)),
    text: arrow.vectorFromArray(words, new arrow.Utf8()),
    strings: words,
  };
}

const before = tableOf(40_000, 1, true);
const plain = tableOf(40_000, 100, false);
const window = tableOf(20_000, 200, false);
const prepared = prepare(before);

const jobs: (readonly [string, () => (options: CompareOptions) => Promise<unknown>])[] = [
  ["shared", () => (options) => compare(before, plain, options)],
  ["plain", () => (options) => compare(plain, window, options)],
  ["prepared", () => (options) => compare(prepared, window, options)],
  ["resampled", () => (options) => compare(before, window, { ...options, method: "energy-resampled" })],
  ["evidently", () => (options) => compare(plain, window, { ...options, preset: "evidently" } as never)],
];

describe.skipIf(!process.env.SLOW)("comparisons on threads that are ended at random", () => {
  it("are all right, and take no more memory with time", { timeout: (seconds + 120) * 1000 }, async () => {
    const wanted = new Map<string, unknown>();
    for (const [name, make] of jobs) wanted.set(name, await make()({ threads: 1 }));
    const random = generator(7);
    const end = performance.now() + seconds * 1000;
    const settled = performance.now() + settling * 1000;
    let [compared, ended, stopped] = [0, 0, 0];
    const resident: number[] = [];

    /** Comparisons that each of those who compare has begun. */
    const begun = [0, 0];
    const comparing = async (who: number): Promise<void> => {
      while (performance.now() < end) {
        begun[who]!++;
        const [name, make] = jobs[Math.floor(random() * jobs.length)]!;
        const threads = 1 + Math.floor(random() * 4);
        const stop = new AbortController();
        // Some are given up in the middle.
        const timer = random() < 0.1 ? setTimeout(() => stop.abort("enough"), random() * 50) : undefined;
        try {
          deepStrictEqual(await make()({ threads, signal: stop.signal }), wanted.get(name), name);
          compared++;
        } catch (error) {
          if (error !== "enough") throw error;
          stopped++;
        } finally {
          clearTimeout(timer);
        }
        if (performance.now() > settled) resident.push(process.memoryUsage.rss());
      }
    };
    /** A task may lose its thread once: the next is ended when all that was under way is through. */
    const ending = async (): Promise<void> => {
      while (performance.now() < end) {
        const before = [...begun];
        while (begun.some((count, who) => count === before[who]) && performance.now() < end) await later(10);
        await later(500 * random());
        const workers = (await threadsInUse())?.workers() ?? [];
        const worker = workers[Math.floor(random() * workers.length)];
        if (!worker) continue;
        await worker.terminate();
        ended++;
      }
    };
    await Promise.all([comparing(0), comparing(1), ending()]);
    while (theRegions().lowest() !== memoryEnd) await later(1);
    const half = resident.length >> 1;
    const median = (of: number[]) => of.sort((a, b) => a - b)[of.length >> 1]!;
    const [early, late] = [median(resident.slice(0, half)), median(resident.slice(half))];
    console.log(
      `${compared} comparisons, ${stopped} given up, ${ended} threads ended; ` +
        `resident ${Math.round(early / 2 ** 20)} MiB, then ${Math.round(late / 2 ** 20)} MiB`,
    );
    expect(compared).toBeGreaterThan(10);
    expect(ended).toBeGreaterThan(3);
    expect(late / early).toBeLessThan(1.1);
  });
});

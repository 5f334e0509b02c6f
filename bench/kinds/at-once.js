// Jobs on all cores, one after the other on each.
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

/** @returns their results, in their order */
export async function atOnce(job, all, done) {
  const results = [];
  let next = 0;
  const lanes = Array.from({ length: Math.min(all.length, availableParallelism()) }, async () => {
    const worker = new Worker(new URL("./worker.js", import.meta.url));
    try {
      while (next < all.length) {
        const k = next++;
        results[k] = await new Promise((resolve, reject) => {
          worker.once("message", resolve);
          worker.once("error", reject);
          worker.postMessage({ job, given: all[k] });
        });
        done(results[k]);
      }
    } finally {
      await worker.terminate();
    }
  });
  await Promise.all(lanes);
  return results;
}

// Jobs for as many workers as there are cores.
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

/** Runs all jobs. @returns what each found, in their order */
export async function runJobs(jobs, onDone = () => {}) {
  const found = new Array(jobs.length);
  const waiting = jobs.map((job, id) => ({ ...job, id })).reverse();
  let done = 0;
  const work = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL("simulate.js", import.meta.url));
      const next = () => {
        const job = waiting.pop();
        if (job) worker.postMessage(job);
        else worker.terminate().then(() => resolve());
      };
      worker.on("message", (message) => {
        found[message.id] = message.found;
        onDone(jobs[message.id], ++done);
        next();
      });
      worker.on("error", reject);
      next();
    });
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, work));
  return found;
}

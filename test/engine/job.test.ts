/** Threads that are lost, regions that are too small, work that nobody wants any more. */
import { setTimeout as later } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { type Job, startJob, theRegions } from "../../dist/engine/job.js";
import { memoryEnd } from "../../dist/engine/memory.js";
import { closeThreads, threadsInUse } from "../../dist/engine/pool.js";
import { startThreads } from "../../dist/engine/threads.js";
import { withScratch } from "../../dist/engine/workspace.js";

const file = new URL("./faulty-worker.js", import.meta.url).href;
const values = Float64Array.from({ length: 1000 }, (_, k) => k);
const total = 499_500;

const word = (value = 0) => new Int32Array(new SharedArrayBuffer(4)).fill(value);

const here = (): never => {
  throw new Error("not on this thread");
};

const sum = { task: "sum", message: { values }, scratch: 1 << 16, here };

/** Waits until a task has said so. */
async function until(flag: Int32Array, value = 1): Promise<void> {
  while (Atomics.load(flag, 0) < value) await later(1);
}

async function allFree(): Promise<void> {
  while (theRegions().lowest() !== memoryEnd) await later(1);
}

let job: Job;
function begin(threads = 2, limits = {}): Job {
  job = startJob(file, threads, limits);
  return job;
}

afterEach(async () => {
  job.end();
  await closeThreads();
  // Regions of lost threads come back too.
  await allFree();
});

describe("work on threads", () => {
  it("gets its inputs and gives its result, from memory that is shared and from memory that is not", async () => {
    const shared = new Float64Array(new SharedArrayBuffer(8000));
    shared.set(values);
    begin();
    expect(await job.run(sum)).toBe(total);
    expect(await job.run({ ...sum, message: { values: shared } })).toBe(total);
    expect(await job.run({ ...sum, message: { values: values.subarray(10, 20) } })).toBe(145);
  });

  it("has its own memory: eight tasks fill theirs at a time and find what they wrote", async () => {
    begin(8);
    const bytes = 1 << 20;
    const tasks = Array.from({ length: 24 }, (_, k) =>
      job.run({ task: "fill", message: { bytes, value: k + 1, rounds: 3 }, scratch: bytes, here }),
    );
    expect(await Promise.all(tasks)).toEqual(Array(24).fill(true));
  });

  it("gets more memory when it needs more, in the end all of it on the main thread", async () => {
    begin();
    const bytes = 40 << 20;
    const fill = { task: "fill", message: { bytes, value: 1, rounds: 1 }, scratch: 1 << 20, here };
    expect(await job.run(fill)).toBe(true);
    const most = { ...fill, message: { ...fill.message, bytes: 2 ** 32 } };
    expect(await job.run({ ...most, here: () => "with all of it" })).toBe("with all of it");
    const large = new Float64Array(new ArrayBuffer(3 * 2 ** 30));
    expect(await job.run({ ...sum, message: { values: large }, here: () => "too large to send" })).toBe(
      "too large to send",
    );
  });

  it("leaves the main thread what regions do not take, and all of it to work that would have needed that", async () => {
    begin();
    const [begun, stop] = [word(), word()];
    const spinning = job.run({ task: "spin", message: { begun, stop }, scratch: 3 * 2 ** 30 - 2 ** 20, here });
    await until(begun);
    const twoGigabytes = () => withScratch((_, take) => take(2 ** 31) > 0);
    expect(twoGigabytes).toThrow("do not fit into engine memory");
    expect(withScratch((_, take) => take(1e9) > 0)).toBe(true);
    let done = false;
    const waiting = job.here(twoGigabytes).then((result) => {
      done = result;
    });
    await later(20);
    expect(done).toBe(false);
    Atomics.store(stop, 0, 1);
    expect(await spinning).toBe("stopped");
    await waiting;
    expect(done).toBe(true);
  });

  it("throws what it throws, once", async () => {
    begin();
    const refused = job.run({ ...sum, task: "refuses" });
    await expect(refused).rejects.toThrow(RangeError);
    await expect(refused).rejects.toThrow("refuses: needs something else");
    const more = job.run({ ...sum, task: "refusesMore" });
    await expect(more).rejects.toMatchObject({ code: "ENOENT", name: "OwnError", message: "no such file" });
    expect(await job.run(sum)).toBe(total);
  });

  it("runs as many tasks at a time as the job has threads, though others' jobs have more", async () => {
    const other = startJob(file, 4);
    expect(await other.run(sum)).toBe(total);
    begin(2);
    const [begun, stop] = [word(), word()];
    const tasks = Array.from({ length: 3 }, () => job.run({ ...sum, task: "spin", message: { begun, stop } }));
    await until(begun, 2);
    await later(50);
    expect(begun[0]).toBe(2);
    expect((await threadsInUse())?.size).toBe(4);
    Atomics.store(stop, 0, 1);
    expect(await Promise.all(tasks)).toEqual(["stopped", "stopped", "stopped"]);
    other.end();
  });
});

describe("a thread that is lost", () => {
  const ways = ["leaves", "traps", "unclonable", "hungry"];
  const limits = { maxOldGenerationSizeMb: 32 };

  it.each(ways)("costs one retry of its task and nothing else: %s", async (task) => {
    begin(2, limits);
    const others = Array.from({ length: 6 }, (_, k) =>
      job.run({ task: "fill", message: { bytes: 1 << 20, value: k + 1, rounds: 5 }, scratch: 1 << 20, here }),
    );
    const failing = job.run({ ...sum, task, message: { values, failures: word(1) } });
    expect(await failing).toBe(total);
    expect(await Promise.all(others)).toEqual(Array(6).fill(true));
    expect(await job.run(sum)).toBe(total);
  });

  it.each(ways)("twice is an error that says so, and the threads can be used afterwards: %s", async (task) => {
    begin(2, limits);
    const failures = word(2);
    const failing = job.run({ ...sum, task, message: { values, failures } });
    await expect(failing).rejects.toThrow("smirnov: a task failed on two threads: ");
    expect(failures[0]).toBe(0);
    expect(await Promise.all(Array.from({ length: 5 }, () => job.run(sum)))).toEqual(Array(5).fill(total));
  });

  it("from outside costs one retry too", async () => {
    begin(2);
    const [begun, stop] = [word(), word()];
    const spinning = job.run({ ...sum, task: "deaf", message: { begun, stop } });
    await until(begun);
    const threads = await threadsInUse();
    await Promise.all(threads!.workers().map((worker) => worker.terminate()));
    await until(begun, 2);
    Atomics.store(stop, 0, 1);
    expect(await spinning).toBe("stopped");
  });

  it("keeps its region until it has really ended", async () => {
    begin(1);
    const [begun, stop] = [word(), word()];
    await job.run(sum);
    const spinning = job.run({ ...sum, task: "deaf", message: { begun, stop }, scratch: 2 * 2 ** 30 });
    const lost = expect(spinning).rejects.toThrow("given up");
    await until(begun);
    const taken = theRegions().lowest();
    job.end();
    const closing = closeThreads();
    expect(theRegions().lowest()).toBe(taken);
    await closing;
    await lost;
    await allFree();
  });

  it("and all others with it are replaced", async () => {
    begin(2);
    for (let round = 0; round < 5; round++) {
      expect(await job.run(sum)).toBe(total);
      const threads = await threadsInUse();
      const ended = threads!.workers().map((worker) => worker.terminate());
      // Also those that are just being started in their place.
      ended.push(...threads!.workers().map((worker) => worker.terminate()));
      const tasks = Array.from({ length: 4 }, () => job.run(sum));
      await Promise.all(ended);
      expect(await Promise.all(tasks)).toEqual(Array(4).fill(total));
    }
  });
});

describe("threads that do not start", () => {
  it("are an error that says so, and others can be started", async () => {
    const wrong = startJob(new URL("./no-such-worker.js", import.meta.url).href, 2);
    await expect(wrong.run(sum)).rejects.toThrow("smirnov: threads could not be started: ");
    await expect(wrong.run(sum)).rejects.toThrow("smirnov: threads could not be started: ");
    wrong.end();
    // Piscina refuses at once here, as it does where the process may start no threads.
    await expect(startThreads(file, 0)).rejects.toThrow("smirnov: threads could not be started: options.maxThreads");
    begin();
    expect(await job.run(sum)).toBe(total);
  });
});

describe("work that is given up", () => {
  it("ends at its next look, and the threads can be used by others", async () => {
    begin(1);
    const [begun, stop] = [word(), word()];
    const spinning = job.run({ ...sum, task: "spin", message: { begun, stop } });
    const queued = job.run(sum);
    const given = [spinning, queued].map((task) => expect(task).rejects.toThrow("given up"));
    await until(begun);
    job.end();
    await Promise.all(given);
    begin(1);
    expect(await job.run(sum)).toBe(total);
  });
});

describe("closing", () => {
  it("waits for jobs that run, ends the threads, and later jobs start others", async () => {
    begin(1);
    const [begun, stop] = [word(), word()];
    const spinning = job.run({ ...sum, task: "spin", message: { begun, stop } });
    await until(begun);
    let closed = false;
    const closing = closeThreads().then(() => {
      closed = true;
    });
    await later(20);
    expect(closed).toBe(false);
    const later_ = startJob(file, 1);
    expect(await later_.run(sum)).toBe(total);
    later_.end();
    Atomics.store(stop, 0, 1);
    expect(await spinning).toBe("stopped");
    expect(await job.run(sum)).toBe(total);
    job.end();
    await closing;
    expect(closed).toBe(true);
    await closeThreads();
    expect(await threadsInUse()).toBe(null);
  });
});

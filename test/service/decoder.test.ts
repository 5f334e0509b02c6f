/** The thread that reads large bodies. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { afterEach, expect, it, vi } from "vitest";
import { Decoder } from "../../dist/service/decoder.js";

afterEach(() => vi.restoreAllMocks());

it("that is lost takes its own bodies with it, and none of the thread that comes after it", async () => {
  const threads: Worker[] = [];
  const post = Worker.prototype.postMessage;
  vi.spyOn(Worker.prototype, "postMessage").mockImplementation(function (this: Worker, ...given) {
    threads.push(this);
    return post.apply(this, given);
  });
  const decoder = new Decoder();
  const rows = 200_000;
  const body = Buffer.from('{"x":123456}\n'.repeat(rows));
  const read = () => decoder.decode("ndjson", body, new Map(), { rows: 1e6, bytes: 2 ** 30 });
  const first = read();
  const [thread] = threads as [Worker];
  thread.emit("error", new Error("of a test"));
  await expect(first).rejects.toThrow("of a test");
  const second = read();
  const ended = once(thread, "exit");
  await thread.terminate();
  await ended;
  expect((await second).table.rows).toBe(rows);
  expect((await read()).table.rows).toBe(rows);
  expect(new Set(threads).size).toBe(2);
  await decoder.close();
});

/** Server-sent events: windows and alerts as they come. */
import { describe, expect, it } from "vitest";
import { noon, rowsFrom, running } from "./running.ts";

const orders = { window: { duration: "1m" }, time: "time" } as const;
const { ask, service } = await running(
  {
    datasets: { orders, clicks: orders },
    limits: { subscribers: 2 },
    alerts: [{ name: "few rows", when: { metric: "rows", lt: 30 } }],
  },
  { listen: true },
);

interface Heard {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Listens until so many events came. */
const listen = async (...words: Parameters<typeof listening>): Promise<Heard[]> => (await listening(...words))();

/** Listens from now on; what it resolves to waits until so many events came. */
async function listening(
  count: number,
  query = "",
  headers: Record<string, string> = {},
): Promise<() => Promise<Heard[]>> {
  const stop = new AbortController();
  const answer = await fetch(`${service.url}/v1/events${query}`, { headers, signal: stop.signal });
  expect(answer.headers.get("content-type")).toBe("text/event-stream");
  return () => heardFrom(answer, count, stop);
}

async function heardFrom(answer: Response, count: number, stop: AbortController): Promise<Heard[]> {
  const heard: Heard[] = [];
  let text = "";
  for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += part;
    const blocks = text.split("\n\n");
    text = blocks.pop() as string;
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s).slice(0, 2)));
      if (fields.event) heard.push({ id: fields.id, event: fields.event, data: JSON.parse(fields.data) });
    }
    if (heard.length >= count) break;
  }
  stop.abort();
  return heard;
}

async function window(dataset: string, minute: number, rows: number): Promise<void> {
  await ask({ url: `/v1/${dataset}/rows`, json: rowsFrom(noon + 60_000 * minute, rows) });
  await ask({ url: `/v1/${dataset}/rows`, json: rowsFrom(noon + 60_000 * (minute + 1), 1) });
  await service.idle();
}

describe("events", () => {
  it("tell of windows and alerts, in their order, and again to who comes back", async () => {
    const all = await listening(4);
    const own = await listening(1, "?dataset=clicks");
    await window("orders", 0, 50);
    await window("orders", 2, 10);
    const heard = await all();
    expect(heard.map(({ event, data }) => [event, data.rows ?? data.rule])).toEqual([
      ["window", 50],
      ["window", 1],
      ["alert", "few rows"],
      ["window", 10],
    ]);
    await window("clicks", 0, 40);
    expect((await own()).map(({ data }) => data.dataset)).toEqual(["clicks"]);
    const again = await listen(2, "", { "last-event-id": heard[1]?.id as string });
    expect(again.map(({ id }) => id).slice(0, 2)).toEqual([heard[2]?.id, heard[3]?.id]);
  });

  it("have room for so many listeners and no more", async () => {
    const stop = new AbortController();
    const listeners = [1, 2].map(() => fetch(`${service.url}/v1/events`, { signal: stop.signal }));
    await Promise.all(listeners);
    const refused = await fetch(`${service.url}/v1/events`);
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ detail: expect.stringMatching(/as many listeners/) });
    stop.abort();
    await expect.poll(async () => (await fetch(`${service.url}/v1/events`, { method: "HEAD" })).status).toBe(200);
    expect((await listen(1, "", { "last-event-id": "0" }))[0]?.event).toBe("window");
  });
});

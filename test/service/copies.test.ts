/** A crash between any two steps: the folder of a service under load is copied at moments of no one's choosing, and begun from. */
import { setTimeout as wait } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import { copyOf, noon, patient, type Running, running, scratchFolder } from "./running.ts";

const url = "/v1/orders/rows";
const windowLength = 5_000;
const copies = 6;
const orders = {
  ...({ window: { duration: windowLength }, time: "time", against: "previous" } as const),
  ...{ lateness: "10m", reports: 10_000 },
  compare: { threads: 1 },
} as const;
const config = { datasets: { orders }, snapshotEvery: 1, limits: { requestsPerMinute: 1e9 } };

interface Sent {
  readonly key: string;
  readonly times: readonly number[];
  sequence: number | null;
}

const send = ({ ask }: Running, { key, times }: Sent) =>
  ask({ url, json: times.map((time) => ({ time, value: time % 97 })), headers: { "idempotency-key": key } });

it("every row that was sent counts once, whenever the service ended", async () => {
  const folder = scratchFolder();
  const one = await running(config, { folder });
  const all: Sent[] = [];
  let asking = true;
  const produce = async (producer: number): Promise<void> => {
    for (let k = 0; asking; k++) {
      const begin = noon + 1000 * k;
      const sent: Sent = { key: `${producer}-${k}`, times: [begin, begin + 10, begin + 700], sequence: null };
      all.push(sent);
      const { status, json } = await send(one, sent);
      if (status === 202) sent.sequence = json.sequence as number;
    }
  };
  const producers = Array.from({ length: 3 }, (_, producer) => produce(producer));
  const taken: { copy: string; sent: Sent[] }[] = [];
  for (let k = 0; k < copies; k++) {
    const answered = () => all.filter(({ sequence }) => sequence !== null).length;
    const wanted = answered() + 10;
    await Promise.all([vi.waitUntil(() => answered() >= wanted, patient), wait(150 + 37 * k)]);
    const copy = copyOf(folder);
    taken.push({ copy, sent: all.map((sent) => ({ ...sent })) });
  }
  asking = false;
  await Promise.all(producers);
  await one.service.close();

  for (const { copy, sent } of taken) {
    const two = await running(config, { folder: copy });
    expect(sent.filter(({ sequence }) => sequence !== null).length).toBeGreaterThan(3);
    for (const request of sent) {
      const { status, json } = await send(two, request);
      expect(status).toBe(202);
      if (request.sequence !== null) expect(json).toMatchObject({ sequence: request.sequence, repeated: true });
    }
    const far = noon + 10 * 86_400_000;
    await two.ask({ url, json: [{ time: far, value: 0 }] });
    await two.service.idle();
    const windows: { start: number; rows: number; late: number; id: string }[] = JSON.parse(
      (await two.ask({ url: "/v1/orders/windows?limit=10000" })).body,
    );
    const counts: Record<number, number> = {};
    for (const time of sent.flatMap(({ times }) => times)) {
      const start = Math.floor(time / windowLength) * windowLength;
      counts[start] = (counts[start] ?? 0) + 1;
    }
    const told = windows.filter(({ rows }) => rows > 0);
    expect(Object.fromEntries(told.map(({ start, rows }) => [start, rows]))).toEqual(counts);
    expect(windows.reduce((sum, { late }) => sum + late, 0)).toBe(0);
    await two.service.close();
  }
});

/** Limits go by the address of the client, whom only a proxy that is trusted can tell. */
import { expect, it } from "vitest";
import { running } from "./running.ts";

const config = { datasets: { a: { window: { rows: 10 } } }, limits: { requestsPerMinute: 2 } };
const from = (client: string) => ({ url: "/v1/datasets", headers: { "x-forwarded-for": client } });

it("clients behind a trusted proxy are limited one by one", async () => {
  const { ask } = await running({ ...config, listen: { port: 0, trustProxy: ["127.0.0.0/8"] } });
  for (const status of [200, 200, 429]) expect((await ask(from("192.0.2.1"))).status).toBe(status);
  expect((await ask(from("192.0.2.2"))).status).toBe(200);
  // What a client says of itself stands before what the proxy adds.
  expect((await ask(from("198.51.100.7, 192.0.2.1"))).status).toBe(429);
});

it("what somebody else says is not believed", async () => {
  for (const trustProxy of [undefined, ["10.0.0.0/8"]]) {
    const { ask } = await running({ ...config, listen: { port: 0, ...(trustProxy && { trustProxy }) } });
    for (const [k, status] of [200, 200, 429].entries()) expect((await ask(from(`192.0.2.${k}`))).status).toBe(status);
  }
});

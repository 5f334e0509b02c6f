/** What goes on behind the windows: the store, labels, alerts, a new reference after a retraining. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { noon, rowsFrom, running, scratchFolder } from "./running.ts";

const orders = { window: { duration: "1m" }, time: "time", against: "previous" } as const;
const url = "/v1/orders/rows";
const shifted = (minute: number, by: number) =>
  rowsFrom(noon + 60_000 * minute, 60).map((row) => ({ ...row, price: row.price + by }));

describe("the store", () => {
  it("has each window once, and is asked for histories and alerts", async () => {
    const folder = scratchFolder();
    const config = {
      ...{ datasets: { orders }, store: "duckdb:metrics.duckdb" },
      alerts: [{ name: "price", when: { metric: "drifted", column: "price", eq: true } }],
    };
    const one = await running(config, { folder });
    for (const [minute, by] of [0, 0, 40, 40].entries()) await one.ask({ url, json: shifted(minute, by) });
    await one.service.idle();
    await one.service.close();
    const two = await running(config, { folder });
    await two.ask({ url, json: shifted(4, 40) });
    await two.service.idle();
    const history = JSON.parse((await two.ask({ url: "/v1/orders/history?column=price" })).body) as {
      windowStart: number;
      severity: string;
    }[];
    expect(history.map(({ windowStart, severity }) => [(windowStart - noon) / 60_000, severity])).toEqual([
      [1, "none"],
      [2, "drift"],
      [3, "none"],
    ]);
    expect(JSON.parse((await two.ask({ url: "/v1/orders/history?column=price&limit=1" })).body)).toHaveLength(1);
    const alerts = JSON.parse((await two.ask({ url: "/v1/orders/alerts" })).body) as { status: string; rule: string }[];
    expect(alerts.map(({ rule, status }) => [rule, status]).sort()).toEqual([
      ["price", "firing"],
      ["price", "resolved"],
    ]);
    expect((await two.ask({ url: "/metrics" })).body).toMatch(/^smirnov_store_up 1$/m);
  });
});

describe("labels", () => {
  it("that come later tell how well the model did, with coverage and revision", async () => {
    const { ask, service } = await running({
      datasets: {
        loans: {
          ...{ window: { duration: "1m" }, time: "time", against: "previous" },
          labels: { id: "id", target: "paid", prediction: "said", task: "classification" },
        },
      },
    });
    const rows = (minute: number) =>
      Array.from({ length: 60 }, (_, k) => {
        return { time: noon + 60_000 * minute + 1000 * k, id: `${minute}-${k}`, said: k % 2 === 0, amount: k * 10 };
      });
    await ask({ url: "/v1/loans/rows", json: [...rows(0), ...rows(1)] });
    await ask({ url: "/v1/loans/rows", json: rows(2) });
    await service.idle();
    const labels = rows(1).map(({ id, said }, k) => ({ id, paid: k % 10 === 0 ? !said : said }));
    expect((await ask({ url: "/v1/loans/labels", json: labels.slice(0, 45) })).status).toBe(202);
    await service.idle();
    const report = (await ask({ url: "/v1/loans/report" })).json as {
      revision: number;
      modelQuality: Record<string, number>;
    };
    expect(report).toMatchObject({ revision: 2, modelQuality: { labelled: 45, coverage: 0.75 } });
    expect(report.modelQuality.asOf).toBeGreaterThan(noon);
    const refused = await ask({ url: "/v1/loans/labels", json: [{ id: "1-1", paid: "yes" }] });
    expect(refused).toMatchObject({ status: 422, json: { column: "paid" } });
  });
});

describe("a retraining", () => {
  it("makes the windows that drifted the reference once it is acknowledged, so that alarms end", async () => {
    const heard: { windows: { index: number }[] }[] = [];
    const server = createServer(async (request, answer) => {
      let text = "";
      for await (const part of request) text += part;
      heard.push(JSON.parse(text));
      answer.writeHead(200).end();
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    afterAll(() => server.close());
    const { port } = server.address() as AddressInfo;
    const folder = scratchFolder();
    const config = {
      datasets: { orders: { ...orders, against: "fixed" as const } },
      alerts: [
        {
          name: "retrain",
          when: { metric: "drifted", column: "price", eq: true },
          windows: { k: 2, n: 3 },
          actions: ["train"],
        },
      ],
      actions: {
        train: { action: "retrain" as const, url: `http://127.0.0.1:${port}/`, rebaseline: "drifted-windows" as const },
      },
    };
    const { ask, service } = await running(config, { folder });
    await ask({
      method: "PUT",
      url: "/v1/orders/reference",
      payload: JSON.stringify(shifted(-5, 0)),
      headers: { "content-type": "application/json" },
    });
    for (const minute of [0, 1, 2]) await ask({ url, json: shifted(minute, 40) });
    await expect.poll(() => heard.length).toBe(1);
    const sequence = async () => JSON.parse((await ask({ url: "/v1/datasets" })).body)[0].applied as number;
    await expect.poll(sequence).toBe(5);
    for (const minute of [3, 4]) await ask({ url, json: shifted(minute, 40) });
    await service.idle();
    const report = (await ask({ url: "/v1/orders/report" })).json as {
      reference: object;
      report: { columns: Record<string, { drifted: boolean }> };
    };
    expect(report.reference).toMatchObject({ version: 2, rows: 60 * (heard[0]?.windows.length ?? 0) });
    expect(report.report.columns.price?.drifted).toBe(false);
    await service.close();
    const again = await running(config, { folder });
    await again.ask({ url, json: shifted(5, 40) });
    await again.service.idle();
    expect((await again.ask({ url: "/v1/orders/report" })).json.reference).toMatchObject({ version: 2 });
  });
});

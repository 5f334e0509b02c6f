/** What goes on behind the windows: the store, labels, alerts, a new reference after a retraining. */
import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { startFakeMlflow } from "../exporters/fake-mlflow.ts";
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

describe("the numbers for Prometheus", () => {
  it("come by gzip to who accepts it", async () => {
    const { service } = await running({ datasets: { orders } }, { listen: true });
    const answered = (accepted: string) =>
      new Promise<{ coding: string | undefined; body: Buffer }>((resolve, reject) => {
        const headers = { "accept-encoding": accepted };
        get(new URL("/metrics", service.url ?? ""), { headers }, async (answer) => {
          const parts: Buffer[] = [];
          for await (const part of answer) parts.push(part);
          resolve({ coding: answer.headers["content-encoding"], body: Buffer.concat(parts) });
        }).on("error", reject);
      });
    const name = "smirnov_build_info";
    for (const accepted of ["", "identity", "br", "gzip;q=0", "gzip; q=0.000", "xgzip"]) {
      const { coding, body } = await answered(accepted);
      expect([accepted, coding]).toEqual([accepted, undefined]);
      expect(body.toString()).toContain(name);
    }
    for (const accepted of ["gzip", "br, GZIP;q=0.5", "deflate,gzip ; q=1"]) {
      const { coding, body } = await answered(accepted);
      expect([accepted, coding]).toEqual([accepted, "gzip"]);
      expect(gunzipSync(body).toString()).toContain(name);
    }
  });
});

describe("MLflow", () => {
  it("that refuses windows is in the log, and counted from 0 on", async () => {
    const mlflow = await startFakeMlflow();
    afterAll(() => mlflow.close());
    const { ask, service, log } = await running({
      datasets: { orders },
      exporters: { mlflow: { url: mlflow.url, experiment: "drift", token: "s3cret" } },
      actions: { hook: { action: "webhook", url: "http://127.0.0.1:1/" } },
    });
    const counted = async () => (await ask({ url: "/metrics" })).body.match(/^smirnov_(?:exporter|alert_del).*$/gm);
    const quiet = [
      'smirnov_alert_deliveries_total{action="hook",outcome="delivered"} 0',
      'smirnov_alert_deliveries_total{action="hook",outcome="failed"} 0',
    ];
    const before = 'smirnov_exporter_errors_total{exporter="prometheus"} 0';
    expect(await counted()).toEqual([...quiet, before, 'smirnov_exporter_errors_total{exporter="mlflow"} 0']);
    mlflow.trouble.push({ status: 403, body: '{"error_code": "PERMISSION_DENIED", "message": "not s3cret"}' });
    for (const minute of [0, 1]) await ask({ url, json: shifted(minute, 0) });
    await service.idle();
    const after = [...quiet, before, 'smirnov_exporter_errors_total{exporter="mlflow"} 1'];
    await expect.poll(counted, { timeout: 10_000 }).toEqual(after);
    const told = log.filter(({ msg }) => msg === "mlflow failed");
    expect(told).toMatchObject([{ err: { message: expect.stringMatching(/was not logged: .*403: not \*\*\*$/) } }]);
    expect(JSON.stringify(log)).not.toContain("s3cret");
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

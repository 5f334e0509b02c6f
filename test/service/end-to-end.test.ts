/** All of it on real parts: rows in, verdicts in PostgreSQL, Prometheus, Alertmanager, a webhook and a browser; retrained in the end. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import pg from "pg";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { launch, skipped } from "../browser/browser.ts";
import { dashboardQueries } from "../exporters/dashboards.ts";
import { at } from "../house/repository.ts";
import { type Alertmanager, alertmanagerProgram, startAlertmanager } from "../servers/alertmanager.ts";
import { hasPostgres, type PostgresServer, startPostgres } from "../servers/postgres.ts";
import { hasPrometheus, type PrometheusServer, startPrometheus } from "../servers/prometheus.ts";
import { authorized, lines, ndjson, noon, scratchFolder, token } from "./running.ts";

const absent = !hasPostgres || !hasPrometheus || alertmanagerProgram === null || skipped;
const minute = 60_000;
const within = { timeout: 60_000, interval: 100 };

describe.skipIf(absent)("the service among PostgreSQL, Prometheus, Alertmanager and Chromium (needs them)", () => {
  const folder = scratchFolder();
  /** What webhook and retraining were sent, by path. */
  const received: { readonly path: string; readonly body: Received }[] = [];
  let receiver: Server;
  let postgres: PostgresServer;
  let alertmanager: Alertmanager;
  let prometheus: PrometheusServer;
  let service: ChildProcess;
  let browser: Browser;
  let database: pg.Client;
  let url: string;

  beforeAll(async () => {
    receiver = createServer(async (request, response) => {
      let text = "";
      for await (const part of request.setEncoding("utf8")) text += part;
      received.push({ path: request.url as string, body: JSON.parse(text) });
      response.writeHead(204).end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    const told = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
    [postgres, alertmanager, browser] = await Promise.all([startPostgres(), startAlertmanager(), launch()]);
    database = new pg.Client({ connectionString: postgres.url });
    await database.connect();
    writeFileSync(
      join(folder, "monitor.yaml"),
      `listen: { port: 0 }
store: "\${DATABASE}"
auth: { tokens: ["\${TOKEN}"] }
datasets:
  orders:
    model: { name: goods, version: "3" }
    time: time
    window: { duration: 1m }
    compare: { columns: [price, city], quality: true }
    labels: { id: id, target: good, prediction: said, positive: true }
alerts:
  - name: drift
    when: { metric: drifted, eq: true }
    actions: [hook, manager]
  - name: retrain
    severity: critical
    when: { metric: drifted, eq: true }
    windows: { k: 3, n: 4 }
    unlessKind: [temporary]
    actions: [retrain]
actions:
  hook: { action: webhook, url: "${told}/hook", secret: a secret of the tests }
  manager: { action: alertmanager, url: "${alertmanager.url}" }
  retrain: { action: retrain, url: "${told}/retrain", rebaseline: drifted-windows }
`,
    );
    const words = [at("dist/bundle/cli.js"), "serve", "--config", join(folder, "monitor.yaml")];
    service = spawn(process.execPath, words, {
      env: { ...process.env, DATABASE: postgres.url, TOKEN: token },
      stdio: ["ignore", "pipe", "inherit"],
    });
    url = await addressOf(service);
    await send("PUT", "reference", referenceRows());
    const rules = [at("docs/prometheus/alerts.yml")];
    prometheus = await startPrometheus({ target: new URL(url).host, rules, token });
  });

  afterAll(async () => {
    await browser?.close();
    if (service && service.exitCode === null) {
      const exit = once(service, "exit");
      service.kill("SIGTERM");
      await exit;
    }
    await prometheus?.stop();
    await alertmanager?.stop();
    await database?.end();
    await postgres?.remove();
    receiver?.closeAllConnections();
    receiver?.close();
  });

  async function send(method: "POST" | "PUT", what: string, rows: readonly object[]): Promise<void> {
    const answer = await fetch(`${url}/v1/orders/${what}`, {
      method,
      headers: { ...ndjson, ...authorized },
      body: lines(rows),
    });
    expect(answer.status, await answer.text()).toBe(202);
  }
  /** Rows of a window, which close the one before; then their labels and how long answers took. */
  async function sendWindow(index: number, shift: number): Promise<void> {
    const rows = rowsOf(index, shift);
    await send(
      "POST",
      "rows",
      rows.map(({ good: _, ...row }) => row),
    );
    await send("POST", "series", [{ time: noon + index * minute, latency: 20 + index }]);
    await send(
      "POST",
      "labels",
      rows.map(({ id, good }) => ({ id, good })),
    );
  }
  const numberOf = async (promql: string): Promise<number | null> => {
    const [found] = await prometheus.query(promql);
    return found ? Number(found.value[1]) : null;
  };
  const sql = async (text: string): Promise<unknown[][]> =>
    (
      (await database.query({ text: `set search_path to smirnov; ${text}` })) as unknown as { rows: object[] }[]
    )[1]!.rows.map((row) => Object.values(row));
  const sent = (path: string, pick: (body: Received) => unknown): unknown[] =>
    received.filter((one) => one.path === path).map(({ body }) => pick(body));
  const managed = async (): Promise<string[]> => {
    const found = (await (await fetch(`${alertmanager.url}/api/v2/alerts`)).json()) as ManagedAlert[];
    return found.map(({ labels }) => labels.alertname);
  };
  const firing = () => prometheus.query('ALERTS{alertname="SmirnovDatasetDrifted", alertstate="firing"}');
  async function live(): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(`${url}/`);
    await page.getByLabel("Token").fill(token);
    await page.keyboard.press("Enter");
    return page;
  }
  const cellsOf = (page: Page) =>
    page.locator(".strip tr:first-child .cell").evaluateAll((all) => all.map((cell) => cell.className.slice(5)));

  it("tells quiet windows to the database, to Prometheus and on the page", async () => {
    const page = await live();
    for (let index = 0; index <= 4; index++) await sendWindow(index, 0);
    await expect.poll(() => cellsOf(page), within).toEqual(["none", "none", "none", "none"]);
    await expect.poll(() => numberOf('smirnov_window_index{dataset="orders"}'), within).toBe(3);
    expect(await numberOf('smirnov_dataset_drifted{dataset="orders"}')).toBe(0);
    expect(
      await sql("select count(distinct window_key)::int, bool_or(drifted), max(rows)::int, min(model) from run"),
    ).toEqual([[4, false, 200, "goods"]]);
    expect(received).toEqual([]);
    await page.close();
  });

  it("tells drift everywhere, and answers the queries of the dashboards", async () => {
    const page = await live();
    for (let index = 5; index <= 6; index++) await sendWindow(index, 3);
    const before = ["none", "none", "none", "none", "none"];
    await expect.poll(() => cellsOf(page), within).toEqual([...before, "drift"]);
    expect(await page.locator("#firing").textContent()).toBe("1 alert is firing");
    await expect.poll(() => sent("/hook", ({ rule, status }) => [rule, status]), within).toEqual([["drift", "firing"]]);
    expect(sent("/hook", ({ digest }) => digest)[0]).toMatch(/orders.*: drift.*- price: drift.*mean rose/s);
    await expect.poll(managed, within).toEqual(["drift"]);
    await expect.poll(async () => (await firing()).length, within).toBe(1);
    expect(
      await sql(
        "select column_name, severity, p_value < 1e-6 from metric join run on run = key where name = 'drift' and run.drifted order by 1",
      ),
    ).toEqual([
      ["city", "drift", true],
      ["price", "drift", true],
    ]);
    expect(await sql("select rule, status from alert")).toEqual([["drift", "firing"]]);
    await expect.poll(() => numberOf('smirnov_model_quality{metric="accuracy"}'), within).toBeGreaterThan(0.5);
    const unanswered = async () => {
      // What began is only shown for a while.
      const lately = ({ promql }: { readonly promql: string }) => `last_over_time((${promql})[5m:1s])`;
      const found = await Promise.all(dashboardQueries.map((one) => prometheus.query(lately(one))));
      return dashboardQueries.flatMap(({ of }, k) => (found[k]?.length === 0 ? [of] : []));
    };
    // Nobody was refused, and nobody asked for segments, detectors, and what depends on what.
    await expect
      .poll(unanswered, { ...within, interval: 500 })
      .toEqual([
        "Smirnov: column, Detections in the column, A",
        "Smirnov: model quality, Target and prediction given the features, A",
        "Smirnov: model quality, Window by segment, A",
        "Smirnov: operations, Bodies refused, A",
        "Smirnov: overview, Segments: share of columns that drifted, A",
        "Smirnov: overview, What depends on what, A",
        "Smirnov: overview, What depends on what, B",
        "Smirnov: overview, What depends on what, C",
        "Smirnov: overview, Detections, A",
      ]);
    await page.close();
  });

  it("retrains with evidence, and the alarms end with the new reference", async () => {
    const page = await live();
    for (let index = 7; index <= 8; index++) await sendWindow(index, 3);
    await expect
      .poll(() => sent("/retrain", ({ windows }) => windows?.map((one) => one.index)), within)
      .toEqual([[5, 6, 7]]);
    const [request] = sent("/retrain", (body) => body) as [Received];
    expect(request).toMatchObject({ type: "retrain", dataset: "orders", model: "goods", event: { rule: "retrain" } });
    expect(request.report?.columns.price).toMatchObject({ drifted: true });
    // The windows that close from now on have the new reference; how soon it is there, nobody is told.
    let index = 9;
    const ended = async (): Promise<boolean> => {
      await sendWindow(index++, 3);
      return sent("/hook", ({ status }) => status).includes("resolved");
    };
    await expect.poll(ended, { ...within, interval: 300 }).toBe(true);
    await expect.poll(async () => (await cellsOf(page)).at(-1), within).toBe("none");
    await expect.poll(async () => (await firing()).length, within).toBe(0);
    await expect.poll(managed, within).toEqual([]);
    await expect.poll(() => numberOf('smirnov_reference_version{dataset="orders"}'), within).toBe(2);
    await expect.poll(() => page.locator("#firing").textContent(), within).toBe("no alert");
    await expect
      .poll(() => sql("select rule, status from alert order by rule, status"), within)
      .toEqual([
        ["drift", "firing"],
        ["drift", "resolved"],
        ["retrain", "firing"],
        ["retrain", "resolved"],
      ]);
    // Each window once for each revision, none left out.
    expect(
      await sql(
        "select count(*) = count(distinct id) as once, count(distinct window_key) = 1 + extract(epoch from max(window_start) - min(window_start)) / 60 as whole from run",
      ),
    ).toEqual([[true, true]]);
    await page.close();
  });
});

interface Received {
  readonly type?: string;
  readonly rule?: string;
  readonly status?: string;
  readonly digest?: string;
  readonly windows?: readonly { readonly index: number }[];
  readonly report?: { readonly columns: Readonly<Record<string, object>> };
}

interface ManagedAlert {
  readonly labels: { readonly alertname: string };
}

/** Prices and cities that do not change but by `shift`; the model is right about three of four. */
function rowsOf(index: number, shift: number, count = 200) {
  return Array.from({ length: count }, (_, k) => {
    const said = k % 2 === 0;
    return {
      id: `${index}-${k}`,
      time: noon + index * minute + (k * minute) / count,
      price: Math.sin(7 * k + index) + shift,
      city: shift > 0 ? "Oslo" : ["Oslo", "Bergen", "Bodø"][k % 3],
      said,
      good: k % 4 === 0 ? !said : said,
    };
  });
}

const referenceRows = () => rowsOf(0, 0, 1000).map(({ id: _id, time: _time, ...row }) => row);

/** Of a service that writes its log to its standard output, once it takes rows. */
async function addressOf(child: ChildProcess): Promise<string> {
  let log = "";
  child.stdout?.setEncoding("utf8").on("data", (part) => {
    log += part;
  });
  const found = () => /listening at (http:\/\/[^"\s]+)/.exec(log)?.[1];
  const ready = async () => (await fetch(`${found()}/readyz`).catch(() => null))?.ok;
  await vi.waitUntil(ready, within);
  return found() as string;
}

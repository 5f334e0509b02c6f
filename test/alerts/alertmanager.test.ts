/** Alertmanager is told what begins, lasts and ends: by the bytes that are sent, and by what the real one makes of them. */

import { type AlertmanagerAction, type AlertRule, type Alerts, alerts } from "smirnov/alerts";
import { afterAll, describe, expect, it } from "vitest";
import { alertmanagerProgram, startAlertmanager } from "../servers/alertmanager.ts";
import { answering, listening } from "./servers.ts";
import { latency, reportOf, windowOf } from "./windows.ts";

const running: { stop?(): Promise<void>; close?(): Promise<void> }[] = [];
afterAll(async () => {
  for (const one of running.reverse()) await (one.stop ?? one.close)?.call(one);
});

const rule: AlertRule = { name: "slow", when: { metric: "series.latency.q95", gt: 100 }, actions: ["tell"] };

function telling(action: AlertmanagerAction, rules: readonly AlertRule[] = [rule], now?: () => number): Alerts {
  const one = alerts({ rules, actions: { tell: action } }, now ? { now } : {});
  running.push(one);
  return one;
}

const bodies = (requests: readonly { body: string }[]) => requests.map(({ body }) => JSON.parse(body));

describe("what is sent to Alertmanager", () => {
  it("has labels that are the same while an alert lasts, and times by its clock", async () => {
    const { url, requests } = await listening();
    const now = latency(2, 0).start;
    const action: AlertmanagerAction = {
      ...{ action: "alertmanager", url: `${url}/`, token: "t0k3n", labels: { team: "risk", severity: "theirs" } },
      ...{ resend: "2m", generatorUrl: "https://smirnov.example/v1/{dataset}/report.html" },
    };
    const one = telling(action, [rule], () => now);
    for (const [index, value] of [200, 50].entries())
      one.dispatch(one.window(latency(index, value, { dataset: "a b/c" })));
    await one.idle();
    expect(requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ["/api/v2/alerts", "Bearer t0k3n"],
      ["/api/v2/alerts", "Bearer t0k3n"],
    ]);
    const [[firing], [resolved]] = bodies(requests);
    expect(firing.labels).toEqual({
      ...{
        alertname: "slow",
        severity: "warning",
        team: "risk",
        dataset: "a b/c",
        model: "credit",
        subject: "latency",
      },
    });
    expect(resolved.labels).toEqual(firing.labels);
    expect(firing).toMatchObject({
      generatorURL: "https://smirnov.example/v1/a%20b%2Fc/report.html",
      startsAt: new Date(latency(0, 0).start).toISOString(),
      endsAt: new Date(now + 8 * 60_000).toISOString(),
      annotations: {
        summary: expect.stringContaining("q95 of latency 200"),
        window: latency(0, 0).id.replace("orders", "a b/c"),
      },
    });
    expect(firing.annotations.description).toContain("a b/c (model credit 3), 2026-11-26 00:00 UTC");
    expect(resolved).toMatchObject({ startsAt: firing.startsAt, endsAt: new Date(latency(1, 0).end).toISOString() });
  });

  it("is no alert of the future, where windows are ahead of its clock", async () => {
    const { url, requests } = await listening();
    const now = latency(0, 0).start - 1000;
    const one = telling({ action: "alertmanager", url }, [rule], () => now);
    for (const [index, value] of [200, 50].entries()) one.dispatch(one.window(latency(index, value)));
    await one.idle();
    const [, [resolved]] = bodies(requests);
    expect([resolved.startsAt, resolved.endsAt]).toEqual([new Date(now).toISOString(), new Date(now).toISOString()]);
  });

  it("is sent again while it lasts, also after a restart, and not after its end", async () => {
    const { url, requests } = await listening();
    const action: AlertmanagerAction = { action: "alertmanager", url, resend: "100ms" };
    const before = telling(action);
    before.dispatch(before.window(latency(0, 200)));
    await expect.poll(() => requests.length).toBeGreaterThan(2);
    await before.close();
    const count = requests.length;
    const after = telling(action);
    after.restore(JSON.parse(JSON.stringify(before.state())));
    await expect.poll(() => requests.length).toBeGreaterThan(count + 1);
    after.dispatch(after.window(latency(1, 50)));
    await after.idle();
    const sent = bodies(requests).flat();
    expect(new Set(sent.map(({ labels }) => JSON.stringify(labels))).size).toBe(1);
    expect(sent.every(({ annotations }) => annotations.description.startsWith("orders"))).toBe(true);
    const last = requests.length;
    await new Promise((resolve) => setTimeout(resolve, 350));
    expect(requests.length).toBe(last);
    expect(Date.parse(sent.at(-1).endsAt)).toBeLessThanOrEqual(Date.now());
  });

  it("tells of it when it cannot say that an alert lasts", async () => {
    const { url } = await listening(answering(200, 500));
    const failures: string[] = [];
    const actions = { tell: { action: "alertmanager", url, resend: "100ms" } } as const;
    const one = alerts({ rules: [rule], actions }, { onFailure: ({ why }) => failures.push(why) });
    running.push(one);
    one.dispatch(one.window(latency(0, 200)));
    await expect
      .poll(() => failures[0])
      .toMatch(/^it could not be told that it lasts: 127\.0\.0\.1:\d+ answered 500: an answer$/);
  });

  it("goes on after a while of failures", async () => {
    const { url, requests } = await listening(answering(503, 200));
    const one = telling({ action: "alertmanager", url });
    one.dispatch(one.window(latency(0, 200)));
    await one.idle();
    expect(requests).toHaveLength(2);
  });
});

describe.skipIf(alertmanagerProgram === null)("the real Alertmanager", () => {
  it("knows alerts by column, notifies of them, keeps them while they last, and notifies of their end", async () => {
    const receiver = await listening();
    const server = await startAlertmanager(receiver.url);
    running.push(server);
    const rules: AlertRule[] = [
      { name: "drift", when: { metric: "drifted", column: "*", eq: true }, severity: "critical", actions: ["tell"] },
    ];
    const action: AlertmanagerAction = {
      ...{ action: "alertmanager", url: server.url, resend: "1s", labels: { team: "risk" } },
      generatorUrl: "https://smirnov.example/{dataset}",
    };
    const start = Date.now() - 7_200_000;
    const one = telling(action, rules);
    const window = (index: number, columns: Readonly<Record<string, boolean>>) =>
      windowOf({
        ...{ index, start: start + index * 1000, end: start + (index + 1) * 1000 },
        report: reportOf(Object.fromEntries(Object.entries(columns).map(([name, drifted]) => [name, { drifted }]))),
      });
    const known = async (): Promise<{ labels: Record<string, string>; generatorURL: string; startsAt: string }[]> =>
      (await fetch(`${server.url}/api/v2/alerts`)).json();
    const hostile = 'price"}\n{x="';
    one.dispatch(one.window(window(0, { amount: true, [hostile]: true, age: false })));
    await one.idle();
    const alertsThere = await known();
    expect(alertsThere.map(({ labels }) => labels.subject).sort()).toEqual(["amount", hostile].sort());
    expect(alertsThere.find(({ labels }) => labels.subject === "amount")).toMatchObject({
      labels: { alertname: "drift", dataset: "orders", model: "credit", severity: "critical", team: "risk" },
      generatorURL: "https://smirnov.example/orders",
      startsAt: new Date(start).toISOString(),
    });
    // Told again every second, and over after four without: it lasts longer than that.
    await new Promise((resolve) => setTimeout(resolve, 5500));
    expect(await known()).toHaveLength(2);
    one.dispatch(one.window(window(1, { amount: false, [hostile]: true, age: false })));
    await one.idle();
    await expect.poll(async () => (await known()).map(({ labels }) => labels.subject)).toEqual([hostile]);
    const notified = () =>
      bodies(receiver.requests).flatMap((body) => body.alerts as { status: string; labels: { subject: string } }[]);
    await expect
      .poll(() => notified().some(({ status, labels }) => status === "resolved" && labels.subject === "amount"), {})
      .toBe(true);
    expect(notified().filter(({ labels }) => labels.subject === "amount")[0]).toMatchObject({ status: "firing" });
    await one.close();
    // Nobody tells of the other one any more.
    await expect.poll(known).toEqual([]);
  });
});

/** When alerts begin and end. */

import { compare, modelQuality } from "smirnov";
import { type AlertRule, alerts } from "smirnov/alerts";
import { describe, expect, it } from "vitest";
import type { WindowResult } from "../../src/monitor/window-result.ts";
import { hour, latency, report, reportOf, seriesOf, told, windowOf } from "./windows.ts";

const slow = (rule: Partial<AlertRule> = {}): AlertRule => ({
  name: "slow",
  when: { metric: "series.latency.q95", gt: 100 },
  ...rule,
});

/** What is told of a series of latencies, window by window. */
function ofLatencies(rule: AlertRule, latencies: readonly (number | null)[]): string[] {
  const one = alerts({ rules: [rule] });
  return latencies.map((value, index) => {
    const events = one.window(latency(index, value));
    return events.map(({ status }) => (status === "firing" ? "F" : "R")).join("") || "-";
  });
}

describe("an alert", () => {
  it("begins with the first window in which its rule holds, and ends with the first in which it does not", () => {
    expect(ofLatencies(slow(), [50, 101, 500, 100, 50, 200]).join("")).toBe("-F-R-F");
  });

  it("waits for so many windows in a row, or for so long", () => {
    const latencies = [200, 200, 50, 200, 200, 200, 200, 50];
    expect(ofLatencies(slow({ for: 3 }), latencies).join("")).toBe("-----F-R");
    expect(ofLatencies(slow({ for: "3h" }), latencies).join("")).toBe("-----F-R");
    expect(ofLatencies(slow({ for: "2h" }), latencies).join("")).toBe("-FR-F--R");
  });

  it("holds in k of the last n windows, and ends when it held in fewer", () => {
    const latencies = [200, 50, 200, 50, 200, 50, 50, 50];
    expect(ofLatencies(slow({ windows: { k: 3, n: 5 } }), latencies).join("")).toBe("----FR--");
    expect(ofLatencies(slow({ windows: { k: 2, n: 4 } }), latencies).join("")).toBe("--F---R-");
  });

  it("ends by hysteresis only on the good side of clear", () => {
    const rule = slow({ when: { metric: "series.latency.q95", gt: 100, clear: 60 } });
    expect(ofLatencies(rule, [90, 150, 90, 61, 150, 60, 90, 101]).join("")).toBe("-F---R-F");
    const low = slow({ when: { metric: "series.latency.q95", lt: 10, clear: 20 } });
    expect(ofLatencies(low, [15, 5, 15, 20, 15]).join("")).toBe("-F-R-");
  });

  it("waits for its end as long as it is told to", () => {
    expect(ofLatencies(slow({ clearFor: 2 }), [200, 50, 200, 50, 50, 50]).join("")).toBe("F---R-");
    expect(ofLatencies(slow({ clearFor: "3h" }), [200, 50, 50, 200, 50, 50, 50]).join("")).toBe("F-----R");
  });

  it("does not begin again while it cools down, and is told again when it repeats", () => {
    expect(ofLatencies(slow({ coolDown: "3h" }), [200, 50, 200, 50, 200, 200]).join("")).toBe("FR--F-");
    expect(ofLatencies(slow({ repeat: "2h" }), [200, 200, 200, 200, 200, null, null, 50]).join("")).toBe("F-F-F-FR");
  });

  it("is left as it is by windows that cannot tell, which do not count either", () => {
    expect(ofLatencies(slow({ for: 2 }), [200, null, null, 200, null, 50]).join("")).toBe("---F-R");
    expect(ofLatencies(slow({ windows: { k: 2, n: 2 } }), [200, null, 200, null, 50]).join("")).toBe("--F-R");
  });

  it("has one id from its beginning to its end, and another the next time", () => {
    const one = alerts({ rules: [slow({ repeat: "1h" })] });
    const events = [200, 200, 50, 200].flatMap((value, index) => one.window(latency(index, value)));
    expect(events.map(({ status }) => status)).toEqual(["firing", "firing", "resolved", "firing"]);
    const ids = events.map(({ id }) => id);
    expect(new Set(ids.slice(0, 3)).size).toBe(1);
    expect(ids[3]).not.toBe(ids[0]);
    const [first, , over] = events;
    expect(first).toMatchObject({
      startsAt: latency(0, 1).start,
      endsAt: null,
      subject: "latency",
      severity: "warning",
    });
    expect(over).toMatchObject({ startsAt: first!.startsAt, endsAt: latency(2, 1).end });
    expect(first!.evidence).toEqual({ "series.latency.q95": 200, "series.latency.q95 gt": 100, windows: 1 });
    expect(first!.summary).toBe("orders: q95 of latency 200 (above 100), since 2026-11-26 00:00 UTC");
  });

  it("begins where its run of windows began", () => {
    const one = alerts({ rules: [slow({ for: 3 })] });
    const [event] = [50, 200, 200, 200].flatMap((value, index) => one.window(latency(index, value)));
    expect(event).toMatchObject({ startsAt: latency(1, 1).start, window: latency(3, 1).id, evidence: { windows: 3 } });
  });
});

describe("a revision of a window", () => {
  it("takes the place of the one before, and is not counted besides", () => {
    const one = alerts({ rules: [slow({ for: 2 })] });
    expect(one.window(latency(0, 200))).toEqual([]);
    expect(one.window(latency(0, 300, { revision: 2 }))).toEqual([]);
    expect(told(one.window(latency(1, 200)))).toEqual(["firing latency"]);
    expect(told(one.window(latency(1, 50, { revision: 2 })))).toEqual(["resolved latency"]);
    expect(one.firing()).toEqual([]);
  });

  it("may answer what was not known, also of older windows", () => {
    const one = alerts({ rules: [slow({ for: 2 })] });
    for (let index = 0; index < 4; index++) expect(one.window(latency(index, null))).toEqual([]);
    expect(one.window(latency(0, 200, { revision: 2 }))).toEqual([]);
    const events = one.window(latency(1, 200, { revision: 2 }));
    expect(told(events)).toEqual(["firing latency"]);
    expect(one.window(latency(1, 200, { revision: 2 }))).toEqual(events);
    one.dispatch(events);
    expect(one.window(latency(1, 200, { revision: 2 }))).toEqual([]);
    expect(one.window(latency(0, 10, { revision: 1 }))).toEqual([]);
  });
});

describe("conditions", () => {
  const oneWindow = (when: AlertRule["when"], window: WindowResult) =>
    told(alerts({ rules: [{ name: "rule", when }] }).window(window));

  it("are about each column on its own, or about one", () => {
    const window = windowOf({ index: 0, report: reportOf({ a: { drifted: true }, b: { drifted: true }, c: {} }) });
    expect(oneWindow({ metric: "drifted", column: "*", eq: true }, window)).toEqual(["firing a", "firing b"]);
    expect(oneWindow({ metric: "drifted", column: "b", eq: true }, window)).toEqual(["firing b"]);
    expect(oneWindow({ metric: "drifted", column: "c", eq: true }, window)).toEqual([]);
    expect(oneWindow({ metric: "drifted", column: "unknown", eq: true }, window)).toEqual([]);
    expect(oneWindow({ metric: "driftedShare", gte: 2 / 3 }, window)).toEqual(["firing all"]);
  });

  it("must all hold, those of the table beside those of each column", () => {
    const window = windowOf({ index: 0, report: reportOf({ a: { drifted: true }, b: {} }), rows: 50 });
    const each = { metric: "drifted", column: "*", eq: true } as const;
    expect(oneWindow([each, { metric: "rows", gte: 100 }], window)).toEqual([]);
    expect(oneWindow([each, { metric: "rows", gte: 50 }], window)).toEqual(["firing a"]);
    expect(oneWindow([each, { metric: "effect", column: "*", gt: 100 }], window)).toEqual([]);
  });

  it("see what only windows know", () => {
    const kind = { kind: "gradual", confidence: 0.8 } as never;
    const detection = { series: "latency", detector: "adwin", status: "drift", time: 5, values: 9 } as const;
    const window = windowOf({
      ...{ index: 0, rows: 90, late: 10, seconds: 4, kinds: { amount: kind }, scores: { amount: 4.2, age: null } },
      ...{ series: { latency: seriesOf(200), "a.b": seriesOf(1) }, detections: [detection, detection] },
    });
    expect(oneWindow({ metric: "kind", column: "*", in: ["gradual", "periodic"] }, window)).toEqual(["firing amount"]);
    expect(oneWindow({ metric: "kindConfidence", column: "amount", gt: 0.7 }, window)).toEqual(["firing amount"]);
    expect(oneWindow({ metric: "score", column: "*", gt: 4 }, window)).toEqual(["firing amount"]);
    expect(oneWindow({ metric: "lateShare", gte: 0.1 }, window)).toEqual(["firing all"]);
    expect(oneWindow({ metric: "seconds", gt: 3 }, window)).toEqual(["firing all"]);
    expect(oneWindow({ metric: "series.a.b.mean", lt: 2 }, window)).toEqual(["firing a.b"]);
    expect(oneWindow({ metric: "series.*.mean", gt: 0 }, window)).toEqual(["firing latency", "firing a.b"]);
    expect(oneWindow({ metric: "series.orders.values", lt: 1 }, window)).toEqual(["firing orders"]);
    expect(oneWindow({ metric: "detections", column: "*", gte: 2 }, window)).toEqual(["firing latency"]);
    expect(oneWindow({ metric: "detections", gte: 3 }, window)).toEqual([]);
    expect(oneWindow({ metric: "coverage", lt: 0.9 }, window)).toEqual([]);
  });

  it("see statuses, also of windows without anything else", () => {
    const empty = windowOf({ index: 0, status: "empty", rows: 0, report: null, reference: null });
    expect(oneWindow({ metric: "status", in: ["empty", "failed"] }, empty)).toEqual(["firing all"]);
    expect(oneWindow({ metric: "rows", lt: 1 }, empty)).toEqual(["firing all"]);
    expect(oneWindow({ metric: "drifted", notEq: true }, empty)).toEqual([]);
    const status = { metric: "status", column: "*", notEq: "ok" } as const;
    const window = windowOf({ index: 0, report: reportOf({ a: { status: "missing-in-current" }, b: {} }) });
    expect(oneWindow(status, window)).toEqual(["firing a"]);
  });

  it("look at the side that they name", () => {
    expect(report.quality).toBeDefined();
    const window = windowOf({ index: 0 });
    expect(oneWindow({ metric: "mean", column: "amount", side: "reference", lt: 0.7 }, window)).toEqual([
      "firing amount",
    ]);
    expect(oneWindow({ metric: "mean", column: "amount", lt: 0.7 }, window)).toEqual([]);
  });

  it("look at a class, at any class, and at what labels told rather than at what was known before", async () => {
    const target = Array.from({ length: 300 }, (_, k) => "abc"[k % 3]!);
    const right = { target, prediction: target };
    const wrong = { target, prediction: target.map((label, k) => (label === "a" && k % 2 === 0 ? "b" : label)) };
    const options = { target: "target", prediction: "prediction" };
    const known = await modelQuality(right, wrong, options);
    const labelled = { report: known, labelled: 300, coverage: 0.75, asOf: 0, revision: 1 };
    const window = windowOf({
      index: 0,
      report: { ...report, modelQuality: await modelQuality(right, right, options) },
    });
    const later = { ...window, revision: 2, modelQuality: labelled };
    const recall = { metric: "recall", lt: 0.9 } as const;
    expect(oneWindow({ ...recall, of: "a" }, window)).toEqual([]);
    expect(oneWindow({ ...recall, of: "a" }, later)).toEqual(["firing all"]);
    expect(oneWindow({ ...recall, of: "c" }, later)).toEqual([]);
    expect(oneWindow({ ...recall, of: "d" }, later)).toEqual([]);
    expect(oneWindow(recall, later)).toEqual(["firing all"]);
    expect(oneWindow({ metric: "accuracy", lt: 0.9 }, later)).toEqual(["firing all"]);
    expect(oneWindow({ metric: "accuracy", side: "reference", lt: 0.9 }, later)).toEqual([]);
    expect(oneWindow({ metric: "coverage", lt: 0.8 }, later)).toEqual(["firing all"]);
  });

  it("look at the segment that they name", async () => {
    const country = Array.from({ length: 600 }, (_, k) => (k % 2 === 0 ? "DE" : "FR"));
    const amount = country.map((_, k) => (k * 31) % 97);
    const shifted = amount.map((value, k) => (country[k] === "DE" ? value + 60 : value));
    const segmented = await compare({ country, amount }, { country, amount: shifted }, { by: ["country"] });
    const window = windowOf({ index: 0, report: segmented });
    const drifted = { metric: "drifted", column: "amount", eq: true } as const;
    expect(oneWindow({ ...drifted, segment: "country=DE" }, window)).toEqual(["firing amount"]);
    expect(oneWindow({ ...drifted, segment: "country=FR" }, window)).toEqual([]);
    expect(oneWindow({ ...drifted, segment: "country=IT" }, window)).toEqual([]);
    const right = await modelQuality(
      { y: country, p: country },
      { y: country, p: country },
      { target: "y", prediction: "p" },
    );
    const wrong = await modelQuality(
      { y: country, p: country },
      { y: country, p: [...country].reverse() },
      { target: "y", prediction: "p" },
    );
    const known = { report: right, labelled: 600, coverage: 1, asOf: 0, revision: 1 };
    const later = { ...window, modelQuality: { ...known, segments: { "country=DE": wrong, "country=FR": right } } };
    const accuracy = { metric: "accuracy", lt: 0.9 } as const;
    expect(oneWindow({ ...accuracy, segment: "country=DE" }, later)).toEqual(["firing all"]);
    expect(oneWindow({ ...accuracy, segment: "country=FR" }, later)).toEqual([]);
    expect(oneWindow(accuracy, later)).toEqual([]);
  });

  it("hold of values that are known within bounds only where both bounds say so", () => {
    const bounds = { statistic: [0.1, 0.3] as const };
    const window = windowOf({ index: 0, report: reportOf({ a: { statistic: 0.2, bounds } }) });
    expect(oneWindow({ metric: "statistic", column: "a", gt: 0.05 }, window)).toEqual(["firing a"]);
    expect(oneWindow({ metric: "statistic", column: "a", gt: 0.15 }, window)).toEqual([]);
  });
});

describe("the kind of drift over time", () => {
  const rule: AlertRule = {
    ...{ name: "persistent", when: { metric: "drifted", eq: true }, windows: { k: 2, n: 3 } },
    unlessKind: ["temporary", "none"],
  };
  const drifted = (index: number, kinds: Readonly<Record<string, string>>) =>
    windowOf({
      index,
      report: reportOf({ a: { drifted: true }, b: { drifted: true } }),
      kinds: Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, { kind } as never])),
    });

  it("keeps an alert from beginning while it is one that is not asked for, of every column that drifted", () => {
    const one = alerts({ rules: [rule] });
    const events = [
      drifted(0, { a: "temporary", b: "temporary" }),
      drifted(1, { a: "temporary", b: "none" }),
      drifted(2, { a: "temporary", b: "gradual" }),
    ].map((window) => told(one.window(window)));
    expect(events).toEqual([[], [], ["firing all"]]);
  });

  it("of a column is that of the column", () => {
    const each: AlertRule = { ...rule, when: { metric: "drifted", column: "*", eq: true }, windows: { k: 1, n: 1 } };
    const one = alerts({ rules: [each] });
    expect(told(one.window(drifted(0, { a: "temporary", b: "gradual" })))).toEqual(["firing b"]);
    expect(told(one.window(drifted(1, { a: "undecided" })))).toEqual(["firing a"]);
  });
});

describe("another reference", () => {
  const rules: AlertRule[] = [
    { name: "drift", when: { metric: "drifted", column: "*", eq: true }, for: 2, coolDown: "9h" },
    { name: "slow", when: { metric: "series.latency.q95", gt: 100 } },
  ];
  const window = (index: number, version: number, drifts: boolean, changes: Partial<WindowResult> = {}) =>
    windowOf({
      ...{ index, report: reportOf({ a: { drifted: drifts } }), series: { latency: seriesOf(200) } },
      reference: { kind: "fixed", rows: 5, windows: null, version, hash: null },
      ...changes,
    });

  it("ends what was said of the one before as re-baselined, and counting begins anew", () => {
    const one = alerts({ rules });
    expect(told([...one.window(window(0, 1, true)), ...one.window(window(1, 1, true))])).toEqual([
      "firing latency",
      "firing a",
    ]);
    const [event, ...others] = one.window(window(2, 2, true));
    expect(others).toEqual([]);
    expect(event).toMatchObject({ status: "resolved", rule: "drift", subject: "a", endsAt: window(2, 2, true).start });
    expect(event!.summary).toContain("re-baselined, windows are compared with reference 2 now");
    expect(one.firing().map(({ rule }) => rule)).toEqual(["slow"]);
    expect(told(one.window(window(3, 2, true)))).toEqual(["firing a"]);
  });

  it("is not undone by revisions of windows that were compared with the one before", () => {
    const one = alerts({ rules });
    for (const index of [0, 1]) one.window(window(index, 1, true));
    expect(told(one.window(window(2, 2, false)))).toEqual(["resolved a"]);
    for (const index of [0, 1]) expect(one.window(window(index, 1, true, { revision: 2 }))).toEqual([]);
    expect(one.firing().map(({ rule }) => rule)).toEqual(["slow"]);
  });

  it("is none where windows are compared with those before them", () => {
    const one = alerts({ rules });
    const rolling = (index: number) =>
      window(index, 0, true, {
        reference: { kind: "rolling", rows: 5, windows: [0, index], version: null, hash: null },
      });
    const events = [0, 1, 2, 3].flatMap((index) => one.window(rolling(index)));
    expect(told(events)).toEqual(["firing latency", "firing a"]);
  });
});

describe("rules", () => {
  it("are for the datasets that they name, which do not know of each other", () => {
    const one = alerts({ rules: [slow({ datasets: ["orders", "users"] })] });
    expect(told(one.window(latency(0, 200, { dataset: "orders" })))).toEqual(["firing latency"]);
    expect(told(one.window(latency(0, 200, { dataset: "users" })))).toEqual(["firing latency"]);
    expect(told(one.window(latency(0, 200, { dataset: "others" })))).toEqual([]);
    expect(told(one.window(latency(1, 20, { dataset: "users" })))).toEqual(["resolved latency"]);
    expect(one.firing().map(({ dataset }) => dataset)).toEqual(["orders"]);
  });

  it("that are gone after a restart end their alerts; those that ask something else begin to count anew", () => {
    const before = alerts({ rules: [slow({ for: 2 }), slow({ name: "gone" })] });
    before.window(latency(0, 200));
    before.window(latency(1, 200));
    expect(before.firing().map(({ rule }) => rule)).toEqual(["slow", "gone"]);
    const after = alerts({ rules: [slow({ for: 3 })] });
    after.restore(JSON.parse(JSON.stringify(before.state())));
    const events = after.window(latency(2, 200));
    expect(events.map(({ rule, status }) => `${rule} ${status}`)).toEqual(["gone resolved"]);
    expect(after.firing().map(({ rule }) => rule)).toEqual(["slow"]);
    expect(after.window(latency(3, 50)).map(({ rule, status }) => `${rule} ${status}`)).toEqual(["slow resolved"]);
    expect(() => after.restore({ format: 2 })).toThrow("restore: needs what state() returned, got format 2");
    expect(() => after.restore(null)).toThrow(TypeError);
  });

  it("on each column end where neither side has the column any more, and not before", () => {
    const each = { metric: "effect", column: "*", gt: 0.1 } as const;
    const one = alerts({
      rules: [
        { name: "each", when: each },
        { name: "one", when: { ...each, column: "a" } },
      ],
    });
    const window = (index: number, names: readonly string[] | null) =>
      windowOf({
        index,
        report: names && reportOf(Object.fromEntries(names.map((name) => [name, { drifted: true }]))),
      });
    expect(told(one.window(window(0, ["a", "b"])))).toEqual(["firing a", "firing b", "firing a"]);
    expect(one.window(window(1, null))).toEqual([]);
    const missing = reportOf({ a: { status: "missing-in-current", effect: null }, b: { drifted: true } });
    expect(one.window(windowOf({ index: 2, report: missing }))).toEqual([]);
    const events = one.window(window(3, ["b"]));
    expect(told(events)).toEqual(["resolved a"]);
    expect(events[0]!.summary).toBe("orders: a: over, neither side has the column any more");
    expect(one.firing().map(({ rule, subject }) => `${rule} ${subject}`)).toEqual(["each b", "one a"]);
  });

  it("begin to count anew with a monitor that begins anew, also long after its first windows", () => {
    const one = alerts({ rules: [slow({ for: 2 })] });
    for (let index = 0; index <= 2_005; index++) one.window(latency(index, 50));
    const later = { start: latency(3_000, 0).start, end: latency(3_000, 0).end };
    const next = { start: latency(3_001, 0).start, end: latency(3_001, 0).end };
    expect(one.window(latency(0, 200, later))).toEqual([]);
    expect(told(one.window(latency(1, 200, next)))).toEqual(["firing latency"]);
  });

  it("take times of sliding windows as they are", () => {
    const one = alerts({ rules: [slow({ for: "90m" })] });
    const sliding = (index: number) =>
      latency(index, 200, { start: index * (hour / 2), end: index * (hour / 2) + hour });
    expect([0, 1, 2].flatMap((index) => told(one.window(sliding(index))))).toEqual(["firing latency"]);
  });
});

/** docs/alerts.md: its rules are right and do what the page says, its signature is ours. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { modelQuality } from "smirnov";
import {
  type AlertAction,
  type AlertRule,
  actionOptions,
  alertProblems,
  alerts,
  windowMetricNames,
} from "smirnov/alerts";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { signatureOf } from "../../dist/alerts/signature.js";
import type { WindowResult } from "../../src/monitor/window-result.ts";
import { listening } from "./servers.ts";
import { report, reportOf, seriesOf, told, windowOf } from "./windows.ts";

const page = readFileSync(new URL("../../docs/alerts.md", import.meta.url), "utf8");
const blocks = (language: string) =>
  Array.from(page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g")), ([, code]) => code!);
const parts = blocks("yaml").map((code) => parse(code.replace(/\$\{\w+\}/g, "https://from.environment")));
const rules: AlertRule[] = parts.flatMap((part) => part.alerts ?? []);
const actions: Record<string, AlertAction> = Object.assign({}, ...parts.map((part) => part.actions ?? {}));

const folder = mkdtempSync(join(tmpdir(), "smirnov-docs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const kind = (name: string, confidence = 0.9) => ({ income: { kind: name, confidence } as never });
const income = (changes: object) => ({ report: reportOf({ income: changes, age: {} }) });
const latencyOf = (value: number) => ({ series: { latency: seriesOf(value) } });
const missing = (share: number) => {
  const quality = structuredClone(report.quality!);
  const column = quality.current.columns.amount as unknown as { availability: Record<string, number> };
  Object.assign(column.availability, { null: share * 400, value: (1 - share) * 400 });
  return { report: { ...report, quality } };
};
/** Windows whose labels came: the share of them, and of wrong predictions. */
const judged = async (wrong: number, coverage: number): Promise<Partial<WindowResult>> => {
  const target = Array.from({ length: 200 }, (_, k) => (k % 2 === 0 ? "yes" : "no"));
  const prediction = target.map((label, k) => (k % 100 < wrong * 100 ? (label === "yes" ? "no" : "yes") : label));
  const quality = await modelQuality(
    { target, prediction: target },
    { target, prediction },
    {
      ...{ target: "target", prediction: "prediction" },
    },
  );
  return { modelQuality: { report: quality, labelled: 200, coverage, asOf: 0, revision: 1 } };
};

/** What each rule of the page makes of windows, one after the other. */
const cases: Readonly<Record<string, readonly [window: Partial<WindowResult>, expected: string][]>> = {
  "persistent drift": [
    [{ ...income({ drifted: true }), kinds: kind("temporary") }, ""],
    [{ ...income({}), kinds: kind("temporary") }, ""],
    [{ ...income({ drifted: true }), kinds: kind("temporary") }, ""],
    [{ ...income({ drifted: true }), kinds: kind("temporary") }, ""],
    [{ ...income({ drifted: true }), kinds: kind("instantaneous") }, "firing all"],
    [income({}), ""],
    [income({}), ""],
    [income({}), "resolved all"],
  ],
  "income drifted": [
    [income({ drifted: true }), "firing income"],
    [income({}), "resolved income"],
  ],
  "a column drifted much": [
    [{ ...income({ drifted: true }), scores: { income: 9 } }, ""],
    [{ ...income({ drifted: true }), scores: { income: 9 } }, "firing income"],
    [{ ...income({ drifted: true }), scores: { income: 3 } }, "resolved income"],
  ],
  "missing values": [
    [missing(0.15), ""],
    [missing(0.25), "firing amount"],
    [missing(0.15), ""],
    [missing(0.05), "resolved amount"],
  ],
  "model worse": [
    [await judged(0.3, 0.4), ""],
    [await judged(0.3, 0.6), ""],
    [{}, ""],
    [await judged(0.3, 0.6), "firing all"],
    [await judged(0.19, 0.6), ""],
    [await judged(0.1, 0.6), "resolved all"],
  ],
  "no data": [
    [{ rows: 0, status: "empty", report: null }, "firing all"],
    [{}, ""],
    [{}, "resolved all"],
  ],
  "not compared": [
    [{ status: "failed", report: null }, ""],
    [{ status: "failed", report: null }, ""],
    [{ status: "no-reference", report: null }, "firing all"],
  ],
  "column vanished": [[income({ status: "missing-in-current" }), "firing income"]],
  "slow answers": [
    [latencyOf(300), "firing latency"],
    [latencyOf(300), ""],
    [latencyOf(220), ""],
    [latencyOf(220), ""],
    [latencyOf(300), "firing latency"],
    [latencyOf(150), "resolved latency"],
  ],
  "late rows": [[{ rows: 90, late: 10 }, "firing all"]],
  detector: [
    [{ detections: [{ series: "latency", detector: "adwin", status: "drift", time: 0, values: 5 }] }, "firing latency"],
    [{}, ""],
    [latencyOf(1), "resolved latency"],
  ],
  "creeping drift": [
    [{ kinds: kind("gradual", 0.7) }, ""],
    [{ kinds: kind("gradual", 0.9) }, "firing income"],
  ],
};

describe("the rules of the page", () => {
  it("are right, with the actions of the page", () => {
    expect(rules.length).toBeGreaterThan(8);
    expect(alertProblems({ rules, actions })).toEqual([]);
    expect(
      Object.values(actions)
        .map(({ action }) => action)
        .sort(),
    ).toEqual(["alertmanager", "command", "retrain", "webhook", "webhook"]);
  });

  for (const [name, windows] of Object.entries(cases)) {
    it(`do what it says: ${name}`, () => {
      const rule = rules.find((one) => one.name === name)!;
      const one = alerts({ rules: [rule], actions });
      const found = windows.map(([window], index) => told(one.window(windowOf({ index, ...window }))).join());
      expect(found).toEqual(windows.map(([, expected]) => expected));
    });
  }

  it("are all run", () => {
    expect(rules.map(({ name }) => name).filter((name) => !Object.hasOwn(cases, name))).toEqual([]);
  });
});

describe("the page", () => {
  it("names all that only windows know, and all options", () => {
    for (const name of windowMetricNames) expect(page).toContain(`\`${name}\``);
    for (const name of ["for", "windows", "clear", "clearFor", "unlessKind", "coolDown", "repeat", "datasets"]) {
      expect(page).toMatch(new RegExp(`\\| \`${name}\\b`));
    }
    for (const name of Object.keys(actionOptions)) expect(page).toContain(`- **${name}**`);
  });

  it("has an example of verification that takes what is signed here, and nothing else", async () => {
    const [code] = blocks("js");
    const file = join(folder, "verify.mjs");
    writeFileSync(file, code!);
    const { isFromSmirnov } = await import(/* @vite-ignore */ pathToFileURL(file).href);
    const body = JSON.stringify({ text: "ü€😀" });
    const header = signatureOf("secret", body, Date.now());
    expect(isFromSmirnov("secret", header, body)).toBe(true);
    expect(isFromSmirnov("Secret", header, body)).toBe(false);
    expect(isFromSmirnov("secret", header, `${body} `)).toBe(false);
    expect(isFromSmirnov("secret", signatureOf("secret", body, Date.now() - 301_000), body)).toBe(false);
    expect(isFromSmirnov("secret", undefined, body)).toBe(false);
  });

  it("has an example of a program whose alerts go on after a restart", async () => {
    const file = join(folder, "watch.mjs");
    const bundle = (name: string) => new URL(`../../dist/bundle/${name}.js`, import.meta.url).href;
    const code = blocks("js")[1]!.replace(/"smirnov\/(\w+)"/g, (_, name) => JSON.stringify(bundle(name)));
    writeFileSync(file, code);
    const { watchOrders } = await import(/* @vite-ignore */ pathToFileURL(file).href);
    const chat = await listening();
    const rows = (from: number) => ({ price: Float64Array.from({ length: 500 }, (_, k) => from + ((k * 37) % 100)) });

    const first = watchOrders(rows(0), chat.url);
    first.monitor.push(rows(0));
    first.monitor.push(rows(50));
    const saved = await first.end();
    expect(chat.requests).toEqual([]);

    const second = watchOrders(rows(0), chat.url, saved);
    second.monitor.push(rows(50));
    await second.end();
    expect(chat.requests.map(({ body }) => JSON.parse(body))).toMatchObject([
      { rule: "drift", status: "firing", dataset: "orders" },
    ]);
  });
});

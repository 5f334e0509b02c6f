/** Retraining: when it is asked for, with which evidence, and how alarms end afterwards. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type AlertHooks,
  type AlertOptions,
  type Alerts,
  alerts,
  type RetrainAction,
  verifySignature,
} from "smirnov/alerts";
import { afterAll, describe, expect, it } from "vitest";
import type { WindowResult } from "../../src/monitor/window-result.ts";
import { answering, listening } from "./servers.ts";
import { reportOf, told, windowOf } from "./windows.ts";

const running: Alerts[] = [];
const folder = mkdtempSync(join(tmpdir(), "smirnov-retrain-"));
afterAll(async () => {
  await Promise.all(running.map((one) => one.close()));
  rmSync(folder, { recursive: true, force: true });
});

const drifts = (index: number, drifted: boolean, changes: Partial<WindowResult> = {}) =>
  windowOf({
    ...{ index, report: reportOf({ amount: { drifted }, age: {} }), scores: { amount: 5.5, age: 0.1 } },
    kinds: { amount: { kind: "instantaneous", confidence: 0.9, onset: 1, windows: 4 } as never },
    ...changes,
  });

/** `k` of the last `n` windows drifted, and the drift is not over. */
function retraining(action: Omit<RetrainAction, "action">, hooks: AlertHooks = {}) {
  const options: AlertOptions = {
    rules: [
      {
        ...{ name: "persistent drift", when: { metric: "drifted", eq: true }, windows: { k: 3, n: 4 } },
        ...{ unlessKind: ["temporary"], actions: ["retrain"] },
      },
    ],
    actions: { retrain: { action: "retrain", ...action } },
  };
  const make = () => {
    const one = alerts(options, { random: () => 0, ...hooks });
    running.push(one);
    return one;
  };
  return { one: make(), make };
}

describe("a retraining", () => {
  it("is asked for once k of n windows drifted, with all that was found in them", async () => {
    const { url, requests } = await listening();
    const { one } = retraining({ url, secret: "the secret" });
    for (const [index, drifted] of [true, false, true, true, true].entries())
      one.dispatch(one.window(drifts(index, drifted)));
    await one.idle();
    expect(requests).toHaveLength(1);
    const [{ body, headers }] = requests as [(typeof requests)[0]];
    expect(verifySignature("the secret", headers["smirnov-signature"], body)).toBe(true);
    const asked = JSON.parse(body);
    expect(asked).toMatchObject({
      ...{ type: "retrain", dataset: "orders", model: "credit", modelVersion: "3" },
      event: { rule: "persistent drift", status: "firing", evidence: { drifted: true, windows: 3 } },
      windows: [0, 2, 3].map((index) => {
        const { id, start, end } = drifts(index, true);
        return { id, index, start, end };
      }),
      report: { dataset: { drifted: true } },
    });
    expect(asked.history.map(({ index, drifted }: { index: number; drifted: boolean }) => [index, drifted])).toEqual([
      [0, true],
      [1, false],
      [2, true],
      [3, true],
    ]);
    expect(asked.history.at(-1).columns).toMatchObject([
      {
        column: "amount",
        severity: "drift",
        score: 5.5,
        kind: "instantaneous",
        kindConfidence: 0.9,
        effectName: expect.any(String),
      },
    ]);
    expect(asked.history.at(-1).columns[0].effect).toBeGreaterThan(asked.history.at(-1).columns[0].threshold);
    expect(asked.digest).toContain("amount: drift since 2026-11-26 02:00 UTC (2 windows), instantaneous (90 %)");
  });

  it("makes the windows that drifted the reference once it is acknowledged, and alarms of the old one end", async () => {
    const { url, requests } = await listening(answering(503, 200));
    const calls: unknown[] = [];
    let fails = 1;
    const rebaseline: NonNullable<AlertHooks["rebaseline"]> = async (dataset, windows) => {
      calls.push([dataset, windows.map(({ index }) => index), requests.length]);
      if (fails-- > 0) throw new Error("not now");
    };
    const { one } = retraining({ url, rebaseline: "drifted-windows" }, { rebaseline });
    for (let index = 0; index < 3; index++) one.dispatch(one.window(drifts(index, true)));
    await one.idle();
    // Asked for twice, as the first one failed; then not again, while the reference could not be set.
    expect(requests).toHaveLength(2);
    expect(calls).toEqual([
      ["orders", [0, 1, 2], 2],
      ["orders", [0, 1, 2], 2],
    ]);
    const reference = { kind: "fixed", rows: 9, windows: null, version: 2, hash: null } as const;
    const [event] = one.window(drifts(3, true, { reference }));
    expect(event).toMatchObject({ status: "resolved", evidence: { rebaselined: 2 } });
    one.dispatch([event!]);
    await one.idle();
    expect(requests).toHaveLength(2);
    // What was counted against the old reference counts no more.
    expect([4, 5].flatMap((index) => told(one.window(drifts(index, true, { reference }))))).toEqual(["firing all"]);
    expect(one.state().datasets[0]!.history.map(({ index }) => index)).toEqual([3, 4, 5]);
  });

  it("that was acknowledged before the process ended is not asked for again: what is left is the reference", async () => {
    const { url, requests } = await listening();
    let known = false;
    const calls: (readonly number[])[] = [];
    const rebaseline: NonNullable<AlertHooks["rebaseline"]> = async (_, windows) => {
      calls.push(windows.map(({ index }) => index));
      if (!known) throw new Error("not now");
    };
    const { one, make } = retraining({ url, rebaseline: "drifted-windows" }, { rebaseline });
    for (let index = 0; index < 3; index++) one.dispatch(one.window(drifts(index, true)));
    await expect.poll(() => calls.length).toBe(1);
    await one.close();
    const state = JSON.parse(JSON.stringify(one.state()));
    expect(state.deliveries).toMatchObject([{ action: "retrain", waiting: [{ acknowledged: true }] }]);
    expect(state.deliveries[0].waiting[0].retrain).toBeUndefined();
    known = true;
    const next = make();
    next.restore(state);
    await next.idle();
    expect([requests.length, calls]).toEqual([
      1,
      [
        [0, 1, 2],
        [0, 1, 2],
      ],
    ]);
    expect(next.state().deliveries).toEqual([]);
  });

  it("by a program is acknowledged by its exit status, and needs nobody where only the reference is to change", async () => {
    const out = join(folder, "asked.json");
    const file = join(folder, "train.mjs");
    writeFileSync(file, `import fs from "node:fs"; fs.writeFileSync(${JSON.stringify(out)}, fs.readFileSync(0));`);
    const calls: string[] = [];
    const rebaseline: NonNullable<AlertHooks["rebaseline"]> = async (dataset) => void calls.push(dataset);
    for (const action of [{ command: [process.execPath, file] }, {}]) {
      const { one } = retraining({ ...action, rebaseline: "drifted-windows" }, { rebaseline });
      for (let index = 0; index < 3; index++) one.dispatch(one.window(drifts(index, true)));
      await one.idle();
    }
    expect(calls).toEqual(["orders", "orders"]);
    expect(JSON.parse(readFileSync(out, "utf8"))).toMatchObject({ type: "retrain", windows: [{}, {}, {}] });
  });

  it("that is refused changes no reference", async () => {
    const { url } = await listening(answering(400));
    const calls: string[] = [];
    const { one } = retraining(
      { url, rebaseline: "drifted-windows" },
      { rebaseline: async (dataset) => void calls.push(dataset) },
    );
    for (let index = 0; index < 3; index++) one.dispatch(one.window(drifts(index, true)));
    await one.idle();
    expect(calls).toEqual([]);
    expect(one.firing()).toHaveLength(1);
  });

  it("is not asked for against what is temporary", async () => {
    const { url, requests } = await listening();
    const { one } = retraining({ url });
    const kinds = { amount: { kind: "temporary", confidence: 0.9, onset: 1, windows: 4 } as never };
    for (let index = 0; index < 5; index++) one.dispatch(one.window(drifts(index, true, { kinds })));
    await one.idle();
    expect(requests).toEqual([]);
  });
});

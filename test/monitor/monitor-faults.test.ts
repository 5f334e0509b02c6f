import { driftKind, Monitor, type MonitorOptions, type WindowResult } from "smirnov/monitor";
import { describe, expect, it } from "vitest";
import { at, rows, values } from "./minutes.ts";
import { told as toldOf } from "./told.ts";

const options = { name: "orders", time: "time", window: { duration: "1m" }, reference: { x: values(500) } } as const;
const watched = (more: Partial<MonitorOptions> = {}) => toldOf({ ...options, ...more });

describe("a row whose clock is wrong", () => {
  it("closes nothing where its time is further ahead of its arrival than it may be", async () => {
    const { monitor, told } = watched({ maximumAhead: "5m" });
    const arrival = at(1);
    const batch = { time: Float64Array.of(at(0), at(1), at(6), at(6) + 1, at(9e6)), x: values(5) };
    expect(monitor.push(batch, { arrival })).toEqual({ rows: 5, accepted: 3, late: 0, untimed: 2, closed: 6 });
    expect(monitor.watermark).toBe(at(6));
    expect(monitor.push(rows(6), { arrival })).toMatchObject({ accepted: 50, late: 0 });
    await monitor.flush();
    expect(told.map(({ rows }) => rows)).toEqual([1, 1, 0, 0, 0, 0, 51]);
  });

  it("may be none ahead, or any", () => {
    const none = watched({ maximumAhead: 0 }).monitor;
    expect(none.push({ time: [new Date(at(0)), new Date(at(0) + 1)] }, { arrival: at(0) }).untimed).toBe(1);
    expect(watched().monitor.push(rows(9e6), { arrival: at(0) }).untimed).toBe(0);
    expect(() => watched({ maximumAhead: "-1m" })).toThrow("Monitor: maximumAhead must be a positive time");
  });
});

describe("values of series", () => {
  it("lie in no more stretches of time than rows do", () => {
    const { monitor } = watched();
    for (let k = 0; k < 10_002; k++) monitor.observe("latency", 1, at(k));
    expect(() => monitor.observe("latency", 1, at(10_002))).toThrow(
      "Monitor.observe: values may lie in 10002 stretches of window.every at most, got 1 beside 10002",
    );
    expect(monitor.observe("latency", 1, at(3))).toBe(true);
  });
});

describe("windows", () => {
  it("before 1970 close by the watermark alone", async () => {
    const { monitor, told } = watched();
    const rows = (time: number) => ({ time: new Float64Array(20).fill(time), x: values(20) });
    expect(monitor.push(rows(-90_000)).closed).toBe(0);
    expect(monitor.push(rows(-80_000)).closed).toBe(0);
    expect(monitor.push(rows(-1)).closed).toBe(1);
    expect(monitor.push(rows(0)).closed).toBe(1);
    await monitor.flush();
    expect(told.map(({ start, rows }) => [start, rows])).toEqual([
      [-120_000, 40],
      [-60_000, 20],
      [0, 20],
    ]);
  });

  it("are told that close while the last one before them ends", async () => {
    for (let turns = 0; turns < 8; turns++) {
      let release = () => {};
      const told: WindowResult[] = [];
      const onWindow = (result: WindowResult) => {
        told.push(result);
        return new Promise<void>((resolve) => {
          release = resolve;
        });
      };
      const monitor = new Monitor({ ...options, reference: undefined as never, onWindow });
      monitor.push(rows(0));
      monitor.push(rows(1));
      while (told.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      release();
      for (let turn = 0; turn < turns; turn++) await null;
      monitor.push(rows(2));
      for (let tries = 0; told.length < 2 && tries < 1000; tries++)
        await new Promise((resolve) => setTimeout(resolve, 1));
      expect([turns, told.map(({ index }) => index)]).toEqual([turns, [0, 1]]);
      release();
      await monitor.idle();
      expect(monitor.pending).toBe(0);
    }
  });

  it("keep their places in histories across a gap that is told as one", async () => {
    const { monitor, told } = watched();
    for (let k = 0; k < 12; k++) monitor.push(rows(k));
    for (let k = 150; k < 162; k++) monitor.push(rows(k, 50, 4));
    await monitor.flush();
    expect(told.length).toBeLessThan(150);
    const history = Array<number | null>(162).fill(null);
    for (const { index, scores } of told) history[index] = scores.x ?? null;
    expect(told.at(-1)!.kinds.x).toEqual(driftKind(history, { level: 0.4 * Math.sqrt(50 / 500) }));
    expect(told.at(-1)!.kinds.x).not.toEqual(driftKind(history.filter((score) => score !== null)));
  });

  it("count for later references where they could not be compared", async () => {
    const { reference: _, ...rest } = options;
    const { monitor, told } = toldOf({ ...rest, against: "expanding", compare: { columns: ["y"] } });
    for (let k = 0; k < 4; k++) monitor.push(k < 2 ? rows(k) : { ...rows(k), y: values(50) });
    await monitor.flush();
    expect(told.map(({ status, reference }) => [status, reference?.rows ?? 0])).toEqual([
      ["no-reference", 0],
      ["failed", 50],
      ["compared", 100],
      ["compared", 150],
    ]);
  });
});

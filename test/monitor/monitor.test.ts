import { compare, prepare, profile } from "smirnov";
import { driftKind, Monitor, type MonitorOptions, pageHinkley, type WindowResult } from "smirnov/monitor";
import { describe, expect, it } from "vitest";
import { at, base, minute, rows, values } from "./minutes.ts";
import { told as toldOf } from "./told.ts";

const reference = { x: values(500) };
const options = { name: "orders", time: "time", window: { duration: "1m" } } as const;

/** A monitor, and what it has told. */
const watched = (more: Partial<MonitorOptions> = {}) => toldOf({ ...options, reference, ...more });

describe("Monitor", () => {
  it("tells each window with its report, reference, scores and hash, in the order of the windows", async () => {
    const { monitor, told } = watched({ model: { name: "price", version: "7" } });
    for (let k = 0; k < 3; k++) expect(monitor.push(rows(k, 50, k)).closed).toBe(k === 0 ? 0 : 1);
    expect([monitor.rowsHeld, monitor.watermark]).toEqual([150, at(2)]);
    expect(monitor.bytesHeld).toBeGreaterThan(150 * 16 - 1);
    expect(monitor.pending).toBe(2);
    await monitor.flush();
    expect([monitor.rowsHeld, monitor.bytesHeld, monitor.pending]).toEqual([0, 0, 0]);
    expect(told.map(({ id }) => id)).toEqual([0, 1, 2].map((k) => `orders/2026-11-26T10:0${k}:00.000Z/1`));
    const [first, , last] = told as [WindowResult, WindowResult, WindowResult];
    expect(first).toMatchObject({
      ...{ dataset: "orders", model: { name: "price", version: "7" }, index: 0, revision: 1, rows: 50, late: 0 },
      ...{ start: at(0), end: at(1), status: "compared", modelQuality: null, series: {}, detections: [] },
      reference: { kind: "fixed", rows: 500, windows: null, version: 1 },
    });
    expect(first.report).toEqual(await compare(prepare(reference), { x: values(50) }));
    expect(first.scores.x).toBeLessThan(0);
    expect(last.scores.x).toBeGreaterThan(4);
    expect(first.hash).toMatch(/^[0-9a-f]{16}$/);
    expect(first.hash).not.toBe(last.hash);
    expect(first.seconds).toBeGreaterThan(0);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
  });

  it("takes rows as objects, times as ISO 8601 texts, dates and milliseconds, and the time of arrival", async () => {
    const texts = watched();
    const objects = (time: unknown) => Array.from(values(50), (x) => ({ time, x }));
    texts.monitor.push(objects("2026-11-26T11:00:30+01:00"));
    await texts.monitor.flush();
    const dates = watched();
    dates.monitor.push(objects(new Date(at(0.5))));
    await dates.monitor.flush();
    const arrivals = toldOf({ name: "orders", window: options.window, reference });
    arrivals.monitor.push({ x: values(50) }, { arrival: at(0.5) });
    await arrivals.monitor.flush();
    for (const { told } of [texts, dates, arrivals]) {
      expect(told).toMatchObject([{ start: at(0), rows: 50, status: "compared" }]);
      expect(told[0]!.report).toEqual(await compare(prepare(reference), { x: values(50) }));
    }
  });

  it("counts rows without a time that can be read, and keeps them out of windows", async () => {
    const { monitor, told } = watched();
    const receipt = monitor.push([
      { time: at(0), x: 1 },
      { time: null, x: 2 },
      { time: Number.NaN, x: 3 },
      { time: 1e300, x: 4 },
    ]);
    expect(receipt).toEqual({ rows: 4, accepted: 1, late: 0, untimed: 3, closed: 0 });
    const texts = watched().monitor.push([{ time: "yesterday", x: 1 }]);
    expect(texts).toMatchObject({ accepted: 0, untimed: 1 });
    await monitor.flush();
    expect(told[0]!.rows).toBe(1);
  });

  it("counts late rows with the next window that closes, or puts them into the oldest open one", async () => {
    for (const late of ["count", "next"] as const) {
      const { monitor, told } = watched({ late });
      monitor.push(rows(0));
      monitor.push(rows(1));
      expect(monitor.push(rows(0, 10))).toMatchObject({ accepted: late === "count" ? 0 : 10, late: 10 });
      await monitor.flush();
      expect(told.map(({ rows, late }) => [rows, late])).toEqual([
        [50, 0],
        [late === "count" ? 50 : 60, 10],
      ]);
    }
  });

  it("closes windows by the clock, later by the lateness", async () => {
    const { monitor, told } = watched({ lateness: "30s" });
    monitor.push(rows(0));
    expect(monitor.advanceTo(at(1))).toBe(0);
    expect(monitor.advanceTo(at(1.5))).toBe(1);
    await monitor.idle();
    expect(told).toHaveLength(1);
    expect(monitor.push(rows(0))).toMatchObject({ accepted: 0, late: 50 });
  });

  it("tells of empty windows between others, and of a long gap in one result", async () => {
    const { monitor, told } = watched();
    monitor.push(rows(0));
    monitor.push(rows(3));
    const year = 525_600;
    monitor.push(rows(year));
    monitor.push(rows(year + 2));
    await monitor.flush();
    expect(told.slice(0, 4).map(({ status }) => status)).toEqual(["compared", "empty", "empty", "compared"]);
    expect(told).toHaveLength(4 + 100 + 1 + 3);
    const gap = told[104]!;
    const count = year - 4 - 100;
    expect(gap).toMatchObject({ status: "empty", index: 104, start: at(104), end: at(year), rows: 0 });
    expect(gap.reason).toContain(`in the ${count - 1} windows after it none`);
    expect(told.slice(105).map(({ index, start, status }) => [index, start, status])).toEqual([
      [year, at(year), "compared"],
      [year + 1, at(year + 1), "empty"],
      [year + 2, at(year + 2), "compared"],
    ]);
  });

  it("tells the same of a gap however the clock went through it", async () => {
    const ids: string[][] = [];
    for (const every of [1, 7, 500]) {
      const { monitor, told } = watched();
      monitor.push(rows(0));
      for (let k = every; k < 300; k += every) monitor.advanceTo(at(k));
      monitor.push(rows(300));
      await monitor.flush();
      ids.push(told.map(({ id, index, end, reason }) => `${id} ${index} ${end} ${reason}`));
    }
    expect(ids[1]).toEqual(ids[0]);
    expect(ids[2]).toEqual(ids[0]);
    expect(ids[0]).toHaveLength(1 + 100 + 1 + 1);
  });

  it("summarises series beside windows, whether rows came or not", async () => {
    const { monitor, told } = watched();
    monitor.push(rows(0));
    for (const [k, value] of [5, 1, 3, 2, 4].entries()) expect(monitor.observe("latency", value, at(0) + k)).toBe(true);
    monitor.observe("errors", 1, at(1));
    monitor.advanceTo(at(2));
    expect(monitor.observe("latency", 9, at(1))).toBe(false);
    await monitor.flush();
    expect(told[0]!.series).toEqual({
      latency: { values: 5, mean: 3, min: 1, max: 5, q50: 3, q95: 4.8, q99: 4.96 },
    });
    expect(told[1]).toMatchObject({ status: "empty", series: { errors: { values: 1, mean: 1 } } });
  });

  it("compares with nothing until there is a reference, and with the next version from when it is set", async () => {
    const { monitor, told } = toldOf(options);
    monitor.push(rows(0));
    monitor.push(rows(1));
    monitor.setReference(reference);
    monitor.push(rows(2));
    monitor.setReference(await profile({ x: values(500, 1) }));
    monitor.push(rows(3));
    await monitor.flush();
    expect(told.map(({ status, reference }) => [status, reference?.version ?? null])).toEqual([
      ["no-reference", null],
      ["compared", 1],
      ["compared", 2],
      ["compared", 2],
    ]);
    expect(new Set(told.map(({ reference }) => reference?.hash)).size).toBe(3);
    expect(told[0]!.reason).toBe("no reference was given yet");
  });

  it("compares with all earlier windows by their profiles, and with one long before", async () => {
    const all = watchedBy("expanding");
    const lag = watchedBy({ lag: 40 });
    for (const { monitor } of [all, lag]) {
      for (let k = 0; k < 43; k++) if (k !== 1) monitor.push(rows(k, 50, k));
      await monitor.flush();
    }
    expect(all.told[0]!.status).toBe("no-reference");
    const { rows: reached, windows, kind, version } = all.told[42]!.reference!;
    expect([reached, windows, kind, version]).toEqual([41 * 50, [0, 41], "expanding", null]);
    const first = await profile({ x: values(50) });
    expect(all.told[2]!.report).toEqual(await compare(first, { x: values(50, 2) }));
    expect(lag.told.slice(0, 40).map(({ status }) => status)).not.toContain("compared");
    expect(lag.told[40]!.reference).toMatchObject({ kind: "lag", rows: 50, windows: [0, 0] });
    expect(lag.told[40]!.report).toEqual(await compare(first, { x: values(50, 40) }));
    expect(lag.told[41]).toMatchObject({ status: "no-reference", reference: null });
  });

  it("tells of a comparison that fails, and goes on", async () => {
    const { monitor, told } = watched({ compare: { columns: ["y"] } });
    monitor.push(rows(0));
    monitor.push(rows(1));
    await monitor.flush();
    expect(told).toMatchObject([
      { status: "failed", report: null, reason: 'compare: no column "y"; there are x' },
      { status: "failed" },
    ]);
  });

  it("keeps a window that could not be told, and tells it before any other", async () => {
    const failing = new Error("the database is down");
    const told: string[] = [];
    let down = true;
    const monitor = new Monitor({
      ...options,
      reference,
      async onWindow({ id }) {
        await null;
        told.push(id);
        if (down) throw failing;
      },
    });
    monitor.push(rows(0));
    monitor.push(rows(1));
    await expect(monitor.idle()).rejects.toBe(failing);
    expect([told.length, monitor.pending]).toEqual([1, 1]);
    monitor.push(rows(2));
    await expect(monitor.idle()).rejects.toBe(failing);
    down = false;
    await monitor.flush();
    const [first, second, third] = [0, 1, 2].map((k) => `orders/2026-11-26T10:0${k}:00.000Z/1`);
    expect(told.filter((id, k) => id !== told[k - 1])).toEqual([first, second, third]);
  });

  it("waits for each window to be told before the next", async () => {
    const order: string[] = [];
    const monitor = new Monitor({
      ...options,
      reference,
      async onWindow({ index }) {
        order.push(`begin ${index}`);
        await new Promise((resolve) => setTimeout(resolve, 3 - index));
        order.push(`end ${index}`);
      },
    });
    for (let k = 0; k < 3; k++) monitor.push(rows(k));
    await monitor.flush();
    expect(order).toEqual([0, 1, 2].flatMap((k) => [`begin ${k}`, `end ${k}`]));
  });

  it("refuses more rows than it may hold, and takes none of them", async () => {
    const { monitor, told } = watched({ maximumRows: 120 });
    monitor.push(rows(0));
    monitor.push(rows(0));
    expect(() => monitor.push(rows(5))).toThrow("Monitor.push: maximumRows is 120, got 50 rows beside 100 held");
    expect([monitor.rowsHeld, monitor.pending, monitor.watermark]).toEqual([100, 0, at(0)]);
    monitor.advanceTo(at(1));
    await monitor.idle();
    expect(monitor.push(rows(5)).accepted).toBe(50);
    await monitor.flush();
    expect(told.filter(({ status }) => status === "compared").map(({ rows }) => rows)).toEqual([100, 50]);
  });

  it("refuses values that do not go with the rows before, and takes none of the batch", async () => {
    const { monitor, told } = watched();
    monitor.push(rows(0));
    const before = monitor.toBytes();
    expect(() => monitor.push([{ time: at(1), x: "high" }])).toThrow(/Monitor.push: .*"x".*expected/);
    const texts = { time: Float64Array.of(at(0), at(1)), x: ["a", "b"] };
    expect(() => monitor.push(texts)).toThrow(
      'Monitor.push: column "x": expected Float64 as in earlier rows, found texts',
    );
    expect(() => monitor.push({ x: values(3) })).toThrow('the column of their time, "time"');
    expect(() => monitor.push(5 as never)).toThrow(TypeError);
    expect(() => monitor.push(reference as never, { sequence: 0 })).toThrow("sequence must be a whole number");
    expect(monitor.toBytes()).toEqual(before);
    await monitor.flush();
    expect(told).toHaveLength(1);
  });

  it("changes nothing that it was given, and keeps nothing of it", async () => {
    const { monitor, told } = watched();
    const batch = rows(0);
    const copy = structuredClone(batch);
    monitor.push(batch);
    expect(batch).toEqual(copy);
    batch.x.fill(1e6);
    await monitor.flush();
    expect(told[0]!.report).toEqual(await compare(prepare(reference), { x: copy.x }));
  });

  it("gives windows of rows different ids, also where they begin at the same time", async () => {
    const { monitor, told } = watched({ window: { rows: 20, every: 10 } });
    monitor.push(rows(0));
    await monitor.flush();
    expect(told.map(({ id }) => id)).toEqual([0, 1, 2, 3].map((k) => `orders/2026-11-26T10:00:00.000Z.${k}/1`));
  });

  it("works beside others of the same process", async () => {
    const all = Array.from({ length: 6 }, (_, k) => watched({ name: `d${k}`, reference: { x: values(500, k) } }));
    for (let k = 0; k < 4; k++) for (const { monitor } of all) monitor.push(rows(k, 50, k));
    await Promise.all(all.map(({ monitor }) => monitor.flush()));
    for (const [k, { told }] of all.entries()) {
      expect(told.map(({ dataset }) => dataset)).toEqual(Array(4).fill(`d${k}`));
      const prepared = prepare({ x: values(500, k) });
      for (const [j, { report }] of told.entries()) {
        expect(report).toEqual(await compare(prepared, { x: values(50, j) }));
      }
    }
  });

  it("tells the kind of drift from the scores of all windows up to each", async () => {
    const { monitor, told } = watched();
    const random = seeded(5);
    const drawn = (k: number) => Float64Array.from({ length: 50 }, () => 10 * random() + (k < 15 ? 0 : 2));
    for (let k = 0; k < 30; k++) monitor.push({ time: new Float64Array(50).fill(at(k)), x: drawn(k) });
    await monitor.flush();
    const scores = told.map((result) => result.scores.x!);
    expect(told[9]!.kinds.x!.kind).toBe("none");
    expect(told[29]!.kinds).toMatchObject({ x: { kind: "instantaneous", onset: 15, windows: 30 } });
    const level = 0.4 * Math.sqrt(50 / 500);
    for (const [k, { kinds }] of told.entries())
      expect(kinds).toEqual({ x: driftKind(scores.slice(0, k + 1), { level }) });
  });

  it("tells the kind of drift from scores against the same reference alone, also from a state", async () => {
    const { monitor, told, onWindow } = watched();
    const random = seeded(5);
    const drawn = (count: number, shift: number) => Float64Array.from({ length: count }, () => 10 * random() + shift);
    const push = (to: Monitor, k: number) =>
      to.push({ time: new Float64Array(50).fill(at(k)), x: drawn(50, k < 15 ? 0 : 2) });
    for (let k = 0; k < 20; k++) push(monitor, k);
    monitor.setReference({ x: drawn(500, 2) });
    for (let k = 20; k < 25; k++) push(monitor, k);
    await monitor.idle();
    const later = Monitor.restore(monitor.toBytes(), { ...options, onWindow });
    for (let k = 25; k < 40; k++) push(later, k);
    await later.flush();
    const scores = told.map((result) => result.scores.x!);
    expect(told[18]!.kinds.x!.kind).toBe("instantaneous");
    expect(told[19]!.reference!.version).toBe(2);
    const level = 0.4 * Math.sqrt(50 / 500);
    for (const [k, { kinds }] of told.entries()) {
      const history = scores.slice(0, k + 1).map((score, j) => (k >= 19 && j < 19 ? null : score));
      expect(kinds).toEqual({ x: driftKind(history, { level }) });
      if (k >= 19) expect(kinds.x!.kind, `window ${k}`).toBe("none");
    }
  });

  it("keeps the scores of so many windows as history says", async () => {
    const { monitor, told } = watched({ history: 12 });
    for (let k = 0; k < 30; k++) monitor.push(rows(k, 50, k < 15 ? 0 : 3));
    await monitor.flush();
    expect(told.map(({ kinds }) => kinds.x!.windows)).toEqual(told.map((_, k) => Math.min(k + 1, 12)));
    // Of the twelve windows from 9 on.
    expect(told[20]!.kinds.x).toMatchObject({ kind: "instantaneous", onset: 15 });
    expect(told[20]!.kinds.x!.words).toContain("at window 15,");
  });

  it("lets detectors look at every value of series and columns, and tells what they found with the next window", async () => {
    const { monitor, told } = watched({
      detectors: {
        x: [{ detector: "pageHinkley", threshold: 10 }],
        latency: [{ detector: "pageHinkley", threshold: 10 }, { detector: "adwin" }],
        errors: [{ detector: "ddm" }],
      },
    });
    const x = [...Array.from(values(200), (x) => x / 10), ...Array.from(values(100), (x) => x / 10 + 5)];
    for (let k = 0; k < 6; k++) {
      const own = x.slice(50 * k, 50 * k + 50);
      monitor.push({ time: new Float64Array(50).fill(at(k)), x: own });
      for (const [j, value] of own.entries()) monitor.observe("latency", value, at(k) + j);
      // No error is 0.5.
      monitor.observe("errors", 0.5, at(k));
    }
    await monitor.flush();
    const alone = pageHinkley({ threshold: 10 });
    const expected = x.flatMap((value, k) => (alone.update(value) === "drift" ? [k + 1] : []));
    expect(expected.length).toBeGreaterThan(0);
    const found = told.flatMap(({ detections }) => detections);
    for (const series of ["x", "latency"]) {
      const own = found.filter((one) => one.series === series && one.detector === "pageHinkley");
      expect(own.map(({ status, values }) => [status, values])).toEqual(expected.map((k) => ["drift", k]));
      expect(own.map(({ time }) => Math.floor((time - base) / minute))).toEqual(
        expected.map((k) => Math.floor((k - 1) / 50)),
      );
    }
    expect(found.filter(({ series }) => series === "errors")).toEqual([]);
  });

  it("does not take anything after it was closed", async () => {
    const { monitor, told } = watched();
    monitor.push(rows(0));
    monitor.push(rows(1));
    monitor.close();
    expect(() => monitor.push(rows(2))).toThrow("Monitor.push: the monitor was closed");
    expect(() => monitor.setReference(reference)).toThrow("Monitor.setReference: the monitor was closed");
    await monitor.idle();
    expect([told, monitor.pending]).toEqual([[], 1]);
  });
});

/** Uniform numbers: a linear congruential generator. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function watchedBy(against: MonitorOptions["against"]) {
  return toldOf({ ...options, against: against! });
}

import { modelQuality } from "smirnov";
import { Monitor, type MonitorOptions, type WindowResult } from "smirnov/monitor";
import { describe, expect, it } from "vitest";
import { told as toldOf } from "./told.ts";

const base = Date.UTC(2026, 10, 26, 10);
const minute = 60_000;
const at = (minutes: number) => base + minutes * minute;

const truth = (k: number): string => (k % 3 === 0 ? "yes" : "no");
const said = (k: number): string => (k % 5 === 0 ? "yes" : truth(k));
const table = (from: number, count: number) => {
  const ids = Array.from({ length: count }, (_, k) => from + k);
  return { id: ids.map((k) => `r${k}`), x: Float64Array.from(ids, (k) => (k * 7919) % 101), said: ids.map(said) };
};
const rows = (minutes: number, from: number, count = 40) => ({
  time: new Float64Array(count).fill(at(minutes)),
  ...table(from, count),
});
const labels = (from: number, count: number) =>
  Array.from({ length: count }, (_, k) => ({ id: `r${from + k}`, truth: truth(from + k) }));
const reference = { ...table(10_000, 200), truth: Array.from({ length: 200 }, (_, k) => truth(10_000 + k)) };
const options: MonitorOptions = {
  name: "orders",
  time: "time",
  window: { duration: "1m" },
  reference,
  labels: { id: "id", task: "classification", target: "truth", prediction: "said", within: "1h" },
};
const arrival = (minutes: number) => ({ arrival: at(minutes) });
const brief = ({ id, modelQuality: quality }: WindowResult) => [
  id.slice("orders/2026-11-26T".length),
  quality?.labelled ?? null,
];

/** Goes on with what another monitor knew. */
function restored(monitor: Monitor, own: MonitorOptions) {
  const told: WindowResult[] = [];
  const onWindow = (result: WindowResult): void => {
    told.push(result);
  };
  return { monitor: Monitor.restore(monitor.toBytes(), { ...own, onWindow }), told };
}

describe("labels that come later", () => {
  it("are joined by id; their windows are told again with how well the model did", async () => {
    const { monitor, told } = toldOf(options);
    monitor.push(rows(0, 0), arrival(0));
    monitor.push(rows(1, 40), arrival(1));
    expect(monitor.labels(labels(0, 10), arrival(2))).toMatchObject({ rows: 10, told: 0, joined: 10, unknown: 0 });
    expect(monitor.labels(labels(10, 12), arrival(3))).toMatchObject({ told: 1, joined: 12 });
    monitor.labels(labels(22, 1), arrival(4));
    expect(monitor.labels(labels(23, 17), arrival(5))).toMatchObject({ told: 1, joined: 17 });
    await monitor.idle();
    expect(told.map(brief)).toEqual([
      ["10:00:00.000Z/1", null],
      ["10:00:00.000Z/2", 22],
      ["10:00:00.000Z/3", 40],
    ]);
    const [first, second, third] = told as [WindowResult, WindowResult, WindowResult];
    expect(second).toMatchObject({ revision: 2, asOf: at(3), index: 0, rows: 40 });
    for (const again of [second, third]) {
      const { report, scores, kinds, reference, hash, status, reason } = first;
      expect(again).toMatchObject({ report, scores, kinds, reference, hash, status, reason });
    }
    expect(second.modelQuality).toMatchObject({ labelled: 22, coverage: 22 / 40, asOf: at(3), revision: 1 });
    const window = { ...table(0, 40), truth: Array.from({ length: 40 }, (_, k) => truth(k)) };
    const expected = await modelQuality(
      { said: reference.said, truth: reference.truth },
      { said: window.said, truth: window.truth },
      { task: "classification", target: "truth", prediction: "said" },
    );
    expect(third.modelQuality!.report).toEqual(expected);
    expect(JSON.parse(JSON.stringify(third))).toEqual(third);
  });

  it("are not compared: neither the id nor the time of rows is a column of the report", async () => {
    const { monitor, told } = toldOf(options);
    monitor.push(rows(0, 0), arrival(0));
    await monitor.flush();
    expect(Object.keys(told[0]!.report!.columns)).toEqual(["x", "said", "truth"]);
  });

  it("are told with the window where they were there when it closed", async () => {
    const { monitor, told } = toldOf(options);
    monitor.labels(labels(0, 40), arrival(0));
    monitor.push(rows(0, 0), arrival(0));
    monitor.push(rows(1, 40), arrival(1));
    await monitor.idle();
    expect(told.map(brief)).toEqual([["10:00:00.000Z/1", 40]]);
  });

  it("count up to their time, and are told at last where they are few", async () => {
    const { monitor, told } = toldOf(options);
    monitor.push(rows(0, 0), arrival(0));
    monitor.push(rows(1, 40), arrival(1));
    monitor.labels(labels(0, 5), arrival(30));
    expect(monitor.labels(labels(5, 35), arrival(62))).toMatchObject({ late: 35, told: 1 });
    await monitor.idle();
    expect(told.map(brief)).toEqual([
      ["10:00:00.000Z/1", null],
      ["10:00:00.000Z/2", 5],
    ]);
    expect(told[1]!.asOf).toBe(at(61));
  });

  it("of rows of long ago are waited for as if these were of today, whichever comes first", async () => {
    const today = 43_200;
    for (const first of ["rows", "labels", "neither"] as const) {
      const { monitor, told } = toldOf(options);
      if (first === "labels") monitor.labels(labels(0, 120), arrival(today));
      for (const k of [0, 1, 2]) {
        monitor.push(rows(k, 40 * k), arrival(today + k));
        if (first === "neither") monitor.labels(labels(40 * k, 40), arrival(today + k));
      }
      await monitor.flush();
      if (first === "rows") {
        // Still within an hour after the last of them was closed, for the others half an hour after that.
        expect(monitor.labels(labels(0, 120), arrival(today + 30))).toMatchObject({ joined: 120, late: 0, told: 3 });
      }
      await monitor.idle();
      const last = new Map(told.map((result) => [result.index, brief(result)[1]]));
      expect([...last]).toEqual([0, 1, 2].map((index) => [index, 40]));
      expect(monitor.labels(labels(0, 1), arrival(today + 63))).toMatchObject({ late: 1, told: 0 });
    }
  });

  it("tell how well the model did on the segments that windows are compared by", async () => {
    const country = (from: number, count: number) =>
      Array.from({ length: count }, (_, k) => ["DE", "FR", "FR", null][(from + k) % 4] ?? null);
    const ofSegment = (key: string | null, ids: readonly number[]) => {
      const own = ids.filter((k) => country(k, 1)[0] === key);
      return { said: own.map(said), truth: own.map(truth) };
    };
    const by = { compare: { by: "country", minimumValues: 10 } } as const;
    const before = { ...reference, country: country(10_000, 200) };
    const ids = (from: number, count: number) => Array.from({ length: count }, (_, k) => from + k);
    const question = { task: "classification", target: "truth", prediction: "said" } as const;
    const pushed = (k: number) => ({ ...rows(k, 40 * k), country: country(40 * k, 40) });

    const { monitor, told } = toldOf({ ...options, ...by, reference: before });
    monitor.push(pushed(0), arrival(0));
    monitor.push(pushed(1), arrival(1));
    await monitor.idle();
    const later = restored(monitor, { ...options, ...by, reference: before });
    later.monitor.labels(labels(0, 36), arrival(2));
    await later.monitor.idle();
    const { segments } = later.told.at(-1)!.modelQuality!;
    // A quarter of 36 rows is less than ten.
    expect(Object.keys(segments!)).toEqual(["country=FR"]);
    const expected = await modelQuality(ofSegment("FR", ids(10_000, 200)), ofSegment("FR", ids(0, 36)), question);
    expect(segments!["country=FR"]).toEqual(expected);
    later.monitor.labels(labels(36, 4), arrival(3));
    await later.monitor.idle();
    const all = later.told.at(-1)!.modelQuality!.segments!;
    expect(Object.keys(all).sort()).toEqual(["country is null", "country=DE", "country=FR"]);
    expect(told[0]!.modelQuality).toBe(null);

    const { reference: _reference, ...others } = options;
    const moving = toldOf({ ...others, ...by, against: "previous" });
    moving.monitor.push(pushed(0), arrival(0));
    moving.monitor.labels(labels(0, 40), arrival(1));
    await moving.monitor.flush();
    const alone = moving.told.at(-1)!.modelQuality!.segments!["country=DE"]!;
    expect(alone.reference).toBe(null);
    expect(alone.current).toEqual((await modelQuality({}, ofSegment("DE", ids(0, 40)), question)).current);
  });

  it("tell nothing of segments where rows cannot be cut into them, and all else", async () => {
    const { monitor, told } = toldOf({ ...options, compare: { by: "country" } });
    monitor.push(rows(0, 0), arrival(0));
    monitor.labels(labels(0, 40), arrival(1));
    await monitor.flush();
    expect(told.at(-1)).toMatchObject({ status: "failed", modelQuality: { labelled: 40, segments: {} } });
    expect(told.at(-1)!.modelQuality!.report.current!.rows).toBe(40);
  });

  it("of a model that cannot be judged leave the reason", async () => {
    const broken = { ...options, labels: { ...options.labels!, prediction: "absent" } } as MonitorOptions;
    const { monitor, told } = toldOf(broken);
    monitor.push(rows(0, 0), arrival(0));
    monitor.push(rows(1, 40), arrival(1));
    monitor.labels(labels(0, 40), arrival(2));
    await monitor.idle();
    expect(told[1]).toMatchObject({ revision: 2, status: "compared", modelQuality: null });
    expect(told[1]!.reason).toContain("the model could not be judged: modelQuality: ");
  });

  it("work with windows that slide and references that move, whose labels are not looked at", async () => {
    const { reference: _, ...others } = options;
    const { monitor, told } = toldOf({ ...others, window: { duration: "2m", every: "1m" }, against: "previous" });
    for (let k = 0; k < 6; k++) monitor.push(rows(k, 40 * k), arrival(k));
    monitor.labels(labels(0, 240), arrival(6));
    await monitor.flush();
    const again = told.filter(({ revision }) => revision === 2);
    expect(again.map(({ rows, modelQuality: quality }) => [rows, quality!.labelled])).toEqual([
      [40, 40],
      ...Array(4).fill([80, 80]),
    ]);
    expect(again[3]!.modelQuality!.report.reference).toBe(null);
  });

  it("are refused where there is no option for them, and where they are none", () => {
    const { labels: _, ...others } = options;
    expect(() => new Monitor(others).labels(labels(0, 1))).toThrow("Monitor.labels: needs the option labels");
    const { monitor } = toldOf(options);
    monitor.push(rows(0, 0), arrival(0));
    expect(() => monitor.labels([{ id: "r0" }])).toThrow('Monitor.labels: column "truth"');
    expect(() => monitor.push({ time: Float64Array.of(at(0)), x: [1] })).toThrow('Monitor.push: column "id"');
    expect(monitor.rowsHeld).toBe(40);
    const wrong = { ...options, labels: { ...options.labels!, coverage: 2 } };
    expect(() => new Monitor(wrong)).toThrow("Monitor: labels.coverage must lie above 0 and up to 1, got 2");
  });
});

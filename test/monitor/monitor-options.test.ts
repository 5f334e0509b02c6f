import { prepare } from "smirnov";
import { Monitor, type MonitorOptions } from "smirnov/monitor";
import { describe, expect, it } from "vitest";

const reference = { x: Float64Array.of(1, 2, 3) };
const options: MonitorOptions = { name: "orders", window: { duration: "1h" } };

/** What is wrong, and what is said of it. */
const wrong: readonly (readonly [object | null | string, new (message?: string) => Error, string])[] = [
  [null, TypeError, "Monitor: options must be an object, got null"],
  [{ windw: 1 }, RangeError, 'Monitor: there is no option "windw", but name, model, window'],
  [{ name: 5 }, TypeError, "Monitor: name must be a text, got 5"],
  [{ name: "" }, RangeError, "Monitor: name must not be empty"],
  [{ name: "a/b" }, RangeError, 'Monitor: name must be without /, got "a/b"'],
  [{ model: { name: "m", versio: "1" } }, RangeError, 'Monitor: model: there is no option "versio"'],
  [{ model: { name: "m", version: 1 } }, TypeError, "Monitor: model.version must be a text, got 1"],
  [{ window: undefined }, TypeError, "Monitor: window must be { rows } or { duration }, got undefined"],
  [{ window: {} }, RangeError, "Monitor: window must have either rows or duration, got neither"],
  [{ window: { rows: 1, duration: 1 } }, RangeError, "Monitor: window must have either rows or duration, got both"],
  [{ window: { duration: "1h", evry: 1 } }, RangeError, 'Monitor: window: there is no option "evry"'],
  [{ window: { duration: "soon" } }, RangeError, "Monitor: window.duration must be a positive time, such as 30s"],
  [{ window: { duration: "1h", every: "25m" } }, RangeError, "Monitor: window.every must divide the window's length"],
  [{ window: { duration: "1h", every: "2h" } }, RangeError, "Monitor: window.every must divide the window's length"],
  [{ window: { duration: 1.5 } }, RangeError, "Monitor: window.duration must be whole milliseconds, got 1.5"],
  [{ window: { duration: "1w", every: "1s" } }, RangeError, "Monitor: window.every must be at least a 10000th"],
  [{ window: { rows: 0 } }, RangeError, "Monitor: window.rows must be a whole number from 1"],
  [{ window: { rows: 10, every: 11 } }, RangeError, "Monitor: window.every must be a whole number from 1 to 10"],
  [{ window: { rows: 10, every: 4 } }, RangeError, "Monitor: window.every must divide the window's length, 10"],
  [{ against: "next" }, RangeError, "Monitor: against must be fixed, previous, expanding, { rolling } or { lag }"],
  [{ against: {} }, TypeError, "Monitor: against must be a name, { rolling } or { lag }, got an object"],
  [{ against: { rolling: 0 } }, RangeError, "Monitor: against.rolling must be a whole number from 1 to 1000, got 0"],
  [{ against: { lag: "90m" } }, RangeError, "Monitor: against.lag must be a multiple of 3600000 ms"],
  [{ against: { lag: 0 } }, RangeError, "Monitor: against.lag must be a whole number from 1"],
  [
    { window: { duration: "1h", every: "15m" }, against: { lag: "30m" } },
    RangeError,
    "Monitor: against.lag must be at least a window's length, so that they do not overlap",
  ],
  [{ window: { rows: 10 }, against: { lag: "1h" } }, RangeError, "Monitor: against.lag must be a number of windows"],
  [{ against: "previous", reference }, RangeError, "Monitor: reference goes with against fixed, got one with previous"],
  [{ against: "expanding", compare: { by: "g" } }, RangeError, "Monitor: compare.by needs the reference's rows"],
  [
    { against: { lag: "7d" }, compare: { joint: true } },
    RangeError,
    "a lag of more than 32 panes keeps profiles alone",
  ],
  [{ reference: 5 }, TypeError, "Monitor: reference must be a table, a prepared one or a profile, got 5"],
  [{ reference: { x: new Map() } }, TypeError, "needs a typed array"],
  [
    { reference: prepare(reference), compare: { by: "x" } },
    TypeError,
    "Monitor: compare.by needs the rows of the reference, which it has not kept",
  ],
  [{ time: 5 }, TypeError, "Monitor: time must be a text, got 5"],
  [{ lateness: "-1m" }, RangeError, "Monitor: lateness must be a positive time"],
  [{ late: "drop" }, RangeError, 'Monitor: late must be count or next, got "drop"'],
  [{ compare: 5 }, TypeError, "Monitor: compare must be an object, got 5"],
  [{ compare: { method: "kss" } }, RangeError, 'Monitor: compare: no method "kss"'],
  [{ compare: { pairBy: "id" } }, RangeError, "Monitor: compare.pairBy is no option of a monitor's comparisons"],
  [{ compare: { level: 2 } }, RangeError, "Monitor: compare: level must lie between 0 and 1, got 2"],
  [{ labels: { id: 5 } }, TypeError, "Monitor: labels.id must be a column's name, got 5"],
  [{ detectors: { x: {} } }, TypeError, "Monitor: detectors.x must be an array, got an object"],
  [
    { detectors: { x: [{ detector: "cusum" }, { detector: "cusm" }] } },
    RangeError,
    'Monitor: detectors.x[1]: detector: there is no detector "cusm"',
  ],
  [{ history: 0 }, RangeError, "Monitor: history must be a whole number from 1 to 100000, got 0"],
  [{ maximumRows: 0.5 }, RangeError, "Monitor: maximumRows must be a whole number from 1"],
  [{ onWindow: "print" }, TypeError, 'Monitor: onWindow must be a function, got "print"'],
];

describe("the options of a monitor", () => {
  it.each(wrong)("%j are refused", (change, kind, message) => {
    const make = () => new Monitor((change && { ...options, ...(change as object) }) as MonitorOptions);
    expect(make).toThrow(kind);
    expect(make).toThrow(message);
  });

  it("name columns that nobody knows before rows come", () => {
    const compare = { columns: ["x"], methods: { x: "ks" }, thresholds: { x: 0.01 }, clusterBy: "user" };
    expect(() => new Monitor({ ...options, compare })).not.toThrow();
  });

  it("may say that nothing is waited for", () => {
    for (const lateness of [0, "0s"]) expect(() => new Monitor({ ...options, lateness })).not.toThrow();
  });
});

describe("what a monitor is given", () => {
  const monitor = new Monitor({ ...options, time: "at" });
  it("is refused where it is none", () => {
    expect(() => monitor.advanceTo(Number.NaN)).toThrow("Monitor.advanceTo: time must be finite, got NaN");
    expect(() => monitor.advanceTo(1e20)).toThrow("Monitor.advanceTo: time must be a time in milliseconds since 1970");
    expect(() => monitor.observe("", 1)).toThrow("Monitor.observe: series must not be empty");
    expect(() => monitor.observe(5 as never, 1)).toThrow("Monitor.observe: series must be a text, got 5");
    expect(() => monitor.observe("x", Number.POSITIVE_INFINITY)).toThrow("Monitor.observe: value must be finite");
    expect(() => monitor.observe("x", "1" as never)).toThrow('Monitor.observe: value must be a number, got "1"');
    expect(() => monitor.push([{ at: 1 }], { arrival: Number.NaN })).toThrow("Monitor.push: arrival must be finite");
    expect(() => monitor.push([{ at: 1 }], { sequence: 1.5 })).toThrow(RangeError);
    for (const input of [3, "rows", null, undefined]) {
      expect(() => monitor.push(input as never)).toThrow("Monitor.push: needs rows, columns or an Arrow table, got");
    }
    expect(() => monitor.push([{ at: true }])).toThrow(
      'Monitor.push: column "at" must hold points in time, milliseconds or ISO 8601, got Bool',
    );
    expect(() => monitor.push({ at: Float64Array.from({ length: 20_000 }, (_, k) => k * 3.6e6) })).toThrow(
      "Monitor.push: rows may lie in 10002 stretches of window.every at most, got 20000 beside 0",
    );
    expect([monitor.rowsHeld, monitor.watermark, monitor.pending]).toEqual([0, null, 0]);
  });
});

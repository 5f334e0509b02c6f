/** What is easily got wrong when a monitor is embedded: nothing is taken silently for what it is not. */
import { Monitor, type MonitorInput, type MonitorOptions, type PushOptions } from "smirnov/monitor";
import { describe, expect, it } from "vitest";
import { at, rows, values } from "./minutes.ts";
import { told as toldOf } from "./told.ts";

const options = { name: "orders", time: "time", window: { duration: "1m" }, reference: { x: values(500) } } as const;

describe("push", () => {
  it("takes no rows for what they are, though they have no column of the time", async () => {
    const { monitor, told } = toldOf(options);
    const nothing = { rows: 0, accepted: 0, late: 0, untimed: 0, closed: 0 };
    expect(monitor.push([])).toEqual(nothing);
    expect(monitor.push({})).toEqual(nothing);
    monitor.push(rows(0), { sequence: 1 });
    expect(monitor.push([], { sequence: 2 })).toEqual(nothing);
    expect(monitor.sequence).toBe(2);
    await monitor.flush();
    expect(told.map(({ rows }) => rows)).toEqual([50]);
  });

  it.each<readonly [unknown, string]>([
    [{ time: 0, x: 5 }, "Monitor.push: needs rows in an array, columns or an Arrow table, got a single row"],
    [{ time: new Date(0), city: null }, "got a single row"],
    [[{}], 'Monitor.push: rows need the column of their time, "time", got no columns'],
    [[{ x: 1 }], 'Monitor.push: rows need the column of their time, "time", got columns x'],
  ])("says what is wrong with %j", (input, message) => {
    expect(() => toldOf(options).monitor.push(input as MonitorInput)).toThrow(message);
  });
});

describe("options of a call", () => {
  it.each(["push", "labels"] as const)(
    "of %s are refused that there are not: a record would be applied twice",
    (name) => {
      const { monitor } = toldOf({ ...options, labels: { id: "id", target: "y" } });
      const call = () => monitor[name]([{ id: 1, time: at(0), y: 1 }], { sequnce: 1 } as PushOptions);
      expect(call).toThrow(new RangeError(`Monitor.${name}: there is no option "sequnce", but arrival, sequence`));
      expect(monitor.rowsHeld).toBe(0);
    },
  );

  it("of observe and advanceTo as well", () => {
    const { monitor } = toldOf(options);
    const other = { squence: 1 } as PushOptions;
    expect(() => monitor.observe("latency", 1, at(0), other)).toThrow('observe: there is no option "squence"');
    expect(() => monitor.advanceTo(at(0), other)).toThrow('advanceTo: there is no option "squence"');
    expect(monitor.watermark).toBe(null);
  });
});

describe("restore", () => {
  it.each([[undefined], [null], ["text"], [new ArrayBuffer(8)]])("begins nothing anew of %s", (bytes) => {
    expect(() => Monitor.restore(bytes as unknown as Uint8Array, options)).toThrow(
      `Monitor.restore: needs a Uint8Array, got ${typeof bytes}`,
    );
  });

  it.each<readonly [Partial<MonitorOptions>, Partial<MonitorOptions>, string]>([
    [{}, { window: { duration: "2h" } }, "window must be that of the state, { duration: 1m }, got { duration: 2h }"],
    [
      { window: { duration: "1h", every: "20m", offset: "90s" } },
      { window: { rows: 100, every: 50 } },
      "{ duration: 1h, every: 20m, offset: 90s }, got { rows: 100, every: 50 }",
    ],
    [{ window: { duration: 1500 } }, {}, "{ duration: 1500ms }, got { duration: 1m }"],
    [{}, { against: "previous" }, "against must be that of the state, fixed, got previous"],
    [
      { window: { duration: "1h", every: "30m" }, against: { rolling: 3 } },
      { window: { duration: "1h", every: "30m" }, against: { rolling: 4 } },
      "{ rolling: 3 }, got { rolling: 4 }",
    ],
    [{ against: { lag: "1h" } }, { against: "expanding" }, "{ lag: 60 } (windows), got expanding"],
  ])("says of other options in their words what they were: %j, %j", (then, now, message) => {
    const common = { name: "orders", time: "time", window: { duration: "1m" } } as const;
    const bytes = new Monitor({ ...common, ...then }).toBytes();
    expect(() => Monitor.restore(bytes, { ...common, ...now })).toThrow(message);
  });
});

describe("a reference", () => {
  it("of rows has to be made a table first", () => {
    const reference = [{ x: 1 }, { x: 2 }] as unknown as NonNullable<MonitorOptions["reference"]>;
    const message = "Monitor: reference must be a table, got an array: rowsToTable makes one of rows";
    expect(() => new Monitor({ ...options, reference })).toThrow(new TypeError(message));
    expect(() => toldOf(options).monitor.setReference(reference)).toThrow(new TypeError(message));
  });
});

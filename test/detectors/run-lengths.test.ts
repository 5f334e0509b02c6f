/** Average run lengths: against the package spc, against what is published, and against simulation. */
import { cusum, cusumRunLength, ewma, ewmaRunLength, pageHinkley, shewhart, shewhartRunLength } from "smirnov/monitor";
import { describe, expect, it } from "vitest";
import { normals } from "../../bench/data.js";
import { delayOf, runsOf } from "../../bench/run-lengths.js";
import { oracle } from "./streams.ts";

type Row =
  | { chart: "cusum"; k: number; h: number; shift: number; direction: "up" | "both"; length: number }
  | { chart: "ewma"; lambda: number; limit: number; shift: number; limits: "steady" | "exact"; length: number }
  | { chart: "cusum threshold"; k: number; every: number; threshold: number }
  | { chart: "ewma limit"; lambda: number; every: number; threshold: number };

const { rows } = oracle<{ rows: readonly Row[] }>("run-lengths");
const of = <Chart extends Row["chart"]>(chart: Chart) =>
  rows.filter((row): row is Extract<Row, { chart: Chart }> => row.chart === chart);
const near = (found: number, wanted: number, relative: number, what: unknown) =>
  expect(Math.abs(found / wanted - 1), `${JSON.stringify(what)}: ${found} for ${wanted}`).toBeLessThan(relative);

describe("average run lengths", () => {
  it("are spc's for CUSUM", () => {
    expect(of("cusum").length).toBeGreaterThan(200);
    for (const row of of("cusum")) near(cusumRunLength(optionsOf(row)), row.length, 1e-7, row);
  });

  it("are spc's for EWMA, with limits of the long run and exact ones", () => {
    expect(of("ewma").length).toBeGreaterThan(150);
    for (const row of of("ewma")) near(ewmaRunLength(optionsOf(row)), row.length, 1e-7, row);
  });

  it("are those of thresholds that spc finds", () => {
    for (const { k, every, threshold } of of("cusum threshold")) {
      near(Number(cusum({ k, falseAlarmEvery: every }).state().options.h), threshold, 1e-6, { k, every });
    }
    for (const { lambda, every, threshold } of of("ewma limit")) {
      near(Number(ewma({ lambda, falseAlarmEvery: every }).state().options.limit), threshold, 1e-6, { lambda, every });
    }
  });
});

describe("very long average run lengths", () => {
  it("keep their digits: an EWMA with all weight on the newest value is Shewhart's chart", () => {
    for (const limit of [0.5, 3, 6, 12, 20]) {
      for (const shift of [0, 1]) {
        near(ewmaRunLength({ lambda: 1, limit, shift }), shewhartRunLength({ limit, shift }), 1e-12, { limit, shift });
      }
    }
  });

  it("grow by e^(2k) with each step of the threshold, as Siegmund's approximation does", () => {
    for (const h of [20, 60, 150]) {
      const growth = cusumRunLength({ k: 0.5, h: h + 1 }) / cusumRunLength({ k: 0.5, h });
      near(growth, Math.E, 1e-7, { h });
    }
  });

  it("are numbers, whatever the options", () => {
    for (const direction of ["up", "down", "both"] as const) {
      for (const shift of [-10, 0, 10]) {
        expect(cusumRunLength({ k: 10, h: 500, shift, direction })).toBeGreaterThanOrEqual(1);
        expect(cusumRunLength({ k: 10, h: 500, shift, direction })).toBeLessThanOrEqual(Number.MAX_VALUE);
        expect(shewhartRunLength({ limit: 37, shift, direction })).toBeLessThanOrEqual(Number.MAX_VALUE);
      }
    }
  });

  it("are refused for options out of bounds", () => {
    expect(() => cusumRunLength({ k: -1, h: 4 })).toThrow("cusumRunLength: k must be a number of at least 0");
    expect(() => cusumRunLength({ k: 1, h: 0 })).toThrow("cusumRunLength: h must be a number above 0");
    expect(() => ewmaRunLength({ lambda: 0.001, limit: 3 })).toThrow(
      "ewmaRunLength: lambda must be a number of at least 0.01",
    );
    expect(() => ewmaRunLength({ lambda: 0.1, limit: 3, limits: "x" as never })).toThrow(
      "ewmaRunLength: limits must be exact or steady",
    );
    expect(() => shewhartRunLength({ limit: 3, shift: Number.NaN })).toThrow(
      "shewhartRunLength: shift must be a number",
    );
  });
});

describe("published average run lengths", () => {
  it("are Montgomery's for CUSUM with k = 1/2 (Introduction to statistical quality control, table 9.3)", () => {
    const shifts = [0, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4];
    const four = [168, 74.2, 26.6, 13.3, 8.38, 4.75, 3.34, 2.62, 2.19, 1.71];
    const five = [465, 139, 38, 17, 10.4, 5.75, 4.01, 3.11, 2.57, 2.01];
    for (const [j, shift] of shifts.entries()) {
      near(cusumRunLength({ k: 0.5, h: 4, shift }), four[j], 0.006, { h: 4, shift });
      near(cusumRunLength({ k: 0.5, h: 5, shift }), five[j], 0.006, { h: 5, shift });
    }
  });

  it("are Hawkins' thresholds of CUSUM for 370 (table 9.4 in Montgomery)", () => {
    const known = { 0.25: 8.01, 0.5: 4.77, 0.75: 3.34, 1: 2.52, 1.25: 1.99, 1.5: 1.61 };
    for (const [k, h] of Object.entries(known)) {
      expect(cusum({ k: Number(k), falseAlarmEvery: 370 }).state().options.h, k).toBeCloseTo(h, 1.9);
    }
  });

  it("are Lucas and Saccucci's for EWMA (1990; table 9.11 in Montgomery)", () => {
    const shifts = [0, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4];
    const charts = [
      { lambda: 0.4, limit: 3.054, lengths: [500, 224, 71.2, 28.4, 14.3, 5.9, 3.5, 2.5, 2.0, 1.4] },
      { lambda: 0.25, limit: 2.998, lengths: [500, 170, 48.2, 20.1, 11.1, 5.5, 3.6, 2.7, 2.3, 1.7] },
      { lambda: 0.2, limit: 2.962, lengths: [500, 150, 41.8, 18.2, 10.5, 5.5, 3.7, 2.9, 2.4, 1.9] },
      { lambda: 0.1, limit: 2.814, lengths: [500, 106, 31.3, 15.9, 10.3, 6.1, 4.4, 3.4, 2.9, 2.2] },
      { lambda: 0.05, limit: 2.615, lengths: [500, 84.1, 28.8, 16.4, 11.4, 7.1, 5.2, 4.2, 3.5, 2.7] },
    ];
    for (const { lambda, limit, lengths } of charts) {
      for (const [j, shift] of shifts.entries()) {
        const found = ewmaRunLength({ lambda, limit, shift, limits: "steady" });
        expect(Math.abs(found - lengths[j]), `${lambda}, ${shift}: ${found}`).toBeLessThan(
          lengths[j] < 100 ? 0.1 : 0.006 * lengths[j],
        );
      }
    }
  });

  it("are those of three standard deviations for Shewhart", () => {
    expect(shewhartRunLength({ limit: 3 })).toBeCloseTo(370.398, 3);
    expect(shewhartRunLength({ limit: 3, shift: 1 })).toBeCloseTo(43.895, 3);
    expect(shewhart({ falseAlarmEvery: 370.3983473449564 }).state().options.limit).toBeCloseTo(3, 12);
    expect(shewhart({ falseAlarmEvery: 1000, direction: "up" }).state().options.limit).toBeCloseTo(3.0902323, 7);
  });
});

describe("a stated interval between false alarms", () => {
  const repetitions = 3000;
  const charts = {
    cusum: () => cusum({ falseAlarmEvery: 150 }),
    "cusum upwards, with a small allowance": () => cusum({ falseAlarmEvery: 150, k: 0.1, direction: "up" }),
    ewma: () => ewma({ falseAlarmEvery: 150, lambda: 0.1 }),
    "ewma of slow memory": () => ewma({ falseAlarmEvery: 150, lambda: 0.03 }),
    shewhart: () => shewhart({ falseAlarmEvery: 150 }),
    pageHinkley: () => pageHinkley({ falseAlarmEvery: 150, delta: 0.25 }),
    "pageHinkley downwards": () => pageHinkley({ falseAlarmEvery: 150, direction: "down" }),
  };
  for (const [name, chart] of Object.entries(charts)) {
    it(`is kept on seeded normal scores, within four standard errors: ${name}`, () => {
      const next = normals(20261126);
      const found = chart();
      const lengths: number[] = [];
      for (let length = 1; lengths.length < repetitions; length++) {
        if (found.update(next()) !== "drift") continue;
        lengths.push(length);
        length = 0;
      }
      const mean = lengths.reduce((sum, length) => sum + length, 0) / repetitions;
      const squares = lengths.reduce((sum, length) => sum + (length - mean) ** 2, 0);
      expect(Math.abs(mean - 150)).toBeLessThan((4 * Math.sqrt(squares)) / repetitions);
    });
  }

  it("is refused where no threshold has it", () => {
    expect(() => cusum({ falseAlarmEvery: 1.2 })).toThrow("cusum: falseAlarmEvery must be above 1.621");
    expect(() => shewhart({ falseAlarmEvery: 1.5, direction: "up" })).toThrow("must be above 2");
    expect(() => ewma({ falseAlarmEvery: 500, lambda: 0.001 })).toThrow("needs lambda of at least 0.01");
    expect(() => cusum({ falseAlarmEvery: 1e9, k: 0 })).toThrow("needs a greater allowance");
  });

  it("is met by Page and Hinkley's test as by the CUSUM that it is", () => {
    const [sums, test] = [cusum({ k: 0.3, falseAlarmEvery: 300 }), pageHinkley({ delta: 0.3, falseAlarmEvery: 300 })];
    expect(test.state().options.threshold).toBe(sums.state().options.h);
    const next = normals(5);
    for (let k = 0; k < 5000; k++) {
      const value = next();
      expect(test.update(value)).toBe(sums.update(value));
    }
  });

  it("is met by sums less their least, as published", () => {
    const test = pageHinkley({ delta: 0.25, falseAlarmEvery: 100, direction: "up" });
    const threshold = test.state().options.threshold as number;
    const next = normals(6);
    let [sum, least] = [0, 0];
    for (let k = 0; k < 5000; k++) {
      const value = next();
      sum += value - 0.25;
      least = Math.min(least, sum);
      const drifted = sum - least > threshold;
      expect(test.update(value)).toBe(drifted ? "drift" : "stable");
      if (drifted) [sum, least] = [0, 0];
    }
  });
});

describe("the figures of docs/detectors.md", () => {
  it("are measured as they are named: runs without a change, delays of those that come", () => {
    const { mean, error, median, givenUp } = runsOf("shewhart", { limit: 2 }, "scores", 2000);
    expect(Math.abs(mean - shewhartRunLength({ limit: 2 }))).toBeLessThan(4 * error);
    expect(median).toBeLessThan(mean);
    expect(givenUp).toBe(0);
    const { mean: delay, share } = delayOf("shewhart", { falseAlarmEvery: 2000 }, "scores", 2, 300);
    const computed = shewhartRunLength({ limit: 3.4807564, shift: 2 });
    // a geometric delay has its mean for a standard deviation
    expect(Math.abs(delay - computed)).toBeLessThan((4 * computed) / Math.sqrt(300));
    expect(share).toBe(1);
    expect(runsOf("shewhart", { limit: 30 }, "scores", 2)).toMatchObject({ mean: 20_000, givenUp: 1 });
  });
});

function optionsOf<R extends Row & { length: number }>({ chart, length, ...options }: R) {
  return options;
}

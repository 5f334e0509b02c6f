/** Detectors far from where they are usually used: values of all sizes in one stream, short intervals, long ones. */
import {
  adwin,
  cusum,
  cusumRunLength,
  type Detector,
  detector,
  ewma,
  ewmaRunLength,
  restoreDetector,
  shewhart,
  shewhartRunLength,
} from "smirnov/monitor";
import { describe, expect, it } from "vitest";
import { normals, uniforms } from "../../bench/data.js";

function firstDrift(one: Detector, next: () => number, longest: number): number | null {
  for (let k = 1; k <= longest; k++) if (one.update(next()) === "drift") return k;
  return null;
}

describe("values of all sizes", () => {
  it.each([1e12, 1e50, 1e100])("adwin finds a change after values of %d have left its window", (large) => {
    const uniform = uniforms(31);
    const one = adwin();
    for (let k = 0; k < 3000; k++) one.update(large * uniform());
    for (let k = 0; k < 20_000; k++) one.update(uniform());
    const { width, total, squares } = one.state();
    expect(width).toBeLessThan(20_001);
    expect(total / width).toBeCloseTo(0.5, 1);
    expect(squares / width).toBeCloseTo(1 / 12, 1);
    expect(firstDrift(one, () => 1 + uniform(), 320)).not.toBeNull();
  });

  it.each([1e9, 1e12, 1e13])("adwin finds the same as near 0 where all values are about %d", (far) => {
    const next = normals(3);
    const eighths = Array.from({ length: 60_000 }, (_, k) => Math.round(8 * next()) / 8 + (k < 50_000 ? 0 : 1));
    const driftsOf = (one: Detector, offset: number) =>
      eighths.flatMap((value, k) => (one.update(value + offset) === "drift" ? [k] : []));
    const [near, away] = [adwin(), adwin()];
    const found = driftsOf(near, 0);
    expect(driftsOf(away, far)).toEqual(found);
    expect(found.length).toBeGreaterThan(0);
    expect(away.state().width).toBe(near.state().width);
  });

  it("a warm-up goes on where the variance of its values is too small for a number", () => {
    for (const one of [cusum({ warmUp: 10 }), ewma({ warmUp: 10 }), shewhart({ warmUp: 10 })]) {
      for (let k = 0; k < 40; k++) {
        expect(one.update(k === 3 ? 3e-162 : 0)).toBe("stable");
        expect(Object.values(one.state())).not.toContain(Number.NaN);
      }
      for (let k = 0; k < 40; k++) one.update(k % 2);
      expect(one.state().squares).toBeGreaterThan(0);
    }
  });

  it("-0 and denormals are values near 0", () => {
    for (const name of ["cusum", "ewma", "shewhart", "pageHinkley", "adwin", "kswin", "incrementalKs"]) {
      const one = detector(name);
      for (let k = 0; k < 400; k++) {
        const value = [-0, 5e-324, 0, -5e-324][k % 4]!;
        expect(one.update(value), name).toBe("stable");
      }
      const text = JSON.stringify(one.state());
      expect(JSON.stringify(restoreDetector(JSON.parse(text)).state())).toBe(text);
    }
  });
});

describe("stated intervals between false alarms", () => {
  const cases = [
    ["cusum", { falseAlarmEvery: 2 }],
    ["cusum", { falseAlarmEvery: 10, direction: "up" }],
    ["cusum", { falseAlarmEvery: 10, k: 0 }],
    ["cusum", { falseAlarmEvery: 50, k: 2, direction: "down" }],
    ["ewma", { falseAlarmEvery: 2 }],
    ["ewma", { falseAlarmEvery: 10, lambda: 0.05 }],
    ["ewma", { falseAlarmEvery: 1.05, lambda: 0.5 }],
    ["shewhart", { falseAlarmEvery: 2 }],
    ["shewhart", { falseAlarmEvery: 10, direction: "down" }],
    ["pageHinkley", { falseAlarmEvery: 10, delta: 0.25, direction: "up" }],
  ] as const;

  it.each(cases)("are met where they are short, within four standard errors: %s %o", (name, options) => {
    const next = normals(77);
    const one = detector(name, options);
    const runs: number[] = [];
    for (let k = 0, from = 0; k < 60_000; k++) {
      if (one.update(next()) !== "drift") continue;
      runs.push(k + 1 - from);
      from = k + 1;
    }
    const mean = runs.reduce((sum, run) => sum + run, 0) / runs.length;
    const variance = runs.reduce((sum, run) => sum + (run - mean) ** 2, 0) / (runs.length - 1);
    expect(Math.abs(mean - options.falseAlarmEvery)).toBeLessThan(4 * Math.sqrt(variance / runs.length));
  });

  it("are those of the thresholds that are computed for them, up to 1e9", () => {
    for (const falseAlarmEvery of [1e6, 1e9]) {
      const of = (name: string, others = {}) => detector(name, { falseAlarmEvery, ...others }).state().options;
      const found = [
        cusumRunLength({ k: 0.5, h: of("cusum").h as number }),
        cusumRunLength({ k: 5, h: of("cusum", { k: 5, falseAlarmEvery: 1e9 }).h as number }) / (1e9 / falseAlarmEvery),
        ewmaRunLength({ lambda: 0.2, limit: of("ewma").limit as number }),
        ewmaRunLength({ lambda: 1, limit: of("ewma", { lambda: 1 }).limit as number }),
        shewhartRunLength({ limit: of("shewhart").limit as number }),
      ];
      for (const length of found) expect(Math.abs(length / falseAlarmEvery - 1)).toBeLessThan(1e-9);
    }
  });
});

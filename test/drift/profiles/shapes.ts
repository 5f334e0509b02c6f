/** Columns of which profiles lose something, and what their reports must hold. */
import { expect } from "vitest";
import type { ColumnReport } from "../../../dist/drift/report.js";
import { generator, normals } from "../samples.ts";

/** Columns of many shapes, shifted by so many standard deviations. */
export function shapes(rows: number, seed: number, shift: number): Record<string, ArrayLike<unknown>> {
  const of = (k: number, make: (x: number, u: number) => number): Float64Array => {
    const random = generator(seed + 100 * k);
    return Float64Array.from(normals(rows, seed + 100 * k + 1, shift, 1), (x) => make(x, random()));
  };
  return {
    normal: of(1, (x) => x),
    lognormal: of(2, Math.exp),
    far: of(3, (x) => 1e6 + x),
    zeros: of(4, (x, u) => (u < 0.4 ? 0 : x)),
    spike: of(5, (x, u) => (u < 0.4 ? 99 : 100 * x)),
    whole: Int32Array.from(of(6, (x) => 5000 * x)),
    heavy: of(7, (x, u) => x / Math.max(u, 1e-6)),
    uniform: of(8, (_, u) => u + shift / 3),
    infinite: of(9, (x, u) => (u < 0.02 ? Number.POSITIVE_INFINITY : x)),
    holes: Array.from(
      of(10, (x) => x),
      (x, row) => (row % 9 === 0 ? null : x),
    ),
    seconds: Array.from(
      of(11, (x) => x),
      (x) => new Date(1.7e12 + Math.round(1e8 * x)),
    ),
    few: of(12, (x) => Math.round(x)),
  };
}

/** What is reported of bounds holds what the values have, and a verdict that is given is that of the values. */
export function expectHolds(found: ColumnReport, exact: ColumnReport): void {
  const holds = (x: number | null, y: number | null, bounds: readonly [number, number] | undefined, what: string) => {
    if (x === null || y === null) return expect([found.column, what, y]).toEqual([found.column, what, x]);
    const [low, high] = bounds ?? [y, y];
    expect(low, `${found.column} ${what}`).toBeLessThanOrEqual(x + 1e-9 * Math.abs(x) + 1e-300);
    expect(high, `${found.column} ${what}`).toBeGreaterThanOrEqual(x - 1e-9 * Math.abs(x));
    expect(y, `${found.column} ${what}`).toBeGreaterThanOrEqual(low);
    expect(y, `${found.column} ${what}`).toBeLessThanOrEqual(high);
  };
  expect([found.status, found.method]).toEqual([exact.status, exact.method]);
  holds(exact.statistic, found.statistic, found.bounds?.statistic, "statistic");
  holds(exact.pValue, found.pValue, found.bounds?.pValue, "p-value");
  holds(exact.adjustedPValue, found.adjustedPValue, found.bounds?.adjustedPValue, "adjusted p-value");
  for (const [k, { name, value }] of exact.effects.entries()) {
    expect(found.effects[k]!.name).toBe(name);
    holds(value, found.effects[k]!.value, found.effects[k]!.interval, name);
  }
  if (found.severity === "unresolved") expect(found.reason).toMatch(/profiles leave open/);
  else expect([found.column, found.severity, found.signal]).toEqual([exact.column, exact.severity, exact.signal]);
}

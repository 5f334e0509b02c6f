/** Tables for comparisons with profiles, and what reports have in common. */
import type { DriftReport } from "../../../dist/drift/report.js";
import { generator, normals } from "../samples.ts";

/** Columns of every kind with at most 2 048 distinct values, of which a profile loses nothing. */
export function fewDistinct(rows: number, seed: number, change: number): Record<string, unknown[]> {
  const random = generator(seed);
  const list = <T>(make: (x: number, row: number) => T): T[] => normals(rows, seed + 1, change, 1).map(make);
  return {
    whole: list((x) => Math.round(100 * x)),
    steps: list((x) => Math.round(8 * x) / 8),
    holes: list((x) => (random() < 0.2 ? null : random() < 0.1 ? Number.NaN : Math.round(50 * x) / 16)),
    infinite: list((x) => (random() < 0.05 ? Number.POSITIVE_INFINITY : Math.round(60 * x))),
    few: list((x) => Math.max(-3, Math.min(3, Math.round(2 * x)))),
    constant: list(() => 7),
    truth: list((x) => x > 0.3),
    when: list((x) => new Date(1.7e12 + 60_000 * Math.round(40 * x))),
    text: list((x) => (random() < 0.05 ? null : `t${Math.round(2 * x)}`)),
    empty: list(() => null),
  };
}

/** Everything in two reports is alike, numbers up to a relative 1e-12. */
export function differences(one: unknown, other: unknown, path = ""): string[] {
  if (typeof one === "number" && typeof other === "number") {
    const size = Math.max(Math.abs(one), Math.abs(other));
    return Object.is(one, other) || Math.abs(one - other) <= 1e-12 * size + 1e-300 ? [] : [`${path}: ${one} ${other}`];
  }
  if (typeof one !== "object" || one === null || typeof other !== "object" || other === null) {
    return one === other ? [] : [`${path}: ${String(one)} ${String(other)}`];
  }
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].flatMap((key) => differences(one[key as never], other[key as never], `${path}.${key}`));
}

/** Without what only rows tell, and sentences, whose digits are rounded. */
export function comparable({ columns, dataset, falseAlarms }: DriftReport) {
  const bare = Object.entries(columns).map(([name, { warnings, reason, change, ...rest }]) => [name, rest] as const);
  return { columns: Object.fromEntries(bare), dataset, perComparison: falseAlarms.perComparison };
}

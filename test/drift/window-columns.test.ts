/** A window that is read at once gives what one question after the other gives, to the last bit. */
import { describe, expect, it } from "vitest";
import { columnOf } from "../../dist/column/column-of.js";
import { examineFully } from "../../dist/drift/columns.js";
import { examineWindow } from "../../dist/drift/window-columns.js";
import { prepare } from "../../dist/source/sides.js";
import { randomFrom } from "../statistics/samples.ts";

const random = randomFrom(7);
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const draws: Record<string, (shift: number) => number | null> = {
  normal: (shift) => normal() + shift,
  "two decimals": (shift) => Math.round(100 * (normal() + shift)) / 100,
  "heavy tails": (shift) => Math.exp(3 * normal()) + shift,
  "far from zero": (shift) => 1e9 + random() + shift,
  "zeros of both signs": (shift) => Math.round(20 * normal()) / 20 + shift,
  "with NaN": (shift) => (random() < 0.05 ? Number.NaN : normal() + shift),
  "with nulls": (shift) => (random() < 0.05 + shift / 10 ? null : normal() + shift),
};
const settings = {
  choose: () => ({ method: undefined, requested: false, threshold: undefined }),
  temporal: false,
  minimumValues: 20,
  possibleLevel: 0.05,
};

const column = (values: (number | null)[]) =>
  columnOf(values.includes(null) ? values : Float64Array.from(values as number[]), "values", "test");

describe("examineWindow", () => {
  it("finds what examine finds, whether values and missing shares changed or not", () => {
    for (const draw of Object.values(draws)) {
      const reference = prepare(column(Array.from({ length: 20_000 }, () => draw(0))) as never);
      for (const [rows, shift] of [
        [1000, 0],
        [1000, 0.3],
        [25, 0],
        [2300, 0],
        [1025, 1],
      ] as const) {
        const current = column(Array.from({ length: rows }, () => draw(shift))) as never;
        const found = examineWindow(reference, current, settings);
        expect(found).not.toBe(null);
        expect(found).toEqual(examineFully(reference, current, settings));
      }
    }
  });

  it("leaves to it what is not common: other methods, infinities, few values, large windows", () => {
    const values = Float64Array.from({ length: 20_000 }, normal);
    const reference = prepare(values);
    const windowOf = (part: Float64Array) => columnOf(part, "values", "test") as never;
    const window = windowOf(values.slice(0, 1000));
    const ks = { ...settings, choose: () => ({ method: "ks", requested: false, threshold: undefined }) };
    expect(examineWindow(reference, window, settings)).not.toBe(null);
    expect(examineWindow(reference, window, ks)).toBe(null);
    expect(examineWindow(reference, windowOf(Float64Array.of(...values.slice(0, 999), Infinity)), settings)).toBe(null);
    expect(examineWindow(reference, windowOf(values.slice(0, 19)), settings)).toBe(null);
    expect(examineWindow(reference, windowOf(values.slice(0, 2501)), settings)).toBe(null);
    expect(examineWindow(windowOf(values), window, settings)).toBe(null);
  });
});

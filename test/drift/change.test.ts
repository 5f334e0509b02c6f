import { type ColumnInput, compare } from "smirnov";
import { describe, expect, it } from "vitest";
import { changeInWords } from "../../dist/drift/change.js";
import { normals, uniforms } from "./samples.ts";

const changeOf = async (reference: ColumnInput, current: ColumnInput, options = {}) => {
  const { x } = (await compare({ x: reference }, { x: current }, { minimumValues: 1, ...options })).columns;
  return x!;
};
const texts = (counts: Record<string, number>) =>
  Object.entries(counts).flatMap(([name, count]) => Array.from({ length: count }, () => name));

describe("what changed in a column of numbers", () => {
  it("is its mean, in the reference's standard deviations", async () => {
    const x = normals(2000, 1, 10, 3);
    const { change, changes } = await changeOf(
      x,
      x.map((value) => value + 2.4),
    );
    expect(change).toMatch(/^mean rose by 0\.8\d? σ \(9\.97 → 12\.4\)$/);
    expect(changes[0]).toMatchObject({ what: "mean", deviations: expect.closeTo(0.8, 1) });
    expect(
      (
        await changeOf(
          x,
          x.map((value) => value - 2.4),
        )
      ).change,
    ).toMatch(/^mean fell by 0\.8\d? σ/);
  });

  it("is its spread", async () => {
    const x = normals(2000, 1, 0, 1);
    expect(
      (
        await changeOf(
          x,
          x.map((value) => value * 1.5),
        )
      ).change,
    ).toMatch(/^spread grew × 1\.5/);
    expect(
      (
        await changeOf(
          x,
          x.map((value) => value / 2),
        )
      ).change,
    ).toMatch(/^spread shrank × 0\.5/);
  });

  it("is told with as many digits as show it, of small numbers and huge ones", async () => {
    const x = normals(2000, 1, 0, 1);
    for (const [scale, offset, pattern] of [
      [1e-3, 1e6, /^mean rose by 2 σ \(1000000 → 1000000\.002\)/],
      [1e300, 0, /^mean rose by 2 σ \(-?[\d.]+e29\d → [\d.]+e300\)/],
      [1e-300, 0, /^mean rose by 2 σ \(-?[\d.]+e-30\d → [\d.]+e-300\)/],
    ] as const) {
      const scaled = x.map((value) => offset + value * scale);
      const { change } = await changeOf(
        scaled,
        scaled.map((value) => value + 2 * scale),
      );
      expect(change).toMatch(pattern);
    }
  });

  it("is the share of zeros", async () => {
    const x = normals(2000, 1, 5, 1);
    const zeros = (part: number) => x.map((value, row) => (row % 100 < part ? 0 : value));
    const { changes } = await changeOf(zeros(20), zeros(48));
    expect(changes).toContainEqual({ what: "zeros", from: 0.2, to: 0.48 });
    expect(changeInWords([{ what: "zeros", from: 0.2, to: 0.48 }], "numeric")).toBe("zeros rose from 20 % to 48 %");
  });

  it("is what lies beyond all of the reference's values", async () => {
    const x = uniforms(2000, 1);
    const beyond = x.map((value, row) => (row % 10 === 0 ? 5 : row % 10 === 1 ? -3 : value));
    const { changes } = await changeOf(x, beyond);
    expect(changes).toContainEqual({ what: "above", limit: Math.max(...x), share: 0.1 });
    expect(changes).toContainEqual({ what: "below", limit: Math.min(...x), share: 0.1 });
    expect(changeInWords([{ what: "above", limit: 0.99951, share: 0.1 }], null)).toBe(
      "10 % above the reference's maximum 1",
    );
  });

  it("counts zeros and what lies beyond as a plain loop does, whatever the range", async () => {
    for (const offset of [-3, -0.5, 0, 2]) {
      const x = uniforms(500, 1).map((value, row) => (row % 7 === 0 ? 0 : value + offset));
      const y = uniforms(400, 2).map((value, row) => (row % 3 === 0 ? 0 : 3 * value + offset));
      const { changes } = await changeOf(x, y);
      const share = (rows: number[], is: (value: number) => boolean) => rows.filter(is).length / rows.length;
      const [low, high] = [Math.min(...x), Math.max(...x)];
      for (const change of changes) {
        if (change.what === "zeros") {
          expect(change).toMatchObject({ from: share(x, (v) => v === 0), to: share(y, (v) => v === 0) });
        }
        if (change.what === "above") expect(change).toMatchObject({ limit: high, share: share(y, (v) => v > high) });
        if (change.what === "below") expect(change).toMatchObject({ limit: low, share: share(y, (v) => v < low) });
      }
      expect(changes.map(({ what }) => what)).toContain("zeros");
    }
  });

  it("is where the distributions differ most, when centre and spread stay", async () => {
    const x = normals(4000, 1, 0, 1);
    const y = x.map((_, row) => (row % 2 === 0 ? 1 : -1));
    const few = y.map((value, row) => value + (row % 30) / 1000);
    const { change } = await changeOf(x, few);
    expect(change).toMatch(/^values up to -?[\d.]+ (rose|fell) from \d+ % to \d+ %$/);
  });

  it("is nothing where all may be chance", async () => {
    const { change, changes } = await changeOf(normals(500, 1, 0, 1), normals(500, 2, 0, 1));
    expect({ change, changes }).toEqual({ change: "", changes: [] });
  });
});

describe("what changed in other columns", () => {
  it("is when points in time are, in dates", async () => {
    const day = 86_400_000;
    const x = Array.from({ length: 200 }, (_, row) => new Date(row * 1000));
    const y = x.map((time) => new Date(time.getTime() + 62 * day));
    const { change } = await changeOf(x, y, { temporal: true });
    expect(change).toBe("median moved from 1970-01-01 to 1970-03-04, 62 days later");
    const { change: back } = await changeOf(y, x, { temporal: true });
    expect(back).toBe("median moved from 1970-03-04 to 1970-01-01, 62 days earlier");
    const { change: soon } = await changeOf(
      x,
      x.map((time) => new Date(time.getTime() + 600_000)),
      { temporal: true },
    );
    expect(soon).toMatch(/^median moved from 1970-01-01T00:01:39.* to 1970-01-01T00:11:39.*Z, 10 minutes later$/);
  });

  it("is a category's share, new categories by name and those that vanished", async () => {
    const x = texts({ web: 410, shop: 300, phone: 290 });
    const y = texts({ web: 120, shop: 500, phone: 330, a: 30, b: 15, c: 5 });
    const { change, changes, categories } = await changeOf(x, y);
    expect(change).toBe("category `web` fell from 41 % to 12 %; category `shop` rose from 30 % to 50 %");
    expect(changes).toContainEqual({ what: "new-categories", count: 3, share: 0.05, names: ["a", "b", "c"] });
    expect(categories).toEqual({
      reference: 3,
      current: 6,
      newCategories: { count: 3, share: 0.05, names: ["a", "b", "c"] },
      vanishedCategories: { count: 0, share: 0, names: [] },
    });
    const back = await changeOf(y, x);
    expect(back.changes).toContainEqual({ what: "vanished-categories", count: 3, share: 0.05, names: ["a", "b", "c"] });
  });

  it("names few categories, and long names in part", () => {
    const names = ["x".repeat(500), "b", "c", "d"];
    const words = changeInWords([{ what: "new-categories", count: 1200, share: 0.05, names }], "categorical");
    expect(words).toBe(`1,200 new categories, 5 % of the values: ${"x".repeat(31)}…, b, c, …`);
    const one = { what: "new-categories", count: 1, share: 0.00001, names: ["b"] } as const;
    expect(changeInWords([one], "categorical")).toBe("1 new category, 0.001 % of the values: b");
  });

  it("is the share of one truth value", async () => {
    const { change, changes } = await changeOf(
      Array.from({ length: 1000 }, (_, row) => row < 600),
      Array.from({ length: 1000 }, (_, row) => row < 300),
    );
    expect(change).toBe("share of `true` fell from 60 % to 30 %");
    expect(changes).toHaveLength(1);
  });

  it("is the share of what is missing, first where the verdict is about it", async () => {
    const x = normals(2000, 1, 0, 1);
    const { change, signal } = await changeOf(
      x.map((value, row) => (row % 100 === 0 ? null : value)),
      x.map((value, row) => (row % 10 < 3 ? null : value)),
    );
    expect(signal).toBe("availability");
    expect(change).toBe("nulls rose from 1 % to 30 %");
  });

  it("shows shares close to one by what is left of them", () => {
    const change = { what: "missing", states: ["null"], from: 0.9991, to: 0.99991 } as const;
    expect(changeInWords([change], null)).toBe("nulls rose from 99.910 % to 99.9910 %");
  });
});

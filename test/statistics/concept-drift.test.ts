import * as arrow from "apache-arrow";
import { describe, expect, it } from "vitest";
import { conceptLevels, levels, unchanged } from "../../bench/calibration/concept-drift.js";
import { tableOf } from "../../dist/column/table-of.js";
import { conceptDrift } from "../../dist/statistics/concept-drift.js";
import { oracle, sampleOf, type WrittenSample } from "./oracle.ts";
import { randomFrom, sample } from "./samples.ts";

type Side = Readonly<Record<"a" | "b" | "y", WrittenSample>>;
interface Case {
  readonly name: string;
  readonly reference: Side;
  readonly current: Side;
  readonly mean: { readonly statistic: number; readonly sd: number; readonly difference: number };
  readonly spread: { readonly statistic: number; readonly sd: number } | null;
}
const { cases } = oracle<{ cases: Case[] }>("concept-drift");
const table = (side: Side) =>
  Object.fromEntries(Object.entries(side).map(([name, column]) => [name, sampleOf(column)]));

type Draw<T> = (a: number, noise: number, c: number) => T;

/** Columns a and c are `shift` further on the current side; y is what `draw` makes of them and noise. */
function side<T>(rows: number, seed: number, draw: Draw<T>, shift = 0) {
  const [a, c, noise] = [0, 1, 2].map((k) => sample("normal", rows, 10 * seed + k)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const moved = a.map((x) => x + shift);
  return { a: moved, c, y: Array.from(moved, (x, k) => draw(x, noise[k]!, c[k]!)) };
}
const linear: Draw<number> = (a, noise) => a + noise;
const target = "y";

describe("conceptDrift", () => {
  it.each(cases)("finds what scikit-learn's trees do: $name", async (one) => {
    const found = await conceptDrift(table(one.reference), table(one.current), { target });
    const aspect = (name: string) => found.aspects.find(({ aspect }) => aspect === name);
    const [mean, spread] = [aspect("mean")!, aspect("spread")];
    // Trees that differ and one choice of folds against the mean of ten.
    expect(Math.abs(mean.statistic - one.mean.statistic)).toBeLessThan(Math.max(4 * one.mean.sd, 0.8));
    expect(Math.abs(mean.difference - one.mean.difference)).toBeLessThan(
      0.25 * Math.abs(one.mean.difference) + Math.abs(one.mean.difference / one.mean.statistic),
    );
    if (one.spread === null) expect(spread).toBeUndefined();
    else expect(Math.abs(spread!.statistic - one.spread.statistic)).toBeLessThan(Math.max(4 * one.spread.sd, 0.8));
  });

  it("keeps its level", async () => {
    const { shares } = await conceptLevels(unchanged[1]!.draw, 40);
    levels.forEach((level, k) => {
      expect(shares[k]).toBeLessThan(level + 3 * Math.sqrt((level * (1 - level)) / 40));
    });
  });

  it("tells how much more the target is, whatever the features did", async () => {
    const reference = side(3000, 1, linear);
    const { pValue, effect, aspects, overlap } = await conceptDrift(
      reference,
      side(2000, 2, (a, noise) => a + noise + 0.5, 0.5),
      { target },
    );
    expect(pValue).toBeLessThan(1e-15);
    expect(aspects[0]).toMatchObject({ aspect: "mean", class: null });
    // Four standard errors are 0.12.
    expect(Math.abs(aspects[0]!.difference - 0.5)).toBeLessThan(0.12);
    expect(Math.abs(effect! - 0.5)).toBeLessThan(0.12);
    expect(overlap).toBeGreaterThan(0.7);
    expect(overlap).toBeLessThan(1);
  });

  it("tells a change that is up for some rows and down for others", async () => {
    const { pValue, aspects } = await conceptDrift(
      side(3000, 3, linear),
      side(2000, 4, (a, noise, c) => a + noise + 0.5 * Math.sign(c)),
      { target },
    );
    expect(pValue).toBeLessThan(1e-15);
    expect(aspects[0]!.aspect).toBe("rows");
    expect(Math.abs(aspects[0]!.difference - 0.5)).toBeLessThan(0.12);
    expect(aspects.find(({ aspect }) => aspect === "mean")!.pValue).toBeGreaterThan(0.001);
  });

  it("tells a change of the spread", async () => {
    const { aspects, effect } = await conceptDrift(
      side(3000, 5, linear),
      side(3000, 6, (a, noise) => a + 1.5 * noise),
      { target },
    );
    expect(aspects[0]!.aspect).toBe("spread");
    expect(aspects[0]!.pValue).toBeLessThan(1e-12);
    // The variances 1 and 2.25 differ by 1.25, that of all rows is 1.625.
    expect(aspects[0]!.difference).toBeCloseTo(1.25 / 1.625, 1);
    expect(effect).toBeCloseTo(Math.sqrt(1 + 1.25 / 1.625) - 1, 1);
  });

  it("tells which of three classes there are more of", async () => {
    const classes =
      (more: number): Draw<string> =>
      (a, noise) => {
        const u = 0.3 * a + noise;
        return u < -0.5 - more ? "red" : u < 0.5 ? "green" : "blue";
      };
    const { pValue, aspects } = await conceptDrift(side(1500, 7, classes(0)), side(1500, 8, classes(0.4)), { target });
    expect(pValue).toBeLessThan(1e-6);
    expect(aspects).toHaveLength(6);
    expect(["red", "green"]).toContain(aspects[0]!.class);
    const means = Object.fromEntries(
      aspects.filter(({ aspect }) => aspect === "mean").map((one) => [one.class, one.difference]),
    );
    expect(means.red).toBeLessThan(-0.08);
    expect(means.green).toBeGreaterThan(0.08);
    expect(Math.abs(means.blue!)).toBeLessThan(0.06);
  });

  it("takes two numbers for classes, and truth values", async () => {
    const numbers = (more: number): Draw<number> => {
      return (a, noise) => (a + noise + more > 0 ? 10 : 9);
    };
    const [x, y] = [side(800, 9, numbers(0)), side(800, 10, numbers(0.5))];
    const found = await conceptDrift(x, y, { target });
    expect(found.aspects.map((one) => one.class)).toEqual(["10", "10"]);
    expect(found.aspects.find(({ aspect }) => aspect === "mean")!.difference).toBeGreaterThan(0.08);
    const truth = (one: typeof x) => ({ ...one, y: one.y.map((value) => value === 10) });
    const flags = await conceptDrift(truth(x), truth(y), { target });
    expect(flags.aspects.map(({ statistic }) => statistic)).toEqual(found.aspects.map(({ statistic }) => statistic));
    expect(flags.aspects[0]!.class).toBe("true");
  });

  it("is a comparison of the targets where no feature varies", async () => {
    const only = (seed: number, shift: number) => ({ y: sample("normal", 400, seed, shift), a: new Float64Array(400) });
    const found = await conceptDrift(only(1, 0), only(2, 0.5), { target });
    expect(found).toMatchObject({ features: [], skipped: [{ column: "a", reason: "constant" }], status: "ok" });
    expect(found.overlap).toBeGreaterThan(0.98);
    expect(found.pValue).toBeLessThan(1e-8);
    expect((await conceptDrift(only(1, 0), only(3, 0), { target })).pValue).toBeGreaterThan(0.01);
  });

  it("says how much features explain, and measures by no less than half of the target's spread", async () => {
    const noisy = await conceptDrift(side(2000, 13, linear), side(2000, 14, linear), { target });
    expect(Math.abs(noisy.explained! - 0.5)).toBeLessThan(0.1);
    const told = await conceptDrift(
      side(2000, 13, (a) => a),
      side(2000, 14, (a) => a + 0.1),
      { target },
    );
    expect(told.explained).toBeGreaterThan(0.96);
    expect(told.pValue).toBeLessThan(1e-15);
    const mean = told.aspects.find(({ aspect }) => aspect === "mean")!;
    expect(Math.abs(mean.difference - 0.1)).toBeLessThan(0.02);
    expect(Math.abs(mean.effect - 0.2)).toBeLessThan(0.04);
  });

  it("has a status for data that cannot be judged", async () => {
    const [x, y] = [side(60, 1, linear), side(60, 2, linear)];
    const few = await conceptDrift(x, { ...y, y: y.y.map((value, k) => (k < 20 ? null : value)) }, { target });
    expect(few).toMatchObject({ status: "few", pValue: null, effect: null, aspects: [], n: 60, m: 40 });
    expect(few.missing.current).toEqual({ rows: 60, null: 20, nan: 0 });
    const unlabelled = { ...y, y: y.y.map(() => null) };
    const texts = { ...x, y: x.y.map(String) };
    expect(await conceptDrift(texts, unlabelled, { target })).toMatchObject({ status: "few", m: 0 });
    const constant = (one: typeof x) => ({ ...one, y: one.y.map(() => 3) });
    expect(await conceptDrift(constant(x), constant(y), { target })).toMatchObject({ status: "constant" });
    const apart = await conceptDrift(side(500, 1, linear), side(500, 2, linear, 8), { target });
    expect(apart).toMatchObject({ status: "no-overlap", pValue: null });
    expect(apart.overlap).toBeLessThan(0.05);
    const infinite = { ...x, y: x.y.map((value, k) => (k === 3 ? Infinity : value)) };
    expect(await conceptDrift(infinite, y, { target })).toMatchObject({ status: "infinite", pValue: null });
  });

  it("does not depend on the unit of the target", async () => {
    const [x, y] = [side(150, 11, linear), side(150, 12, (a, noise) => a + 1.3 * noise + 0.3)];
    const expected = await conceptDrift(x, y, { target });
    for (const factor of [2 ** 1000, 2 ** -1000, -1]) {
      const times = (one: typeof x) => ({ ...one, y: one.y.map((value) => factor * Number(value)) });
      const found = await conceptDrift(times(x), times(y), { target });
      const sign = (aspect: string) => (aspect === "mean" ? Math.sign(factor) : 1);
      for (const [k, { aspect, pValue, statistic, difference }] of expected.aspects.entries()) {
        expect(found.aspects[k]!.pValue).toBeCloseTo(pValue, 9);
        expect(found.aspects[k]!.statistic).toBeCloseTo(sign(aspect) * statistic, 9);
        const scale = aspect === "spread" ? 1 : Math.abs(factor);
        expect(found.aspects[k]!.difference / scale).toBeCloseTo(sign(aspect) * difference, 9);
      }
    }
  });

  it("gives the same for the same seed, in any form and chunks", async () => {
    const random = randomFrom(3);
    const rows = (count: number) => ({
      number: Array.from({ length: count }, () => (random() < 0.1 ? null : Math.fround(random()))),
      text: Array.from({ length: count }, () => (random() < 0.1 ? null : "abcdef"[Math.floor(6 * random())]!)),
      y: Array.from({ length: count }, () => (random() < 0.1 ? null : Math.fround(random()))),
    });
    const [reference, current] = [rows(500), rows(300)];
    const options = { target, sample: 200, seed: 5, trees: 20 };
    const expected = await conceptDrift(reference, current, options);
    expect(expected).toMatchObject({ sampled: { reference: 200, current: 200 }, features: ["number", "text"] });
    expect(expected.n + expected.missing.reference.null).toBe(500);
    const types = { number: new arrow.Float32(), text: new arrow.Utf8(), y: new arrow.Float32() };
    for (const at of [1, 37, 199]) {
      const vectors = (side: ReturnType<typeof rows>) =>
        Object.fromEntries(
          Object.entries(types).map(([name, type]) => {
            const values: unknown[] = side[name as keyof typeof side];
            const parts = [values.slice(0, at), values.slice(at)].map((part) => arrow.vectorFromArray(part, type));
            return [name, parts[0]!.concat(parts[1]!)];
          }),
        );
      expect(await conceptDrift(vectors(reference), vectors(current), options)).toEqual(expected);
    }
    expect(await conceptDrift(tableOf(reference), tableOf(current), options)).toEqual(expected);
    expect(JSON.parse(JSON.stringify(expected))).toEqual(expected);
    const other = await conceptDrift(reference, current, { ...options, seed: 6 });
    expect(other.pValue).not.toBe(expected.pValue);
  });

  it("tells its progress and stops on request", async () => {
    const [x, y] = [side(60, 1, linear), side(60, 2, linear)];
    const seen: number[] = [];
    const onProgress = ({ done }: { done: number }) => seen.push(done);
    await conceptDrift(x, y, { target, onProgress });
    expect(seen).toEqual(seen.map((_, k) => k + 1));
    expect(seen.length).toBeGreaterThan(10);
    const control = new AbortController();
    const stop = { target, onProgress: () => control.abort(new Error("enough")), signal: control.signal };
    await expect(conceptDrift(x, y, stop)).rejects.toThrow("enough");
  });

  it("refuses what is no table, unknown columns and options out of range", async () => {
    const x = side(60, 1, linear);
    const refused = (options: object, reference: unknown = x) =>
      expect(conceptDrift(reference as typeof x, x, { target, ...options })).rejects;
    await refused({}, 5).toThrow(TypeError);
    await refused({ target: 3 }).toThrow("conceptDrift: target must be a column's name, got 3");
    await refused({ target: "z" }).toThrow('conceptDrift: the reference has no column "z"');
    await refused({ features: ["z"] }).toThrow('conceptDrift: no column "z"; there are a, c, y');
    await refused({ features: ["y"] }).toThrow("features must not hold the target");
    await refused({ features: "a" }).toThrow(TypeError);
    await refused({ sample: 49 }).toThrow(RangeError);
    await refused({ trees: 0 }).toThrow(RangeError);
    await refused({ seed: -1 }).toThrow(RangeError);
    await refused({ depth: 3 }).toThrow("there is no option");
    const texts = { ...x, y: x.y.map(String) };
    await refused({}, texts).toThrow("conceptDrift: y must hold the same kind of values on both sides");
    await refused({ target: "d" }, { ...x, d: x.y.map(() => new Date(0)) }).toThrow(TypeError);
  });
});

/** Every row of the methods table, on values and on categories. */
import { describe, expect, it } from "vitest";
import { compare } from "../../dist/drift/compare.js";
import { type Finding, methods } from "../../dist/drift/methods.js";
import { withCategories } from "../../dist/source/categories.js";
import { answerNow, type Plan } from "../../dist/source/plan.js";
import { withSides } from "../../dist/source/sides.js";
import { bhattacharyya } from "../../dist/statistics/bhattacharyya.js";
import { energy } from "../../dist/statistics/energy.js";
import { mmd } from "../../dist/statistics/mmd.js";
import { wasserstein } from "../../dist/statistics/wasserstein.js";
import { sample } from "../statistics/samples.ts";

const ofValues = [...methods.values()].filter(({ values }) => values);
const ofCategories = [...methods.values()].filter(({ categories }) => categories);

const onValues = (plan: Plan<Finding>, x: Float64Array, y: Float64Array) =>
  withSides("test", x, y, (reference, current) => answerNow(plan, reference, current));

const onText = (plan: Plan<Finding>, x: string[], y: string[]) =>
  withCategories("test", x, y, (reference, current) => answerNow(plan, reference, current));

const letters = (counts: readonly number[]) => counts.flatMap((count, k) => Array<string>(count).fill("abcdefgh"[k]!));

const isNotable = ({ effects }: Finding) =>
  effects.some(({ value, threshold, infinite }) => infinite === true || (value !== null && value >= threshold));

describe("the methods table", () => {
  it("has every method that the field's systems have", () => {
    for (const name of [
      "ks",
      "kuiper",
      "cramer-von-mises",
      "anderson-darling",
      "mann-whitney",
      "epps-singleton",
      "t-test",
      "wasserstein",
      "energy",
      "mmd",
      "chi-square",
      "psi",
      "kl-divergence",
      "jensen-shannon",
      "hellinger",
      "bhattacharyya",
      "total-variation",
      "chebyshev",
    ]) {
      expect([...methods.keys()]).toContain(name);
    }
  });

  it.each(ofValues.map(({ name }) => name))(
    "%s finds a shift of half a deviation, and none where there is none",
    (name) => {
      const method = methods.get(name)!;
      const x = sample("normal", 3000, 1);
      const found = onValues(method.values!(), x, sample("normal", 2000, 2, 0.5));
      expect(found.pValue).toBeLessThan(0.002);
      expect(isNotable(found)).toBe(true);
      const same = onValues(method.values!(), x, sample("normal", 2000, 4));
      expect(same.pValue).toBeGreaterThan(0.005);
      const itself = onValues(method.values!(), x, x);
      expect(itself.pValue).toBeGreaterThan(0.3);
      expect(isNotable(itself)).toBe(false);
      expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    },
  );

  it.each(ofCategories.map(({ name }) => name))("%s finds that a category doubled, and none where none did", (name) => {
    const method = methods.get(name)!;
    const x = letters([500, 300, 150, 50]);
    const found = onText(method.categories!(), x, letters([200, 300, 300, 50]));
    expect(found.pValue).toBeLessThan(0.002);
    expect(isNotable(found)).toBe(true);
    const same = onText(method.categories!(), x, letters([101, 58, 31, 10]));
    expect(same.pValue).toBeGreaterThan(0.5);
    expect(isNotable(same)).toBe(false);
  });

  it.each(["energy", "wasserstein", "mmd", "cramer-von-mises", "kuiper", "mann-whitney", "epps-singleton", "ks"])(
    "%s has its threshold where a normal law shifted by about a tenth of its deviation",
    (name) => {
      const grid = (shift: number) => sample("normal", 200_000, shift === 0 ? 1 : 2, shift);
      const effect = (shift: number) => {
        const { effects } = onValues(methods.get(name)!.values!(), grid(0), grid(shift));
        return effects[0]!.value! / effects[0]!.threshold;
      };
      // MMD is of a sample of 500 a side: only a large shift is seen clearly.
      if (name === "mmd") expect(Math.abs(effect(0.5) - 4.9)).toBeLessThan(0.8);
      else expect(Math.abs(effect(0.1) - 1)).toBeLessThan(0.12);
    },
  );

  it.each(["psi", "kl-divergence", "jensen-shannon", "hellinger", "bhattacharyya", "total-variation", "chebyshev"])(
    "%s has its threshold where a normal law shifted by about three tenths of its deviation",
    (name) => {
      const [x, y] = [sample("normal", 100_000, 1), sample("normal", 100_000, 2, 0.3)];
      const { effects } = onValues(methods.get(name)!.values!(), x, y);
      const ratio = effects[0]!.value! / effects[0]!.threshold;
      expect(ratio).toBeGreaterThan(0.8);
      expect(ratio).toBeLessThan(1.35);
    },
  );

  it.each(["total-variation-resampled", "chebyshev-resampled", "wasserstein-resampled", "energy-resampled", "mmd"])(
    "%s says how fine its p-value is, and that is all that is left of a large shift",
    (name) => {
      const found = onValues(methods.get(name)!.values!(), sample("normal", 900, 1), sample("normal", 800, 2, 2));
      expect(found.resolution).toBe(name === "mmd" ? 1 / 1000 : 1 / 4000);
      expect(found.pValue).toBe(found.resolution);
    },
  );

  it("only resampled methods have a resolution", () => {
    for (const { name, values } of ofValues) {
      const found = onValues(values!(), sample("normal", 100, 1), sample("normal", 80, 2));
      expect([name, "resolution" in found]).toEqual([name, name.endsWith("-resampled") || name === "mmd"]);
    }
  });

  it("are those of the functions of the same name", () => {
    const [x, y] = [sample("lognormal", 300, 1), sample("lognormal", 200, 2, 1)];
    const of = (name: string) => onValues(methods.get(name)!.values!(), x, y);
    expect(of("bhattacharyya")).toMatchObject({
      statistic: bhattacharyya(x, y).distance,
      pValue: bhattacharyya(x, y).pValue,
    });
    const resampled = { significance: "resampled", permutations: 3999 } as const;
    expect(of("wasserstein-resampled").statistic).toBe(wasserstein(x, y, { normalize: "std" }).distance);
    expect(of("wasserstein-resampled").pValue).toBe(wasserstein(x, y, resampled).pValue);
    expect(of("energy-resampled").pValue).toBe(energy(x, y, resampled).pValue);
    expect(of("mmd").statistic).toBeCloseTo(mmd(x, y).statistic!, 12);
  });

  it("mmd of many values is that of a sample of them, the same each time", () => {
    const [x, y] = [sample("normal", 20_000, 1), sample("normal", 9000, 2, 0.4)];
    const of = () => onValues(methods.get("mmd")!.values!(), x, y);
    expect(of()).toEqual(of());
    expect(of().statistic).toBeGreaterThan(0.01);
    expect(of().statistic).toBeLessThan(0.06);
  });

  it("find a constant that became another one, and agree that it did not when it did not", async () => {
    const [before, after] = [new Float64Array(100).fill(1), new Float64Array(80).fill(2)];
    for (const name of methods.keys()) {
      const { x } = (await compare({ x: before }, { x: after }, { methods: { x: name } })).columns;
      expect([name, x!.status, x!.drifted]).toEqual([name, "ok", true]);
      const { x: same } = (await compare({ x: before }, { x: before }, { methods: { x: name } })).columns;
      expect([name, same!.drifted]).toEqual([name, false]);
    }
  });

  it("never throw for hostile columns", () => {
    for (const shape of [
      "infinities",
      "huge",
      "subnormal",
      "constant but one",
      "mostly zero",
      "some NaN",
      "an outlier",
    ]) {
      for (const { name, values } of ofValues) {
        const found = onValues(values!(), sample(shape, 200, 1), sample(shape, 150, 2));
        expect([shape, name, JSON.parse(JSON.stringify(found))]).toEqual([shape, name, found]);
      }
    }
  });
});

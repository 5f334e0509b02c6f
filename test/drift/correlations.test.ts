import { compare, correlationDrift } from "smirnov";
import { describe, expect, it } from "vitest";
import { randomFrom, sample } from "../statistics/samples.js";

/** Columns of which b follows a with the given strength, e lies in heavy tails, and text goes with text. */
function table(length: number, seed: number, strength = 0.8, told = 0.8) {
  const [a, noise, c, e] = [0, 1, 2, 3].map((k) => sample("normal", length, 10 * seed + k));
  const random = randomFrom(seed);
  const plan = Array.from(c!, (x) => (x > 0 ? "pro" : "free"));
  return {
    a: a!,
    b: a!.map((x, k) => strength * x + Math.sqrt(1 - strength * strength) * noise![k]!),
    heavy: a!.map((x, k) => Math.exp(2 * (x / 2 + e![k]!))),
    hole: Array.from(c!, (x, k) => (k % 3 === 0 ? null : x)),
    plan,
    device: plan.map((name) => (random() < told ? (name === "pro" ? "app" : "web") : random() < 0.5 ? "app" : "web")),
  };
}

describe("correlation drift", () => {
  it("finds the pairs that go together in another way, though each column is the same", async () => {
    const found = await correlationDrift(table(3000, 1), table(3000, 2, 0.2, 0.1));
    const drifted = found.pairs.filter((pair) => pair.drifted).map(({ method, columns }) => [method, ...columns]);
    expect(drifted).toEqual(
      expect.arrayContaining([
        ["pearson", "a", "b"],
        ["spearman", "a", "b"],
        ["cramers-v", "plan", "device"],
      ]),
    );
    const [pearson] = found.pairs.filter(({ method, columns }) => method === "pearson" && columns.join() === "a,b");
    expect(pearson!.reference).toBeCloseTo(0.8, 1);
    expect(pearson!.current).toBeCloseTo(0.2, 1);
    expect(found.tested).toBe(6 + 6 + 1);
    const { rows } = found.pairs.find(({ columns }) => columns.includes("hole"))!;
    expect(rows).toEqual({ reference: 2000, current: 2000 });
  });

  it("finds nothing in two tables of one law, heavy tails among them", async () => {
    let alarms = 0;
    for (let seed = 0; seed < 60; seed++) {
      const found = await correlationDrift(table(300, 100 + seed), table(200, 1000 + seed), { threshold: 0 });
      alarms += Number(found.drifted > 0);
    }
    expect(alarms).toBeLessThanOrEqual(2);
  });

  it("asks for both evidence and a change that matters, and lists as many as wanted", async () => {
    const large = await correlationDrift(table(20_000, 1), table(20_000, 2, 0.7), { methods: ["pearson"], most: 1 });
    expect(large.pairs).toHaveLength(1);
    expect(large.pairs[0]!.adjustedPValue).toBeLessThan(1e-6);
    expect(large.drifted).toBe(0);
    const small = await correlationDrift(table(20, 1), table(20, 9, 0.5), { methods: ["pearson"] });
    expect(small.drifted).toBe(0);
    expect(JSON.parse(JSON.stringify(large))).toEqual(large);
  });

  it("is part of a comparison when asked for", async () => {
    const [before, after] = [table(2000, 1), table(2000, 2, 0.2)];
    const { correlations } = await compare(before, after, { correlations: { methods: ["spearman"] } });
    expect(correlations).toEqual(await correlationDrift(before, after, { methods: ["spearman"] }));
    expect((await compare(before, after)).correlations).toBeUndefined();
    expect((await compare(before, after, { correlations: true })).correlations!.tested).toBe(13);
  });

  it("refuses what it does not know", async () => {
    const one = table(50, 1);
    await expect(correlationDrift(one, one, { methods: ["kendall" as "pearson"] })).rejects.toThrow(RangeError);
    await expect(correlationDrift(one, one, { threshold: -1 })).rejects.toThrow("threshold must be at least 0, got -1");
    await expect(correlationDrift(one, one, { most: 1.5 })).rejects.toThrow(RangeError);
  });
});

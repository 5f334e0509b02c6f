import type { PairedValues } from "smirnov";
import { compare, tTest } from "smirnov";
import { describe, expect, it } from "vitest";
import { joinRows } from "../../dist/column/join-rows.js";
import { tableOf } from "../../dist/column/table-of.js";
import { renderText } from "../../dist/render/text.js";
import { mcnemarTest } from "../../dist/statistics/mcnemar.js";
import { pairedSpreadOf } from "../../dist/statistics/paired-spread.js";
import { productMoment } from "../../dist/statistics/product-moment.js";
import { stuartMaxwellTest } from "../../dist/statistics/stuart-maxwell.js";
import { wilcoxonTest } from "../../dist/statistics/wilcoxon.js";
import { sample } from "../statistics/samples.js";

const length = 600;
const ids = Array.from({ length }, (_, k) => k);
const shuffled = ids.map((k) => (k * 7) % length);
const truth = sample("normal", length, 1);
const tiers = (values: Float64Array) => Array.from(values, (x) => (x < -0.7 ? "low" : x < 0.7 ? "middle" : "high"));

const [errors, others] = [sample("normal", length, 2), sample("normal", length, 3)];
const champion = truth.map((x, k) => x + 0.1 * errors[k]!);
const challenger = truth.map((x, k) => x + 0.1 * others[k]! + 0.2);
const before = { id: ids, score: champion, accepted: Array.from(champion, (x) => x > 0), tier: tiers(champion) };
const ofRows = <T>(values: ArrayLike<T>) => shuffled.map((k) => values[k]!);
const after = {
  id: shuffled,
  score: Float64Array.from(ofRows(challenger)),
  accepted: ofRows(Array.from(challenger, (x) => x > 0)),
  tier: ofRows(tiers(challenger)),
};

describe("compare by pairs", () => {
  it("joins rows in any order and finds what two samples do not show", async () => {
    const { columns, pairing, rows } = await compare(before, after, { pairBy: "id" });
    expect(pairing).toEqual({
      by: ["id"],
      pairs: length,
      unmatched: { reference: 0, current: 0 },
      withoutKey: { reference: 0, current: 0 },
    });
    expect(rows).toEqual({ reference: length, current: length });
    expect(Object.keys(columns)).toEqual(["score", "accepted", "tier"]);
    const { score, accepted, tier } = columns;
    expect(score).toMatchObject({ method: "paired", drifted: true, kind: "numeric" });
    expect(score!.reason).toMatch(
      /^values differ .*; current is 0\.19\d* higher on average \(paired t \d+.*, p .*, 600 pairs\)$/,
    );
    const whole = await compare(before, after, { columns: ["score"] });
    expect(score!.effects).toEqual(whole.columns.score!.effects);
    expect(score!.pValue!).toBeLessThan(whole.columns.score!.pValue! / 1e20);
    expect(accepted!.method).toBe("mcnemar");
    expect(tier!.method).toBe("stuart-maxwell");
  });

  it("reports what the tests say of the joined rows", async () => {
    const { score, accepted, tier } = (await compare(before, after, { pairBy: "id" })).columns;
    const t = tTest(challenger, champion, { paired: true });
    const wilcoxon = wilcoxonTest(challenger, champion);
    const spread = pairedSpreadOf(champion, challenger);
    expect(score!.paired).toMatchObject({
      kind: "values",
      pairs: length,
      changed: 1,
      correlation: productMoment(champion, challenger),
      spread,
      wilcoxon: { pValue: wilcoxon.pValue, method: wilcoxon.method },
      tTest: { degreesOfFreedom: t.degreesOfFreedom },
    });
    const paired = score!.paired as PairedValues;
    expect(paired.difference).toBeCloseTo(t.difference!, 12);
    expect(paired.dz).toBeCloseTo(t.effect!, 12);
    expect(paired.confidenceInterval![0]).toBeCloseTo(t.confidenceInterval![0]!, 12);
    expect(score!.pValue).toBe(Math.min(1, 2 * Math.min(wilcoxonTest(champion, challenger).pValue, spread.pValue)));
    const truths = mcnemarTest(
      before.accepted,
      Array.from(challenger, (x) => x > 0),
    );
    expect(accepted).toMatchObject({ pValue: truths.pValue, paired: { changed: truths.effect, kappa: truths.kappa } });
    const three = stuartMaxwellTest(before.tier, tiers(challenger));
    expect(tier).toMatchObject({ statistic: three.statistic, paired: { changed: three.effect, pairs: length } });
  });

  it("sees a change of the spread without one of the mean, and no change in other rows of the same law", async () => {
    const wider = { id: ids, score: champion.map((x) => 1.3 * x) };
    expect((await compare(before, wider, { pairBy: "id" })).columns.score).toMatchObject({ severity: "drift" });
    const again = { id: ids, score: truth.map((x, k) => x + 0.1 * others[k]!) };
    expect((await compare(before, again, { pairBy: "id" })).columns.score!.severity).toBe("none");
  });

  it("counts rows without a partner or a key, and leaves them out", async () => {
    const one = { id: [1, 2, 3, null, Number.NaN, 9], day: ["a", "a", "b", "b", "b", null], x: [1, 2, 3, 4, 5, 6] };
    const other = { id: [3, 1, 8], day: ["b", "a", "b"], x: [3, 1, 7] };
    const { pairing, columns } = await compare(one, other, { pairBy: ["id", "day"], minimumValues: 2 });
    expect(pairing).toEqual({
      by: ["id", "day"],
      pairs: 2,
      unmatched: { reference: 4, current: 1 },
      withoutKey: { reference: 3, current: 0 },
    });
    expect(columns.x!.paired).toMatchObject({ pairs: 2, changed: 0, kappa: 1 });
  });

  it("judges columns that have enough pairs with values on both sides only", async () => {
    const half = (odd: number) => Array.from(truth, (x, k) => (k % 2 === odd ? x : null));
    const { x } = (await compare({ id: ids, x: half(0) }, { id: ids, x: half(1) }, { pairBy: "id" })).columns;
    expect(x).toMatchObject({ status: "too-few", drifted: false });
    expect(x!.reason).toContain("0 pairs with a value on both sides are too few to judge, 20 are needed");
  });

  it("refuses a key that is there twice, and methods that are not for pairs", async () => {
    const twice = { id: [1, 2, 2], x: [1, 2, 3] };
    await expect(compare(twice, { id: [2], x: [1] }, { pairBy: "id" })).rejects.toThrow(
      "compare: each key may be there once a side, the reference has id=2 in rows 1 and 2",
    );
    await expect(compare({ id: [2], x: [1] }, twice, { pairBy: "id" })).rejects.toThrow("the current side has id=2");
    await expect(compare(before, after, { pairBy: "id", method: "ks" })).rejects.toThrow(
      "compare: pairs are compared by methods of their own, so method cannot be chosen",
    );
    await expect(compare(before, after, { pairBy: "id", by: "tier" })).rejects.toThrow(
      "there may be by or pairBy, got both",
    );
    await expect(compare(before, after, { pairBy: "key" })).rejects.toThrow('pairBy names "key"');
  });

  it("is told in text, and survives JSON", async () => {
    const report = await compare(before, after, { pairBy: "id" });
    const text = renderText(report, { width: 200 });
    expect(text).toContain("600 pairs by id; without a partner: 0 reference rows and 0 current rows");
    expect(text).toMatch(/^score +paired .*drift/m);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});

describe("the sign test of paired spreads", () => {
  it("keeps its level on skewed pairs, and is 0 where nothing can tell", () => {
    let rejected = 0;
    for (let seed = 0; seed < 2000; seed++) {
      const shared = sample("normal", 60, 3 * seed + 1);
      const [x, y] = [2, 3].map((own) =>
        sample("normal", 60, 3 * seed + own).map((e, k) => Math.exp(shared[k]! + e / 3)),
      );
      rejected += Number(pairedSpreadOf(x!, y!).pValue <= 0.05);
    }
    expect(rejected).toBeGreaterThan(60);
    expect(rejected).toBeLessThan(140);
    expect(pairedSpreadOf(truth, truth)).toEqual({ statistic: 0, pValue: 1 });
    expect(pairedSpreadOf(Float64Array.of(1, Infinity), Float64Array.of(1, 2))).toEqual({ statistic: 0, pValue: 1 });
  });
});

it("rows are joined as a map would join them", () => {
  const [x, y] = [
    sample("ten integers", 10, 1).map((_, k) => (k * 7) % 31),
    sample("normal", 20, 2).map((_, k) => (k * 5) % 31),
  ];
  const joined = joinRows("joinRows", tableOf({ id: x }), tableOf({ id: Array.from(y, String).map(Number) }), ["id"]);
  const places = new Map(Array.from(y, (id, row) => [id, row]));
  const expected = Array.from(x, (id, row) => [row, places.get(id)]).filter(([, row]) => row !== undefined);
  expect(Array.from(joined.before, (row, k) => [row, joined.after[k]])).toEqual(expected);
});

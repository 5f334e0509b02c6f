import { check, compare, type PresetName, preset } from "smirnov";
import { describe, expect, it } from "vitest";
import { presetNames } from "../../dist/checks/suite-schema.js";
import { results, table } from "../metrics/reports.ts";

const options = { quality: true };
const same = { ...(await compare(table(), table(), options)) };
const statuses = async (name: PresetName, current: ReturnType<typeof table>) =>
  check(await compare(table(), current, options), { presets: [name] });

describe("each preset", () => {
  it.each(presetNames.filter((name) => name !== "classification" && name !== "regression"))(
    "%s passes on a table that did not change",
    (name) => {
      const found = check(same, { presets: [name] });
      expect(found.results.filter(({ status }) => status !== "pass" && status !== "skip")).toEqual([]);
      expect(found.counts.pass).toBeGreaterThan(0);
    },
  );

  it("is the suite of its name", () => {
    expect(check(same, preset("data-drift")).results).toEqual(check(same, { presets: ["data-drift"] }).results);
    expect(() => preset("drift" as never)).toThrow(RangeError);
  });

  it("comes before the checks of a suite", () => {
    const found = check(same, {
      presets: ["data-stability", "data-drift"],
      checks: [{ metric: "rows", gte: 0 }],
    }).results;
    expect(found[0]!.metric).toBe("rowRatio");
    expect(found.at(-1)!.metric).toBe("rows");
  });

  it("names each check differently", () => {
    for (const name of presetNames) {
      const names = preset(name).checks!.map((one) => one.name);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

describe("presets", () => {
  const failed = async (name: PresetName, current: ReturnType<typeof table>) =>
    new Set(
      (await statuses(name, current)).results.filter(({ status }) => status === "fail").map(({ metric }) => metric),
    );

  it("data-drift fails when columns drifted, or are gone", async () => {
    expect(await failed("data-drift", table(37, 50))).not.toContain("status");
    const { price, ...rest } = table();
    expect(price).toHaveLength(300);
    expect(await failed("data-drift", rest as ReturnType<typeof table>)).toContain("status");
  });

  it("data-quality fails when nulls rise, a column becomes constant or rows are doubled", async () => {
    const nulls = { ...table(), weight: table().weight.map((x, k) => (k % 5 === 0 ? (null as never) : x)) };
    expect(await failed("data-quality", nulls)).toContain("missingShare");
    expect(await failed("data-quality", { ...table(), flag: table().flag.map(() => true) })).toContain(
      "constantColumns",
    );
  });

  it("data-stability fails on values out of range, unknown categories and other columns", async () => {
    expect(await failed("data-stability", table(31, 200))).toContain("outOfRangeShare");
    expect(
      await failed("data-stability", { ...table(), shop: table().shop.map((x, k) => (k % 9 ? x : "new")) }),
    ).toContain("outOfListShare");
  });

  it("classification and regression look at a model", () => {
    expect(check(results.classification, { presets: ["classification"] }).counts.error).toBe(0);
    expect(check(results.regression, { presets: ["regression"] }).counts.error).toBe(0);
    expect(check(same, { presets: ["regression"] }).passed).toBe(false);
  });
});

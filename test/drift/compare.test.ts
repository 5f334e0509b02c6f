import { compare } from "smirnov";
import { describe, expect, it } from "vitest";
import { sample } from "../statistics/samples.js";

const texts = (names: readonly string[], length: number, seed: number) =>
  Array.from(sample("normal", length, seed), (x) => names[Math.min(names.length - 1, Math.floor(Math.abs(x) * 2))]!);

const table = (length: number, seed: number) => ({
  price: sample("normal", length, seed),
  visits: sample("lognormal", length, seed + 1),
  rating: sample("ten integers", length, seed + 2),
  channel: texts(["web", "shop", "phone", "mail"], length, seed + 3),
  member: Array.from(sample("normal", length, seed + 4), (x) => x > 0),
});

describe("compare", () => {
  it("finds nothing in two samples of the same laws", async () => {
    const { columns, dataset } = await compare(table(5000, 1), table(2000, 100));
    expect(Object.values(columns).map(({ severity }) => severity)).toEqual(["none", "none", "none", "none", "none"]);
    expect(Object.values(columns).map(({ status }) => status)).toEqual(["ok", "ok", "ok", "ok", "ok"]);
    expect(dataset).toMatchObject({ drifted: false, share: 0, judged: 5, driftedColumns: 0 });
  });

  it("takes the default method of each kind", async () => {
    const { columns } = await compare(table(1000, 1), table(1000, 100));
    expect(Object.values(columns).map(({ method }) => method)).toEqual([
      "anderson-darling",
      "anderson-darling",
      "chi-square",
      "chi-square",
      "chi-square",
    ]);
  });

  it("finds a shift, with evidence, effect and the reason in words", async () => {
    const before = sample("normal", 3000, 1);
    const after = sample("normal", 1000, 2, 0.5);
    const { price } = (await compare({ price: before }, { price: after })).columns;
    expect(price).toMatchObject({ drifted: true, severity: "drift", status: "ok", effectName: "wasserstein/std" });
    expect(price!.adjustedPValue).toBeLessThan(1e-10);
    expect(price!.effect).toBeGreaterThan(0.4);
    expect(price!.reason).toMatch(/^values differ \(p .*\) by enough to matter \(.* ≥ 0.1\)$/);
  });

  it("does not call a certain but tiny difference drift", async () => {
    const before = sample("normal", 400_000, 1);
    const after = before.map((x) => x + 0.02);
    const { price } = (await compare({ price: before }, { price: after })).columns;
    expect(price!.adjustedPValue).toBeLessThan(1e-6);
    expect(price).toMatchObject({ drifted: false, severity: "none" });
    expect(price!.reason).toContain("too little to matter");
  });

  it("finds a new category", async () => {
    const before = texts(["web", "shop", "phone"], 2000, 1);
    const after = texts(["web", "shop", "phone"], 500, 2).map((name, k) => (k % 5 === 0 ? "app" : name));
    const { channel } = (await compare({ channel: before }, { channel: after })).columns;
    expect(channel).toMatchObject({ drifted: true, method: "chi-square" });
  });

  it("takes a rise of missing values as drift, whatever the values do", async () => {
    const before = sample("normal", 2000, 1);
    const after = Array.from(sample("normal", 2000, 2), (x, k) => (k % 3 === 0 ? null : x));
    const { price } = (await compare({ price: before }, { price: after })).columns;
    expect(price).toMatchObject({ drifted: true });
    expect(price!.availability!.current.null).toBe(667);
    expect(price!.reason).toContain("missing values differ");
  });

  it("calls a column that lost all its values empty, and drifted", async () => {
    const { price } = (await compare({ price: sample("normal", 500, 1) }, { price: Array(500).fill(null) })).columns;
    expect(price).toMatchObject({ status: "empty", drifted: true });
    expect(price!.reason).toContain("the current side does not have any value");
  });

  it("gives a status and a reason where a column cannot be judged", async () => {
    const report = await compare(
      { empty: [null, null], few: [1.5, 2.5], gone: [1, 2], kind: [1, 2], text: ["a", "b"] },
      { empty: [null, null], few: [1.5, 2.5], come: [1, 2], kind: ["a", "b"], text: [null, null] },
    );
    const statuses = Object.fromEntries(Object.values(report.columns).map(({ column, status }) => [column, status]));
    expect(statuses).toEqual({
      empty: "empty",
      few: "too-few",
      gone: "missing-in-current",
      kind: "type-changed",
      text: "empty",
      come: "missing-in-reference",
    });
    for (const { reason, drifted } of Object.values(report.columns)) {
      expect(reason).not.toBe("");
      expect(drifted).toBe(false);
    }
    expect(report.dataset).toMatchObject({ drifted: false, share: null, reason: "no column could be judged" });
  });

  it("judges constant columns: equal ones are the same, different ones drifted", async () => {
    const constant = (x: number) => new Float64Array(100).fill(x);
    const { columns } = await compare({ a: constant(1), b: constant(1) }, { a: constant(1), b: constant(2) });
    expect(columns.a).toMatchObject({ drifted: false, status: "ok" });
    expect(columns.b).toMatchObject({ drifted: true, status: "ok" });
  });

  it("keeps infinite values out of moments and counts them", async () => {
    const before = sample("normal", 1000, 1);
    const after = sample("normal", 1000, 2).map((x, k) => (k % 4 === 0 ? Number.POSITIVE_INFINITY : x));
    const { price } = (await compare({ price: before }, { price: after })).columns;
    expect(price).toMatchObject({ drifted: true });
    expect(price!.availability!.current.positiveInfinity).toBe(250);
    expect(price!.summary!.current.mean).toBeLessThan(0.2);
  });

  it("uses the methods and thresholds it is given", async () => {
    const before = { a: sample("normal", 1000, 1), b: sample("normal", 1000, 2) };
    const after = { a: sample("normal", 1000, 3, 0.3), b: sample("normal", 1000, 4, 0.3) };
    const methods = { a: "ks", b: "wasserstein" };
    const { columns } = await compare(before, after, { methods, threshold: { b: 2 } });
    expect(columns.a).toMatchObject({ method: "ks", drifted: true });
    expect(columns.b).toMatchObject({ method: "wasserstein", drifted: false, pValue: null, threshold: 2 });
  });

  it("returns plain data that survives JSON and structured clones", async () => {
    const report = await compare(table(300, 1), { ...table(300, 5), visits: sample("infinities", 300, 9) });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(structuredClone(report)).toEqual(report);
  });

  it("leaves its inputs as they were", async () => {
    const before = table(500, 1);
    const after = table(500, 2);
    const copies = structuredClone([before, after]);
    await compare(before, after);
    expect([before, after]).toEqual(copies);
  });

  it("tells its progress, and stops when asked to", async () => {
    const seen: string[] = [];
    await compare(table(100, 1), table(100, 2), {
      onProgress: ({ done, total, column }) => seen.push(`${done}/${total} ${column}`),
    });
    expect(seen).toEqual(["1/5 price", "2/5 visits", "3/5 rating", "4/5 channel", "5/5 member"]);
    await expect(compare(table(100, 1), table(100, 2), { signal: AbortSignal.abort() })).rejects.toThrow(/abort/);
  });

  it("names what it does not know", async () => {
    const one = { a: [1, 2] };
    await expect(compare(one, one, { columns: ["b"] })).rejects.toThrow('compare: no column "b"; there are a');
    await expect(compare(one, one, { methods: { a: "best" } })).rejects.toThrow('compare: no method "best"; there are');
    await expect(compare(one, one, { share: 0 })).rejects.toThrow("compare: share must lie in (0, 1], got 0");
  });
});

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
    expect(price!.reason).toMatch(/^the shares of nulls differ \(p .*\) by enough to matter \(cohens-h 1.23 ≥ 0.2\)$/);
    expect(price).toMatchObject({ signal: "availability", effectName: "cohens-h", threshold: 0.2 });
    expect(price!.effect).toBe(price!.availability!.effect!.value);
    expect(price!.availability!.changed).toEqual(["null"]);
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
    expect(price!.availability!.changed).toEqual(["positiveInfinity"]);
    expect(price!.reason).not.toContain("missing");
    expect(price!.summary!.current.mean).toBeLessThan(0.2);
  });

  it("takes the method of the column, of its kind, of all, its default, in this order", async () => {
    const [x, y] = [sample("normal", 200, 1), sample("normal", 200, 2)];
    const few = Array.from(x, (value) => Math.sign(Math.round(value)));
    const text = few.map((value) => `c${value}`);
    const before = { a: x, b: x, few, text, other: text };
    const after = { a: y, b: y, few, text, other: text };
    const { columns } = await compare(before, after, {
      method: "ks",
      methodByKind: { categorical: "psi" },
      methods: { b: "wasserstein", other: "ks" },
      threshold: 0.3,
      thresholdByKind: { categorical: 0.2 },
      thresholds: { b: 0.1 },
    });
    const chosen = Object.values(columns).map(({ method, status }) => [method, status]);
    const unsupported = ["ks", "unsupported"];
    expect(chosen).toEqual([["ks", "ok"], ["wasserstein", "ok"], ["ks", "ok"], ["psi", "ok"], unsupported]);
    expect([columns.b!.threshold, columns.text!.threshold]).toEqual([0.1, 0.2]);
    const { columns: defaults } = await compare(before, after, { method: "ks" });
    expect(defaults.text!.method).toBe("chi-square");
    await expect(compare(before, after, { methodByKind: { text: "ks" } as never })).rejects.toThrow(/methodByKind/);
  });

  it("uses the methods and thresholds it is given", async () => {
    const before = { a: sample("normal", 1000, 1), b: sample("normal", 1000, 2) };
    const after = { a: sample("normal", 1000, 3, 0.3), b: sample("normal", 1000, 4, 0.3) };
    const methods = { a: "ks", b: "wasserstein" };
    const { columns } = await compare(before, after, { methods, thresholds: { b: 2 } });
    expect(columns.a).toMatchObject({ method: "ks", drifted: true });
    expect(columns.b).toMatchObject({ method: "wasserstein", drifted: false, threshold: 2 });
  });

  it("names the effect behind the verdict, so that the two never contradict each other", async () => {
    const before = { a: sample("normal", 500, 1), b: sample("normal", 500, 2) };
    const after = { a: sample("normal", 500, 3, 1), b: Array<null>(500).fill(null) };
    const { columns } = await compare(before, after);
    expect(columns.a).toMatchObject({ signal: "values", drifted: true });
    for (const { drifted, effect, threshold } of Object.values(columns)) {
      expect(drifted).toBe(effect! >= threshold!);
    }
    const { none } = (await compare({ none: [1] }, { none: [2] })).columns;
    expect(none).toMatchObject({ signal: null, effect: null, effectName: null, threshold: null });
  });

  it.each(["wasserstein", "psi", "jensen-shannon"])(
    "does not alarm on small unchanged windows by %s",
    async (method) => {
      let drifted = 0;
      for (let round = 0; round < 200; round++) {
        const sides = [sample("normal", 2000, 2 * round + 1), sample("normal", 50, 2 * round + 2)] as const;
        const { x } = (await compare({ x: sides[0] }, { x: sides[1] }, { methods: { x: method } })).columns;
        expect(x!.pValue).not.toBeNull();
        if (x!.drifted) drifted++;
      }
      expect(drifted).toBeLessThanOrEqual(4);
    },
  );

  it("finds a constant that became another one, whatever the method", async () => {
    const [before, after] = [new Float64Array(100).fill(1), new Float64Array(80).fill(2)];
    for (const method of ["wasserstein", "t-test", "ks", "anderson-darling", "psi", "jensen-shannon"]) {
      const { x } = (await compare({ x: before }, { x: after }, { methods: { x: method } })).columns;
      expect(x, method).toMatchObject({ drifted: true, status: "ok" });
      const same = (await compare({ x: before }, { x: before }, { methods: { x: method } })).columns.x;
      expect(same, method).toMatchObject({ drifted: false });
    }
  });

  it("judges shares of categories by the tests of fourfold tables, the most frequent one where there are more", async () => {
    const texts = (counts: Record<string, number>) =>
      Object.entries(counts).flatMap(([name, count]) => Array<string>(count).fill(name));
    const before = { two: texts({ no: 600, yes: 400 }), three: texts({ a: 500, b: 300, c: 200 }) };
    const after = { two: texts({ no: 400, yes: 600 }), three: texts({ a: 250, b: 400, c: 350 }) };
    for (const method of ["fisher", "proportion", "g-test"]) {
      const methods = { two: method, three: method };
      const { columns } = await compare(before, after, { methods });
      for (const column of Object.values(columns)) {
        expect(column, method).toMatchObject({ method, drifted: true, status: "ok" });
        expect(column.effectName, method).toBe(method === "g-test" ? "jensen-shannon" : "cohens-h");
      }
      for (const column of Object.values((await compare(before, before, { methods })).columns)) {
        expect(column, method).toMatchObject({ drifted: false, pValue: 1 });
      }
    }
    const { two, three } = (await compare(before, after, { methods: { two: "fisher", three: "proportion" } })).columns;
    // Of two as frequent ones the first by name (SciPy's odds_ratio), of three the most frequent one against all others.
    expect(two!.statistic).toBeCloseTo(2.249062695, 8);
    expect(three!.effect).toBeCloseTo(2 * (Math.asin(Math.sqrt(0.5)) - Math.asin(Math.sqrt(0.25))), 12);
  });

  it("judges points in time by a method that was named for their column", async () => {
    const dates = (from: number) => Array.from({ length: 100 }, (_, k) => new Date(from + 1e6 * k));
    const sides = [{ at: dates(0) }, { at: dates(3e7) }] as const;
    expect((await compare(...sides)).columns.at).toMatchObject({ status: "not-asked", kind: "temporal" });
    const { at } = (await compare(...sides, { methods: { at: "ks" } })).columns;
    expect(at).toMatchObject({ status: "ok", method: "ks", drifted: true, statistic: 0.3 });
    expect(at!.summary!.reference.min).toBe("1970-01-01T00:00:00.000Z");
  });

  it("does not compare texts of which nearly every one occurs once, but counts those that are missing", async () => {
    const ids = (from: number) => Array.from({ length: 300 }, (_, k) => `id ${from + k}`);
    const { id } = (await compare({ id: ids(0) }, { id: ids(1000) })).columns;
    expect(id).toMatchObject({ status: "identifiers", drifted: false, signal: null, method: null });
    expect(id!.reason).toBe("nearly every value is distinct: nothing to compare");
    const gaps = ids(1000).map((name, k) => (k % 3 === 0 ? null : name));
    const { id: missing } = (await compare({ id: ids(0) }, { id: gaps })).columns;
    expect(missing).toMatchObject({ status: "identifiers", drifted: true, signal: "availability" });
    const few = Array.from({ length: 300 }, (_, k) => `id ${k % 5}`);
    expect((await compare({ id: ids(0) }, { id: few })).columns.id).toMatchObject({ status: "ok", drifted: true });
  });

  it("has a status for numbers of which too many are distinct for a method on categories", async () => {
    const many = Float64Array.from({ length: 2 ** 22 + 1 }, (_, k) => k / 8);
    const { columns } = await compare(
      { many, other: many },
      { many, other: many },
      { methods: { many: "chi-square" } },
    );
    expect(columns.many).toMatchObject({ status: "too-many-categories", drifted: false });
    expect(columns.other).toMatchObject({ status: "ok", severity: "none" });
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
    await expect(compare(one, one, { correction: "fdr" as never })).rejects.toThrow(
      'compare: correction must be bonferroni, holm, bh or by, got "fdr"',
    );
    await expect(compare(one, one, { thresholds: { b: 1 } })).rejects.toThrow('compare: thresholds names "b", no such');
    await expect(compare(one, one, { thresholds: { a: -1 } })).rejects.toThrow("threshold for a must be at least 0");
    await expect(compare(one, one, { threshold: "0.1" as never })).rejects.toThrow(TypeError);
    await expect(compare(one, one, { columns: "a" as never })).rejects.toThrow(
      'compare: columns must be an array of names, got "a"',
    );
    await expect(compare(one, one, { share: 0 })).rejects.toThrow("compare: share must lie in (0, 1], got 0");
  });
});

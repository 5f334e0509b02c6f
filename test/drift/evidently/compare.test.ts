import { describe, expect, it } from "vitest";
import { compare, type EvidentlyOptions } from "../../../dist/index.js";
import { renderJson, renderText } from "../../../dist/render/index.js";
import { expectClose, type Written } from "../../statistics/oracle.ts";
import { answers, inputOf, type WrittenColumn } from "./answers.ts";

type Input = Record<string, Float64Array | BigInt64Array | (string | null)[] | number[]>;

/** Integers are those of the script, by name: in JSON they look like doubles. */
const integers = new Set(["count", "grade"]);

function tableOf(columns: Record<string, WrittenColumn>): Input {
  const dtypeOf = (name: string, values: WrittenColumn) =>
    integers.has(name)
      ? "int"
      : typeof (values as unknown[])[0] === "number" || name === "load" || name === "infinite"
        ? "float"
        : "text";
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, inputOf(values, dtypeOf(name, values))]),
  ) as Input;
}

/** Evidently's options in our words. */
function optionsOf(options: Record<string, unknown>): EvidentlyOptions {
  const names: Record<string, string> = {
    drift_share: "share",
    method: "method",
    per_column_method: "methods",
    threshold: "threshold",
    per_column_threshold: "thresholds",
    columns: "columns",
  };
  const result: Record<string, unknown> = { preset: "evidently" };
  for (const [name, value] of Object.entries(options)) {
    const [, kind, what] = /^(num|cat|text)_(method|threshold)$/.exec(name) ?? [];
    if (kind) result[`${what}ByKind`] = { ...(result[`${what}ByKind`] as object), [kind]: value };
    else result[names[name]!] = value;
  }
  return result as unknown as EvidentlyOptions;
}

describe.each(answers.reports)("DataDriftPreset: $name", ({ table, options, share, count, columns }) => {
  const { reference, current } = answers.tables[table]!;
  const report = compare(tableOf(reference), tableOf(current), optionsOf(options));

  it("judges the same columns by the same methods, thresholds and scores", async () => {
    const found = (await report).columns;
    expect(new Set(Object.keys(found))).toEqual(new Set(Object.keys(columns)));
    for (const [name, expected] of Object.entries(columns)) {
      const column = found[name]!;
      expect(column, name).toMatchObject({ method: expected.method, threshold: expected.threshold, status: "ok" });
      expectClose(column.statistic, expected.score as Written, 1e-10, name);
    }
  });

  it("counts the same columns as drifted, and decides the dataset by the share", async () => {
    const { dataset, settings } = await report;
    expect(dataset.driftedColumns).toBe(count);
    expect(dataset.share).toBeCloseTo(share, 14);
    expect(dataset.drifted).toBe(share >= ((options.drift_share as number | undefined) ?? 0.5));
    expect(settings).toMatchObject({ preset: "evidently", correction: "none" });
  });
});

const numbers = (length: number, shift = 0) =>
  Float64Array.from({ length }, (_, k) => ((k * 7919) % 1009) / 1009 + shift);
const like = (reference: unknown, current: unknown, options: Partial<EvidentlyOptions> = {}) =>
  compare({ x: reference } as never, { x: current } as never, { preset: "evidently", ...options });

describe("where Evidently stops with an error, the column says why and the report goes on", () => {
  const failing = async (reference: unknown, current: unknown, options?: Partial<EvidentlyOptions>) => {
    const given = { x: reference, fine: numbers(30) };
    const report = await compare(given as never, { ...given, x: current } as never, {
      preset: "evidently",
      ...options,
    });
    expect(report.columns.fine!.status).toBe("ok");
    expect(report.dataset.judged).toBe(1);
    return report.columns.x!;
  };

  it("for empty sides", async () => {
    const empty = [null, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, ...Array<null>(27).fill(null)];
    const side = [...numbers(30)];
    expect(await failing(side, empty)).toMatchObject({
      status: "empty",
      reason: "the current side does not have any value",
    });
    expect(await failing(empty, side)).toMatchObject({
      status: "empty",
      reason: "the reference does not have any value",
    });
  });

  it("for text in a column of numbers", async () => {
    const texts = Array.from({ length: 30 }, (_, k) => (k % 2 ? "a" : "c"));
    const column = await failing(numbers(30), texts, { kinds: { x: "num" } });
    expect(column).toMatchObject({
      status: "unsupported",
      method: "ks",
      reason: "the current side should hold numbers only",
    });
  });

  it("for sides of unequal length with fisher_exact and g_test", async () => {
    const side = Array.from({ length: 30 }, (_, k) => (k % 2 ? "a" : "b"));
    const other = side.map((text, k) => (k === 0 ? null : text));
    for (const method of ["fisher_exact", "g_test"]) {
      const column = await failing(side, other, { methods: { x: method } });
      expect(column).toMatchObject({ status: "unsupported", method, drifted: false });
      expect(column.reason).toMatch(/needs sides of equal length, got 30 and 29 values/);
    }
  });

  it("for es without an interquartile range", async () => {
    const side = Float64Array.from({ length: 30 }, (_, k) => (k < 3 ? k : 7));
    expect((await failing(side, side, { methods: { x: "es" } })).reason).toMatch(/interquartile range above 0/);
  });

  it("for columns that a side does not have, points in time and a method of another kind", async () => {
    const report = await compare(
      { gone: numbers(9), when: [new Date(1), new Date(2)].concat(Array(7).fill(new Date(3))), n: numbers(9) },
      { when: [new Date(1), new Date(2)].concat(Array(7).fill(new Date(3))), n: numbers(9), new: numbers(9) },
      { preset: "evidently", methods: { n: "TVD" } },
    );
    const statuses = Object.entries(report.columns).map(([name, { status }]) => [name, status]);
    expect(Object.fromEntries(statuses)).toEqual({
      gone: "missing-in-current",
      when: "not-asked",
      n: "unsupported",
      new: "missing-in-reference",
    });
    expect(report.columns.n!.reason).toBe("TVD is not for columns of kind num, but cat");
    expect(report.dataset).toMatchObject({ judged: 0, share: null, drifted: false });
  });
});

it("a score that is no number is no drift, as Evidently has it", async () => {
  const same = Array<string>(20).fill("a");
  const report = await like(same, same, { kinds: { x: "cat" }, method: "chisquare" });
  expect(report.columns.x).toMatchObject({ status: "constant", statistic: null, drifted: false });
  expect(report.columns.x!.reason).toMatch(/Evidently takes for no drift/);
});

describe("embeddings", () => {
  const rows = (count: number, shift: number) => ({ values: numbers(count * 3, shift), dimension: 3 });

  it("are columns of vectors, and do not count for the share", async () => {
    const report = await compare(
      { e: rows(50, 0), n: numbers(50) },
      { e: rows(50, 1), n: numbers(50) },
      { preset: "evidently", embeddingMethods: { e: { method: "distance" } } },
    );
    expect(report.columns.e).toMatchObject({ kind: "vector", method: "distance", drifted: true, threshold: 0.2 });
    expect(report.columns.e!.statistic).toBeCloseTo(Math.sqrt(3), 12);
    expect(report.dataset).toMatchObject({ columns: 1, driftedColumns: 0, share: 0 });
  });

  it("may consist of columns of numbers, which are not judged one by one", async () => {
    const side = (shift: number) => ({ a: numbers(40, shift), b: [...numbers(40, shift)], c: numbers(40) });
    const holes = side(1);
    holes.b[3] = null as unknown as number;
    const report = await compare(side(0), holes, {
      preset: "evidently",
      embeddings: { both: ["a", "b"] },
      embeddingMethods: { both: { method: "ratio" } },
    });
    expect(Object.keys(report.columns)).toEqual(["c", "both"]);
    expect(report.columns.both).toMatchObject({ method: "ratio", statistic: 1, drifted: true, status: "ok" });
  });

  it("by default are told apart by a classifier, and too few of them say so", async () => {
    const far = await like(rows(60, 0), rows(60, 3));
    expect(far.columns.x).toMatchObject({ method: "model", statistic: 1, drifted: true });
    const few = await like(rows(1, 0), rows(1, 3));
    expect(few.columns.x).toMatchObject({ status: "unsupported", method: "model" });
  });
});

describe("options", () => {
  const x = numbers(30);
  it.each<[object, string]>([
    [{ method: "anderson-darling" }, "preset evidently has no method"],
    [{ methods: { y: "ks" } }, 'methods names "y", no such column'],
    [{ methodByKind: { numeric: "ks" } }, "a kind of methodByKind must be num, cat or text"],
    [{ thresholds: { x: -1 } }, "threshold for x must be at least 0"],
    [{ kinds: { x: "text " } }, "kinds for x must be num, cat or text"],
    [{ correction: "bh" }, 'there is no option "correction"'],
    [{ embeddings: { e: ["z"] } }, 'embeddings names "z", no such column'],
    [{ embeddingMethods: { x: { method: "pca" } } }, "method of x must be distance, model, ratio or mmd"],
    [{ embeddingMethods: { x: { method: "mmd", distance: "cosine" } } }, 'there is no option "distance"'],
    [{ share: 2 }, "share must lie in [0, 1]"],
    [{ columns: ["y"] }, 'no column "y"'],
  ])("%j is refused by name", async (options, message) => {
    await expect(like(x, x, options)).rejects.toThrow(message);
  });

  it("another preset is refused", async () => {
    await expect(compare({ x }, { x }, { preset: "nannyml" } as never)).rejects.toThrow(/preset must be/);
  });

  it("progress is told, and a signal stops between columns", async () => {
    const told: string[] = [];
    await like(x, x, { onProgress: ({ done, total, column }) => told.push(`${done}/${total} ${column}`) });
    expect(told).toEqual(["1/1 x"]);
    await expect(like(x, x, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });
});

it("reports are plain data that render", async () => {
  const report = await compare(
    { n: numbers(50), c: Array.from({ length: 50 }, (_, k) => "ab"[k % 2]!) },
    { n: numbers(50, 0.5), c: Array.from({ length: 50 }, (_, k) => "ab"[k % 2]!) },
    { preset: "evidently" },
  );
  expect(structuredClone(report)).toEqual(report);
  expect(JSON.parse(renderJson(report))).toEqual(report);
  const text = renderText(report);
  expect(text).toMatch(/n +ks/);
  expect(text).toContain("preset evidently: each column by its method's threshold, p not adjusted");
  expect(text).toContain("1 of 2 judged columns drifted, 50 % ≥ 50 %");
});

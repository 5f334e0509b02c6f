/** Evidently's own test cases, and those of its errors and defaults, through `compare` with preset `evidently`. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ColumnInput, compare, type EvidentlyKind, type TableInput } from "../../dist/index.js";
import { corpus, hasCorpus } from "../read/corpus.ts";

const path = "drift-cases/evidently.json";

type Value = number | string | null;

interface Case {
  test: string;
  stattest: string;
  feature_type: EvidentlyKind;
  threshold: number;
  reference: Value[];
  current: Value[];
  expected: { score: number; abs_tol: number; drift: boolean };
}

interface Corpus {
  cases: Case[];
  error_cases: (Partial<Case> & { test: string; error: string })[];
  default_stattest_selection: {
    reference: string;
    n: number;
    n_unique: number;
    type: EvidentlyKind;
    expected: string;
  }[];
}

const found: Corpus = hasCorpus(path)
  ? JSON.parse(readFileSync(corpus(path), "utf8"))
  : { cases: [], error_cases: [], default_stattest_selection: [] };

/** Missing values are null; infinities are written as text. */
function columnOf(values: readonly Value[]): ColumnInput {
  const plain = values.map((value) => (value === "NaN" ? null : value));
  const isText = plain.some((value) => typeof value === "string" && !/^-?Infinity$/.test(value));
  return (isText ? plain : plain.map((value) => (value === null ? null : Number(value)))) as ColumnInput;
}

async function judged(reference: readonly Value[], current: readonly Value[], options: object) {
  const sides = [{ x: columnOf(reference) }, { x: columnOf(current) }] as [TableInput, TableInput];
  const report = await compare(...sides, { preset: "evidently", ...options });
  return report.columns.x!;
}

/**
 * One case calls a method past Evidently's report, which would have left missing rows out: z counts them as rows that are
 * not of the first category. So does a category of their own that comes last.
 */
const asCategory = (values: readonly Value[]) => values.map((value) => (value === "NaN" ? "~missing" : value));

describe.skipIf(!hasCorpus(path))(`corpus: ${path}`, () => {
  it("holds 42 cases, 6 errors and 7 defaults", () => {
    const { cases, error_cases: errors, default_stattest_selection: choices } = found;
    expect([cases.length, errors.length, choices.length]).toEqual([42, 6, 7]);
  });

  it.each(found.cases)("$test: $stattest of $feature_type", async (given) => {
    const { test, stattest, feature_type: kind, threshold, expected } = given;
    const past = test === "test_z_stat_test_cat_feature[1]";
    const [reference, current] = [given.reference, given.current].map((side) => (past ? asCategory(side) : side));
    const options = { methods: { x: stattest }, thresholds: { x: threshold }, kinds: { x: kind } };
    const column = await judged(reference!, current!, options);
    expect(column).toMatchObject({ status: "ok", method: stattest, drifted: expected.drift, threshold });
    expect(Math.abs(column.statistic! - expected.score)).toBeLessThanOrEqual(expected.abs_tol);
  });

  it.each(found.error_cases)("an error of theirs is a reason here: $error", async ({ error, ...given }) => {
    if (!given.reference || !given.current) {
      await expect(compare(undefined as never, { x: [1] }, { preset: "evidently" })).rejects.toThrow(TypeError);
      return;
    }
    const { stattest, feature_type: kind } = given;
    // A column of text and numbers is one of text.
    const current = given.current.some((value) => value === "a") ? given.current.map(String) : given.current;
    const options = { ...(stattest && { methods: { x: stattest } }), ...(kind && { kinds: { x: kind } }) };
    const column = await judged(given.reference, current, options);
    expect(column.drifted).toBe(false);
    const reason = /empty column.*(reference|current) dataset/.exec(error)?.[1];
    if (reason) expect(column).toMatchObject({ status: "empty", reason: expect.stringContaining(reason) });
    else if (kind === "num") expect(column.reason).toBe("the current side should hold numbers only");
    else if (/Null or inf/.test(error)) {
      // Their report leaves missing rows out first, and then stops at unequal lengths.
      expect(column.reason).toMatch(/sides of equal length, got 5 and 6 values/);
    } else expect(column.reason).toMatch(/at most two categories a side/);
  });

  it.each(found.default_stattest_selection)("the default for $reference as $type is $expected", async (choice) => {
    const { n, n_unique: distinct, type: kind, expected } = choice;
    const value = (k: number) => (kind === "cat" ? "abc"[k % distinct]! : 1 + (k % distinct));
    const reference = Array.from({ length: n }, (_, k) => value(k));
    const column = await judged(reference, reference, { kinds: { x: kind } });
    expect(column).toMatchObject({ method: expected, status: "ok", drifted: false });
  });
});

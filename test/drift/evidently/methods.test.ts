import { describe, expect, it } from "vitest";
import type { FixedColumn, TextColumn } from "../../../dist/column/column.js";
import { columnOf } from "../../../dist/column/column-of.js";
import { type EvidentlyKind, kindOf } from "../../../dist/drift/evidently/kinds.js";
import { defaultMethod, evidentlyMethods, judge } from "../../../dist/drift/evidently/methods.js";
import { sideOf } from "../../../dist/drift/evidently/side.js";
import type { FixedChunk } from "../../../dist/engine/chunk.js";
import { expectClose } from "../../statistics/oracle.ts";
import { answers, inputOf, type MethodCase, writtenSide } from "./answers.ts";

/** Relative errors where SciPy's or NumPy's own number has lost more digits than these, by method and, in `where`, case. */
const relative: Readonly<Record<string, number>> = { es: 1e-9, ks: 1e-6 };
const rounded: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  // Values 1e15 have but a few bits below 1, and cosines of 1e8 eight digits.
  "very far | very far + 3": { es: 1e-3, t_test: 0.2, wasserstein: 1e-4 },
  "far from zero | far from zero + 1": { es: 1e-7 },
  // p = 1e-100.
  "two values | one decimal": { es: 1e-6 },
};

/** The limit law's tail as 1 - Φ of a series that ends at terms of 1e-7. */
const absolute: Readonly<Record<string, number>> = { cramer_von_mises: 1e-8 };

/** Not a number in one of the two: SciPy's variance of a constant is 0 or what rounding left. */
const eitherWay = (name: string, method: string) => name === "constant | constant" && method === "t_test";

function expectScore(name: string, method: string, found: number | null, score: number | null) {
  const error = found === null || score === null ? null : Math.abs(found - score);
  if (error !== null && error <= (absolute[method] ?? 0)) return;
  expectClose(found, score, rounded[name]?.[method] ?? relative[method] ?? 1e-11, method);
}

const hashed = new Map(answers.hashes.map(({ name, scores }) => [name, scores]));
const categories = ({ reference, current }: MethodCase) => new Set([...(reference as []), ...(current as [])]).size;

describe.each(answers.methods)("$name, $kind of $dtype", (given) => {
  const { name, kind, dtype, reference, current, scores } = given;
  const [x, y] = [writtenSide(reference, dtype), writtenSide(current, dtype)];
  it.each(Object.entries(scores))("%s is Evidently's", (method, answer) => {
    const found = judge(method, x, y, kind);
    if ("error" in answer || (method === "fisher_exact" && categories(given) > 2)) {
      expect(found).toEqual({ refused: expect.stringMatching(/Evidently's/) });
      return;
    }
    if ("refused" in found) throw new Error(found.refused);
    expect(found.drifted).toBe(answer.drifted);
    if (method === "TVD" && hashed.has(name)) expect(hashed.get(name)).toContain(found.score);
    // Of 252 divisions of 5 and 5 values two are the one found: there rounding decides which is larger.
    else if (method === "empirical_mmd" && name === "5 | 5") expect(found.score).toBeLessThanOrEqual(0.02);
    else if (!eitherWay(name, method)) {
      expectScore(name, method, found.score, answer.score === "NaN" ? null : (answer.score as number));
    }
  });
});

it("there are twenty methods, by Evidently's names", () => {
  const names = [...new Set(answers.methods.flatMap(({ scores }) => Object.keys(scores)))];
  const texts = answers.texts.flatMap(({ scores }) => Object.keys(scores));
  expect(new Set(evidentlyMethods.keys())).toEqual(new Set([...names, ...texts]));
  expect(evidentlyMethods.size).toBe(20);
});

const kindOfColumn = (column: FixedColumn) => kindOf(column, sideOf(column));

it.each(answers.types)("$name are of kind $type", ({ dtype, values, type }) => {
  const column = columnOf(inputOf(values, dtype === "category" ? "text" : dtype) as Float64Array) as FixedColumn;
  expect(kindOfColumn(dtype === "category" ? { ...column, type: "Dictionary<Int8, Utf8>" } : column)).toBe(type);
});

it("integers with a missing one are numbers, as pandas makes them doubles", () => {
  const column = columnOf(Int32Array.from([0, 1, 2, 1, 2, 1, 2])) as FixedColumn;
  expect(kindOfColumn(column)).toBe("cat");
  const chunk = { ...(column.chunks as readonly FixedChunk[])[0]!, validity: Uint8Array.of(0b11111110) };
  expect(kindOfColumn({ ...column, chunks: [chunk] })).toBe("num");
});

it.each(answers.choices)("$rows rows, $distinct distinct values and $more new: $kind gets $method", (choice) => {
  const { rows, distinct, more, kind, method } = choice;
  const as = (values: number[]) =>
    kind === "text"
      ? sideOf(columnOf(values.map(String)) as TextColumn)
      : sideOf(columnOf(Float64Array.from(values)) as FixedColumn);
  const reference = as(Array.from({ length: rows }, (_, k) => k % distinct));
  const current = as(Array.from({ length: 50 }, (_, k) => k % (distinct + more)));
  expect(defaultMethod(reference, current, kind as EvidentlyKind)).toBe(method);
});

it("a method named for a column of another kind is refused, but may be Evidently's own choice", () => {
  const [x, y] = [writtenSide([1, 2, 3, 1, 2], "float"), writtenSide([1, 2, 3, 3, 3], "float")];
  const byName = judge("chisquare", x, y, "num", { threshold: undefined, byName: true });
  expect(byName).toEqual({ refused: "chisquare is not for columns of kind num, but cat" });
  expect(judge("chisquare", x, y, "num")).toMatchObject({ method: "chisquare", isPValue: true, threshold: 0.05 });
});

it("fisher_exact names the categories that are more than two", () => {
  const [x, y] = [writtenSide(["a", "b"], "text"), writtenSide(["c", "d"], "text")];
  const refused = expect.stringMatching(/^of 4 categories \(a, b, c, d\) /);
  expect(judge("fisher_exact", x, y, "cat")).toEqual({ refused });
});

it("numbers that lie too close for bins are refused, as NumPy refuses them", () => {
  const [x, y] = [writtenSide([1, 1, 1], "float"), writtenSide([1, 1 + 2 ** -52], "float")];
  expect(judge("hellinger", x, y, "num")).toEqual({ refused: expect.stringContaining("finer than doubles") });
  expect(judge("psi", x, y, "num")).toHaveProperty("score");
});

import { describe, expect, it } from "vitest";
import { decisions, linearClassifier } from "../../dist/statistics/linear-classifier.js";
import { everyEntry, sparseRows } from "../../dist/statistics/sparse-rows.js";
import { tfIdf, tfIdfOf } from "../../dist/statistics/tf-idf.js";
import { expectClose, oracle } from "./oracle.ts";

interface TextCase {
  kind: "texts";
  share: number;
  texts: string[];
  others: string[];
  terms: string[];
  rows: number[][];
  "other rows": number[][];
}

interface ClassifierCase {
  kind: "classifier";
  name: string;
  loss: "logistic" | "modified-huber";
  penalty: "l1" | "l2";
  sparse: boolean;
  "most epochs": number;
  seed: number;
  width: number;
  rows: number[];
  classes: number[];
  weights: number[];
  intercept: number;
}

const { cases } = oracle<{ cases: (TextCase | ClassifierCase)[] }>("linear-classifier");

type Rows = ReturnType<typeof sparseRows>;

function dense({ starts, columns, values, width }: Rows): number[][] {
  return Array.from({ length: starts.length - 1 }, (_, row) => {
    const numbers = Array<number>(width).fill(0);
    for (let k = starts[row]!; k < starts[row + 1]!; k++) numbers[columns[k]!] = values[k]!;
    return numbers;
  });
}

function expectRows(found: Rows, expected: number[][]) {
  dense(found).forEach((row, r) => {
    row.forEach((value, c) => {
      expectClose(value, expected[r]![c]!, 1e-14, `row ${r}, column ${c}`);
    });
  });
  expect(found.starts.length - 1).toBe(expected.length);
}

for (const one of cases) {
  if (one.kind === "texts") {
    describe(`tfIdf with terms of at most ${one.share} of the texts`, () => {
      const { vocabulary, rows } = tfIdf(one.texts, one.share);

      it("has scikit-learn's terms in its order", () => {
        expect([...vocabulary.terms.keys()]).toEqual(one.terms);
        expect([...vocabulary.terms.values()].map(({ column }) => column)).toEqual([...one.terms.keys()]);
      });

      it("makes its vectors, also of other texts", () => {
        expectRows(rows, one.rows);
        expectRows(tfIdfOf(one.others, vocabulary), one["other rows"]);
      });
    });
    continue;
  }
  const { name, loss, penalty, sparse, seed, width, classes, weights, intercept } = one;
  it(`linearClassifier is scikit-learn's: ${name}`, () => {
    const numbers = Array.from({ length: classes.length }, (_, row) =>
      one.rows.slice(row * width, (row + 1) * width).map((value, column) => [column, value] as const),
    );
    const rows = sparse
      ? sparseRows(
          numbers.map((row) => row.filter(([, value]) => value !== 0)),
          width,
        )
      : everyEntry(Float64Array.from(one.rows), width);
    const options = { loss, penalty, alpha: 0.0001, mostEpochs: one["most epochs"], seed, sparse };
    const found = linearClassifier(rows, Uint8Array.from(classes), options);
    expect(found.finite).toBe(true);
    expectClose(found.intercept, intercept, 1e-8, "intercept");
    found.weights.forEach((weight, k) => {
      expectClose(weight, weights[k]!, 1e-8, `weight ${k}`);
    });
    const [first] = decisions(rows, found);
    const naive = one.rows.slice(0, width).reduce((sum, x, k) => sum + x * weights[k]!, intercept);
    expect(first).toBeCloseTo(naive, 6);
  });
}

it("linearClassifier says when weights leave the range of doubles", () => {
  const rows = everyEntry(Float64Array.of(1e308, -1e308, 1e308, -1e308), 1);
  const options = {
    loss: "modified-huber",
    penalty: "l2",
    alpha: 0.0001,
    mostEpochs: 5,
    seed: 1,
    sparse: false,
  } as const;
  expect(linearClassifier(rows, Uint8Array.of(0, 1, 1, 0), options).finite).toBe(false);
});

it("tfIdf of texts without a term has no column", () => {
  const { rows } = tfIdf(["the and", "of", ""], 0.5);
  expect(rows.width).toBe(0);
  expect([...rows.starts]).toEqual([0, 0, 0, 0]);
});

/** Distances, quantiles and the chi-square test on the pairs of pairs.tsv: sizes 1 to 10 000, ties, scales and offsets. */
import { describe, expect, it } from "vitest";
import { chiSquare } from "../../dist/distributions/index.js";
import { prepare } from "../../dist/source/sides.js";
import { chiSquareTest } from "../../dist/statistics/chi-square.js";
import { energy } from "../../dist/statistics/energy.js";
import { quantiles } from "../../dist/statistics/quantile.js";
import { wasserstein } from "../../dist/statistics/wasserstein.js";
import { expectClose, oracle, type Written } from "./oracle.ts";
import { pairs, valuesOf } from "./pairs.ts";

interface Area {
  exact: Written;
  scipy: Written;
}

interface Case {
  name: string;
  wasserstein: Area;
  energy: Area;
  quantiles?: Written[];
  chiSquare?: { statistic: Written; degreesOfFreedom: number; limit: Written; expected: number; why: string };
}

const { cases, probabilities } = oracle<{ cases: Case[]; probabilities: number[] }>("pairs-distances");

function expectArea(found: number | null, { exact, scipy }: Area): void {
  expectClose(found, exact, 1e-12);
  expectClose(found, scipy, 2e-9, "SciPy");
}

describe("distances, quantiles and categories", () => {
  for (const expected of cases) {
    it(`have the exact numbers, and SciPy's, NumPy's and R's: ${expected.name}`, () => {
      const [x, y] = pairs.get(expected.name)!.map(valuesOf) as [Float64Array, Float64Array];
      for (const side of [x, prepare(x)]) {
        expectArea(wasserstein(side, y).distance, expected.wasserstein);
        expectArea(energy(side, y).distance, expected.energy);
        expected.quantiles?.forEach((quantile, k) => {
          expect(quantiles(side, probabilities).values[k]).toBe(quantile);
        });
      }
      if (!expected.chiSquare) return;
      const { statistic, degreesOfFreedom, limit, expected: least, why } = expected.chiSquare;
      const found = chiSquareTest(x, y);
      expectClose(found.statistic, statistic, 1e-12);
      expect(found.degreesOfFreedom).toBe(degreesOfFreedom);
      expectClose(chiSquare.sf(found.statistic, degreesOfFreedom), limit, 1e-9);
      if (least > 30 && Number(limit) > 1e-4) expectClose(found.pValue, limit, 0.05, why);
    });
  }
});

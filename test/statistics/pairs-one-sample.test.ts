/** One-sample tests on the reference sides of pairs.tsv, against named laws. */
import { describe, expect, it } from "vitest";
import { exponential, normal, uniform } from "../../dist/distributions/index.js";
import { prepare } from "../../dist/source/sides.js";
import { cramerVonMisesTestOneSample } from "../../dist/statistics/cramer-von-mises-one-sample.js";
import { ksTestOneSample } from "../../dist/statistics/ks-one-sample.js";
import { expectClose, oracle, type Written } from "./oracle.ts";
import { pairs, valuesOf } from "./pairs.ts";

const alternatives = ["two-sided", "less", "greater"] as const;

interface Expected {
  statistic: number;
  /** Exact, where it can be had. */
  pValue?: Written;
  scipy: Written;
  r?: Written;
  why?: { r?: string };
}

interface Case extends Record<(typeof alternatives)[number], Expected> {
  name: string;
  law: ["normal" | "exponential" | "uniform", number, number];
  cramerVonMises: Written;
}

const { cases } = oracle<{ cases: Case[] }>("pairs-one-sample");

function lawOf([name, start, scale]: Case["law"]): (x: number) => number {
  if (name === "normal") return (x) => normal.cdf((x - start) / scale);
  return name === "exponential" ? (x) => exponential.cdf(x) : (x) => uniform.cdf(x / scale);
}

describe("one-sample tests", () => {
  for (const { name, law, cramerVonMises, ...expected } of cases) {
    it(`have the exact statistics and laws, SciPy's, and R's unless the case says why not: ${name}`, () => {
      const values = valuesOf(pairs.get(name)![0]);
      for (const column of [values, prepare(values)]) {
        for (const alternative of alternatives) {
          const { statistic, pValue, scipy, r, why } = expected[alternative];
          const found = ksTestOneSample(column, lawOf(law), { alternative });
          expect(Math.abs(found.statistic - statistic), alternative).toBeLessThan(2e-15);
          if (pValue !== undefined) expectClose(found.pValue, pValue, 1e-9, alternative);
          // Where there is no exact law SciPy's may be an expansion, as ours is.
          const relative = pValue === undefined ? 1e-5 : 3e-9;
          if (Number(scipy) > 1e-300) expectClose(found.pValue, scipy, relative, `${alternative}, SciPy`);
          if (r !== undefined && !why?.r && Number(r) > 1e-12)
            expectClose(found.pValue, r, relative, `${alternative}, R`);
        }
        expectClose(cramerVonMisesTestOneSample(column, lawOf(law)).statistic, cramerVonMises, 1e-12);
      }
    });
  }
});

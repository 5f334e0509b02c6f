/** Tests that see only ranks, on the pairs of pairs.tsv: sizes 1 to 10 000, ties, scales and offsets. */
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { andersonDarlingVariance, kolmogorov, ksExact } from "../../dist/distributions/index.js";
import { andersonDarlingTest } from "../../dist/statistics/anderson-darling.js";
import { cramerVonMisesTest } from "../../dist/statistics/cramer-von-mises.js";
import { ksTest, tieEnds } from "../../dist/statistics/ks-test.js";
import { kuiperTest } from "../../dist/statistics/kuiper.js";
import { mannWhitneyTest } from "../../dist/statistics/mann-whitney.js";
import { expectClose, oracle, type Written } from "./oracle.ts";
import { pairs, valuesOf } from "./pairs.ts";

const alternatives = ["two-sided", "less", "greater"] as const;
type Sided<T> = Record<(typeof alternatives)[number], T>;

interface Case {
  name: string;
  tied: boolean;
  ks: Sided<{ gap: number; ignore?: Written; conditional?: Written; scipy: Written; why?: string }>;
  cramerVonMises: {
    statistic: Written;
    ignore: Written;
    limit?: Written;
    scipy?: Written;
    exact?: Written;
    why?: string;
  };
  andersonDarling: { statistic: Written; standardised?: Written; scipy?: Written; why?: string };
  mannWhitney: { statistic: number } & Sided<{
    asymptotic: Written;
    uncorrected: Written;
    exact?: Written;
    conditional?: Written;
    why?: string;
  }>;
}

interface FromR {
  name: string;
  ksStatistic?: Sided<Written>;
  ksExact?: Sided<Written>;
  ksLimit: Written;
  U: number;
  wilcoxExact?: Sided<Written>;
  wilcoxCorrected: Sided<Written>;
  wilcoxUncorrected: Sided<Written>;
  why?: { ksLess?: string; wilcox?: string };
}

const { cases, sha256 } = oracle<{ cases: Case[]; sha256: string }>("pairs-ranks");
const { cases: fromR } = oracle<{ cases: FromR[] }>("pairs-ranks-r");

function sidesOf(name: string): readonly [Float64Array, Float64Array] {
  const [reference, current] = pairs.get(name)!;
  return [valuesOf(reference), valuesOf(current)];
}

/** Subnormal p-values have no digits to compare. */
const expectP = (found: number, expected: Written, relative: number, what: string) =>
  Number(expected) < 1e-300 ? expect(found, what).toBeLessThan(1e-300) : expectClose(found, expected, relative, what);

it("the pairs are those of the scripts, to the last bit", () => {
  const hash = createHash("sha256");
  for (const name of pairs.keys()) {
    for (const side of sidesOf(name)) hash.update(new Uint8Array(side.buffer));
  }
  expect(hash.digest("hex")).toBe(sha256);
  expect(cases.map(({ name }) => name)).toEqual([...pairs.keys()]);
});

describe("tests on ranks", () => {
  for (const { name, tied, ks, cramerVonMises, andersonDarling, mannWhitney } of cases) {
    const [x, y] = sidesOf(name);
    const [n, m] = [x.length, y.length];

    it(`Kolmogorov-Smirnov and Kuiper have the counted gaps and shares of paths, and SciPy's: ${name}`, () => {
      for (const alternative of alternatives) {
        const { gap, ignore, conditional, scipy, why } = ks[alternative];
        const found = ksTest(x, y, { alternative });
        expect(found.statistic).toBe(gap / (n * m));
        if (gap === 0) {
          expect(found.pValue).toBe(1);
          continue;
        }
        const exact = ksTest(x, y, { alternative, method: "exact" });
        const ignoring = ksTest(x, y, { alternative, method: "exact", ties: "ignore" });
        if (conditional !== undefined) expectP(exact.pValue, conditional, 1e-10, `${alternative}, conditional`);
        if (ignore !== undefined) expectP(ignoring.pValue, ignore, 1e-10, `${alternative}, ignore`);
        if (why === undefined) expectP(ignoring.pValue, scipy, 1e-9, `${alternative}, SciPy`);
        else if (ignore !== undefined) {
          expect(Math.abs(ignoring.pValue / Number(scipy) - 1), why).toBeGreaterThan(1e-10);
        }
        if (found.method === "exact") expect(found.pValue).toBe(exact.pValue);
      }
      expect(kuiperTest(x, y).statistic).toBe((ks.greater.gap + ks.less.gap) / (n * m));
    });

    it(`Cramér-von Mises and Anderson-Darling have the exact statistics, and SciPy's p-values: ${name}`, () => {
      expectClose(cramerVonMisesTest(x, y).statistic, cramerVonMises.statistic, 1e-13);
      const ignoring = cramerVonMisesTest(x, y, { ties: "ignore" });
      expectClose(ignoring.statistic, cramerVonMises.ignore, 1e-13);
      const { exact, limit, scipy, why } = cramerVonMises;
      if (exact !== undefined) expectClose(ignoring.pValue, exact, 1e-11);
      if (limit !== undefined) {
        const { pValue } = cramerVonMisesTest(x, y, { ties: "ignore", method: "asymptotic" });
        expectClose(pValue, limit, 1e-10);
        expect(Math.abs(pValue - Number(scipy)), why).toBeLessThan(why === undefined ? 1e-9 * pValue : 2e-5);
      }
      const { statistic, pValue } = andersonDarlingTest(x, y);
      expectClose(statistic, andersonDarling.statistic, 1e-12);
      if (andersonDarling.standardised !== undefined) {
        const standardised = (statistic - 1) / Math.sqrt(andersonDarlingVariance(n, m));
        expect(Math.abs(standardised - Number(andersonDarling.standardised))).toBeLessThan(
          1e-9 * Math.max(1, Math.abs(standardised)),
        );
        const table = Number(andersonDarling.scipy);
        if (tied || Math.min(n, m) < 10) return;
        if (table === 0.25) expect(pValue, andersonDarling.why).toBeGreaterThan(0.24);
        else if (table === 0.001) expect(pValue, andersonDarling.why).toBeLessThan(0.0015);
        else expectClose(pValue, table, 0.1, andersonDarling.why);
      }
    });

    it(`Mann-Whitney has the counted pairs and shares of orders, and SciPy's normal law: ${name}`, () => {
      for (const alternative of alternatives) {
        const { asymptotic, uncorrected, exact, conditional, why } = mannWhitney[alternative];
        const normally = { alternative, method: "asymptotic" } as const;
        const found = mannWhitneyTest(x, y, { alternative });
        expect(found).toMatchObject({ statistic: mannWhitney.statistic, ties: tied ? "conditional" : "none" });
        expectP(mannWhitneyTest(x, y, normally).pValue, asymptotic, 1e-11, alternative);
        expectP(mannWhitneyTest(x, y, { ...normally, continuity: false }).pValue, uncorrected, 1e-11, alternative);
        if (exact !== undefined) {
          expect(found.method).toBe("exact");
          expectP(found.pValue, exact, 1e-11, alternative);
        }
        if (conditional !== undefined) {
          expectP(mannWhitneyTest(x, y, { alternative, method: "exact" }).pValue, conditional, 1e-11, alternative);
        }
        if (why !== undefined) expect(found.pValue, why).toBe(1);
      }
    });
  }
});

describe("tests on ranks and R", () => {
  for (const { name, why, ...r } of fromR) {
    it(`agree, or differ as explained: ${name}`, () => {
      const [x, y] = sidesOf(name);
      const [n, m] = [x.length, y.length];
      const { statistic } = ksTest(x, y);
      // R's is the limit law, summed to some 1e-5; ours is that of finite samples.
      expect(Math.abs(kolmogorov.sf(statistic * Math.sqrt(1 / (1 / n + 1 / m))) - Number(r.ksLimit))).toBeLessThan(
        5e-5,
      );
      for (const alternative of alternatives) {
        if (r.ksExact && r.ksStatistic) {
          const found = ksTest(x, y, { alternative, method: "exact" });
          expect(Math.abs(found.statistic - Number(r.ksStatistic[alternative]))).toBeLessThan(1e-15);
          let { pValue } = found;
          if (alternative === "less" && why?.ksLess) {
            const ends = tieEnds(x.toSorted(), y.toSorted());
            pValue = ksExact(n, m, Math.round(found.statistic * n * m), ends, "greater");
          }
          expect(Math.abs(pValue - Number(r.ksExact[alternative])), alternative).toBeLessThan(1e-10);
        }
        const law = (method: "exact" | "asymptotic", continuity = true) =>
          mannWhitneyTest(x, y, { alternative, method, continuity });
        expect(law("asymptotic").statistic).toBe(r.U);
        if (r.wilcoxExact) expectP(law("exact").pValue, r.wilcoxExact[alternative], 1e-9, alternative);
        if (why?.wilcox) {
          expect(r.wilcoxUncorrected[alternative], why.wilcox).toBe("NaN");
          expect([0, 1, "NaN"], why.wilcox).toContain(r.wilcoxCorrected[alternative]);
          expect(law("asymptotic").pValue, why.wilcox).toBe(1);
        } else {
          expectP(law("asymptotic").pValue, r.wilcoxCorrected[alternative], 1e-9, alternative);
          expectP(law("asymptotic", false).pValue, r.wilcoxUncorrected[alternative], 1e-9, alternative);
        }
      }
    });
  }
});

/** t tests and tests of variances on the pairs of pairs.tsv: sizes 1 to 10 000, ties, scales and offsets. */
import { describe, expect, it } from "vitest";
import { moments } from "../../dist/statistics/moments.js";
import { tTest, tTestFromMoments, tTestOneSample } from "../../dist/statistics/t-test.js";
import { varianceTest } from "../../dist/statistics/variance-test.js";
import { expectClose, oracle, type Written } from "./oracle.ts";
import { pairs, valuesOf } from "./pairs.ts";

const alternatives = ["two-sided", "less", "greater"] as const;

interface Expected {
  statistic: Written;
  degreesOfFreedom: Written | [Written, Written];
  pValue: Written;
  confidenceInterval?: [Written | null, Written | null];
  scipy: [statistic: Written, pValue: Written];
  r?: [statistic: Written, pValue: Written];
  /** By peer. */
  why?: Partial<Record<"scipy" | "r", string>>;
}
type Sided = Record<(typeof alternatives)[number], Expected>;

interface Case {
  name: string;
  welch?: Sided;
  student?: Sided;
  oneSample?: Sided & { about: number };
  paired?: Sided;
  "levene median"?: Expected;
  "levene mean"?: Expected;
  f?: Expected;
}

interface Found {
  readonly statistic: number | null;
  readonly degreesOfFreedom: number | readonly number[] | null;
  readonly pValue: number | null;
  readonly confidenceInterval: readonly (number | null)[] | null;
}

const { cases, asked } = oracle<{ cases: Case[]; asked: Record<(typeof alternatives)[number], number> }>("pairs-means");

/** Subnormal p-values have no digits to compare. */
function expectP(found: number | null, expected: Written, relative: number, what: string): void {
  if (Number(expected) < 1e-300) expect(found, what).toBeLessThan(1e-300);
  else expectClose(found, expected, relative, what);
}

/** @param reach half of the two-sided interval: an end may lie near 0 */
function expectSame(found: Found, expected: Expected, what: string, reach = 0): void {
  // A statistic of 0 is left by means that differ in nothing but their rounding.
  if (expected.statistic === 0) expect(Math.abs(found.statistic!), what).toBeLessThan(1e-24);
  else expectClose(found.statistic, expected.statistic, 1e-12, what);
  expectP(found.pValue, expected.pValue, 1e-10, what);
  const wanted = [expected.degreesOfFreedom].flat();
  [found.degreesOfFreedom].flat().forEach((df, k) => {
    expectClose(df, wanted[k]!, 1e-12, what);
  });
  if (expected.confidenceInterval) {
    const width = Math.max(reach, ...expected.confidenceInterval.map((end) => Math.abs(Number(end ?? 0))));
    expected.confidenceInterval.forEach((end, k) => {
      const ours = found.confidenceInterval![k]!;
      if (end === null) expect(ours, what).toBeNull();
      else expect(Math.abs(ours - Number(end)), what).toBeLessThanOrEqual(1e-12 * width);
    });
  }
  for (const peer of ["scipy", "r"] as const) {
    const says = expected[peer];
    if (!says || expected.why?.[peer]) continue;
    expectClose(found.statistic, says[0], 2e-9, `${what}, ${peer}`);
    expectP(found.pValue, says[1], 2e-9, `${what}, ${peer}`);
  }
}

describe("tests on means and variances", () => {
  for (const { name, ...expected } of cases) {
    it(`have the exact numbers, and SciPy's and R's unless the case says why not: ${name}`, () => {
      const [reference, current] = pairs.get(name)!;
      const [x, y] = [valuesOf(reference), valuesOf(current)];
      const { welch, student, oneSample, paired } = expected;
      for (const alternative of alternatives) {
        const options = { alternative, confidence: asked[alternative] };
        const same = (test: Sided | undefined, what: string, find: () => Found) => {
          if (!test) return;
          const [low, high] = test["two-sided"].confidenceInterval!;
          expectSame(find(), test[alternative], `${what}, ${alternative}`, (Number(high) - Number(low)) / 2);
        };
        same(welch, "Welch", () => tTest(x, y, options));
        same(student, "Student", () => tTest(x, y, { ...options, variance: "equal" }));
        same(oneSample, "one sample", () => tTestOneSample(x, oneSample!.about, options));
        same(paired, "paired", () => tTest(x, y, { ...options, paired: true }));
      }
      for (const centre of ["median", "mean"] as const) {
        const levene = expected[`levene ${centre}`];
        if (levene) expectSame(varianceTest(x, y, { centre }), levene, centre);
        else if (expected.welch) expect(varianceTest(x, y, { centre }).status, centre).toBe("constant");
      }
      const f = varianceTestOf(x, y);
      if (expected.f) expectSame(f!, expected.f, "f");
      else if (f) expect(f.status).toBe("constant");
    });

    it(`are nearly those of the summaries: ${name}`, () => {
      const [reference, current] = pairs.get(name)!;
      const [a, b] = [moments(valuesOf(reference)), moments(valuesOf(current))];
      const exact = expected.welch?.["two-sided"];
      // Variances beyond the doubles' range are no summary, and far from zero means have too few digits for a difference.
      if (!exact || /2\^|1e9/.test(name)) return;
      const summary = ({ count, mean, variance }: typeof a) => ({ count, mean: mean!, variance: variance! });
      const found = tTestFromMoments(summary(a), summary(b));
      const scale = Math.max(1, Math.abs(Number(exact.statistic)));
      expect(Math.abs(found.statistic! - Number(exact.statistic)) / scale).toBeLessThan(1e-11);
      expectClose(found.degreesOfFreedom, exact.degreesOfFreedom as Written, 1e-12);
    });
  }

  it("knows of each peer's failure by name", () => {
    const reasons = new Set(
      cases.flatMap(({ name: _, ...tests }) =>
        Object.values(tests).flatMap((test) =>
          ("statistic" in test ? [test] : alternatives.map((side) => test[side])).flatMap(({ why }) =>
            Object.values(why ?? {}),
          ),
        ),
      ),
    );
    expect(reasons.size).toBe(6);
  });
});

function varianceTestOf(x: Float64Array, y: Float64Array) {
  return Math.min(x.length, y.length) > 1 ? varianceTest(x, y, { method: "f", confidence: 0.9 }) : null;
}

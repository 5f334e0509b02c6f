/** Inputs on which a respected peer is or was wrong: each case that concerns what is built is a test by its id. */
import { readFileSync } from "node:fs";
import * as arrow from "apache-arrow";
import { describe, expect, it } from "vitest";
import { chiSquare, kolmogorov, ksAsymptotic, ksExact, normal, studentT } from "../../dist/distributions/index.js";
import { compare } from "../../dist/drift/compare.js";
import { theEngine } from "../../dist/engine/memory.js";
import { andersonDarlingTest } from "../../dist/statistics/anderson-darling.js";
import { bhattacharyya } from "../../dist/statistics/bhattacharyya.js";
import { chiSquareTest } from "../../dist/statistics/chi-square.js";
import { energy } from "../../dist/statistics/energy.js";
import { hellinger } from "../../dist/statistics/hellinger.js";
import { histogram } from "../../dist/statistics/histogram.js";
import { jensenShannon, jensenShannonOf } from "../../dist/statistics/jensen-shannon.js";
import { klDivergence } from "../../dist/statistics/kl-divergence.js";
import { ksTest } from "../../dist/statistics/ks-test.js";
import { mmd } from "../../dist/statistics/mmd.js";
import { moments } from "../../dist/statistics/moments.js";
import { permutationTest } from "../../dist/statistics/permutation-test.js";
import { psi } from "../../dist/statistics/psi.js";
import { quantiles } from "../../dist/statistics/quantile.js";
import { tTest } from "../../dist/statistics/t-test.js";
import { totalVariation } from "../../dist/statistics/total-variation.js";
import { wasserstein } from "../../dist/statistics/wasserstein.js";
import { corpus, hasCorpus } from "../read/corpus.ts";
import { expectClose, type Written } from "../statistics/oracle.ts";
import { correctDigits } from "./exact-decimal.ts";

const path = "killer-cases/killer-cases.json";

// biome-ignore lint/suspicious/noExplicitAny: every case has inputs and answers of its own
type Case = { id: string; title: string; inputs: any; must: any };

const cases: Case[] = hasCorpus(path) ? JSON.parse(readFileSync(corpus(path), "utf8")).cases : [];

const numbers = (written: Written[]) => Float64Array.from(written, Number);

/** Units in the last place between a double and the decimal that it should be. */
function ulps(found: number, exact: string): number {
  const view = new DataView(new ArrayBuffer(16));
  view.setFloat64(0, found);
  view.setFloat64(8, Number(exact));
  return Math.abs(Number(view.getBigInt64(0) - view.getBigInt64(8)));
}

/** Samples of n and m values whose largest gap is exactly `gap`: positive, and never exceeded on the way. */
function samplesWithGap(n: number, m: number, gap: number): [Float64Array, Float64Array] {
  const [x, y]: [number[], number[]] = [[], []];
  for (let k = 0; k < n + m; k++) {
    const now = x.length * m - y.length * n;
    const rises = x.length < n && (now + m <= gap || y.length === m);
    (rises ? x : y).push(k);
  }
  return [Float64Array.from(x), Float64Array.from(y)];
}

/** Student's one-sample test from the moments; `tTest` compares two samples. */
function oneSample({ inputs, must }: Case) {
  const found = moments(inputs.x);
  const t = (found.mean! - inputs.mu) / found.standardError!;
  expectClose(t, must.statistic, must.rtol);
  expectClose(2 * studentT.sf(t, found.count - 1), must.pvalue, must.rtol);
}

function studentTail({ inputs, must }: Case) {
  const p = 2 * studentT.sf(inputs.t, inputs.df);
  if (must.pvalue) expectClose(p, must.pvalue, must.rtol);
  // 0 or the smallest number there is.
  else expect([0, 5e-324]).toContain(p);
}

function chiSquareTail({ inputs, must }: Case) {
  const p = chiSquare.sf(inputs.x, inputs.df);
  if (must.sf) expectClose(p, must.sf, must.rtol);
  else expect([0, 5e-324]).toContain(p);
}

function float32Range({ inputs, must }: Case) {
  const { bins, range } = inputs;
  const found = histogram(Float32Array.from(inputs.x_float32), { bins, range });
  expect(found.counts).toEqual(must.counts_comparing_in_float64);
  expect(found.under).toBe(1);
}

const tests: Record<string, (test: Case) => void | Promise<void>> = {
  // Design section 7: a constant column is a status.
  T01({ inputs }) {
    const found = tTest(inputs.a, inputs.b);
    expect(found).toMatchObject({ statistic: null, pValue: null, difference: 0, status: "constant" });
  },
  T03a: oneSample,
  T03b: oneSample,
  T03d: oneSample,
  T04({ inputs, must }) {
    const found = tTest(inputs.a, inputs.b, { variance: "equal" });
    expectClose(found.statistic, must.statistic, 1e-15);
    expectClose(found.pValue, must.pvalue, 1e-14);
  },

  M02({ inputs, must }) {
    const x = JSON.parse(readFileSync(corpus(`killer-cases/${inputs.x_file}`), "utf8"));
    const found = moments(x);
    expect(ulps(found.variance!, must.var_ddof1)).toBeLessThanOrEqual(must.max_ulp);
    expect(correctDigits(found.variance!, must.var_ddof1)).toBeGreaterThanOrEqual(15);
  },
  M04({ inputs, must }) {
    expectClose(moments(inputs.x).mean, must.mean, 1e-15);
  },
  // Design section 4: moments are of the finite values, with the infinities counted.
  M05({ inputs }) {
    const found = moments(numbers(inputs.x));
    expect(found).toMatchObject({ count: 3, mean: 2, variance: 1, positiveInfinity: 1, negativeInfinity: 0 });
  },

  P01({ inputs, must }) {
    expectClose(2 * normal.sf(inputs.z), must.pvalue, must.rtol);
  },
  P02_t40_df10: studentTail,
  "P02_t12.7062047362_df1": studentTail,
  "P02_t0.76094082649196_df341.0": studentTail,
  "P02_t1.959963985_df100000000.0": studentTail,
  "P02_t38.5_df1000000.0": studentTail,
  P03_x1500_df3: chiSquareTail,
  "P03_x1e-300_df1": chiSquareTail,
  "P03_x5000.0_df5000.0": chiSquareTail,

  K01({ inputs, must }) {
    const { n1, n2, D_times_n1n2: gap, D } = inputs;
    const found = ksTest(...samplesWithGap(n1, n2, gap));
    expect(found).toMatchObject({ statistic: D, sign: 1, method: "exact", ties: "none" });
    expectClose(found.pValue, must.p_two_sided, must.rtol);
    expectClose(ksExact(n1, n2, gap, null, "greater"), must.p_one_sided, must.rtol);
  },
  K02({ inputs, must }) {
    const found = ksTest(inputs.x, inputs.y, { ties: "ignore" });
    expect(found).toMatchObject({ statistic: must.D, method: "exact", ties: "ignored" });
    expectClose(found.pValue, must.exact, 1e-10);
    expect(ksTest(inputs.x, inputs.y, { method: "asymptotic" }).method).toBe("asymptotic");
    expectClose(kolmogorov.sf(must.D * Math.sqrt(5)), must.kolmogorov_limit, 1e-12);
  },
  K04({ inputs }) {
    const { n1, n2, D_times_n1n2: gap, D } = inputs;
    const found = ksTest(...samplesWithGap(n1, n2, gap));
    expect(found.statistic).toBe(D);
    for (const p of [found.pValue, ksExact(n1, n2, gap), ksAsymptotic(n1, n2, gap)]) {
      expect(p).toBeGreaterThan(0);
      expect(p).toBeLessThan(1e-40);
    }
  },
  K06({ inputs, must }) {
    const found = ksTest(numbers(inputs.x), numbers(inputs.y), { method: "exact" });
    expect(found).toMatchObject({ statistic: must.D, pValue: Number(must.exact_p) });
  },
  // Design section 4: NaN is left out and counted.
  K07({ inputs }) {
    const found = ksTest(numbers(inputs.x), numbers(inputs.y));
    expect(found).toMatchObject({ n: 2, m: 3, missing: { reference: { nan: 1 }, current: { nan: 0 } } });
    expectClose(found.statistic, 1 / 3, 1e-15);
  },

  H01({ must }) {
    const arange = (length: number, step: number) => Array.from({ length }, (_, k) => k * step);
    expect(histogram(arange(100, 0.01), { bins: arange(11, 0.1) }).counts).toEqual(must.counts);
  },
  H02({ inputs, must }) {
    const { counts, edges } = histogram(inputs.x, { bins: inputs.bins, range: inputs.range });
    const used = [...counts.keys()].filter((bin) => counts[bin]! > 0);
    expect(used).toEqual(must.bin_index);
    expect(used.map((bin) => [edges[bin], edges[bin + 1]])).toEqual(must.edges_of_bin);
  },
  H04a: float32Range,
  H04c: float32Range,
  H05a({ inputs, must }) {
    expect(histogram(inputs.x, { bins: inputs.bins }).counts).toEqual(must.counts);
  },
  H06({ inputs, must }) {
    const column = arrow.vectorFromArray(inputs.x, new arrow.Float16());
    expect(histogram(column, { bins: inputs.bins }).counts).toEqual(must.counts);
  },
  H08({ inputs, must }) {
    expect(histogram(inputs.x, { bins: inputs.bins }).counts).toEqual(must.counts);
  },
  H09({ inputs, must }) {
    const weights = Uint16Array.from(inputs.w);
    expect(histogram(inputs.x, { bins: inputs.edges, weights }).counts).toEqual(must.counts);
  },
  H11({ inputs, must }) {
    const found = histogram(numbers(inputs.x), { bins: inputs.edges });
    expect(found).toMatchObject({ counts: must.counts, under: must.below, over: must.above });
    expect(found.missing).toEqual({ rows: must.total, null: 0, nan: must.nan });
  },

  W02({ inputs, must }) {
    expect(wasserstein(inputs.u, inputs.v).distance).toBe(must.distance);
  },
  W03({ must }) {
    const whole = Float64Array.from({ length: 100 }, (_, k) => k);
    const small = whole.map((x) => x * 1e-6);
    const normalized = (x: Float64Array, shift: number) =>
      wasserstein(
        x,
        x.map((value) => value + shift),
        { normalize: "std" },
      ).distance;
    expectClose(normalized(small, 5e-5), must.normed, 1e-12);
    expectClose(normalized(whole, 50), must.normed, 1e-15);
  },

  D03() {
    const [p, q] = [Float64Array.of(0, 1), Float64Array.of(5e-324, 1)];
    const { distance } = jensenShannonOf({ reference: p, current: q });
    expect(distance).toBeGreaterThanOrEqual(0);
    expect(distance).toBeLessThanOrEqual(1e-150);
  },
  // Half a row a cell by default, and the result says so.
  D05({ inputs, must, ...test }) {
    const found = psi({ counts: inputs.ref_counts }, { counts: inputs.cur_counts });
    expect(found).toMatchObject({ status: "ok", smoothing: { perCell: 0.5 } });
    expect(must.policy).toContain("finite");
    expectClose(
      found.distance,
      (test as unknown as { peer_wrong: { laplace_0_5: number } }).peer_wrong.laplace_0_5,
      1e-13,
    );
    expect(psi({ counts: inputs.ref_counts }, { counts: inputs.cur_counts }, { smoothing: 0 })).toMatchObject({
      distance: null,
      status: "infinite",
    });
  },
  D07({ inputs, must }) {
    const sides = [{ counts: inputs.expected }, { counts: inputs.actual }] as const;
    expectClose(psi(...sides, { smoothing: 0 }).distance, must.psi, must.rtol);
  },
  // Design section 4: no Infinity in results, but null and a status.
  D08({ inputs }) {
    const [p, q] = [inputs.p, inputs.q].map((shares: number[]) => ({ counts: shares.map((share) => 100 * share) }));
    expect(klDivergence(p!, q!, { smoothing: 0 })).toMatchObject({ distance: null, status: "infinite" });
    expectClose(klDivergence(q!, p!, { smoothing: 0 }).distance, Math.LN2, 1e-15);
    expect(klDivergence(p!, q!)).toMatchObject({ status: "ok", smoothing: { perCell: 0.5 } });
  },
  async D10({ inputs }) {
    const current = numbers(inputs.cur);
    for (const distanceOf of [jensenShannon, psi, klDivergence, hellinger, bhattacharyya, totalVariation]) {
      expect(() => distanceOf(inputs.ref, current)).toThrow("each side needs at least one value, got 5 and 0");
    }
    const reference = Float64Array.from({ length: 50 }, (_, k) => k);
    const sides = [reference, reference.map(() => Number.NaN)] as const;
    const { columns } = await compare({ a: sides[0], b: reference }, { a: sides[1], b: reference });
    expect(columns).toMatchObject({ a: { status: "empty" }, b: { status: "ok" } });
  },
  // Distances do not change when all values move by the same amount.
  E01({ inputs }) {
    const near = (x: number[]) => x.map((value) => value - 1e8);
    for (const distanceOf of [
      (x: number[], y: number[]) => mmd(x, y).statistic,
      (x: number[], y: number[]) => energy(x, y).distance,
    ]) {
      expect(distanceOf(inputs.x, inputs.y)).toBe(distanceOf(near(inputs.x), near(inputs.y)));
    }
  },
  R06({ inputs, must }) {
    const side = (category: string) => Array<string>(25).fill(category);
    expect([inputs.ref, inputs.cur, inputs.iterations]).toEqual(["25 x 1", "25 x 0", 100]);
    const few = { permutations: inputs.iterations };
    expect(totalVariation(side("1"), side("0"), few).pValue).toBe(must.p);
    expect(permutationTest(side("1"), side("0"), "total-variation", few).pValue).toBe(must.p);
    const [x, y] = [Array<number>(25).fill(1), Array<number>(25).fill(0)];
    for (const distance of ["total-variation", "wasserstein", "ks"] as const) {
      expectClose(permutationTest(x, y, distance, few).pValue, must.p, 1e-15);
    }
  },

  // methods.md, section 1: the limit law's survival function is not clipped; at 0 it is 1.
  R04({ inputs }) {
    expect(andersonDarlingTest(inputs.x, inputs.y)).toMatchObject({ statistic: 0, pValue: 1 });
  },

  A06({ inputs }) {
    const values = Array.from({ length: inputs.length }, (_, k) => (k % 7 === 3 ? null : Math.sin(k)));
    const [from, to] = inputs.slice;
    for (const type of [new arrow.Float64(), new arrow.Float32(), new arrow.Float16()]) {
      const slice = arrow.vectorFromArray(values, type).slice(from, to);
      const copy = Float64Array.from(Array.from(slice).filter((x) => x !== null));
      expect({ ...moments(slice), missing: null }).toEqual({ ...moments(copy), missing: null });
      expect(quantiles(slice, [0, 0.3, 1]).values).toEqual(quantiles(copy, [0, 0.3, 1]).values);
      expect(ksTest(slice, copy).statistic).toBe(0);
    }
    const truth = values.map((value) => value && value > 0);
    const slice = arrow.vectorFromArray(truth, new arrow.Bool()).slice(from, to);
    const copy = truth.slice(from, to).filter((value) => value !== null);
    expect(moments(slice).mean).toBe(copy.filter((value) => value).length / copy.length);
  },

  D02({ inputs, must }) {
    // Shares of 2^-54 are whole counts of 2^54 rows.
    const [p, q] = [inputs.p, inputs.q].map((side: number[]) => Float64Array.from(side, (share) => share * 2 ** 54));
    const { distance } = jensenShannonOf({ reference: p!, current: q! }, Math.E);
    expect(Math.abs(distance - Number(must.js_distance))).toBeLessThanOrEqual(must.atol);
    // More than is asked: it has digits.
    expectClose(distance, must.js_distance, 1e-9);
  },
  C01({ inputs, must }) {
    // The values are rows: categories 4 and 5 vanish, 2 and 3 are new.
    const found = chiSquareTest(inputs.ref, inputs.cur);
    expectClose(found.statistic, must.homogeneity.chi2, 1e-14);
    expect(found.degreesOfFreedom).toBe(must.homogeneity.df);
    // Six rows: the case has the limit law, whose p-value all 20 deals do not bear out.
    expectClose(chiSquare.sf(found.statistic, found.degreesOfFreedom), must.homogeneity.p, 1e-13);
    const exact = chiSquareTest(inputs.ref, inputs.cur, { significance: "resampled" });
    expect(exact).toMatchObject({ method: "exact", pValue: 1 });
    expect(found.pValue).toBeGreaterThan(must.homogeneity.p);
  },
  C02({ inputs }) {
    const rows = (side: string[]) => side.map((name) => (name === "NaN" ? null : name));
    const found = chiSquareTest(rows(inputs.ref), rows(inputs.cur));
    expect(found.n + found.missing.reference.null).toBe(inputs.ref.length);
    expect(found.pValue).toBeGreaterThan(0);
    expect(chiSquareTest(inputs.ref, inputs.cur).pValue).toBeLessThan(1);
  },
  C04({ inputs, must }) {
    // A goodness of fit, which there is not: its law is.
    const [seen, rows] = [inputs.sample, inputs.expected].map((side: number[]) => side.reduce((sum, i) => sum + i));
    const terms = inputs.sample.map((count: number, k: number) => {
      const expected = (inputs.expected[k] * seen!) / rows!;
      return (count - expected) ** 2 / expected;
    });
    const statistic = terms.reduce((sum: number, term: number) => sum + term);
    expectClose(statistic, must.statistic, must.rtol);
    expectClose(chiSquare.sf(statistic, terms.length - 1), must.p, must.rtol);
  },
  X01() {
    const { buffer } = theEngine();
    const values = Float64Array.from({ length: 300_000 }, (_, k) => k);
    ksTest(values, values.slice().reverse());
    expect(theEngine().buffer).toBe(buffer);
    expect(buffer.byteLength).toBe(2 ** 32);
  },
  X03() {
    const x: number[] = JSON.parse(readFileSync(corpus("killer-cases/M02_normal_1e8.json"), "utf8"));
    const whole = moments(x);
    for (const length of [7, 64, 1000]) {
      const pieces: arrow.Vector[] = [];
      for (let from = 0; from < x.length; from += length) {
        pieces.push(arrow.makeVector(Float64Array.from(x.slice(from, from + length))));
      }
      expect(moments(pieces[0]!.concat(...pieces.slice(1)))).toEqual(whole);
    }
  },
};

/** What no test here looks at, and why. */
const leftOut: Record<string, string> = {
  K09: "its data (nannyml_f1.json) is not in the corpus",
  T06: "its data (elec2_data.dat) is not in the corpus",
  R01: "there is no mannWhitneyTest yet",
  R02: "there is no mannWhitneyTest yet",
  S01: "there are no sketches yet",
  S03: "there are no sketches yet",
  S05: "there are no sketches yet",
  A01: "readers and Vectors are tested in test/read and test/column",
  A03: "readers and Vectors are tested in test/read and test/column",
  A05: "readers and Vectors are tested in test/read and test/column",
  A08: "readers are tested in test/read",
  A10: "readers and Vectors are tested in test/read and test/column",
  A12: "readers are tested in test/read",
  A14: "readers are tested in test/read",
  X05: "verdicts are tested in test/drift",
};

describe.skipIf(cases.length === 0)("killer case", () => {
  for (const one of cases.filter(({ id }) => id in tests)) {
    it(`${one.id}: ${one.title}`, () => tests[one.id]!(one));
  }

  it("ids are all known, tested or left out for a reason", () => {
    const known = [...Object.keys(tests), ...Object.keys(leftOut)].sort();
    expect(cases.map(({ id }) => id).sort()).toEqual(known);
  });
});

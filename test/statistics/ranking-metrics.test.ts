import * as arrow from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Estimated } from "../../dist/statistics/estimated.js";
import { type RankingMetrics, rankingMetrics } from "../../dist/statistics/ranking-metrics.js";
import { expectClose, oracle, type Written } from "./oracle.ts";
import { randomFrom } from "./samples.ts";

interface AtK {
  readonly ndcg: Written;
  readonly precision: Written;
  readonly recall: Written;
  readonly hitRate: Written;
}

const { cases, large, cuts, tolerance } = oracle<{
  tolerance: number;
  cuts: number[];
  cases: {
    name: string;
    gains: "linear" | "exponential";
    relevance: number[];
    scores: number[];
    query: number[];
    values: { ndcg: Written; map: Written; mrr: Written };
    atK: AtK[];
    theirs: { ndcg: Written | null; ndcgAtK: Written[] | null; map: Written | null };
  }[];
  large: {
    name: string;
    relevance: number[];
    scores: number[];
    ndcg: Written;
    ndcgAtK: Written[];
    map: Written | null;
  }[];
}>("ranking-metrics");

const overall = ["ndcg", "map", "mrr"] as const;
const atEachK = ["ndcg", "precision", "recall", "hitRate"] as const;

const all = (found: RankingMetrics): Estimated[] => [
  ...overall.map((name) => found[name]),
  ...found.atK.flatMap((one) => atEachK.map((name) => one[name])),
];
const valuesOf = (found: RankingMetrics): (number | null)[] => all(found).map(({ value }) => value);

describe("rankingMetrics", () => {
  it.each(cases)("is the mean over all orders of ties, and scikit-learn's: $name", (one) => {
    const found = rankingMetrics(one, { k: cuts, gains: one.gains });
    for (const name of overall) expectClose(found[name].value, one.values[name], tolerance, name);
    expect(found.atK.map(({ k }) => k)).toEqual(cuts);
    one.atK.forEach((wanted, k) => {
      for (const name of atEachK) expectClose(found.atK[k]![name].value, wanted[name], tolerance, `${name}@${cuts[k]}`);
    });
    const { ndcg, ndcgAtK, map } = one.theirs;
    if (ndcg !== null) expectClose(found.ndcg.value, ndcg, tolerance);
    if (map !== null) expectClose(found.map.value, map, tolerance);
    ndcgAtK?.forEach((wanted, k) => {
      expectClose(found.atK[k]!.ndcg.value, wanted, tolerance);
    });
  });

  it.each(large)("is scikit-learn's for $name", ({ relevance, scores, ndcg, ndcgAtK, map }) => {
    const found = rankingMetrics({ relevance, scores, query: relevance.map(() => "one") }, { k: cuts });
    expectClose(found.ndcg.value, ndcg, tolerance);
    ndcgAtK.forEach((wanted, k) => {
      expectClose(found.atK[k]!.ndcg.value, wanted, tolerance);
    });
    if (map !== null) expectClose(found.map.value, map, tolerance);
    expect(found.ndcg.interval).toBeNull();
  });

  const lists = fc
    .array(
      fc.record({
        query: fc.integer({ min: 0, max: 6 }),
        relevance: fc.integer({ min: 0, max: 3 }),
        scores: fc.integer({ min: 0, max: 8 }),
      }),
      { minLength: 1, maxLength: 120 },
    )
    .map((rows) => ({
      query: rows.map(({ query }) => `q${query}`),
      relevance: rows.map(({ relevance }) => relevance),
      scores: rows.map(({ scores }) => scores),
    }));

  it("does not depend on the order of rows, nor on how scores or gains are scaled", () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 2 ** 31 }), ({ query, relevance, scores }, seed) => {
        const expected = valuesOf(rankingMetrics({ query, relevance, scores }));
        const random = randomFrom(seed);
        const order = query.map((_, k) => [random(), k] as const).sort(([a], [b]) => a - b);
        const moved = <T>(values: readonly T[]): T[] => order.map(([, k]) => values[k]!);
        const others = [
          { query: moved(query), relevance: moved(relevance), scores: moved(scores) },
          { query, relevance, scores: scores.map((score) => Math.exp(score) - 1e3) },
          { query, relevance, rank: scores.map((score) => 9 - score) },
          { query, relevance: relevance.map((gain) => gain * 2 ** -1050), scores },
          { query, relevance: relevance.map((gain) => gain * 5e307), scores },
        ];
        for (const rows of others) {
          valuesOf(rankingMetrics(rows)).forEach((value, k) => {
            expect(Math.abs(value! - expected[k]!)).toBeLessThan(1e-13);
          });
        }
      }),
    );
  });

  it("is 1 for a perfect ranking, and between 0 and 1 for any", () => {
    fc.assert(
      fc.property(lists, ({ query, relevance, scores }) => {
        const perfect = rankingMetrics({ query, relevance, scores: relevance });
        const share = 1 - perfect.withoutRelevant / perfect.queries;
        for (const { value } of [
          perfect.ndcg,
          perfect.map,
          perfect.mrr,
          perfect.atK[0]!.ndcg,
          perfect.atK[0]!.hitRate,
        ]) {
          expect(value).toBeCloseTo(share, 13);
        }
        for (const { value, interval } of all(rankingMetrics({ query, relevance, scores }))) {
          for (const each of [value!, ...(interval ?? [])]) {
            expect(each).toBeGreaterThanOrEqual(0);
            expect(each).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });

  it("counts as the definitions do, row by row", () => {
    // Worked by hand: places of relevant rows 1, 3 of four; and 2 of two.
    const found = rankingMetrics(
      { query: ["a", "b", "a", "a", "b", "a"], relevance: [1, 0, 0, 1, 1, 0], scores: [9, 5, 7, 3, 4, 1] },
      { k: [1, 2, 5] },
    );
    expect(found).toMatchObject({ rows: 6, queries: 2, withoutRelevant: 0, status: "ok" });
    expectClose(found.map.value, ((1 + 2 / 3) / 2 + 1 / 2) / 2, 1e-15);
    expectClose(found.mrr.value, 3 / 4, 1e-15);
    expect(found.atK.map(({ precision }) => precision.value)).toEqual([1 / 2, 1 / 2, (2 / 5 + 1 / 5) / 2]);
    expect(found.atK.map(({ recall }) => recall.value)).toEqual([1 / 4, 3 / 4, 1]);
    expect(found.atK.map(({ hitRate }) => hitRate.value)).toEqual([1 / 2, 1, 1]);
  });

  it("groups by columns of any kind, in any form and chunks, to the same bits", () => {
    const random = randomFrom(9);
    const n = 4000;
    const [relevance, scores] = [0, 0].map(() => Float32Array.from({ length: n }, () => Math.floor(5 * random())));
    const query = Array.from({ length: n }, () => Math.floor(40 * random()));
    const rows = { relevance: relevance!, scores: scores! };
    for (const options of [{}, { interval: "bootstrap", resamples: 30, seed: 2 } as const]) {
      const expected = rankingMetrics({ ...rows, query }, options);
      const pieces = (values: unknown[], type: arrow.DataType, at: number) =>
        arrow.vectorFromArray(values.slice(0, at), type).concat(arrow.vectorFromArray(values.slice(at), type));
      const queries = [
        query.map((q) => `query ${q}`),
        query.map((q) => BigInt(q) + 2n ** 62n),
        query.map((q) => new Date(1e12 + q)),
        Int16Array.from(query),
        pieces(query.map(String), new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()), 1234),
      ];
      for (const one of queries) expect(rankingMetrics({ ...rows, query: one }, options)).toEqual(expected);
      const cut = {
        relevance: pieces([...relevance!], new arrow.Float32(), 77),
        scores: pieces([...scores!], new arrow.Int8(), 3000),
      };
      expect(rankingMetrics({ ...cut, query }, options)).toEqual(expected);
    }
    const truths = query.map((q) => q < 20);
    expect(rankingMetrics({ ...rows, query: truths })).toEqual(rankingMetrics({ ...rows, query: truths.map(Number) }));
    const relevant = Array.from(relevance!, (gain) => gain > 2);
    expect(rankingMetrics({ ...rows, relevance: relevant, query })).toEqual(
      rankingMetrics({ ...rows, relevance: relevant.map(Number), query }),
    );
  });

  it("leaves rows out in which one is missing, and counts them", () => {
    const found = rankingMetrics({
      query: ["a", "a", null, "a", "b", "a"],
      relevance: [1, 0, 1, Number.NaN, 2, null],
      scores: [2, 1, 1, 1, 5, Number.NaN],
    });
    expect(found).toMatchObject({ rows: 3, queries: 2, missing: { rows: 6, null: 2, nan: 1 } });
    expect(rankingMetrics({ query: [1, Number.NaN], relevance: [1, 1], scores: [1, 1] })).toMatchObject({
      queries: 1,
      missing: { rows: 2, null: 0, nan: 1 },
    });
  });

  it("lets infinite scores keep their rank, and -0 tie with 0", () => {
    const query = [1, 1, 1];
    const found = rankingMetrics({ query, relevance: [1, 0, 0], scores: [-Infinity, 3, Infinity] });
    expectClose(found.mrr.value, 1 / 3, 1e-15);
    expectClose(rankingMetrics({ query, relevance: [1, 0, 0], scores: [-0, 0, -1] }).mrr.value, 3 / 4, 1e-15);
  });

  it("has no value without rows, 0 without anything relevant, and no interval where queries do not differ", () => {
    const none = rankingMetrics({ query: [], relevance: [], scores: [] });
    expect(none).toMatchObject({ status: "empty", queries: 0, rows: 0, withoutRelevant: 0 });
    expect(valuesOf(none).every((value) => value === null)).toBe(true);
    expect(rankingMetrics({ query: [null], relevance: [1], scores: [1] }).status).toBe("empty");
    const irrelevant = rankingMetrics({ query: ["a", "b"], relevance: [0, 0], scores: [1, 2] });
    expect(irrelevant).toMatchObject({ withoutRelevant: 2, ndcg: { value: 0, interval: null, law: null } });
    for (const interval of ["analytic", "bootstrap"] as const) {
      const same = rankingMetrics({ query: [1, 1, 2, 2], relevance: [1, 0, 1, 0], scores: [1, 2, 1, 2] }, { interval });
      for (const one of all(same)) expect(one.interval).toBeNull();
    }
    expect(rankingMetrics({ query: [1], relevance: [1], scores: [1] }, { k: [] }).atK).toEqual([]);
  });

  it.each(["analytic", "bootstrap"] as const)(
    "has %s intervals that cover the truth in about 95 of 100 samples",
    (interval) => {
      // Of five rows the single relevant one is first with probability 1/2, else at any other place.
      const truth = { mrr: 1 / 2 + (1 / 2 + 1 / 3 + 1 / 4 + 1 / 5) / 8, precision: 1 / 2 + 1 / 4 / 2 };
      const covered = { mrr: 0, precision: 0 };
      const samples = interval === "analytic" ? 600 : 200;
      for (let seed = 1; seed <= samples; seed++) {
        const random = randomFrom(seed);
        const queries = 80;
        const query = Array.from({ length: 5 * queries }, (_, row) => Math.floor(row / 5));
        const rank = query.map((_, row) => row % 5);
        const relevance = query.map(() => 0);
        for (let q = 0; q < queries; q++) relevance[5 * q + (random() < 0.5 ? 0 : 1 + Math.floor(4 * random()))] = 1;
        // precision@2 is half the chance that it is among the first two.
        const found = rankingMetrics({ query, relevance, rank }, { k: [2], interval, resamples: 299, seed });
        const within = ({ interval: range }: Estimated, value: number): number =>
          Number(range![0] <= value && value <= range![1]);
        covered.mrr += within(found.mrr, truth.mrr);
        covered.precision += within(found.atK[0]!.precision, truth.precision / 2);
      }
      for (const count of Object.values(covered)) {
        expect(count / samples).toBeGreaterThan(0.95 - 3.5 * Math.sqrt((0.95 * 0.05) / samples));
      }
    },
  );

  it("refuses what it cannot rank", () => {
    const rows = { query: [1, 1], relevance: [1, 0], scores: [1, 2] };
    const { scores, ...without } = rows;
    for (const [given, options, error, message] of [
      [{ ...rows, relevance: [-1, 0] }, {}, RangeError, "relevance must be at least 0, got -1"],
      [{ ...rows, relevance: [Infinity, 0] }, {}, RangeError, "relevance must be finite, got Infinity"],
      [{ ...rows, relevance: [1001, 0] }, { gains: "exponential" }, RangeError, "relevance must be at most 1000"],
      [{ ...rows, relevance: [1] }, {}, RangeError, "scores needs 1 rows like relevance, got 2"],
      [{ ...rows, query: [1] }, {}, RangeError, "query needs 2 rows like relevance, got 1"],
      [{ ...rows, relevance: ["a", "b"] }, {}, TypeError, "relevance must hold numbers, got Utf8"],
      [without, {}, TypeError, "needs either scores or rank, got neither"],
      [{ ...rows, rank: scores }, {}, TypeError, "needs either scores or rank, got both"],
      [null, {}, TypeError, "needs an object with relevance, scores and query, got null"],
      [rows, { k: [0] }, RangeError, "each k must be a whole number from 1"],
      [rows, { k: 5 }, TypeError, "k must be an array of whole numbers, got 5"],
      [rows, { gains: "log" }, RangeError, 'gains must be linear or exponential, got "log"'],
      [rows, { at: 5 }, RangeError, 'there is no option "at"'],
    ] as const) {
      const call = () => rankingMetrics(given as never, options as never);
      expect(call).toThrow(error);
      expect(call).toThrow(message);
    }
  });
});

import {
  classificationMetrics,
  compare,
  modelQuality,
  prepare,
  profile,
  rankingMetrics,
  regressionMetrics,
} from "smirnov";
import { describe, expect, it } from "vitest";
import { randomFrom, sample } from "../statistics/samples.ts";

/** What a model said of rows and what turned out to be true: `noise` is how far it is off. */
function side(rows: number, seed: number, noise: number) {
  const [y, errors] = [sample("normal", rows, seed), sample("normal", rows, seed + 1)];
  const random = randomFrom(seed);
  const said = y.map((value, k) => value + noise * errors[k]!);
  const score = said.map((value) => 1 / (1 + Math.exp(-2 * value)));
  return {
    country: Array.from(y, (_, k) => (k % 3 === 0 ? "DE" : "FR")),
    y,
    said,
    bought: Array.from(y, (value) => value > 0),
    guess: Array.from(said, (value) => value > 0),
    score,
    no: score.map((value) => 1 - value),
    stars: Array.from(y, (value) => Math.min(Math.max(Math.round(value + 2), 0), 4)),
    list: Array.from(y, () => `list ${Math.floor((rows / 20) * random())}`),
    place: said.map((value) => -value),
  };
}

const before = side(4000, 1, 0.5);
const after = side(1000, 50, 0.8);
const regression = { target: "y", prediction: "said" };

describe("columns of a model", () => {
  it("are no features unless they are named as such", async () => {
    const roles = { target: "bought", prediction: "guess" };
    const columns = ["country", "bought", "guess", "score", "said"];
    const modelQuality = { scores: "score" };
    const all = await compare(before, after, { ...roles, columns, modelQuality });
    expect(all.kindOfChange!.features.names).toEqual(["country", "said"]);
    const named = await compare(before, after, { ...roles, columns, modelQuality, features: ["score"] });
    expect(named.kindOfChange!.features.names).toEqual(["score"]);
    const ranked = { target: "stars", columns: ["country", "stars", "said", "list"] };
    const ranking = await compare(before, after, { ...ranked, modelQuality: { scores: "said", query: "list" } });
    expect(ranking.kindOfChange!.features.names).toEqual(["country"]);
  });
});

describe("modelQuality", () => {
  it("gives each side what the metrics of its task give", async () => {
    const found = await modelQuality(before, after, regression);
    expect(found).toMatchObject({ task: "regression", target: "y", confidence: 0.95 });
    expect(found.reference).toEqual(regressionMetrics({ target: before.y, prediction: before.said }));
    expect(found.current).toEqual(regressionMetrics({ target: after.y, prediction: after.said }));
    expect(found.reasons).toEqual({ reference: "", current: "" });

    const classes = await modelQuality(before, after, { target: "bought", prediction: "guess", scores: "score" });
    expect(classes.task).toBe("classification");
    expect(classes.current).toEqual(
      classificationMetrics({ labels: after.bought, predictions: after.guess, scores: after.score }),
    );

    const options = { k: [3], gains: "exponential", confidence: 0.9 } as const;
    const ranked = await modelQuality(before, after, { target: "stars", scores: "said", query: "list", ...options });
    expect(ranked.task).toBe("ranking");
    expect(ranked.current).toEqual(
      rankingMetrics({ relevance: after.stars, scores: after.said, query: after.list }, options),
    );
    const byRank = await modelQuality(before, after, { target: "stars", rank: "place", query: "list", ...options });
    expect(byRank).toEqual(ranked);
  });

  it("guesses the task from the target, and does what it is told instead", async () => {
    const task = async (options: Parameters<typeof modelQuality>[2]) =>
      (await modelQuality(before, after, options)).task;
    expect(await task({ target: "y", prediction: "said" })).toBe("regression");
    expect(await task({ target: "stars", prediction: "stars" })).toBe("classification");
    expect(await task({ target: "country", prediction: "country" })).toBe("classification");
    expect(await task({ target: "stars", prediction: "said", task: "regression" })).toBe("regression");
  });

  it("takes scores by class and the positive one", async () => {
    const both = { target: "bought", scores: { true: "score", false: "no" } };
    const found = await modelQuality(before, after, both);
    const one = await modelQuality(before, after, { target: "bought", scores: "score" });
    expect(found.differences.rocAuc!.value).toBeCloseTo(one.differences.rocAuc!.value!, 12);
    const other = await modelQuality(before, after, { target: "bought", scores: "no", positive: false });
    expect(other.differences.rocAuc!.value).toBeCloseTo(one.differences.rocAuc!.value!, 12);
    expect(other.reference).toMatchObject({ positive: "false" });
  });

  it("says by how much each metric changed, and which got worse beyond chance", async () => {
    const { differences, worse, words } = await modelQuality(before, after, regression);
    expect(worse).toEqual(
      ["meanAbsoluteError", "rootMeanSquaredError", "medianAbsoluteError", "r2"].filter((name) => worse.includes(name)),
    );
    expect(worse).toContain("meanAbsoluteError");
    expect(worse).toContain("r2");
    const [low, high] = differences.meanAbsoluteError!.interval!;
    // |error| has mean √(2/π) times its scale.
    const truth = (0.8 - 0.5) * Math.sqrt(2 / Math.PI);
    expect(low).toBeLessThan(truth);
    expect(high).toBeGreaterThan(truth);
    expect(words).toMatch(
      /^mean absolute error rose from 0\.\d+ to 0\.\d+ \(0\.\d+, 95 % 0\.\d+ to 0\.\d+\); also worse: root mean squared error, .*R²$/,
    );
    const back = await modelQuality(after, before, regression);
    expect(back.worse).toEqual([]);
    expect(back.words).toMatch(/^mean absolute error fell from .* \(−0\.\d+, 95 % −0\.\d+ to −0\.\d+\)$/);
    expect(back.differences.r2!.value).toBe(-differences.r2!.value!);
  });

  it("calls chance what may be chance", async () => {
    const { worse, words } = await modelQuality(before, side(1000, 77, 0.5), regression);
    expect(worse).toEqual([]);
    expect(words).toMatch(/, which may be chance \(/);
    const same = await modelQuality(before, before, { ...regression, confidence: 0.99 });
    expect(same.words).toMatch(/^mean absolute error is 0\.\d+ as before$/);
    for (const { value } of Object.values(same.differences)) expect(value).toBe(0);
  });

  it("has intervals of differences that cover the truth in about 95 of 100 comparisons", async () => {
    const covered: Record<string, number> = {};
    const comparisons = 300;
    for (let seed = 1; seed <= comparisons; seed++) {
      const [x, y] = [side(300, 1000 + 4 * seed, 0.5), side(150, 1002 + 4 * seed, 0.5)];
      const found = [
        await modelQuality(x, y, regression),
        await modelQuality(x, y, { target: "bought", prediction: "guess", scores: "score" }),
      ];
      const differences = Object.assign({}, ...found.map((one) => one.differences)) as (typeof found)[0]["differences"];
      for (const name of ["rootMeanSquaredError", "meanError", "r2", "accuracy", "rocAuc", "brier"]) {
        const [low, high] = differences[name]!.interval!;
        covered[name] = (covered[name] ?? 0) + Number(low <= 0 && 0 <= high);
      }
    }
    for (const [name, count] of Object.entries(covered)) {
      expect(count / comparisons, name).toBeGreaterThan(0.95 - 3.5 * Math.sqrt(0.0475 / comparisons));
    }
  });

  it("has a reason for a side whose labels are not there yet", async () => {
    const { y, ...without } = after;
    const missing = await modelQuality(before, without, regression);
    expect(missing).toMatchObject({ current: null, differences: {}, worse: [] });
    expect(missing.reasons).toEqual({ reference: "", current: 'the current side has no column "y"' });
    expect(missing.words).toMatch(/^mean absolute error was 0\.\d+; the current side has no column "y"$/);
    const empty = await modelQuality(before, { ...after, y: Array.from(y, () => null) }, regression);
    expect(empty.reasons.current).toBe('the current side has no value of "y" yet');
    const apart = Array.from(y, (value, k) => (k < 5 ? value : null));
    const said = Array.from(after.said, (value, k) => (k < 5 ? null : value));
    const neither = await modelQuality({ ...after, y: apart, said }, { ...after, y: apart, said }, regression);
    expect(neither).toMatchObject({ reference: null, current: null });
    expect(neither.words).toBe(
      'no row of the reference has both "y" and what the model said; no row of the current side has both "y" and what the model said',
    );
    // A side without labels needs no predictions.
    const { said: _, ...unseen } = without;
    expect((await modelQuality(before, unseen, regression)).reference).not.toBeNull();
  });

  it("has a reason for a side that holds something else, and judges the other", async () => {
    const bad = (column: string, value: unknown) => {
      const whole: Record<string, ArrayLike<unknown>> = { ...after };
      return { ...after, [column]: Array.from(whole[column]!, (own, k) => (k === 3 ? value : own)) } as typeof after;
    };
    const text = { ...after, said: Array.from(after.said, (value) => `x${value}`) };
    const ranking = { target: "stars", scores: "said", query: "list" };
    const many = { bought: Array.from({ length: 1025 }, (_, k) => `class ${k}`), guess: Array(1025).fill(true) };
    const { said, ...without } = after;
    for (const [current, options, reason] of [
      [without, regression, 'the current side has no column "said"'],
      [text, regression, "the current side cannot be judged: prediction must hold numbers, got Utf8"],
      [
        bad("score", 1.2),
        { target: "bought", scores: "score" },
        "the current side cannot be judged: scores must be probabilities in [0, 1], got 1.2 in row 3",
      ],
      [
        many,
        { target: "bought", prediction: "guess" },
        "the current side cannot be judged: labels may be of up to 1024 classes, got more",
      ],
      [bad("stars", -1), ranking, "the current side cannot be judged: relevance must be at least 0, got -1"],
      [
        { ...after, list: { values: new Float64Array(2000), dimension: 2 } },
        ranking,
        /^the current side cannot be judged: query must tell lists apart/,
      ],
    ] as const) {
      const found = await modelQuality(before, current as never, options);
      expect(found.reasons.reference).toBe("");
      expect(found.reasons.current).toMatch(reason);
      expect(found).toMatchObject({ current: null, differences: {}, worse: [] });
      expect(found.reference).toEqual((await modelQuality(before, before, options)).reference);
      const back = await modelQuality(current as never, before, options);
      expect(back.current).toEqual(found.reference);
      const report = await compare(before, current as never, { columns: [options.target], modelQuality: options });
      expect(report.modelQuality).toEqual(found);
    }
  });

  it("says that means are not defined because of infinite values", async () => {
    const said = after.said.map((value, k) => (k === 3 ? Number.POSITIVE_INFINITY : value));
    const { words, worse } = await modelQuality(before, { ...after, said }, regression);
    expect(words).toMatch(
      /^mean absolute error was 0\.\d+, is not defined; .*the current side has infinite targets or predictions$/,
    );
    expect(worse).not.toContain("meanAbsoluteError");
  });

  it("calls a mean error worse that is further from 0, on either side", async () => {
    const shifted = (by: number) => ({ ...before, said: before.said.map((value) => value + by) });
    const worseOf = async (from: number, to: number) =>
      (await modelQuality(shifted(from), { ...after, said: after.said.map((value) => value + to) }, regression)).worse;
    expect(await worseOf(0, 1)).toContain("meanError");
    expect(await worseOf(0, -1)).toContain("meanError");
    expect(await worseOf(1, -2)).toContain("meanError");
    for (const [from, to] of [
      [1, 0],
      [-1, 0],
      [-1, 0.8],
      [2, -1],
      [0, 0],
    ] as const) {
      expect(await worseOf(from, to)).not.toContain("meanError");
    }
  });

  it("is plain data, the same for the same seed", async () => {
    for (const options of [
      regression,
      { target: "bought", scores: "score" },
      { target: "stars", scores: "said", query: "list" },
    ]) {
      const drawn = { ...options, interval: "bootstrap", resamples: 50, seed: 7 } as const;
      const found = await modelQuality(before, after, drawn);
      expect(JSON.parse(JSON.stringify(found))).toEqual(found);
      expect(await modelQuality(before, after, drawn)).toEqual(found);
      expect(Object.values(found.differences).some(({ law }) => law === "bootstrap")).toBe(true);
    }
  });

  it("gives others their turn, and stops when told to", async () => {
    const controller = new AbortController();
    const pending = modelQuality(before, after, { ...regression, signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(pending).rejects.toThrow("enough");
  });

  it.each([
    [{}, TypeError, "target must be a column's name, got undefined"],
    [{ target: "z" }, RangeError, 'target names "z", no such column; there are country, y, said'],
    [{ target: "y" }, RangeError, "regression needs a prediction, got none"],
    [{ target: "bought" }, RangeError, "classification needs a prediction or scores, got neither"],
    [{ target: "stars", query: "list" }, RangeError, "ranking needs either scores or rank, got neither"],
    [
      { target: "stars", query: "list", scores: "said", rank: "place" },
      RangeError,
      "ranking needs either scores or rank, got both",
    ],
    [{ target: "stars", task: "ranking", scores: "said" }, RangeError, "ranking needs a query, got none"],
    [{ target: "stars", query: "list", scores: { a: "said" } }, TypeError, "ranking needs one column of scores"],
    [{ ...regression, scores: "score" }, RangeError, 'regression has no option "scores", but prediction'],
    [{ ...regression, k: [1] }, RangeError, 'regression has no option "k"'],
    [{ ...regression, task: "forecast" }, RangeError, "task must be classification, regression or ranking"],
    [{ ...regression, confidence: 2 }, RangeError, "confidence must lie between 0 and 1, got 2"],
    [{ ...regression, goal: "y" }, RangeError, 'there is no option "goal"'],
    [{ ...regression, signal: true }, TypeError, "signal must be an AbortSignal, got true"],
    [{ target: "bought", scores: 3 }, TypeError, "scores must be a column's name, or one for each class, got 3"],
    [{ target: "bought", scores: { true: "nothing" } }, RangeError, 'scores names "nothing", no such column'],
    [null, TypeError, "options must be an object, got null"],
    [{ target: "bought", scores: "score", threshold: "x" }, TypeError, 'threshold must be a number, got "x"'],
    [{ target: "bought", scores: "score", positive: [1] }, TypeError, "positive must be the name of a class"],
    [
      { target: "bought", scores: "score", positive: "maybe" },
      RangeError,
      'positive must be one of false, true, got "maybe"',
    ],
    [{ target: "stars", scores: "said", query: "list", k: 5 }, TypeError, "k must be an array of whole numbers, got 5"],
    [{ target: "stars", scores: "said", query: "list", gains: "x" }, RangeError, "gains must be linear or exponential"],
  ])("refuses %j", async (options, error, message) => {
    const found = modelQuality(before, after, options as never);
    await expect(found).rejects.toThrow(error);
    await expect(found).rejects.toThrow(`modelQuality: ${message}`);
  });

  it("refuses what is no table with rows", async () => {
    await expect(modelQuality(3 as never, after, regression)).rejects.toThrow(TypeError);
    await expect(modelQuality(prepare(before) as never, after, regression)).rejects.toThrow(TypeError);
  });
});

describe("classes of both sides", () => {
  const cycle = <T>(values: readonly T[], rows = 90): T[] =>
    Array.from({ length: rows }, (_, k) => values[k % values.length]!);
  const s = cycle([0.1, 0.8, 0.4, 0.3, 0.9]);
  const both = { y: cycle(["no", "yes", "no"]), p: cycle(["no", "yes", "yes", "no"]), s };
  const guess = { target: "y", prediction: "p" };
  const score = { target: "y", scores: "s" };

  it("are the same where one side lacks one", async () => {
    const none = { y: cycle(["no"]), p: cycle(["no"]), s };
    for (const [options, first, second] of [
      [guess, both, none],
      [guess, none, both],
      [score, both, none],
      [score, none, both],
    ] as const) {
      const { reference, current } = await modelQuality(first, second, options);
      for (const side of [reference, current]) expect(side).toMatchObject({ classes: ["no", "yes"], positive: "yes" });
    }
    const { current, differences } = await modelQuality(both, none, guess);
    expect(current).toMatchObject({ perClass: { yes: { support: 0 } }, recall: { macro: { value: 1 } } });
    expect(differences.recall!.value).toBeNull();
  });

  it("are the same in all segments", async () => {
    const g = cycle(["a", "b", "b"]);
    const options = { columns: ["s"], by: "g", minimumValues: 5, modelQuality: score };
    const { segments } = await compare({ ...both, g }, { ...both, g }, options);
    for (const key of ["g=a", "g=b"]) {
      expect(segments![key]!.modelQuality!.current).toMatchObject({ classes: ["no", "yes"], positive: "yes" });
    }
  });

  it("are truth values where one side has truth values and the other 1 and 0", async () => {
    const truth = { y: cycle([true, false, true]), p: cycle([true, true, false]), s };
    const bits = { y: cycle([1, 0, 1]), p: cycle([1, 1, 0]), s };
    const texts = { y: cycle(["1", "0", "1"]), p: cycle(["1", "1", "0"]), s };
    for (const other of [bits, texts]) {
      for (const options of [guess, { ...guess, positive: true }, { ...guess, positive: 1 }, score]) {
        const found = await modelQuality(truth, other, options);
        expect(found.current).toEqual(found.reference);
        expect(found.current).toMatchObject({ classes: ["false", "true"], positive: "true" });
        expect((await modelQuality(other, truth, options)).reference).toEqual(found.current);
      }
    }
  });

  it("of one side are not told the other where both have too many together", async () => {
    const of = (name: string) => ({
      y: Array.from({ length: 600 }, (_, k) => name + k),
      p: Array(600).fill(`${name}0`),
    });
    const { reference, current } = await modelQuality(of("a"), of("b"), guess);
    expect(reference).toMatchObject({ accuracy: { value: 1 / 600 } });
    expect(reference).toMatchObject({ classes: { length: 600 } });
    expect(current).toMatchObject({ classes: { length: 600 } });
  });

  it("of more than two are averaged on both sides", async () => {
    const more = { ...both, y: cycle(["no", "yes", "maybe"]) };
    const { reference, current } = await modelQuality(both, more, guess);
    for (const side of [reference, current]) {
      expect(side).toMatchObject({ classes: ["maybe", "no", "yes"], positive: null });
    }
    const {
      perClass: _,
      classes: __,
      confusion: ___,
      positive: ____,
      ...alone
    } = classificationMetrics({
      labels: both.y,
      predictions: both.p,
    });
    expect(reference).toMatchObject(alone);
  });

  it("cost a side its metrics where only two can be judged", async () => {
    const more = { ...both, y: cycle(["no", "yes", "maybe"]) };
    const renamed = { ...both, y: cycle(["N", "Y", "N"]) };
    for (const [current, options, reason] of [
      [more, score, "scores of 3 classes (maybe, no, yes) must be given by class, got one column"],
      [more, { ...guess, positive: "yes" }, "positive is for two classes, got 3 classes (maybe, no, yes)"],
      [renamed, score, "scores of 4 classes (N, Y, no, yes) must be given by class, got one column"],
    ] as const) {
      const found = await modelQuality(both, current, options);
      expect(found.reasons).toEqual({ reference: "", current: `the current side cannot be judged: ${reason}` });
      expect(found.reference).toMatchObject({ classes: ["no", "yes"], positive: "yes" });
    }
  });
});

describe("compare with modelQuality", () => {
  const columns = ["y", "score"];

  it("adds what modelQuality tells, and changes nothing else", async () => {
    const { modelQuality: model, ...rest } = await compare(before, after, { columns, modelQuality: regression });
    expect(model).toEqual(await modelQuality(before, after, regression));
    expect(rest).toEqual(await compare(before, after, { columns }));
    expect((await compare(before, after, { columns, modelQuality: false })).modelQuality).toBeUndefined();
  });

  it("takes target and prediction from their roles", async () => {
    const roles = { columns: ["y", "said"], target: "y", prediction: "said" };
    const { modelQuality: model } = await compare(before, after, { ...roles, modelQuality: true });
    expect(model).toEqual(await modelQuality(before, after, regression));
    const ranked = await compare(before, after, {
      columns: ["y", "stars"],
      target: "stars",
      modelQuality: { query: "list", scores: "said" },
    });
    expect(ranked.modelQuality!.task).toBe("ranking");
  });

  it("judges each segment", async () => {
    const { segments } = await compare(before, after, {
      columns: ["y", "country"],
      by: "country",
      modelQuality: regression,
    });
    expect(Object.keys(segments!)).toEqual(["country=DE", "country=FR"]);
    const only = (table: typeof before, country: string) => {
      const rows = table.country.flatMap((own, row) => (own === country ? [row] : []));
      return { y: rows.map((row) => table.y[row]!), said: rows.map((row) => table.said[row]!) };
    };
    for (const country of ["DE", "FR"]) {
      expect(segments![`country=${country}`]!.modelQuality).toEqual(
        await modelQuality(only(before, country), only(after, country), regression),
      );
    }
    const few = await compare(
      before,
      { ...side(1005, 50, 1), country: ["FR", ...Array(1004).fill("DE")] },
      {
        columns: ["y", "country"],
        by: "country",
        modelQuality: regression,
      },
    );
    expect(few.segments!["country=FR"]).toMatchObject({ status: "too-few" });
    expect(few.segments!["country=FR"]!.modelQuality).toBeUndefined();
  });

  it("needs rows, and options that are ones", async () => {
    for (const reference of [prepare(before), await profile(before)]) {
      await expect(compare(reference, after, { modelQuality: regression })).rejects.toThrow(
        "compare: modelQuality needs the rows of the reference",
      );
    }
    await expect(compare(before, after, { modelQuality: 3 as never })).rejects.toThrow(
      "compare: modelQuality must be true, false or options, got 3",
    );
    await expect(compare(before, after, { modelQuality: true })).rejects.toThrow(
      "compare: modelQuality: target must be a column's name, got undefined",
    );
    await expect(compare(before, after, { preset: "evidently", modelQuality: regression } as never)).rejects.toThrow(
      "modelQuality",
    );
  });
});

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
    [{ target: "stars", query: "list", scores: "said", rank: "place" }, RangeError, "scores or rank, got both"],
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
  ])("refuses %j", async (options, error, message) => {
    const found = modelQuality(before, after, options as never);
    await expect(found).rejects.toThrow(error);
    await expect(found).rejects.toThrow(message);
  });

  it("refuses what is no table with rows", async () => {
    await expect(modelQuality(3 as never, after, regression)).rejects.toThrow(TypeError);
    await expect(modelQuality(prepare(before) as never, after, regression)).rejects.toThrow(TypeError);
    const { said, ...without } = after;
    await expect(modelQuality(before, without, regression)).rejects.toThrow(
      'modelQuality: the current side has no column "said"',
    );
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

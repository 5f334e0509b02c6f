import * as smirnov from "smirnov";
import {
  adjust,
  anovaTest,
  compare,
  cosine,
  ecdfAt,
  eppsSingletonTest,
  histogram,
  ksTestOneSample,
  manhattan,
  minkowski,
  mmd,
  moments,
  permutationTest,
  psi,
  quantile,
  quantiles,
  summary,
  tTest,
  tTestFromMoments,
  tTestOneSample,
  varianceTest,
  varianceTestFromMoments,
} from "smirnov";
import { normal } from "smirnov/distributions";
import { describe, expect, it } from "vitest";

const x = [1, 2, 3, 4, 5];
const sample = { count: 5, mean: 3, variance: 2 };

type Call = (...args: readonly unknown[]) => unknown;

/** Every function with options, and what comes before them. */
const withOptions: Readonly<Record<string, readonly unknown[]>> = {
  ksTest: [x, x],
  kuiperTest: [x, x],
  cramerVonMisesTest: [x, x],
  mannWhitneyTest: [x, x],
  eppsSingletonTest: [x, x],
  tTest: [x, x],
  tTestOneSample: [x, 0],
  tTestFromMoments: [sample, sample],
  varianceTest: [x, x],
  varianceTestFromMoments: [sample, sample],
  ksTestOneSample: [x, normal],
  permutationTest: [x, x, "ks"],
  mmd: [x, x],
  wasserstein: [x, x],
  distributionDistance: [x, x],
  psi: [x, x],
  jensenShannon: [x, x],
  minkowski: [x, x, 2],
  manhattan: [x, x],
  euclidean: [x, x],
  chebyshev: [x, x],
  cosine: [x, x],
  moments: [x],
  summary: [x],
  quantile: [x, 0.5],
  quantiles: [x, [0.5]],
  histogram: [x],
  ecdf: [x],
  rocAuc: [
    [0, 1, 1],
    [1, 2, 3],
  ],
  estimateClassification: [null, { scores: [0.5] }],
  classificationMetrics: [{ labels: [1], predictions: [1] }],
};

/** Every function of columns, and what comes after them. */
const ofColumns: Readonly<Record<string, readonly unknown[]>> = {
  ...Object.fromEntries(
    Object.entries(withOptions).filter(([name]) => !/FromMoments$|^rocAuc$|^estimate|^classification/.test(name)),
  ),
  andersonDarlingTest: [x, x],
  energy: [x, x],
  chiSquareTest: [x, x],
  cramerVonMisesTestOneSample: [x, normal],
  ecdfAt: [x, [1]],
  sort: [x],
};

const named = (name: string): Call => (smirnov as unknown as Record<string, Call>)[name]!;

describe("options", () => {
  it.each(Object.entries(withOptions))("that there are not are refused by name: %s", (name, args) => {
    const call = () => named(name)(...args, { alternativ: "less" });
    expect(call).toThrow(RangeError);
    expect(call).toThrow(`${name}: there is no option "alternativ", but `);
  });

  it.each(Object.entries(withOptions))("are an object: %s", (name, args) => {
    for (const [options, found] of [
      [null, "null"],
      ["less", '"less"'],
      [[], "an array"],
    ]) {
      const call = () => named(name)(...args, options);
      expect(call).toThrow(TypeError);
      expect(call).toThrow(`${name}: options must be an object, got ${found}`);
    }
  });

  it("that compare does not know are refused too", async () => {
    await expect(compare({ x }, { x }, { column: ["x"] } as never)).rejects.toThrow(
      'compare: there is no option "column", but preset, level,',
    );
  });

  it("of summaries are those that a summary can answer", () => {
    expect(() => tTestFromMoments(sample, sample, { paired: true } as never)).toThrow('no option "paired"');
    expect(() => varianceTestFromMoments(sample, sample, { method: "levene" } as never)).toThrow('no option "method"');
  });

  it("that are truth values are not guessed from others", () => {
    expect(() => tTest(x, x, { paired: "no" as never })).toThrow('tTest: paired must be true or false, got "no"');
    expect(() => moments(x, { bias: 0 as never })).toThrow("moments: bias must be true or false, got 0");
    expect(() => summary(x, { bias: "yes" as never })).toThrow(TypeError);
    expect(() => histogram(x, { density: 1 as never })).toThrow("histogram: density must be true or false, got 1");
    expect(() => named("mannWhitneyTest")(x, x, { continuity: "no" })).toThrow("continuity must be true or false");
  });

  it("that are numbers are not read from text", () => {
    for (const call of [
      () => tTest(x, x, { confidence: "0.9" as never }),
      () => varianceTest(x, x, { confidence: null as never }),
      () => permutationTest(x, x, "ks", { confidence: "0.9" as never }),
      () => permutationTest(x, x, "ks", { permutations: "99" as never }),
      () => permutationTest(x, x, "ks", { seed: Symbol("1") as never }),
      () => mmd(x, x, { bandwidth: "2" as never }),
      () => mmd(x, x, { sample: "20" as never }),
      () => psi(x, x, { bins: {} as never }),
      () => eppsSingletonTest(x, x, { t: ["0.4"] as never }),
      () => eppsSingletonTest(x, x, { t: 0.4 as never }),
      () => minkowski(x, x, "2" as never),
      () => minkowski(x, x, { p: 2 } as never),
      () => histogram(x, { bins: ["1", "2"] as never }),
      () => histogram(x, { bins: null as never }),
      () => histogram(x, { bins: {} as never }),
      () => histogram(x, { range: 3 as never }),
      () => quantile(x, "0.5" as never),
      () => quantile(x, [0.5] as never),
      () => quantiles(x, 0.5 as never),
      () => quantiles(x, ["0.5"] as never),
      () => summary(x, { quantiles: ["0.5"] as never }),
      () => ecdfAt(x, 3 as never),
      () => adjust("0.1" as never),
      () => adjust([0.1, "0.2" as never]),
      () => adjust([0.1, undefined as never]),
      () => tTestOneSample(x, "5" as never),
      () => varianceTest(x, x, { method: 3 as never }),
    ]) {
      expect(call).toThrow(TypeError);
      expect(call).toThrow(/^\w+: .*, got /);
    }
    expect(() => tTest(x, x, { confidence: Number.NaN })).toThrow(RangeError);
    expect(() => varianceTest(x, x, { centre: "center" as never })).toThrow(
      'varianceTest: centre must be median or mean, got "center"',
    );
  });

  it("may be typed arrays where they are lists of numbers", () => {
    expect(quantiles(x, Float64Array.of(0, 0.5))).toEqual(quantiles(x, [0, 0.5]));
    expect(histogram(x, { bins: Float64Array.of(1, 3, 5) })).toEqual(histogram(x, { bins: [1, 3, 5] }));
    expect(adjust(Float64Array.of(0.01, 0.04))).toEqual(adjust([0.01, 0.04]));
  });
});

describe("messages about columns", () => {
  it.each(Object.entries(ofColumns))("name the function that was called: %s", (name, [, ...rest]) => {
    for (const wrong of [null, undefined, 5, {}, [1, "2"], [[1], [2]]]) {
      const call = () => named(name)(wrong, ...rest);
      expect(call).toThrow(TypeError);
      expect(call).toThrow(new RegExp(`^${name}: (reference|the column|column) `));
    }
  });

  it("name the group that it is", () => {
    expect(() => anovaTest([sample, { count: 3, mean: 2 } as never])).toThrow("anovaTest: group 1 needs a typed array");
    expect(() => anovaTest(x as never)).toThrow("anovaTest: groups must be an array of columns, got one of numbers");
  });

  it("say how vectors come", () => {
    expect(() => cosine([[1, 2]] as never, [[1, 2]] as never, { between: "rows" })).toThrow(
      "cosine: reference needs numbers, bigints, booleans, strings or dates, got an array (vectors come as { values, dimension })",
    );
    expect(() => manhattan({ values: Float64Array.of(1), dimension: 2 }, x)).toThrow(
      "manhattan: reference needs whole",
    );
  });

  it("refuse laws that there are not", () => {
    const refused = (law: unknown) => () => ksTestOneSample(x, law as never);
    expect(refused(undefined)).toThrow("ksTestOneSample: law must be a name, { name, … } or a distribution function");
    expect(refused({})).toThrow(TypeError);
    expect(refused("gauss")).toThrow('ksTestOneSample: there is no law "gauss", but normal, uniform,');
    expect(refused("constructor")).toThrow("there is no law");
    expect(refused({ name: "normal", sigma: 2 })).toThrow("normal has no parameter sigma, but mean, sd");
    expect(refused({ name: "normal", sd: "2" })).toThrow('sd must be a number, got "2"');
    expect(refused({ name: "normal", sd: -1 })).toThrow(RangeError);
    expect(refused("studentT")).toThrow("degreesOfFreedom must be positive");
    expect(refused(() => "0.5")).toThrow("a distribution function lies in [0, 1], the law's is");
  });
});

describe("a summary", () => {
  it("may be what moments returns", () => {
    const [a, b] = [moments(x), moments([2, 4, 9])];
    const { missing: _, ...expected } = tTest(x, [2, 4, 9]);
    const found = tTestFromMoments(a, b);
    expect(found.pValue).toBeCloseTo(expected.pValue!, 12);
    expect(Object.keys(found)).toEqual(Object.keys(expected));
    expect(varianceTestFromMoments(a, b).pValue).toBeCloseTo(varianceTest(x, [2, 4, 9], { method: "f" }).pValue!, 12);
    expect(anovaTest([a, moments([7])]).statistic).toBeCloseTo(anovaTest([x, [7]]).statistic!, 12);
    expect(tTestOneSample(a, 1).pValue).toBeCloseTo(tTestOneSample(x, 1).pValue!, 12);
  });

  it("says that there were infinite values", () => {
    const some = moments([1, 2, Number.POSITIVE_INFINITY]);
    expect(tTestFromMoments(some, sample).status).toBe("infinite");
    expect(tTestOneSample(some, 1).status).toBe("infinite");
    expect(varianceTestFromMoments(sample, some)).toMatchObject({ status: "infinite", ratio: null, pValue: null });
    expect(anovaTest([some, x]).status).toBe("infinite");
  });

  it("is not taken for a column", () => {
    expect(() => tTest(sample as never, x)).toThrow("tTest: summaries are for tTestFromMoments");
    expect(() => varianceTest(x, moments(x) as never)).toThrow("summaries are for varianceTestFromMoments");
  });

  it("needs all its numbers", () => {
    expect(() => varianceTestFromMoments({ count: 3, variance: -1 }, sample)).toThrow(
      "varianceTestFromMoments: reference needs a finite variance, got variance -1",
    );
    expect(() => tTestFromMoments({ count: 3, variance: 1 } as never, sample)).toThrow(
      "got mean undefined, variance 1",
    );
    expect(() => tTestFromMoments(undefined as never, sample)).toThrow(
      "tTestFromMoments: reference must be { count, mean, variance }, got undefined",
    );
    for (const bad of [{ variance: null }, { variance: "1" }, { mean: null }, { variance: -1 }, { count: "3" }]) {
      expect(() => tTestFromMoments({ ...sample, ...bad } as never, sample)).toThrow(RangeError);
      expect(() => tTestOneSample({ ...sample, ...bad } as never, 0)).toThrow(/^tTestOneSample: the column needs /);
    }
  });
});

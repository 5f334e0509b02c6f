import {
  chiSquareTest,
  distributionDistance,
  histogram,
  jensenShannon,
  ksTest,
  permutationTest,
  prepare,
  psi,
  wasserstein,
} from "smirnov";
import { describe, expect, it } from "vitest";

const texts = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).flatMap(([name, count]) => Array<string>(count).fill(name));

const reference = { a: 30, b: 12, c: 0, d: 5, "": 2 };
const current = { a: 11, b: 22, c: 4, d: 0, e: 0 };

/** Every statistic on cells. */
const ofCells = {
  chiSquareTest,
  psi,
  jensenShannon,
  distributionDistance,
  totalVariation: (x: Parameters<typeof psi>[0], y: Parameters<typeof psi>[1]) =>
    permutationTest(x, y, "total-variation", { permutations: 99 }),
};

describe("counts", () => {
  it.each(Object.entries(ofCells))("give what the values give: %s", (_, statistic) => {
    const expected = statistic(texts(reference), texts(current));
    expect(statistic({ counts: reference }, { counts: current })).toEqual(expected);
    expect(statistic({ counts: reference }, texts(current))).toEqual(expected);
    expect(statistic(prepare(texts(reference)), { counts: current })).toEqual(expected);
  });

  it("may be given by position", () => {
    const found = chiSquareTest({ counts: [30, 12, 0] }, { counts: [11, 22, 4] });
    expect(found).toEqual(chiSquareTest({ counts: { 0: 30, 1: 12 } }, { counts: { 0: 11, 1: 22, 2: 4 } }));
    expect(found.newCategories).toEqual({ count: 1, share: 4 / 37, names: ["2"] });
  });

  it("may be more than there is memory for", () => {
    const found = chiSquareTest({ counts: { a: 5e11, b: 5e11 } }, { counts: { a: 5e11, b: 5e11 + 1e6 } });
    expect(found.n).toBe(1e12);
    expect(found.pValue).toBeGreaterThan(0.4);
  });

  it("of billions of values are dealt to sides, which only adding them up limits", () => {
    const found = permutationTest({ counts: [5e12, 1] }, { counts: [5, 1] }, "total-variation", { permutations: 99 });
    // Each side nearly always gets one of the two rare values only if it is the large one.
    expect(found).toMatchObject({ method: "sampled", n: 5e12 + 1, m: 6, pValue: 0.01 });
  });

  it("must be whole, and counts alone", () => {
    const refused = (counts: unknown) => () => psi({ counts } as never, { counts: [1] });
    expect(refused({ a: -1 })).toThrow('psi: reference needs whole counts, got -1 for "a"');
    expect(refused([1.5])).toThrow(RangeError);
    expect(refused(["1"])).toThrow(RangeError);
    expect(refused([Number.NaN])).toThrow(RangeError);
    expect(refused(3)).toThrow("psi: reference needs counts by name or an array of them, got number");
    expect(refused(null)).toThrow(TypeError);
    expect(refused([0, 0])).toThrow("psi: each side needs at least one value, got 0 and 1");
    expect(() => psi(histogram([1, 2]), histogram([1, 3]))).toThrow(
      "psi: reference must be { counts } alone, got edges too",
    );
    expect(() => psi({ counts: [1] }, [1, 2])).toThrow("both sides must hold the same kind of values");
  });

  it("are no numbers to order", () => {
    expect(() => ksTest({ counts: [1] } as never, [1])).toThrow("ksTest: reference needs a typed array");
    expect(() => wasserstein({ counts: [1] } as never, [1])).toThrow(TypeError);
    expect(() => permutationTest({ counts: [1] }, { counts: [1] }, "ks")).toThrow(TypeError);
  });
});

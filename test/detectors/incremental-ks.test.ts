import fc from "fast-check";
import { ksTest } from "smirnov";
import { ksExact } from "smirnov/distributions";
import { type Detector, type IncrementalKsState, incrementalKs } from "smirnov/monitor";
import { describe, expect, it } from "vitest";
import { normals } from "../../bench/data.js";
import { PrefixTree } from "../../dist/detectors/prefix-tree.js";

/** Values with many ties, some of both zeros. */
const tied = fc.array(
  fc.integer({ min: -4, max: 4 }).map((x) => (x === 0 ? -0 : x / 2)),
  { minLength: 40, maxLength: 160 },
);
const untied = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 40, maxLength: 160 });

/** Its own rule, in plain words: what the two sides hold after each value, and whether they differ. */
function naive(values: readonly number[], n: number, m: number, against: "fixed" | "previous", alpha: number) {
  let [reference, window, drifted]: [number[], number[], boolean] = [[], [], false];
  return values.map((value) => {
    if (drifted) {
      if (against === "previous") reference = window.slice(-n);
      window = [];
    }
    if (against === "fixed" && reference.length < n) reference = [...reference, value];
    else {
      window = [...window, value];
      if (window.length > m && against === "previous") reference = [...reference, window[0]].slice(-n);
      window = window.slice(-m);
    }
    const isFull = reference.length === n && window.length === m;
    const statistic = isFull ? ksTest(reference, window).statistic : null;
    drifted = isFull && ksExact(n, m, Math.round(statistic! * n * m)) <= alpha;
    return { statistic, status: drifted ? "drift" : "stable" };
  });
}

const told = (one: Detector<IncrementalKsState>, values: readonly number[]) =>
  values.map((value) => {
    const status = one.update(value);
    return { statistic: one.state().statistic, status };
  });

describe("incrementalKs", () => {
  for (const [kind, values] of Object.entries({ tied, untied })) {
    for (const against of ["fixed", "previous"] as const) {
      it(`is ksTest at every value: ${against} reference, ${kind} values`, () => {
        const sizes = fc.tuple(fc.integer({ min: 6, max: 12 }), fc.integer({ min: 6, max: 12 }));
        fc.assert(
          fc.property(values, sizes, (stream, [n, m]) => {
            const one = incrementalKs({ windowSize: m, referenceSize: n, against, alpha: 0.1 });
            expect(told(one, stream)).toEqual(naive(stream, n, m, against, 0.1));
          }),
          { numRuns: 60 },
        );
      });
    }
  }

  it("is ksTest against a reference that is given, which stays", () => {
    const next = normals(3);
    const reference = Float64Array.from({ length: 500 }, next);
    const values = Array.from({ length: 900 }, (_, k) => next() + (k > 500 ? 1 : 0));
    const one = incrementalKs({ reference, windowSize: 120 });
    let drifts = 0;
    for (const [k, value] of values.entries()) {
      if (one.update(value) === "drift") drifts++;
      const { statistic, window } = one.state();
      if (statistic === null || k % 9 !== 0) continue;
      expect(statistic).toBe(ksTest(reference, window).statistic);
    }
    expect(drifts).toBeGreaterThan(1);
    expect(one.state().reference).toEqual([...reference]);
  });

  it("finds the exact level where p-values are exact", () => {
    const one = incrementalKs({ windowSize: 20, referenceSize: 30, alpha: 0.05 });
    for (let k = 0; k < 30; k++) one.update(k);
    const found = Array.from({ length: 20 }, (_, k) => one.update(100 + k));
    expect(found.at(-1)).toBe("drift");
    expect(found.indexOf("drift")).toBe(19);
  });

  it("refuses windows that can never differ, and references beside others", () => {
    expect(() => incrementalKs({ windowSize: 2, alpha: 0.001 })).toThrow(
      "2 and 2 values can never differ at level 0.001",
    );
    expect(() => incrementalKs({ reference: [1] })).toThrow("reference must hold 2 to 1000000 values, got 1");
    expect(() => incrementalKs({ reference: [1, Number.NaN] })).toThrow("reference must be numbers up to 1e100");
    expect(() => incrementalKs({ reference: [1, 2, 3], against: "previous" })).toThrow('against must be "fixed"');
    expect(() => incrementalKs({ reference: [1, 2, 3], referenceSize: 3 })).toThrow("exclude each other");
  });
});

describe("the tree of prefix sums", () => {
  it("takes about as many steps for a thousand times as many values", () => {
    const perChange = (size: number) => {
      const tree = new PrefixTree(size, size);
      for (let k = 0; k < size; k++) {
        tree.change(k, true, 1);
        tree.change(k + 0.5, false, 1);
      }
      let least = Number.POSITIVE_INFINITY;
      for (let round = 0; round < 5; round++) {
        const start = performance.now();
        for (let k = 0; k < 2000; k++) {
          const value = (k * 7919) % size;
          tree.change(value, true, -1);
          tree.change(value, true, 1);
        }
        least = Math.min(least, performance.now() - start);
      }
      return least;
    };
    perChange(300);
    // logarithms are 2.2 times as long, and memory far away is slower; linear work would take a thousand times as long
    expect(perChange(300_000) / perChange(300)).toBeLessThan(150);
  });

  it("has D of sorted values that come in order", () => {
    const tree = new PrefixTree(1000, 1000);
    for (let k = 0; k < 1000; k++) {
      tree.change(k, true, 1);
      tree.change(k + 100, false, 1);
    }
    expect(tree.gap).toBe(100_000);
  });
});

import { describe, expect, it } from "vitest";
import type { DriftReport } from "../../../dist/drift/report.js";
import { compare, prepare, profile } from "../../../dist/index.js";
import { expectHolds, shapes } from "./shapes.ts";

const methods = [
  undefined,
  ...["ks", "kuiper", "cramer-von-mises", "mann-whitney", "wasserstein", "energy", "t-test"],
] as const;
/** With the rows of both sides. */
const cases = [
  [0, 3000, 3000],
  [0.1, 5000, 60],
  [0.3, 12_000, 9000],
  [0.05, 20_000, 50],
  [1, 5000, 40_000],
] as const;

describe("comparisons with profiles that have lost something", () => {
  for (const method of methods) {
    it(`hold what the values have: ${method ?? "default methods"}`, async () => {
      const options = { ...(method && { method }), temporal: true };
      let known = 0;
      const some = method ? cases.slice(0, 3) : cases;
      for (const [k, [shift, ...sizes]] of some.entries()) {
        const [reference, current] = sizes.map((rows, side) => shapes(rows, 10 * k + side + 1, side * shift)) as [
          never,
          never,
        ];
        const exact = await compare(reference, current, options);
        const [before, after] = await Promise.all([profile(reference), profile(current)]);
        const pairs = [
          [before, after],
          [before, current],
          [reference, after],
          [prepare(reference), after],
          [before, prepare(current)],
        ] as const;
        // Each way to give a side once, both profiles always.
        for (const [one, other] of [pairs[0], pairs[1 + (k % 4)]!]) {
          const found: DriftReport = await compare(one as never, other as never, options);
          for (const [name, column] of Object.entries(found.columns)) expectHolds(column, exact.columns[name]!);
          known += Object.values(found.columns).filter(({ severity }) => severity !== "unresolved").length;
          expect(structuredClone(found)).toEqual(JSON.parse(JSON.stringify(found)));
        }
      }
      // Most verdicts are known all the same.
      expect(known).toBeGreaterThan(0.85 * 2 * some.length * 12);
    }, 300_000);
  }

  it("hold it for 100 000 rows, and for shares of a change", async () => {
    for (const shift of [0, 0.1]) {
      const [reference, current] = [shapes(100_000, 5, 0), shapes(60_000, 6, shift)] as never[] as [never, never];
      const exact = await compare(reference, current);
      const found = await compare(await profile(reference), await profile(current));
      for (const [name, column] of Object.entries(found.columns)) expectHolds(column, exact.columns[name]!);
    }
  });
});

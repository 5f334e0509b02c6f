import fc from "fast-check";
import { expect, it } from "vitest";
import { groupSizes, scoreGroups, sumByGroup } from "../../dist/statistics/score-groups.js";
import { sample, shapeNames } from "./samples.ts";

it("rows are grouped by their scores, whatever these are", () => {
  const cases = fc.record({
    shape: fc.constantFrom(...shapeNames),
    length: fc.integer({ min: 0, max: 200 }),
    seed: fc.integer(),
  });
  fc.assert(
    fc.property(cases, ({ shape, length, seed }) => {
      const scores = sample(shape, length, seed).filter((score) => !Number.isNaN(score));
      const groups = scoreGroups(scores);
      const distinct = [...new Set(scores.map((score) => score + 0))].sort((a, b) => (a < b ? -1 : 1));
      expect(Array.from(groups.distinct, (score) => score + 0)).toEqual(distinct);
      scores.forEach((score, row) => {
        expect(groups.distinct[groups.groupOf[row]!]! + 0).toBe(score + 0);
      });
      const of = (score: number) => [...scores].filter((other) => other === score);
      expect([...groupSizes(groups)]).toEqual(distinct.map((score) => of(score).length));
      const rows = Float64Array.from(scores.keys());
      const sum = (score: number) => rows.reduce((total, row) => total + (scores[row] === score ? row : 0), 0);
      expect([...sumByGroup(groups, rows)]).toEqual(distinct.map(sum));
    }),
    { numRuns: 300 },
  );
});

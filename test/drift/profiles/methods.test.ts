import { describe, expect, it } from "vitest";
import { columnOf } from "../../../dist/column/column-of.js";
import { methods } from "../../../dist/drift/methods.js";
import { findingOf } from "../../../dist/drift/profiles/bounded-methods.js";
import { profilePair } from "../../../dist/drift/profiles/profile-pair.js";
import { compare, profile } from "../../../dist/index.js";
import type { NumberProfile } from "../../../dist/profile/profile.js";
import { profileColumn } from "../../../dist/profile/profile-column.js";
import { answerNow } from "../../../dist/source/plan.js";
import { withSides } from "../../../dist/source/sides.js";
import { normals } from "../samples.ts";
import { differences } from "./tables.ts";

const ofValues = [...methods.values()].filter(({ values }) => values);
const profiled = (values: readonly number[]) => profileColumn(columnOf(values as number[]) as never) as NumberProfile;

const repeated = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

/** Methods that need the values, however many. */
const needValues = ["epps-singleton", "wasserstein-resampled", "energy-resampled", "mmd"];
const onBins = ofValues.filter(({ bins }) => bins);

describe("methods on the cells of profiles", () => {
  it("are all but those that need the values", () => {
    const pair = profilePair(profiled(normals(4000, 1, 0, 1)), profiled(normals(3000, 2, 0, 1)));
    const refused = ofValues.filter((method) => findingOf(method, pair, undefined) === null).map(({ name }) => name);
    expect(refused.sort()).toEqual([...needValues].sort());
  });

  it("have few distinct values written out where they need them", () => {
    const [x, y] = [normals(3000, 1, 0, 1), normals(2000, 2, 0.1, 1)].map((side) => side.map((v) => Math.round(9 * v)));
    for (const name of needValues.filter((name) => name !== "mmd")) {
      const method = methods.get(name)!;
      const exact = withSides("test", x!, y!, (one, other) => answerNow(method.values!(), one, other));
      const found = findingOf(method, profilePair(profiled(x!), profiled(y!)), undefined);
      expect(differences(found, exact)).toEqual([]);
    }
  });

  const infinite = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const samples: Record<string, readonly [number[], number[]]> = {
    "tied numbers": [normals(400, 1, 0, 1), normals(300, 2, 0.2, 1.1)].map((side) =>
      side.map((x) => Math.round(20 * x) / 4),
    ) as [number[], number[]],
    "different numbers": [normals(200, 3, 0, 1), normals(200, 4, 0, 1)],
    "huge numbers": [normals(50, 5, 0, 1e308), normals(60, 6, 1e307, 1e308)].map((side) =>
      side.map((x) => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, x))),
    ) as [number[], number[]],
    infinities: [
      [...normals(100, 7, 0, 1), ...infinite],
      [...normals(90, 8, 0, 1), ...infinite, ...infinite],
    ],
    "the same shares of infinities": [
      [...normals(98, 7, 0, 1), ...infinite],
      [...normals(196, 8, 0, 1), ...infinite, ...infinite],
    ],
    constants: [repeated(4500, 3), repeated(4000, 3)],
    "different constants": [repeated(4500, 3), repeated(4000, 4)],
    "a constant and others": [repeated(4500, 3), [...repeated(4000, 4), 3, 5]],
  };
  for (const [what, [x, y]] of Object.entries(samples)) {
    for (const method of ofValues.filter(({ name }) => !needValues.includes(name))) {
      // There areas of the walk over values overflow.
      if (what === "huge numbers" && method.name === "anderson-darling") continue;
      it(`find what the values have, where cells hold one each: ${method.name} of ${what}`, () => {
        // Where a walk found the largest gap is for pictures, which profiles draw from their cells.
        const { largest: _, ...exact } = withSides("test", x, y, (one, other) =>
          answerNow(method.values!(), one, other),
        );
        const found = findingOf(method, profilePair(profiled(x), profiled(y)), undefined);
        expect(differences(found, exact)).toEqual([]);
      });
    }
  }

  it("count exactly between edges of cells near the reference's deciles", async () => {
    const [x, y] = [normals(9000, 1, 0, 1), normals(5000, 2, 0.1, 1)];
    const [before, after] = [await profile({ x }), await profile({ x: y })];
    for (const { name, bins } of onBins) {
      const { columns } = await compare(before, after, { method: name });
      const { edges, ...column } = columns.x!;
      expect([column.exact, column.bounds, edges!.length]).toEqual([true, undefined, 9]);
      const counts = [x, y].map((side) => {
        const found = new Float64Array(edges!.length + 1);
        for (const value of side) found[edges!.filter((edge) => edge <= value).length]!++;
        return found;
      });
      const cells = { reference: counts[0]!, current: counts[1]! };
      // Shares of the reference are near tenths.
      for (const count of cells.reference) expect(Math.abs(count / 9000 - 0.1)).toBeLessThan(0.005);
      const exact = bins!({ ...cells, tested: cells, edges: Float64Array.from(edges!) });
      expect([column.statistic, column.pValue, column.effects]).toEqual([exact.statistic, exact.pValue, exact.effects]);
    }
  });

  it("say by name what they need where they need the values", async () => {
    const [before, after] = [
      await profile({ x: normals(9000, 1, 0, 1) }),
      await profile({ x: normals(5000, 2, 0, 1) }),
    ];
    for (const method of needValues) {
      const { columns } = await compare(before, after, { method });
      expect(columns.x).toMatchObject({
        status: "unsupported",
        reason: `${method} needs the values, of which a profile keeps counts in cells`,
        severity: "none",
      });
    }
    const { columns } = await compare(before, after, { methods: { x: "chi-square" } });
    expect(columns.x).toMatchObject({ status: "unsupported", reason: "chi-square does not apply to values" });
  });
});

import { describe, expect, it } from "vitest";
import { methods } from "../../../dist/drift/methods.js";
import { compare, prepare, profile } from "../../../dist/index.js";
import { comparable, differences, fewDistinct } from "./tables.ts";

const names = [...methods.values()].filter(({ values, categories }) => values || categories).map(({ name }) => name);

describe("profiles that have lost nothing", () => {
  const tables = [fewDistinct(500, 1, 0), fewDistinct(300, 2, 0.2)] as never[];
  const [reference, current] = tables as [never, never];

  for (const name of [undefined, ...names]) {
    it(`give the report of the values: ${name ?? "default methods"}`, async () => {
      const options = { ...(name && { method: name }), temporal: true, minimumValues: 1 };
      const [before, after] = await Promise.all([profile(reference), profile(current)]);
      // MMD draws rows by their place, which prepared columns have lost too; and where Epps and Singleton's covariance is
      // nearly singular, the order of rows shows in the twelfth digit.
      const isDrawn = name === "mmd" || name === "epps-singleton";
      const [x, y] = isDrawn ? [prepare(reference), prepare(current)] : [reference, current];
      const exact = comparable(await compare(x as never, y as never, options));
      for (const [one, other] of [
        [before, after],
        ...(isDrawn
          ? [[prepare(reference), after]]
          : [
              [reference, after],
              [before, current],
            ]),
        [prepare(reference), after],
        [before, prepare(current)],
      ]) {
        const found = comparable(await compare(one as never, other as never, options));
        expect(differences(found, exact)).toEqual([]);
      }
      for (const column of Object.values(exact.columns)) expect(column.exact).toBe(true);
    });
  }

  it("are those of up to 2 048 distinct numbers, and of no more", async () => {
    const ofDistinct = async (distinct: number) => {
      const table = (factor: number) => ({ x: Array.from({ length: distinct }, (_, row) => (factor * row) / 7) });
      const [x, y] = [table(1), table(1.01)];
      const found = await compare(await profile(x), await profile(y));
      return { exact: comparable(await compare(x, y)), found: comparable(found) };
    };
    const few = await ofDistinct(2048);
    expect(differences(few.found, few.exact)).toEqual([]);
    expect((await ofDistinct(2049)).found.columns.x!.exact).toBe(false);
  });
});

import * as fc from "fast-check";
import { expect, it } from "vitest";
import { compare, prepare, profile } from "../../../dist/index.js";
import { generator, normals } from "../samples.ts";
import { expectHolds, shapes } from "./shapes.ts";

/** From 50 to 100 000 rows, small numbers as likely as large ones. */
const rows = fc.double({ min: Math.log(50), max: Math.log(100_000), noNaN: true }).map((x) => Math.round(Math.exp(x)));
const method = fc.constantFrom(
  ...["anderson-darling", "kuiper", "cramer-von-mises", "mann-whitney", "wasserstein", "energy", "t-test"],
);

it("a verdict is that of the values, and bounds hold their numbers, whatever the table", async () => {
  await fc.assert(
    fc.asyncProperty(
      rows,
      rows,
      fc.constantFrom(0, 0.05, 0.1, 0.3, 1),
      fc.integer({ min: 1, max: 1e6 }),
      method,
      fc.constantFrom("profile", "table", "prepared" as const),
      fc.boolean(),
      async (n, m, shift, seed, method, kind, turned) => {
        const tables = [shapes(n, seed, 0), shapes(m, seed + 7, shift)] as never[] as [never, never];
        const exact = await compare(tables[0], tables[1], { method, temporal: true });
        const other = turned ? 0 : 1;
        const sides: unknown[] = [await profile(tables[0]), await profile(tables[1])];
        if (kind !== "profile") sides[other] = kind === "table" ? tables[other] : prepare(tables[other]!);
        const found = await compare(sides[0] as never, sides[1] as never, { method, temporal: true });
        for (const [name, column] of Object.entries(found.columns)) expectHolds(column, exact.columns[name]!);
      },
    ),
    { numRuns: 20, endOnFailure: true },
  );
}, 180_000);

it("two profiles of one table have no drift", async () => {
  const random = generator(3);
  const x = normals(20_000, 1, 0, 1);
  const cut = x.map(() => random() < 0.5);
  const [one, other] = [x.filter((_, row) => cut[row]), x.filter((_, row) => !cut[row])];
  const report = await compare(await profile({ x: one }), await profile({ x: other }));
  expect(report.columns.x).toMatchObject({ severity: "none", drifted: false, exact: false });
  expect(report.falseAlarms.perComparison).toBe(0.005);
});

/** docs/accuracy.md is made by `npm run accuracy`; here is only whether it was forgotten. */
import { readFileSync } from "node:fs";
import * as distributions from "smirnov/distributions";
import { describe, expect, test } from "vitest";

const page = readFileSync(new URL("../../docs/accuracy.md", import.meta.url), "utf8");
const section = (title: string) => page.split(`\n## ${title}\n`)[1]?.split("\n## ")[0] ?? "";
const rowsOf = (text: string) =>
  Array.from(text.matchAll(/^\| `([^`]+)` \|(.*)$/gm), ([, name, rest]) => ({ name, rest }));

describe("docs/accuracy.md", () => {
  test("lists the functions that smirnov/distributions exports", () => {
    expect(rowsOf(section("Functions")).map(({ name }) => name)).toEqual(Object.keys(distributions).toSorted());
  });

  test("keeps the promise of 1e-13 against mpmath in every table, quantiles included", () => {
    const rows = [
      ...rowsOf(section("Probabilities and special functions")),
      ...rowsOf(section("Quantiles and inverses, backward error")),
    ];
    expect(rows.length).toBeGreaterThan(100);
    for (const { name, rest } of rows) expect(Number(rest!.split("|")[2]), `${name} ${rest}`).toBeLessThan(1e-13);
  });

  test("shows no table of mpmath's that is more than a unit behind SciPy and Boost, and compares all of Apache Commons", () => {
    expect(
      section("Probabilities and special functions") + section("Quantiles and inverses, backward error"),
    ).not.toMatch(/\| behind \|/);
    const values = rowsOf(section("Apache Commons' references"))
      .filter(({ rest }) => /^ Commons, [a-z]+ \|/.test(rest!))
      .reduce((sum, { rest }) => sum + Number(rest!.split("|")[1]), 0);
    expect(values).toBe(3458);
  });
});

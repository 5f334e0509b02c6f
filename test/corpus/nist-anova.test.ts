/** NIST's eleven sets for analysis of variance: up to 18 009 values that differ in the thirteenth digit. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exactF, nistAnova } from "../../bench/accuracy/anova.js";
import { prepare } from "../../dist/source/sides.js";
import { anovaTest } from "../../dist/statistics/anova.js";
import { corpus } from "../read/corpus.ts";
import { correctDigits } from "./exact-decimal.ts";

const sets = nistAnova();

describe.skipIf(sets.length === 0)("NIST StRD analysis of variance", () => {
  it("has eleven sets, and the exact F of the binary64 inputs that the corpus gives", () => {
    expect(sets).toHaveLength(11);
    const { datasets } = JSON.parse(readFileSync(corpus("nist-anova/nist-anova.json"), "utf8"));
    const given: { name: string; exact_F_binary64?: string }[] = datasets;
    for (const { name, exact_F_binary64: exact } of given) {
      if (exact === undefined) continue;
      const found = exactF(sets.find((set: { name: string }) => set.name === name)!.groups);
      expect(found.slice(0, 20)).toBe(exact.replace(".", "").slice(0, 20));
    }
  });

  for (const { name, groups } of sets) {
    it(`gives F of ${name} to 14 digits`, () => {
      const exact = exactF(groups);
      for (const form of [groups, groups.map((values: number[]) => prepare(values))]) {
        expect(correctDigits(anovaTest(form).statistic!, exact)).toBeGreaterThanOrEqual(14);
      }
    });
  }
});

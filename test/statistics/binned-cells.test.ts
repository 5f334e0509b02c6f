import { describe, expect, it } from "vitest";
import type { BinRule } from "../../dist/statistics/binned-cells.js";
import { jensenShannon } from "../../dist/statistics/jensen-shannon.js";
import { psi } from "../../dist/statistics/psi.js";
import { sample } from "./samples.js";

/** Share of unchanged windows with a p-value up to each level. */
function alarms(distance: typeof psi | typeof jensenShannon, bins: BinRule, n: number, m: number, rounds: number) {
  const pValues = Array.from({ length: rounds }, (_, round) => {
    const sides = [sample("normal", n, 2 * round + 1), sample("normal", m, 2 * round + 2)] as const;
    return distance(...sides, { bins }).pValue;
  });
  const share = (level: number): number => pValues.filter((p) => p <= level).length / rounds;
  return { five: share(0.05), half: share(0.005) };
}

describe("p-values on bins", () => {
  it.each([
    ["deciles", "quantile", 2000, 50, 3000],
    ["deciles", "quantile", 20_000, 200, 400],
    ["deciles", "quantile", 200, 200, 3000],
    ["Sturges' bins", "sturges", 2000, 50, 3000],
    ["ten bins", 10, 200, 200, 3000],
  ] as const)("reject an unchanged law about as often as they say: %s (%s), %i against %i", (_, bins, n, m, rounds) => {
    for (const distance of [psi, jensenShannon]) {
      const { five, half } = alarms(distance, bins, n, m, rounds);
      expect(five).toBeGreaterThan(0.02);
      expect(five).toBeLessThan(0.08);
      expect(half).toBeLessThan(0.0125);
    }
  });

  it("find values beyond everything the reference holds", () => {
    const reference = sample("normal", 2000, 1);
    const beyond = sample("normal", 200, 2).map((x, k) => (k % 5 === 0 ? 50 + k : x));
    for (const bins of ["quantile", "sturges", 10] as const) {
      expect(psi(reference, beyond, { bins }).pValue).toBeLessThan(1e-4);
    }
  });

  it("do not take a single value beyond the reference's range for evidence", () => {
    const reference = sample("normal", 2000, 1);
    const one = Float64Array.of(...sample("normal", 49, 2), 1e9);
    for (const bins of ["quantile", "sturges"] as const) {
      expect(psi(reference, one, { bins }).pValue).toBeGreaterThan(0.02);
    }
  });
});

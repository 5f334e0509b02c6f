import { describe, expect, it } from "vitest";
import { decide, digits, type Levels, type Signals } from "../../dist/drift/decide.js";

const settings: Levels = { level: 0.05, possibleLevel: 0.1, correction: "bh" };
const found = (pValue: number | null, value: number | null): Signals => ({
  value: { statistic: null, pValue, effects: [{ name: "any", value, threshold: 0.5 }], status: "ok" },
  availability: null,
  level: undefined,
});
const severityOf = (...args: Parameters<typeof found>) => decide([found(...args)], settings)[0]!.severity;

describe("a verdict", () => {
  it("takes a p-value equal to the level and an effect equal to its threshold as reached", () => {
    expect(severityOf(0.05, 0.5)).toBe("drift");
    expect(severityOf(0.1, 0.5)).toBe("possible");
  });

  it("needs both evidence and effect", () => {
    expect(severityOf(0.001, 0.4)).toBe("none");
    expect(severityOf(0.2, 3)).toBe("none");
  });

  it("of a plain distance follows the effect alone", () => {
    expect(severityOf(null, 0.6)).toBe("drift");
    expect(severityOf(null, 0.4)).toBe("none");
    expect(severityOf(null, null)).toBe("none");
  });

  it("is corrected for the number of columns that were tested, not of those that were not", () => {
    const columns = [found(0.03, 1), found(0.9, 1), found(null, 1)];
    expect(decide(columns, settings).map(({ adjustedPValue }) => adjustedPValue)).toEqual([0.06, 0.9, null]);
  });
});

describe("digits", () => {
  it("are three, in the notation that people read", () => {
    expect([0, 0.5, 12.3456, 0.00012, 3e-12, 123456].map(digits)).toEqual([
      "0",
      "0.5",
      "12.3",
      "1.2e-4",
      "3.0e-12",
      "1.2e+5",
    ]);
  });
});

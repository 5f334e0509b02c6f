/** The corners of the published box against mpmath, by the criterion that docs/accuracy.md promises. */
import { beta, betaI, betaIComplement, fisherF, gamma, gammaP, gammaQ, studentT } from "smirnov/distributions";
import { describe, expect, test } from "vitest";
import { table, unitsOff, Worst } from "./reference.js";

interface Tables {
  gamma: [a: number, x: number, p: string, q: string][];
  beta: [a: number, b: number, x: number, lower: string, upper: string][];
  studentT: [t: number, df: number, sf: string][];
  fisherF: [f: number, d1: number, d2: number, cdf: string, sf: string][];
}

const tables = table<Tables>("extremes");
const unit = 2 ** -52;

/** max(1e-13, 4 units times the condition number) for p of 1e-10 or more, 1e-10 below. */
function allowed(p: number, condition: number): number {
  return p >= 1e-10 ? Math.max(1e-13, 4 * unit * condition) / unit : 1e-10 / unit;
}

/** Every value, its reference, and x f(x)/p by the density. */
function* values(): Generator<[name: string, row: unknown, actual: number, expected: string, condition: number]> {
  for (const row of tables.gamma) {
    const [a, x, p, q] = row;
    const slope = x * gamma.pdf(x, a);
    yield ["gammaP", row, gammaP(a, x), p, slope / Number(p)];
    yield ["gammaQ", row, gammaQ(a, x), q, slope / Number(q)];
  }
  for (const row of tables.beta) {
    const [a, b, x, lower, upper] = row;
    const slope = x * beta.pdf(x, a, b);
    yield ["betaI", row, betaI(x, a, b), lower, slope / Number(lower)];
    yield ["betaIComplement", row, betaIComplement(x, a, b), upper, slope / Number(upper)];
  }
  for (const row of tables.studentT) {
    const [t, df, sf] = row;
    yield ["studentT.sf", row, studentT.sf(t, df), sf, (t * studentT.pdf(t, df)) / Number(sf)];
    yield ["studentT.cdf", row, studentT.cdf(-t, df), sf, (t * studentT.pdf(t, df)) / Number(sf)];
  }
  for (const row of tables.fisherF) {
    const [f, d1, d2, cdf, sf] = row;
    const slope = f * fisherF.pdf(f, d1, d2);
    yield ["fisherF.cdf", row, fisherF.cdf(f, d1, d2), cdf, slope / Number(cdf)];
    yield ["fisherF.sf", row, fisherF.sf(f, d1, d2), sf, slope / Number(sf)];
  }
}

describe("shapes from 1e-10 to 1e6, degrees of freedom from 0.01 to 1e6", () => {
  test("every tail keeps the promise: 1e-13 or 4 units of the condition number, 1e-10 down to 1e-300", () => {
    let count = 0;
    for (const [name, row, actual, expected, condition] of values()) {
      count++;
      const units = unitsOff(actual, expected);
      expect(units, `${name} ${JSON.stringify(row)}: ${actual}`).toBeLessThanOrEqual(
        allowed(Number(expected), condition),
      );
    }
    expect(count).toBeGreaterThan(3000);
  });

  test("the condition number is hardly ever needed: 4 units for gamma, 2 for the others", () => {
    const worst = new Map<string, Worst>();
    for (const [name, row, actual, expected] of values()) {
      if (!worst.has(name)) worst.set(name, new Worst());
      worst.get(name)!.see(actual, expected, row);
    }
    for (const [name, found] of worst) expect(found.above(name.startsWith("gamma") ? 4 : 2), name).toBe("");
  });
});

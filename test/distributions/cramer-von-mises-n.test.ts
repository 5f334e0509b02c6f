import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cramerVonMises } from "../../dist/distributions/cramer-von-mises.js";
import { cramerVonMisesN } from "../../dist/distributions/cramer-von-mises-n.js";
import { expectClose } from "../statistics/oracle.ts";
import { randomFrom } from "../statistics/samples.ts";

const path = new URL("../oracle/distributions/cramer-von-mises-n.json", import.meta.url);
const rows: [n: number, x: number, p: number][] = JSON.parse(readFileSync(path, "utf8")).rows;

/** P(W² > x) by drawing samples. */
function drawn(n: number, x: number, runs: number): number {
  const random = randomFrom(n);
  let above = 0;
  for (let run = 0; run < runs; run++) {
    const values = Float64Array.from({ length: n }, random).sort();
    const w = values.reduce((sum, u, k) => sum + (u - (2 * k + 1) / (2 * n)) ** 2, 1 / (12 * n));
    if (w > x) above++;
  }
  return above / runs;
}

describe("the law of the Cramér-von Mises statistic of n values", () => {
  it("is the exact one, by numerical inversion, up to the error that is stated", () => {
    expect(rows.length).toBeGreaterThan(60);
    for (const [n, x, p] of rows) {
      const allowed = n < 8 ? 0.013 : x <= n / 5 ? 0.002 : 0.25;
      expectClose(cramerVonMisesN.sf(x, n), p, allowed, `${n} ${x}`);
    }
  });

  it("is the exact one for one and two values", () => {
    expectClose(cramerVonMisesN.sf(0.2, 1), 1 - 2 * Math.sqrt(0.2 - 1 / 12), 1e-15);
    // While the circle lies within the triangle.
    expectClose(cramerVonMisesN.sf(0.1, 2), 1 - 2 * Math.PI * (0.1 - 1 / 24), 1e-14);
    const runs = 400_000;
    for (const x of [0.12, 0.2, 0.35, 0.5]) {
      const p = cramerVonMisesN.sf(x, 2);
      expect(Math.abs(drawn(2, x, runs) - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / runs));
    }
  });

  it("goes from 1 at 1/(12 n) to 0 at n/3, falling, and to the limit law for large n", () => {
    for (const n of [1, 2, 3, 5, 7, 8, 20, 1000, 1e7]) {
      expect(cramerVonMisesN.sf(1 / (12 * n), n)).toBe(1);
      expect(cramerVonMisesN.sf(n / 3, n)).toBe(0);
      let last = 1;
      for (let x = 1 / (12 * n); x < Math.min(n / 3, 8); x += 0.002) {
        const p = cramerVonMisesN.sf(x, n);
        expect(p, `${n} ${x}`).toBeLessThanOrEqual(last);
        expect(p).toBeGreaterThanOrEqual(0);
        last = p;
      }
    }
    for (const x of [0.05, 0.2, 1, 3]) expectClose(cramerVonMisesN.sf(x, 1e9), cramerVonMises.sf(x), 1e-7);
    expect(cramerVonMisesN.sf(Number.NaN, 5)).toBeNaN();
    expect(() => cramerVonMisesN.sf(1, 0)).toThrow(RangeError);
  });
});

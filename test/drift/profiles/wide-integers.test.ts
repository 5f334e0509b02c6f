import { describe, expect, it } from "vitest";
import { compare, profile } from "../../../dist/index.js";
import { generator } from "../samples.ts";
import { expectHolds } from "./shapes.ts";

const methods = ["anderson-darling", "ks", "kuiper", "wasserstein", "energy", "cramer-von-mises", "mann-whitney"];

/** Whole numbers up to `range`, behind `first`. */
function integers(rows: number, seed: number, range: number, first: bigint): BigInt64Array {
  const random = generator(seed);
  return BigInt64Array.from({ length: rows }, () => first + BigInt(Math.floor(range * random())));
}

describe("profiles of integers beyond 2^53", () => {
  for (const [what, from] of [
    ["above", 2n ** 60n],
    ["below", -(2n ** 60n)],
    ["about", 2n ** 53n - 1500n],
  ] as const) {
    it.each([200, 3000, 100_000])(`hold what was rounded away in their bounds: %d numbers ${what}`, async (range) => {
      const columns = [integers(4000, 1, range, from), integers(3000, 2, range, from + BigInt(range / 5))];
      for (const method of methods) {
        const [reference, current] = columns.map((x) => ({ x }));
        const exact = await compare(reference!, current!, { method });
        const found = await compare(await profile(reference!), current!, { method });
        expectHolds(found.columns.x!, exact.columns.x!);
        expect(() => structuredClone(found)).not.toThrow();
        expect(JSON.parse(JSON.stringify(found))).toEqual(found);
      }
    });
  }

  it("leave open what they cannot tell: a shift that rounding takes away", async () => {
    const [reference, current] = [integers(4000, 1, 100, 2n ** 62n), integers(4000, 1, 100, 2n ** 62n + 200n)];
    const { x } = (await compare(await profile({ x: reference }), { x: current })).columns;
    expect([x!.severity, x!.exact]).toEqual(["unresolved", false]);
    expect((await compare({ x: reference }, { x: current })).columns.x!.severity).toBe("drift");
  });

  it("take few numbers that are far apart for codes", async () => {
    const codes = integers(5, 3, 2 ** 52, 2n ** 62n).map((code, k) => code * (k % 2 ? 1n : -1n));
    const of = (seed: number) => ({ x: integers(3000, seed, 5, 0n).map((k) => codes[Number(k)]!) });
    const [exact, found] = [await compare(of(4), of(5)), await compare(await profile(of(4)), await profile(of(5)))];
    expect([found.columns.x!.method, found.columns.x!.exact]).toEqual(["chi-square", true]);
    expect(found.columns.x!.pValue).toBeCloseTo(exact.columns.x!.pValue!, 10);
  });

  it("know an unsigned 64-bit column too", async () => {
    const of = (seed: number, shift: bigint) => ({
      x: BigUint64Array.from(integers(4000, seed, 1e6, 0n), (x) => 2n ** 63n + x + shift),
    });
    for (const method of methods) {
      const exact = await compare(of(1, 0n), of(2, 30_000n), { method });
      const found = await compare(await profile(of(1, 0n)), await profile(of(2, 30_000n)), { method });
      expectHolds(found.columns.x!, exact.columns.x!);
    }
  });
});

/** Σ g² / D over pooled values from the places of some, against a sum over all of them in integers. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { weightedGaps as gapsAt, hasTable } from "../../dist/engine/harmonic-weights.js";
import { withScratch } from "../../dist/engine/workspace.js";
import { expectClose } from "../statistics/oracle.ts";
import { randomFrom } from "../statistics/samples.ts";

/** Gaps times 2, D times 4; each quotient has 120 bits behind the point. */
function naive(places: Uint32Array, n: number): number {
  const m = places.length;
  const total = n + m;
  let sum = 0n;
  let [i, j] = [0, 0];
  for (let t = 0; t < total; t++) {
    const isCurrent = places[j] === i;
    const [f, g] = isCurrent ? [2 * i, 2 * j + 1] : [2 * i + 1, 2 * j];
    const gap = BigInt(f) * BigInt(m) - BigInt(g) * BigInt(n);
    sum += ((gap * gap) << 120n) / (BigInt(2 * t + 1) * BigInt(2 * total - 2 * t - 1) - BigInt(total));
    if (isCurrent) j++;
    else i++;
  }
  return Number(sum >> 70n) / 2 ** 50;
}

function weightedGaps(places: Uint32Array, n: number): number {
  return withScratch((engine, take) => {
    const address = take(places.byteLength);
    engine.u32.set(places, address / 4);
    return gapsAt(address, places.length, n, engine, take);
  });
}

/** m places among n, crowded towards 0 where `power` is large. */
function randomPlaces(n: number, m: number, power: number, seed: number): Uint32Array {
  const random = randomFrom(seed);
  return Uint32Array.from({ length: m }, () => Math.floor((n + 1) * random() ** power)).sort();
}

describe("weightedGaps", () => {
  it("is the sum over all pooled values", () => {
    const sizes = fc.record({
      n: fc.integer({ min: 2047, max: 9000 }),
      m: fc.integer({ min: 1, max: 900 }),
      power: fc.constantFrom(0.5, 1, 1, 2, 20),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(sizes, ({ n, m, power, seed }) => {
        const places = randomPlaces(n, m, power, seed);
        expectClose(weightedGaps(places, n), naive(places, n), 1e-13, `${n}, ${m}, ${power}, ${seed}`);
      }),
      { numRuns: 40 },
    );
  });

  it("has its digits for as many values as there may be", () => {
    const n = 2 ** 17 - 8000;
    expect([hasTable(2047), hasTable(2048), hasTable(n + 8000), hasTable(n + 8001)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    const places = randomPlaces(n, 8000, 1, 1);
    expectClose(weightedGaps(places, n), naive(places, n), 1e-13);
  });

  it("keeps its digits where the current values lie at equal distances, below all, and above all", () => {
    for (const places of [
      Uint32Array.from({ length: 200 }, (_, j) => 10 * j + 5),
      [0, 0, 0],
      [2000, 2000, 2000, 2000],
    ]) {
      const among = Uint32Array.from(places);
      expectClose(weightedGaps(among, 2000 + 100), naive(among, 2000 + 100), 1e-12);
    }
  });
});

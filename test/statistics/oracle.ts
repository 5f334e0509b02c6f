/** Reads the numbers that the scripts in test/oracle/statistics wrote; oracle.py there says how. */
import { readFileSync } from "node:fs";
import { expect } from "vitest";

/** A long sample: value k is ((k · multiplier) mod modulus) / divisor + offset, cubed where `cubed` is true. */
interface Formula {
  readonly length: number;
  readonly multiplier: number;
  readonly modulus: number;
  readonly divisor: number;
  readonly offset: number;
  readonly cubed: boolean;
}

/** A number as JSON holds it. */
export type Written = number | "NaN" | "Infinity" | "-Infinity" | "-0";

export type WrittenSample = readonly Written[] | Formula;

/** The oracle of a method. */
export function oracle<T>(method: string): T {
  return JSON.parse(readFileSync(new URL(`../oracle/statistics/${method}.json`, import.meta.url), "utf8"));
}

export function sampleOf(written: WrittenSample): Float64Array {
  if (!("modulus" in written)) return Float64Array.from(written, Number);
  const { length, multiplier, modulus, divisor, offset, cubed } = written;
  return Float64Array.from({ length }, (_, k) => {
    const x = ((k * multiplier) % modulus) / divisor + offset;
    return cubed ? x * x * x : x;
  });
}

/** Within a relative error; numbers that are not finite, and null, must be equal. */
export function expectClose(found: number | null, expected: Written | null, relative: number, what = ""): void {
  const wanted = expected === null ? null : Number(expected);
  if (found === null || wanted === null || !Number.isFinite(wanted)) {
    expect(found, what).toBe(wanted);
    return;
  }
  const error = found === wanted ? 0 : Math.abs(found - wanted) / Math.abs(wanted);
  expect(error, `${what}: ${found} for ${wanted}`).toBeLessThanOrEqual(relative);
}

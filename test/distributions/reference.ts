import { existsSync, readFileSync } from "node:fs";

/** A committed table of test/oracle/distributions; its script beside it says where the numbers are from. */
export function table<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../oracle/distributions/${name}.json`, import.meta.url), "utf8")) as T;
}

const corpus = (path: string) => new URL(`../../../shared/corpus/${path}`, import.meta.url);

/** Whether the external material is beside the repository; its tests are skipped where it is not. */
export const hasCorpus = (path: string) => existsSync(corpus(path));

export const fromCorpus = <T>(path: string) => JSON.parse(readFileSync(corpus(path), "utf8")) as T;

/** Relative error in units of 2^-52, the expected value being itself rounded to binary64; subnormals are not judged. */
export function unitsOff(actual: number, expected: string | number): number {
  const right = Number(expected);
  if (Math.abs(right) < 1e-300) return Math.abs(actual) < 1e-299 ? 0 : Number.POSITIVE_INFINITY;
  const units = Math.abs((actual - right) / right) / 2 ** -52;
  return Number.isNaN(units) ? Number.POSITIVE_INFINITY : units;
}

/** a / b, rounded. */
export function quotientOf(a: bigint, b: bigint): number {
  if (a === 0n) return 0;
  const bits = Math.max(0, b.toString(2).length - a.toString(2).length + 64);
  return (Number((a << BigInt(bits)) / b) * 2 ** -(bits >> 1)) / 2 ** (bits - (bits >> 1));
}

/** The row with the largest error, so that a failure names it. */
export class Worst {
  units = 0;
  row = "";

  see(actual: number, expected: string | number, ...row: unknown[]): void {
    const units = unitsOff(actual, expected);
    if (units <= this.units) return;
    this.units = units;
    this.row = `${JSON.stringify(row)}: ${actual} instead of ${expected}`;
  }

  /** Nothing, or what was wrong: `expect(worst.above(4)).toBe("")`. */
  above(limit: number): string {
    return this.units <= limit ? "" : `${this.units.toFixed(1)} units at ${this.row}`;
  }
}

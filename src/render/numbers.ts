/** Numbers as people read them. */
import { apart } from "../drift/change.js";

/** Three significant digits: `0.0123`, `4.56`, `12300`, `1.23e7`, `1.23e-5`. A missing number is `–`. */
export function threeDigits(x: number | null): string {
  return x === null ? "–" : significant(x, 3);
}

function significant(x: number, digits: number): string {
  const rounded = Number(x.toPrecision(digits));
  const size = Math.abs(rounded);
  return size === 0 || (size >= 0.001 && size < 100_000) ? String(rounded) : exponent(x, digits - 1);
}

/** Two numbers with three digits, or as many as it takes to tell them apart. */
export function twoNumbers(x: number, y: number): [string, string] {
  return apart((digits) => [significant(x, digits), significant(y, digits)], 3, 17);
}

/** A p-value: three digits down to 0.001, then `3.1e-12`. Below 1e-300 the digits are no longer promised. */
export function pValueText(p: number | null): string {
  if (p === null) return "–";
  if (p < 1e-300) return "<1e-300";
  return p < 0.001 ? exponent(p, 1) : threeDigits(p);
}

/** A whole number with separators: `3,000,000`. */
export function grouped(count: number): string {
  return count.toLocaleString("en-US");
}

/** `noun` after its count: `1 row`, `2 rows`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function exponent(x: number, digits: number): string {
  return x.toExponential(digits).replace("e+", "e");
}

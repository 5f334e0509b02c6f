// NIST's eleven sets for one-way analysis of variance, and F of the binary64 inputs in exact arithmetic.
import { existsSync, readFileSync } from "node:fs";

const folder = new URL("../../../shared/corpus/", import.meta.url);
const list = new URL("nist-anova/nist-anova.json", folder);

/** Name, groups of doubles and NIST's certified F of each set; none where the corpus is not at hand. */
export function nistAnova() {
  if (!existsSync(list)) return [];
  return JSON.parse(readFileSync(list, "utf8")).datasets.map(({ name, file, groups, certified }) => ({
    name,
    groups: groupsIn(readFileSync(new URL(file, folder), "latin1"), groups),
    certified: certified.F,
  }));
}

/** The data lines of a file: a group's number and a value. */
function groupsIn(text, count) {
  const groups = Array.from({ length: count }, () => []);
  const lines = text
    .split(/^Data:.*$/m)
    .at(-1)
    .trim()
    .split("\n");
  for (const line of lines) {
    const [group, value] = line.trim().split(/\s+/).map(Number);
    groups[group - 1].push(value);
  }
  return groups;
}

/** F as decimal text of 40 digits behind the point. */
export function exactF(groups) {
  const unit = Math.max(...groups.flat().map(fractionBits));
  const whole = groups.map((group) => group.map((value) => wholeOf(value, unit)));
  const sums = whole.map((group) => group.reduce((sum, value) => sum + value, 0n));
  const counts = groups.map((group) => BigInt(group.length));
  const all = counts.reduce((sum, count) => sum + count, 0n);
  // Everything times the product of all counts, which leaves no fraction.
  const product = counts.reduce((factor, count) => factor * count, all);
  const squares = whole.flat().reduce((sum, value) => sum + value * value, 0n) * product;
  const ofGroups = sums.reduce((sum, value, k) => sum + value * value * (product / counts[k]), 0n);
  const total = sums.reduce((sum, value) => sum + value, 0n);
  const between = ofGroups - total * total * (product / all);
  const within = squares - ofGroups;
  const k = BigInt(groups.length);
  return `${(between * (all - k) * 10n ** 40n) / (within * (k - 1n))}e-40`;
}

/** How many binary digits a double has behind the point. */
function fractionBits(x) {
  let bits = 0;
  for (let value = x; !Number.isInteger(value); value *= 2) bits++;
  return bits;
}

/** x times 2^bits; beyond the first factor, which makes it whole, nothing is left to round. */
function wholeOf(x, bits) {
  const own = fractionBits(x);
  return BigInt(x * 2 ** own) * 2n ** BigInt(bits - own);
}

/** A distribution as a row of blocks. */
import type { Shape } from "../drift/report.js";

const blocks = "▁▂▃▄▅▆▇█";

/**
 * Both sides of a shape as rows of at most `width` blocks, cell under cell. They share one scale, so that equal heights
 * are equal shares; a cell that holds nothing is an underscore. Of categories the first, most frequent ones are drawn,
 * without the last one "other", which would often dwarf all that have a name.
 */
export function sparklines(shape: Shape, width: number): [reference: string, current: string] {
  const cells = shape.categories ? mostFrequent(shape.categories, width) : shape.reference.length;
  const group = Math.ceil(cells / width);
  const reference = merged(shape.reference.slice(0, cells), group);
  const current = merged(shape.current.slice(0, cells), group);
  const top = Math.max(...reference, ...current, Number.MIN_VALUE);
  return [drawn(reference, top), drawn(current, top)];
}

/** How many of the categories are drawn. */
function mostFrequent(categories: readonly string[], width: number): number {
  const named = categories.length > 2 && categories.at(-1) === "other" ? categories.length - 1 : categories.length;
  return Math.min(named, width);
}

/** Sums of `group` neighbours each. */
function merged(shares: readonly number[], group: number): number[] {
  return shares.reduce<number[]>((sums, share, k) => {
    const cell = Math.floor(k / group);
    sums[cell] = (sums[cell] ?? 0) + share;
    return sums;
  }, []);
}

function drawn(shares: readonly number[], top: number): string {
  return shares.map((share) => (share > 0 ? blocks[Math.min(7, Math.floor((share / top) * 8))] : "_")).join("");
}

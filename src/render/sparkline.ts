/** A distribution as a row of blocks. */
import type { Shape } from "../drift/report.js";

const blocks = "▁▂▃▄▅▆▇█";

/**
 * Both sides of a shape as rows of at most `width` blocks, cell under cell. They share one scale, so that equal heights
 * are equal shares; a cell that holds nothing is an underscore.
 */
export function sparklines({ reference, current }: Shape, width: number): [reference: string, current: string] {
  const group = Math.ceil(Math.max(reference.length, current.length) / width);
  const sides = [merged(reference, group), merged(current, group)] as const;
  const top = Math.max(...sides.flat(), Number.MIN_VALUE);
  return [drawn(sides[0], top), drawn(sides[1], top)];
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

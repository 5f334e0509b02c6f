/** Values over time as rows of blocks, newest last. */

const blocks = "▁▂▃▄▅▆▇█";

/** A value that is missing, in a plot and in a sparkline. */
const nothing = "·";

/**
 * At most `width` values: of neighbours that share a cell the one that is furthest from `base`, so that no peak is lost.
 *
 * @returns the values in order; `null` where none of a cell's is known
 */
export function thinned(values: readonly (number | null)[], width: number, base: number): (number | null)[] {
  const cells = Math.min(values.length, width);
  return Array.from({ length: cells }, (_, k) => {
    const from = Math.floor((k * values.length) / cells);
    const some = values.slice(from, Math.floor(((k + 1) * values.length) / cells)).filter((value) => value !== null);
    return some.reduce<number | null>(
      (far, value) => (far === null || Math.abs(value - base) > Math.abs(far - base) ? value : far),
      null,
    );
  });
}

/** A row of blocks from `low` (and below) to `high`. */
export function sparkline(values: readonly (number | null)[], width: number, low: number, high: number): string {
  return thinned(values, width, low)
    .map((value) => (value === null ? nothing : blocks[heightOf(value, low, high, 8)]!))
    .join("");
}

/** From 0, the lowest block, up to `steps` - 1. */
function heightOf(value: number, low: number, high: number, steps: number): number {
  if (!(high > low)) return 0;
  // Halves, where the whole is more than a number can be.
  const scale = Number.isFinite(high - low) ? 1 : 0.5;
  const share = (value * scale - low * scale) / (high * scale - low * scale);
  return Math.max(0, Math.min(steps - 1, Math.floor(share * steps)));
}

/** `height` rows of blocks, the highest first: values from `low` (and below) to `high`. */
export function plot(
  values: readonly (number | null)[],
  {
    width,
    height,
    low,
    high,
  }: { readonly width: number; readonly height: number; readonly low: number; readonly high: number },
): string[] {
  const heights = thinned(values, width, low).map((value) =>
    value === null ? null : heightOf(value, low, high, height * 8) + 1,
  );
  return Array.from({ length: height }, (_, row) => {
    const below = (height - 1 - row) * 8;
    const cells = heights.map((eighths) => {
      if (eighths === null) return row === height - 1 ? nothing : " ";
      const filled = Math.min(8, eighths - below);
      return filled > 0 ? blocks[filled - 1]! : " ";
    });
    return cells.join("");
  });
}

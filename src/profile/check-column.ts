/** Whether a column of a profile that somebody put together can be written: what kernels take for granted. */
import { shown } from "../statistics/option-checks.js";
import { kinds } from "./byte-layout.js";
import { mostCells } from "./cells.js";
import type { ColumnProfile, NumberProfile } from "./profile.js";

const registers = 4096;

/** @throws TypeError for other types than a profile's, RangeError for numbers that cannot be stored; both name the column */
export function checkColumn(name: string, column: ColumnProfile): void {
  const { kind, distinct } = column;
  if (!kinds.includes(kind))
    throw new TypeError(`toBytes: ${name} needs a kind (${kinds.join(", ")}), got ${shown(kind)}`);
  if (!(distinct?.registers instanceof Uint8Array)) {
    throw new TypeError(`toBytes: ${name} needs registers as a Uint8Array, got ${shown(distinct?.registers)}`);
  }
  if (distinct.registers.length !== registers) {
    throw new RangeError(`toBytes: ${name} needs ${registers} registers, got ${distinct.registers.length}`);
  }
  if (kind === "categorical") {
    const counts: unknown = column.categories?.counts;
    if (!(counts instanceof Map)) throw new TypeError(`toBytes: ${name} needs a Map of counts, got ${shown(counts)}`);
    return;
  }
  checkCells(name, column);
  checkQuantiles(name, column);
}

function checkCells(name: string, { cells }: NumberProfile): void {
  const { shift, starts, counts } = cells ?? {};
  if (!(starts instanceof Float64Array && counts instanceof Float64Array)) {
    throw new TypeError(`toBytes: ${name} needs cells with starts and counts as Float64Arrays, got ${shown(cells)}`);
  }
  if (!Number.isInteger(shift) || shift < 0 || shift > 63) {
    throw new RangeError(`toBytes: ${name} needs a shift from 0 to 63, got ${shown(shift)}`);
  }
  const { length } = starts;
  if (length !== counts.length || length > mostCells) {
    throw new RangeError(
      `toBytes: ${name} needs as many counts as starts, up to ${mostCells}, got ${counts.length} and ${length}`,
    );
  }
  for (let k = 0; k < length; k++) {
    const count = counts[k]!;
    if (!Number.isInteger(count) || count < 1 || count > 2 ** 53) {
      throw new RangeError(`toBytes: ${name} needs counts from 1 to 2^53 in its cells, got ${count}`);
    }
    if (k > 0 ? !(starts[k]! > starts[k - 1]!) : Number.isNaN(starts[k])) {
      throw new RangeError(`toBytes: ${name} needs cells that ascend, got ${starts[k]} at ${k}`);
    }
  }
}

function checkQuantiles(name: string, { quantiles }: NumberProfile): void {
  const { values, sizes } = quantiles ?? {};
  if (!(values instanceof Float64Array && Array.isArray(sizes))) {
    throw new TypeError(
      `toBytes: ${name} needs quantiles with values as a Float64Array and sizes, got ${shown(quantiles)}`,
    );
  }
  const sum = sizes.reduce((whole: number, size: number) => whole + size, 0);
  if (sum !== values.length) {
    throw new RangeError(
      `toBytes: ${name} needs as many values in its quantiles as its levels have, got ${values.length} of ${sum}`,
    );
  }
}

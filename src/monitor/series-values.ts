/** Values of business and system metrics that are told beside drift. */
import type { FixedColumn } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import type { FixedChunk } from "../engine/chunk.js";
import { moments } from "../statistics/moments.js";
import { quantiles } from "../statistics/quantile.js";
import { sealBytes, unsealBytes } from "./sealed-bytes.js";
import type { SeriesSummary } from "./window-result.js";

/** Values that one series may have in one place: 80 MB. */
export const mostValues = 10_000_000;

const magic = "SMIRNOVS";
const firstValues = 16;

/** The values of one series, 8 bytes each; null and NaN are counted. */
export class SeriesValues {
  readonly #most: number;
  #values: Float64Array = new Float64Array(firstValues);
  #count = 0;
  #missing = 0;

  constructor(most = mostValues) {
    this.#most = most;
  }

  /** Numbers, infinities among them. */
  get count(): number {
    return this.#count;
  }

  /** Values that were null or NaN. */
  get missing(): number {
    return this.#missing;
  }

  /** @throws RangeError for more values than there may be */
  add(value: number | null | undefined): void {
    if (value === null || value === undefined || Number.isNaN(value)) {
      this.#missing++;
      return;
    }
    if (this.#count === this.#most) throw new RangeError(`a series holds at most ${this.#most} values at a time`);
    if (this.#count === this.#values.length) {
      const larger = new Float64Array(Math.min(Math.max(2 * this.#count, firstValues), this.#most));
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count++] = value;
  }

  /** The numbers, in the order in which they came. */
  values(): Float64Array {
    return this.#values.subarray(0, this.#count);
  }

  /** Values and a count that were saved. */
  static of(values: Float64Array, missing: number, most = mostValues): SeriesValues {
    const series = new SeriesValues(most);
    series.#values = values;
    series.#count = values.length;
    series.#missing = missing;
    return series;
  }
}

export interface ObservedSummary extends SeriesSummary {
  /** Values that were null or NaN. */
  readonly missing: number;
}

/**
 * A window's values of a series, whose parts lie in several places, as one: quantiles of type 7, exactly. Numbers that are
 * infinite have a rank but are in no mean; what would be infinite itself is `null`.
 */
export function summaryOfSeries(parts: readonly SeriesValues[]): ObservedSummary {
  const chunks = parts.filter(({ count }) => count > 0).map((part) => chunkOf(part.values()));
  const rows = chunks.reduce((sum, { length }) => sum + length, 0);
  const missing = parts.reduce((sum, part) => sum + part.missing, 0);
  const column: FixedColumn = { kind: "numeric", type: "Float64", rows, chunks, unitsPerSecond: 1 };
  const [min, q50, q95, q99, max] = quantiles(column, [0, 0.5, 0.95, 0.99, 1]).values.map((value) =>
    typeof value === "number" ? value : null,
  ) as [number | null, number | null, number | null, number | null, number | null];
  return { values: rows, mean: moments(column).mean, min, max, q50, q95, q99, missing };
}

function chunkOf(values: Float64Array): FixedChunk {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const rows = { length: values.length, validity: null, validityOffset: 0 };
  return { ...rows, layout: "f64", bytes, bitOffset: 0, scale: 0 };
}

/** All series of a place, by name, as sealed bytes. */
export function seriesToBytes(series: ReadonlyMap<string, SeriesValues>): Uint8Array<ArrayBuffer> {
  const head = Array.from(series, ([name, { count, missing }]) => [name, count, missing]);
  const buffers = Array.from(series.values(), (each) => {
    const { buffer, byteOffset, byteLength } = each.values();
    return new Uint8Array(buffer, byteOffset, byteLength);
  });
  return sealBytes(magic, head, buffers);
}

/** @throws FormatError for bytes that are not what was written */
export function seriesFromBytes(bytes: Uint8Array, where: string, most = mostValues): Map<string, SeriesValues> {
  const { head, buffers } = unsealBytes(magic, bytes, where);
  const wrong = () => new FormatError(where, "names of series and how many values they have", "others");
  if (!Array.isArray(head)) throw wrong();
  const series = new Map<string, SeriesValues>();
  for (const entry of head as unknown[]) {
    if (!isEntry(entry) || entry[1] > most || series.has(entry[0])) throw wrong();
    const [name, count, missing] = entry;
    const own = new Float64Array(new Uint8Array(buffers.next(8 * count)).buffer);
    series.set(name, SeriesValues.of(own, missing, most));
  }
  buffers.end();
  return series;
}

function isEntry(entry: unknown): entry is readonly [name: string, count: number, missing: number] {
  if (!Array.isArray(entry) || entry.length !== 3 || typeof entry[0] !== "string") return false;
  return entry.slice(1).every((value) => Number.isSafeInteger(value) && (value as number) >= 0);
}

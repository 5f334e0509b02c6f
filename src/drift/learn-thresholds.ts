/**
 * Thresholds from the reference itself: how large an effect is between one chunk of it and the rest. What lies beyond the
 * mean by some standard deviations is more than such chunks usually show.
 */
import type { Column, Table } from "../column/column.js";
import { sliceTable } from "../column/slice.js";
import { type TableInput, tableInMemory } from "../column/table-of.js";
import { knownOptions, shown } from "../statistics/option-checks.js";
import { examineTables } from "./examine-tables.js";
import type { LearnedThreshold, LearnedThresholds } from "./learned.js";
import { type CompareOptions, checkedOptions, compareNames } from "./options.js";
import type { Effect } from "./report.js";
import { tableWhere } from "./where.js";

export interface LearnOptions extends CompareOptions {
  /** Number of chunks, 10 if not given; at least 2. */
  readonly chunks?: number;
  /** Rows of each chunk, in place of their number; a last chunk with fewer rows is left out. */
  readonly chunkRows?: number;
  /** How many standard deviations above the mean the threshold lies; 3 if not given. */
  readonly deviations?: number;
  /** What each chunk is compared with: the other chunks (`rest`, if not given) or all rows. */
  readonly against?: "rest" | "whole";
}

const learnNames = ["chunks", "chunkRows", "deviations", "against"] as const;

/**
 * Learns thresholds for the effects of each column: mean + deviations · standard deviation of what chunks of the
 * reference show, in row order, at least 0. Chunks should be as large as the windows that are to be compared, because
 * effects of small windows are larger by chance.
 *
 * @param reference  a Smirnov table, an Arrow Table or a record of columns
 * @returns plain data for `compare(…, { learned })`. Columns that could not be judged are not in it
 * @throws TypeError or RangeError for options that `compare` would not take either, and for fewer than 2 chunks
 * @see NannyML's default: mean ± 3 standard deviations over reference chunks
 */
export async function learnThresholds(reference: TableInput, options: LearnOptions = {}): Promise<LearnedThresholds> {
  knownOptions("learnThresholds", options, [...compareNames, ...learnNames]);
  const { chunks, chunkRows, deviations = 3, against = "rest", ...others } = options;
  const whole = tableInMemory("learnThresholds", reference);
  const table = tableWhere("learnThresholds", whole, others.where, "the reference");
  const ranges = rangesOf(table.rows, chunks, chunkRows);
  if (typeof deviations !== "number") {
    throw new TypeError(`learnThresholds: deviations must be a number, got ${shown(deviations)}`);
  }
  if (!(deviations >= 0 && Number.isFinite(deviations))) {
    throw new RangeError(`learnThresholds: deviations must be at least 0, got ${deviations}`);
  }
  if (against !== "rest" && against !== "whole") {
    throw new RangeError(`learnThresholds: against must be rest or whole, got ${shown(against)}`);
  }
  const settings = checkedOptions(others, table, table);
  const effects = new Map<string, Map<string, number[]>>();
  for (const [chunk, [from, to]] of ranges.entries()) {
    // Columns of all chunks are one piece of work.
    const onProgress: CompareOptions["onProgress"] = ({ done, total, column }) =>
      others.onProgress?.({ done: chunk * total + done, total: ranges.length * total, column });
    const rest = against === "whole" ? table : withoutRows(table, from, to);
    const { columns } = await examineTables(rest, sliceTable(table, from, to), { ...others, onProgress }, settings);
    for (const [column, { value, availability }] of columns) {
      const found = [...(value?.effects ?? []), ...(availability?.effect ? [availability.effect] : [])];
      keep(effects, column, found);
    }
  }
  const columns = [...effects].map(([column, byName]) => {
    const learned = [...byName].map(([name, values]) => [name, thresholdOf(values, deviations)] as const);
    return [column, Object.fromEntries(learned)] as const;
  });
  const [first] = ranges;
  return {
    format: 1,
    chunks: ranges.length,
    chunkRows: first![1] - first![0],
    deviations,
    against,
    columns: Object.fromEntries(columns),
  };
}

/** Mean and standard deviation over the chunks, and the threshold. */
export function thresholdOf(values: readonly number[], deviations: number): LearnedThreshold {
  const chunks = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / chunks;
  const standardDeviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / chunks);
  return { threshold: Math.max(0, mean + deviations * standardDeviation), mean, standardDeviation, chunks };
}

function keep(effects: Map<string, Map<string, number[]>>, column: string, found: readonly Effect[]): void {
  for (const { name, value } of found) {
    if (value === null) continue;
    const byName = effects.get(column) ?? new Map<string, number[]>();
    effects.set(column, byName);
    byName.set(name, [...(byName.get(name) ?? []), value]);
  }
}

function rangesOf(rows: number, chunks: number | undefined, chunkRows: number | undefined): [number, number][] {
  if (chunks !== undefined && chunkRows !== undefined) {
    throw new RangeError("learnThresholds: chunks are given by their number or by their rows, not both");
  }
  const size = chunkRows ?? Math.floor(rows / (chunks ?? 10));
  const count = chunkRows === undefined ? (chunks ?? 10) : Math.floor(rows / chunkRows);
  for (const [name, value] of [
    ["chunks", chunks ?? 2],
    ["chunkRows", chunkRows ?? 1],
  ] as const) {
    if (typeof value !== "number")
      throw new TypeError(`learnThresholds: ${name} must be a number, got ${shown(value)}`);
    if (!Number.isInteger(value)) throw new RangeError(`learnThresholds: ${name} must be a whole number, got ${value}`);
  }
  if (!(count >= 2 && size >= 1)) {
    throw new RangeError(
      `learnThresholds: at least 2 chunks are needed, got ${count} of ${size} rows from ${rows} rows`,
    );
  }
  // Chunks by number share all rows; the first ones may have one more.
  return Array.from({ length: count }, (_, k) =>
    chunkRows === undefined
      ? [Math.round((k * rows) / count), Math.round(((k + 1) * rows) / count)]
      : [k * size, (k + 1) * size],
  );
}

/** All rows but those from `from` up to `to`, as views of the same buffers. */
function withoutRows(table: Table, from: number, to: number): Table {
  const [before, after] = [sliceTable(table, 0, from), sliceTable(table, to, table.rows)];
  const columns = [...before.columns].map(([name, column]) => {
    const chunks = [...column.chunks, ...after.columns.get(name)!.chunks];
    return [name, { ...column, rows: before.rows + after.rows, chunks } as Column] as const;
  });
  return { rows: before.rows + after.rows, columns: new Map(columns), unsupported: table.unsupported };
}

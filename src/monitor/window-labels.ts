/** Labels of a monitor's rows: windows that are told again when their labels have come. */
import type { Table } from "../column/column.js";
import type { CompareOptions } from "../drift/options.js";
import { idsOf, targetsOf } from "./label-columns.js";
import { LabelJoin } from "./label-join.js";
import { labelSettings } from "./label-quality.js";
import { labelSegments } from "./label-segments.js";
import type { LabelCounts, LabelledWindow } from "./label-settings.js";
import { labelsFromBytes, labelsToBytes } from "./label-state.js";
import type { LabelOptions } from "./monitor-options.js";
import type { TakenRows } from "./panes-of-stream.js";
import type { StreamState, Waiting } from "./stream.js";
import type { WindowResult } from "./window-result.js";

/** A result as it was last told, as JSON: hundreds of them are kept, and few are looked at again. */
interface ToldResult {
  readonly revision: number;
  readonly json: Uint8Array;
}

export interface SavedLabels {
  readonly join: Uint8Array;
  readonly results: ReadonlyMap<number, ToldResult>;
}

/** What became of labels: how many of each outcome, and windows that are told again. */
export interface LabelReceipt extends LabelCounts {
  readonly rows: number;
  readonly told: number;
}

export class WindowLabels {
  readonly options: LabelOptions;
  readonly #join: LabelJoin;
  /** By index of the window. */
  readonly #results: Map<number, ToldResult>;

  /** @throws TypeError, RangeError for options; FormatError for a state that is none */
  constructor(options: LabelOptions, compare: CompareOptions, saved?: SavedLabels | null) {
    const settings = labelSettings("Monitor", options, labelSegments(compare).by);
    this.options = options;
    this.#join = saved ? labelsFromBytes(saved.join, settings, "Monitor.restore") : new LabelJoin(settings);
    this.#results = new Map(saved?.results);
  }

  get counts(): LabelCounts {
    return this.#join.counts;
  }

  /** How many there are of each outcome, less those before. */
  since(before: LabelCounts): LabelCounts {
    const names = Object.keys(before) as (keyof LabelCounts)[];
    const { counts } = this;
    return Object.fromEntries(names.map((name) => [name, counts[name] - before[name]])) as unknown as LabelCounts;
  }

  /** @throws FormatError for rows that cannot be joined */
  check(table: Table): void {
    const { id, target } = this.#join.settings;
    idsOf(table, id, "Monitor.push");
    if (table.columns.has(target)) targetsOf(table, target, "Monitor.push", this.#join.targetType);
  }

  /** Rows that were taken. */
  add(table: Table, taken: readonly TakenRows[], arrival: number): Waiting[] {
    return taken.flatMap(({ number, rows }) => again(this.#join.add(number, table, rows, arrival)));
  }

  /** @throws FormatError for a table that holds no labels; then nothing was changed */
  label(table: Table, arrival: number): Waiting[] {
    return again(this.#join.label(table, arrival));
  }

  /** Time has come so far, and these windows are closed: those whose labels are there are told with them. */
  closed(stream: StreamState, from: number): void {
    const more = again(this.#join.advance(stream.arrival));
    for (let k = from; k < stream.waiting.length; k++) {
      const one = stream.waiting[k]!;
      if (one.is !== "closed") continue;
      for (const labelled of this.#join.close(one.index, one.panes, one.end)) {
        if (labelled.index === one.index) stream.waiting[k] = { ...one, labelled };
        else more.push({ is: "labelled", labelled });
      }
    }
    stream.waiting.push(...more);
    if (stream.open !== null) this.#join.forgetBefore(stream.open);
  }

  /** What was told of a window last. */
  result(index: number): WindowResult | null {
    const told = this.#results.get(index);
    return told ? { ...JSON.parse(new TextDecoder().decode(told.json)), revision: told.revision } : null;
  }

  /** A result was told: it is kept as long as labels may come. */
  told(result: WindowResult, waiting: readonly Waiting[]): void {
    const { index, revision } = result;
    const json = this.#results.get(index)?.json ?? new TextEncoder().encode(JSON.stringify(result));
    if (result.rows > 0) this.#results.set(index, { revision, json });
    const open = new Set(Array.from(this.#join.windows, (window) => window.index));
    for (const one of waiting) open.add(one.is === "closed" ? one.index : one.labelled.index);
    for (const known of this.#results.keys()) if (!open.has(known)) this.#results.delete(known);
  }

  state(): SavedLabels {
    return { join: labelsToBytes(this.#join), results: this.#results };
  }
}

function again(windows: readonly LabelledWindow[]): Waiting[] {
  return windows.map((labelled) => ({ is: "labelled", labelled }));
}

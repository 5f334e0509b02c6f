/**
 * `Monitor`: rows come in, windows close, and each is compared on a worker thread. The order of everything that is told is the
 * order of the windows.
 */
import type { Table } from "../column/column.js";
import { type TableInput, tableOf } from "../column/table-of.js";
import { takeRows } from "../column/take-rows.js";
import type { Comparable } from "../drift/compare.js";
import { shown } from "../statistics/option-checks.js";
import { type Arranged, arrange, rowsByPane } from "./arrange.js";
import { closeAll, closeByRows, closeByTime } from "./closing.js";
import { comparedResult, emptyResult, rowsOfPanes, uncompared } from "./evaluation.js";
import { FixedReferences } from "./fixed-references.js";
import type { MonitorOptions, PushReceipt } from "./monitor-options.js";
import { addRows, newPane, type Pane } from "./pane.js";
import { needsRows, rowsReach } from "./reference-shape.js";
import { rowTimes } from "./row-times.js";
import { sameColumns } from "./same-columns.js";
import { checkedReference, checkedSettings, isWithoutRows, type Settings } from "./settings.js";
import { type ClosedWindow, newStream, type StreamState } from "./stream.js";
import { startWindowJob, type WindowJob } from "./window-job.js";
import type { WindowResult } from "./window-result.js";
import { paneAt } from "./window-shape.js";
import type { TaskReference, WindowFindings } from "./window-task.js";

/** When rows came, and the number of the record that they came with. */
export interface PushOptions {
  /** Milliseconds since 1970; now, if not given. */
  readonly arrival?: number;
  /** Records are applied once: what comes with a number that is not above the last one changes nothing. */
  readonly sequence?: number;
}

/** Rows as records: what a row lacks is null. */
export type MonitorInput = TableInput | readonly { readonly [column: string]: unknown }[];

/** What was found of a window that is not told yet. */
interface Evaluated {
  readonly closed: ClosedWindow;
  readonly result: WindowResult;
  readonly found: WindowFindings | null;
}

export class Monitor {
  readonly #settings: Settings;
  readonly #stream: StreamState;
  readonly #references = new FixedReferences();
  #columns: Table | null = null;
  #job: WindowJob | null = null;
  #running: Promise<void> | null = null;
  #evaluated: Evaluated | null = null;
  #failure: { readonly error: unknown } | null = null;
  #closed = false;

  /** @throws TypeError for an option of another type, RangeError for one out of range; both name it */
  constructor(options: MonitorOptions) {
    this.#settings = checkedSettings(options);
    this.#stream = newStream(this.#settings.shape.by === "rows");
    if (options.reference !== undefined) this.setReference(options.reference);
  }

  /** Windows that are closed and not told yet. */
  get pending(): number {
    return this.#stream.waiting.length;
  }

  /** Number of the last record that was applied; 0 where none had one. */
  get sequence(): number {
    return this.#stream.sequence;
  }

  /** Rows in windows that are open, or wait to be told. */
  get rowsHeld(): number {
    return this.#heldPanes().reduce((sum, { rows }) => sum + rows, 0);
  }

  /** Bytes of their values. */
  get bytesHeld(): number {
    return this.#heldPanes().reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Windows closed up to here are all those that end before it; `null` before the first row. */
  get watermark(): number | null {
    const { latest } = this.#stream;
    return latest === null ? null : latest - this.#settings.lateness;
  }

  /**
   * Takes rows, all or none of them.
   *
   * @throws TypeError, RangeError for what is no table, has other columns than the rows before or lacks the time; RangeError when
   *   more than `maximumRows` would be held
   */
  push(input: MonitorInput, options: PushOptions = {}): PushReceipt {
    const { arrival, repeated } = this.#checked("push", options);
    const table = Array.isArray(input) ? tableOfRows(input) : tableOf(input as TableInput);
    if (table.stored) throw new TypeError("Monitor.push: needs the rows of a table in memory, got one that was opened");
    if (repeated) return { rows: table.rows, accepted: 0, late: 0, untimed: 0, closed: 0 };
    const columns = sameColumns(this.#columns, table);
    const times = rowTimes(table, this.#settings.time, arrival);
    const arranged = arrange(times, this.#stream, this.#settings);
    this.#checkRoom(arranged.accepted);
    this.#columns = columns;
    const before = this.#stream.closed;
    this.#take(table, times, arranged);
    this.#applied(arrival, options);
    closeByRows(this.#stream, this.#settings);
    closeByTime(this.#stream, this.#settings);
    this.#pump();
    const { accepted, late, untimed } = arranged;
    return { rows: table.rows, accepted, late, untimed, closed: this.#stream.closed - before };
  }

  /**
   * Tells how late it is: as if a row of that time had come, so that windows close without further rows.
   *
   * @returns windows that closed
   * @throws TypeError, RangeError for what is no time
   */
  advanceTo(time: number, options: Pick<PushOptions, "sequence"> = {}): number {
    checkTime("advanceTo", "time", time);
    const stream = this.#stream;
    if (this.#checked("advanceTo", options).repeated) return 0;
    const before = stream.closed;
    stream.latest = Math.max(stream.latest ?? time, time);
    this.#applied(time, options);
    closeByTime(stream, this.#settings);
    this.#pump();
    return stream.closed - before;
  }

  /**
   * A value of a business or system metric, which is told beside the window that its time lies in; windows of rows: beside the
   * one that is being filled.
   *
   * @param time  milliseconds since 1970; now, if not given
   * @returns whether a window was open for it
   * @throws TypeError, RangeError for a name that is empty and for values that are not finite
   */
  observe(
    series: string,
    value: number,
    time: number = Date.now(),
    options: Pick<PushOptions, "sequence"> = {},
  ): boolean {
    if (typeof series !== "string") throw new TypeError(`Monitor.observe: series must be a text, got ${shown(series)}`);
    if (series === "") throw new RangeError("Monitor.observe: series must not be empty");
    checkNumber("observe", "value", value);
    checkTime("observe", "time", time);
    if (this.#checked("observe", options).repeated) return false;
    const stream = this.#stream;
    const { shape, late } = this.#settings;
    this.#applied(stream.arrival, options);
    const oldest = stream.open ?? Number.NEGATIVE_INFINITY;
    const own = shape.by === "rows" ? stream.filling : paneAt(shape, time);
    if (own < oldest && late === "count") return false;
    const pane = this.#paneOf(Math.max(own, oldest));
    const values = pane.series.get(series);
    if (values) values.push(value);
    else pane.series.set(series, [value]);
    return true;
  }

  /** What windows are compared with that close from now on; with `against: "fixed"` alone. @throws as the constructor */
  setReference(reference: Comparable): void {
    const { against, compare } = this.#settings;
    if (against.kind !== "fixed") {
      throw new RangeError(`Monitor.setReference: goes with against fixed, got ${against.kind}`);
    }
    const asked = needsRows(compare);
    if (asked !== undefined && isWithoutRows(checkedReference(reference))) {
      throw new TypeError(`Monitor: compare.${asked} needs the rows of the reference, which it has not kept`);
    }
    this.#references.set(this.#stream.versions + 1, checkedReference(reference));
    this.#stream.versions++;
    this.#forget();
  }

  /** Closes what is open, whatever may still come for it, and waits until all is told. @throws as `idle` */
  async flush(): Promise<void> {
    closeAll(this.#stream, this.#settings);
    await this.idle();
  }

  /**
   * Waits until every closed window is told.
   *
   * @throws what `onWindow` threw. The window that it was told of is kept, and told again with the next call of any method; no
   *   other is told before it
   */
  async idle(): Promise<void> {
    this.#pump();
    while (this.#running) await this.#running;
    const failure = this.#failure;
    if (failure) throw failure.error;
  }

  /** Gives up what is being compared; nothing is told any more. What waits can still be saved. */
  close(): void {
    this.#closed = true;
    this.#job?.end();
    this.#job = null;
  }

  #checked(method: string, { arrival = Date.now(), sequence }: PushOptions): { arrival: number; repeated: boolean } {
    if (this.#closed) throw new Error(`Monitor.${method}: the monitor was closed`);
    checkTime(method, "arrival", arrival);
    if (sequence === undefined) return { arrival, repeated: false };
    if (!Number.isSafeInteger(sequence) || sequence < 1) {
      throw new RangeError(`Monitor.${method}: sequence must be a whole number from 1 on, got ${shown(sequence)}`);
    }
    return { arrival, repeated: sequence <= this.#stream.sequence };
  }

  #applied(arrival: number, { sequence }: PushOptions): void {
    this.#stream.arrival = Math.max(this.#stream.arrival, arrival);
    if (sequence !== undefined) this.#stream.sequence = sequence;
  }

  #checkRoom(more: number): void {
    const held = this.rowsHeld;
    const { maximumRows } = this.#settings;
    if (held + more <= maximumRows) return;
    throw new RangeError(
      `Monitor.push: at most ${maximumRows} rows are held (maximumRows), got ${more} beside ${held}`,
    );
  }

  #take(table: Table, times: Float64Array, { panes, late }: Arranged): void {
    const stream = this.#stream;
    for (const [number, rows] of rowsByPane(panes)) {
      const [first, last] = extremes(times, rows);
      addRows(this.#paneOf(number), takeRows(table, rows), first, last);
      stream.latest = Math.max(stream.latest ?? last, last);
    }
    stream.late += late;
    if (this.#settings.shape.by === "time") return;
    for (const pane of stream.panes.keys()) stream.filling = Math.max(stream.filling, pane);
    if ((stream.panes.get(stream.filling)?.rows ?? 0) === this.#settings.shape.every) stream.filling++;
  }

  #paneOf(number: number): Pane {
    let pane = this.#stream.panes.get(number);
    if (!pane) {
      pane = newPane();
      this.#stream.panes.set(number, pane);
    }
    return pane;
  }

  #heldPanes(): Pane[] {
    const { waiting, open, panes } = this.#stream;
    const oldest = waiting[0]?.window ?? open ?? Number.NEGATIVE_INFINITY;
    return [...panes].filter(([number]) => number >= oldest).map(([, pane]) => pane);
  }

  /** Tells one window after the other, unless that is going on already. */
  #pump(): void {
    if (this.#running || this.#closed || this.#stream.waiting.length === 0) return;
    this.#failure = null;
    this.#running = this.#tellAll()
      .catch((error: unknown) => {
        this.#failure = { error };
      })
      .finally(() => {
        this.#running = null;
        this.#job?.end();
        this.#job = null;
      });
  }

  async #tellAll(): Promise<void> {
    const { waiting } = this.#stream;
    // Whoever pushes is told first what became of it.
    await null;
    for (let closed = waiting[0]; closed && !this.#closed; closed = waiting[0]) {
      if (this.#evaluated?.closed !== closed) this.#evaluated = await this.#evaluate(closed);
      if (this.#closed) return;
      await this.#settings.onWindow(this.#evaluated.result);
      this.#told();
    }
  }

  #told(): void {
    this.#evaluated = null;
    this.#stream.waiting.shift();
    this.#forget();
  }

  /** Rows and references that no window needs any more. */
  #forget(): void {
    const { waiting, open, panes, versions } = this.#stream;
    const oldest = (waiting[0]?.window ?? open ?? Number.NEGATIVE_INFINITY) - rowsReach(this.#settings.against);
    for (const number of [...panes.keys()]) if (number < oldest) panes.delete(number);
    const [next] = waiting.flatMap(({ against }) => (against && "version" in against ? [against.version] : []));
    this.#references.forgetBefore(next ?? versions);
  }

  async #evaluate(closed: ClosedWindow): Promise<Evaluated> {
    if (closed.rows === 0) return { closed, result: emptyResult(this.#settings, closed), found: null };
    this.#job ??= startWindowJob(this.#settings.compare.threads);
    try {
      const [reference, kept] = await this.#referenceOf(closed);
      const window = rowsOfPanes(this.#stream.panes, closed.panes);
      const { compare: options, without } = this.#settings;
      const found = await this.#job.run({ reference, window, options, without, profile: null }, kept);
      return { closed, result: comparedResult(this.#settings, closed, found), found };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { closed, result: uncompared(this.#settings, closed, "failed", reason), found: null };
    }
  }

  async #referenceOf({
    against,
  }: ClosedWindow): Promise<[TaskReference | null, Awaited<ReturnType<FixedReferences["shared"]>> | null]> {
    if (against === null) return [null, null];
    if ("version" in against) {
      const { version } = against;
      if (version === 0) return [null, null];
      const { owner } = this.#references;
      const prepared = needsRows(this.#settings.compare) === undefined && !this.#settings.compare.quality;
      const kept = await this.#references.shared(version);
      return [{ is: "kept", key: this.#references.keyOf(version), owner, value: null, prepared }, kept];
    }
    const table = rowsOfPanes(this.#stream.panes, against.panes);
    return [table.rows === 0 ? null : { is: "rows", table }, null];
  }
}

function extremes(times: Float64Array, rows: Uint32Array): readonly [number, number] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of rows) {
    first = Math.min(first, times[row]!);
    last = Math.max(last, times[row]!);
  }
  return [first, last];
}

function checkNumber(method: string, name: string, value: unknown): void {
  if (typeof value !== "number")
    throw new TypeError(`Monitor.${method}: ${name} must be a number, got ${shown(value)}`);
  if (!Number.isFinite(value)) throw new RangeError(`Monitor.${method}: ${name} must be finite, got ${value}`);
}

function checkTime(method: string, name: string, value: unknown): void {
  checkNumber(method, name, value);
  if (Math.abs(value as number) <= 8.64e15) return;
  throw new RangeError(`Monitor.${method}: ${name} must be a time in milliseconds since 1970, got ${value}`);
}

function tableOfRows(rows: readonly { readonly [column: string]: unknown }[]): Table {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return tableOf(
    Object.fromEntries([...names].map((name) => [name, rows.map((row) => row[name] ?? null)])) as TableInput,
  );
}

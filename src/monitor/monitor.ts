/** `Monitor`: rows come in, windows close, and each is compared on a worker thread; all is told in the order of the windows. */
import type { Table } from "../column/column.js";
import type { Comparable } from "../drift/compare.js";
import { arrange } from "./arrange.js";
import { checkedTime, finiteNumber, givenState, recordNumber } from "./checked-input.js";
import { closeAll, closeByRows, closeByTime } from "./closing.js";
import { type Evaluated, Evaluator } from "./evaluator.js";
import { type KnownShapes, withBatch } from "./known-shapes.js";
import type { MonitorOptions, PushOptions, PushReceipt, SequenceOptions } from "./monitor-options.js";
import { bytesHeld, forgetPanes, observeIn, rowsHeld, rowsTold, takeBatch } from "./panes-of-stream.js";
import { rowTimes } from "./row-times.js";
import { checkedSettings, checkReference, type Settings } from "./settings.js";
import { type PlainState, plainState, type SavedMonitor, type StateParts, savedMonitor, stateBytes } from "./state.js";
import { stateAside } from "./state-aside.js";
import { newStream, type StreamState, versionNeeded, type Waiting } from "./stream.js";
import { type MonitorInput, type Schemas, tableFrom } from "./table-from.js";
import { Teller } from "./teller.js";
import { type TimedValue, type Wanted, wantedBy } from "./wanted.js";
import { WatchedSeries } from "./watched-series.js";
import { type LabelReceipt, WindowLabels } from "./window-labels.js";

/**
 * Windows over a stream of rows, each compared with a reference: see docs/monitor.md.
 *
 * Methods that take something are synchronous, and take all or nothing; windows are looked at on worker threads, and told in
 * their order by `onWindow`.
 */
export class Monitor {
  readonly #settings: Settings;
  readonly #stream: StreamState;
  readonly #evaluator: Evaluator;
  readonly #teller: Teller;
  readonly #watched: WatchedSeries;
  readonly #labels: WindowLabels | null;
  #shapes: KnownShapes;
  #schemas: Schemas;

  /**
   * @param state  of an earlier monitor, as `toBytes` gave it: see `restore`
   * @throws TypeError for an option of another type, RangeError for one out of range; both name it
   */
  constructor(options: MonitorOptions, state?: Uint8Array | StateParts) {
    const settings = checkedSettings(options);
    const saved = state === undefined ? null : savedMonitor(settings, state);
    this.#settings = settings;
    this.#stream = saved?.stream ?? newStream(settings.shape.by === "rows");
    this.#shapes = saved?.shapes ?? new Map();
    this.#schemas = saved?.schemas ?? { rows: new Map(), labels: new Map() };
    this.#evaluator = new Evaluator(settings, saved ?? undefined);
    this.#watched = new WatchedSeries(settings.detectors, saved?.detectors);
    this.#labels = settings.labels && new WindowLabels(settings.labels, settings.compare, saved?.labels);
    this.#teller = new Teller({
      next: () => this.#stream.waiting[0],
      evaluate: (next) => this.#evaluate(next),
      tell: ({ result }) => settings.onWindow(result),
      done: (evaluated) => this.#told(evaluated),
      rest: () => this.#evaluator.rest(),
    });
    const { reference } = options;
    if (!saved && reference !== undefined) this.setReference(reference);
    if (!saved) return;
    if (reference !== undefined) checkReference(settings, reference);
    this.#stream.versions = this.#evaluator.references.again(this.#stream.versions, reference);
    this.#forget();
    this.#teller.start();
  }

  /**
   * Goes on where a monitor was when its state was saved; windows that were closed and not told are told first.
   *
   * A fixed reference is in the state, except where it lies in files (`openTable`). One that is given again changes nothing;
   * one of other rows is the next version, as with `setReference`.
   *
   * @param options  as the constructor's; name, window, against, period, time, labels and detectors as they were
   * @throws as the constructor; FormatError for damaged bytes; RangeError for options that are not those of the state, naming
   *   the first, and where a reference in files is missing
   */
  static restore(state: Uint8Array | StateParts, options: MonitorOptions): Monitor {
    return new Monitor(options, givenState(state));
  }

  /** Windows that are closed and not told yet. */
  get pending(): number {
    return this.#stream.waiting.length;
  }

  /** Number of the last record that was applied; 0 where none had one. */
  get sequence(): number {
    return this.#stream.sequence;
  }

  /** Rows of the window that is being told, until `onWindow` returns; `null` where there is none. Who has them may keep them. */
  get rowsTold(): Table | null {
    return rowsTold(this.#stream);
  }

  /** Rows in windows that are open or wait to be told. */
  get rowsHeld(): number {
    return rowsHeld(this.#stream);
  }

  /** Bytes of memory that these rows take. */
  get bytesHeld(): number {
    return bytesHeld(this.#stream);
  }

  /** What rows that are pushed next, unchanged, or values of series would take. @throws as `push` where rows have no time */
  wanted(of: Table | readonly TimedValue[], arrival: number): Wanted {
    return wantedBy(this.#stream, this.#settings, of, arrival);
  }

  /** Windows of time that end up to here are closed; `null` before the first row. */
  get watermark(): number | null {
    const { latest } = this.#stream;
    return latest === null ? null : latest - this.#settings.lateness;
  }

  /**
   * Takes rows, all or none of them.
   *
   * @throws TypeError, RangeError for what is no table or lacks the time; FormatError for values that do not go with the rows
   *   before; RangeError when more than `maximumRows` would be held
   */
  push(input: MonitorInput, options: PushOptions = {}): PushReceipt {
    const { arrival = Date.now() } = options;
    const isNew = this.#isNew("push", options);
    checkedTime("push", "arrival", arrival);
    const { table, schema } = tableFrom("push", input, this.#schemas.rows);
    if (!isNew) return { rows: table.rows, accepted: 0, late: 0, untimed: 0, closed: 0 };
    const { time, maximumRows, maximumAhead } = this.#settings;
    const shapes = withBatch(this.#shapes, table);
    const times = rowTimes(table, time, arrival, maximumAhead);
    const arranged = arrange(times, this.#stream, this.#settings);
    const { accepted, late, untimed } = arranged;
    const held = this.rowsHeld;
    if (held + accepted > maximumRows) {
      throw new RangeError(`Monitor.push: maximumRows is ${maximumRows}, got ${accepted} rows beside ${held} held`);
    }
    this.#labels?.check(table);
    const taken = takeBatch(this.#stream, this.#settings, table, times, arranged);
    this.#stream.waiting.push(...(this.#labels?.add(table, taken, arrival) ?? []));
    this.#stream.detections.push(...this.#watched.ofRows(table, times, arrival));
    this.#shapes = shapes;
    this.#schemas = { ...this.#schemas, rows: schema };
    const closed = this.#applied(arrival, options);
    return { rows: table.rows, accepted, late, untimed, closed };
  }

  /**
   * Tells how late it is, as if a row of that time had come: windows of time close without further rows.
   *
   * @returns windows that closed
   * @throws TypeError, RangeError for what is no time
   */
  advanceTo(time: number, options: SequenceOptions = {}): number {
    const isNew = this.#isNew("advanceTo", options);
    checkedTime("advanceTo", "time", time);
    if (!isNew) return 0;
    this.#stream.latest = Math.max(this.#stream.latest ?? time, time);
    return this.#applied(time, options);
  }

  /**
   * A value of a business or system metric, which is told beside the window that its time lies in; with windows of rows, beside
   * the one that is being filled.
   *
   * @param time  milliseconds since 1970; now, if not given
   * @returns whether a window was open for it
   * @throws TypeError, RangeError for a name that is empty and for values that are not finite
   */
  observe(series: string, value: number, time: number = Date.now(), options: SequenceOptions = {}): boolean {
    const isNew = this.#isNew("observe", options);
    finiteNumber("observe", "value", value);
    checkedTime("observe", "time", time);
    const taken = observeIn(this.#stream, this.#settings, isNew, series, value, time);
    if (isNew) {
      this.#stream.detections.push(...this.#watched.update(series, value, time));
      this.#applied(this.#stream.arrival, options);
    }
    return taken;
  }

  /**
   * Labels that came later: a table, or objects, with the columns `labels.id` and `labels.target`. Windows whose coverage grew
   * are told again, with how well the model did.
   *
   * @returns what became of them; `told`: windows that are told again
   * @throws RangeError where the monitor has no `labels`; FormatError for what holds no labels; then nothing was changed
   */
  labels(input: MonitorInput, options: PushOptions = {}): LabelReceipt {
    const labels = this.#labels;
    if (!labels) throw new RangeError("Monitor.labels: needs the option labels, which says what they are joined by");
    const { arrival = Date.now() } = options;
    const isNew = this.#isNew("labels", options);
    checkedTime("labels", "arrival", arrival);
    const { table, schema } = tableFrom("labels", input, this.#schemas.labels);
    const before = labels.counts;
    if (!isNew) return { rows: table.rows, told: 0, ...labels.since(before) };
    const again = labels.label(table, arrival);
    this.#stream.waiting.push(...again);
    this.#schemas = { ...this.#schemas, labels: schema };
    this.#applied(arrival, options);
    return { rows: table.rows, told: again.length, ...labels.since(before) };
  }

  /** What windows are compared with that close from now on; goes with `against: "fixed"`. @throws as the constructor */
  setReference(reference: Comparable): void {
    this.#isNew("setReference", {});
    checkReference(this.#settings, reference);
    this.#evaluator.references.set(this.#stream.versions + 1, reference);
    this.#stream.versions++;
    this.#forget();
    this.#teller.start();
  }

  /** Closes what is open, whatever may still come for it, and waits until all is told. @throws as `idle` */
  async flush(): Promise<void> {
    this.#isNew("flush", {});
    const from = this.#stream.waiting.length;
    closeAll(this.#stream, this.#settings);
    this.#labels?.closed(this.#stream, from);
    await this.idle();
  }

  /**
   * Waits until every closed window is told.
   *
   * @throws what `onWindow` threw. The window is kept, and told again with the next call; no other is told before it
   */
  async idle(): Promise<void> {
    await this.#teller.idle();
  }

  /** All that a restart needs at this moment, a fixed reference too. A window that is being told counts as not told. */
  toBytes(): Uint8Array {
    return stateBytes(this.#state(this.#evaluator.references.state()));
  }

  /** The bytes that `toBytes` gives at this moment, written on a worker thread: many rows do not hold up the calling one. */
  async save(): Promise<Uint8Array> {
    return (await this.saveParts(true)).state;
  }

  /** The same, tables of fixed references apart: they seldom change, and need not be kept again. @param whole  nothing apart */
  saveParts(whole = false): Promise<StateParts> {
    const { references } = this.#evaluator;
    const write = () => stateAside(this.#state(new Map()), references, this.#settings.compare.threads, whole);
    return this.#stream.memory.reading(write);
  }

  /** Gives up what is being compared; nothing is told any more, and nothing taken. What waits can still be saved. */
  close(): void {
    this.#teller.end();
  }

  #state(references: SavedMonitor["references"]): PlainState {
    const [detectors, labels] = [this.#watched.state(), this.#labels?.state() ?? null];
    const own = { stream: this.#stream, shapes: this.#shapes, schemas: this.#schemas, detectors, labels, references };
    return plainState(this.#settings, { ...own, ...this.#evaluator.state() });
  }

  #isNew(method: string, options: PushOptions): boolean {
    if (this.#teller.ended) throw new Error(`Monitor.${method}: the monitor was closed`);
    const sequence = recordNumber(method, options);
    return sequence === undefined || sequence > this.#stream.sequence;
  }

  /** What follows from what was taken. */
  #applied(arrival: number, { sequence }: PushOptions): number {
    const stream = this.#stream;
    const [before, from] = [stream.closed, stream.waiting.length];
    stream.arrival = Math.max(stream.arrival, arrival);
    stream.sequence = sequence ?? stream.sequence;
    closeByRows(stream, this.#settings);
    closeByTime(stream, this.#settings);
    this.#labels?.closed(stream, from);
    this.#forget();
    this.#teller.start();
    return stream.closed - before;
  }

  #evaluate(next: Waiting): Promise<Evaluated> {
    if (next.is === "closed") return this.#evaluator.evaluate(next, this.#stream.panes);
    return this.#evaluator.again(next, this.#labels!.result(next.labelled.index)!);
  }

  #told(evaluated: Evaluated): void {
    this.#evaluator.told(evaluated);
    this.#stream.waiting.shift();
    this.#labels?.told(evaluated.result, this.#stream.waiting);
    this.#forget();
  }

  /** Rows and references that no window needs any more. */
  #forget(): void {
    forgetPanes(this.#stream, this.#settings);
    this.#evaluator.references.forgetBefore(versionNeeded(this.#stream));
  }
}

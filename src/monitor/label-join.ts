/**
 * Labels that come later: rows are kept by id until their windows are over, and joined with labels in whichever order both
 * come.
 *
 * An id is that of all rows that have it, and of several labels that which came last counts. A window is told when the share
 * of its rows with a label reaches `coverage`, again whenever that has grown by a tenth and when it is complete, and at last
 * when `within` is over, if anything changed since.
 */
import type { Table } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import { takeRows } from "../column/take-rows.js";
import { EarlyLabels } from "./early-labels.js";
import { columnsNamed, idsOf, targetsOf } from "./label-columns.js";
import {
  type Id,
  isDue,
  type LabelPane,
  type LabelWindow,
  labelledBefore,
  labelledRows,
  newLabelPane,
  type Target,
} from "./label-pane.js";
import { LabelPlaces, type Place } from "./label-places.js";
import type { LabelCounts, LabelledWindow, LabelSettings } from "./label-settings.js";

type Outcome = keyof Omit<LabelCounts, "early">;

const pushed = "Monitor.push";
const labelling = "Monitor.labels";

export class LabelJoin {
  readonly settings: LabelSettings;
  readonly panes = new Map<number, LabelPane>();
  /** Panes of which only ids are left, the first that was over first. */
  readonly over = new Set<LabelPane>();
  /** Closed ones that are not over. */
  readonly windows = new Set<LabelWindow>();
  readonly early = new EarlyLabels();
  readonly outcomes: { [outcome in Outcome]: number };
  /** The latest time that was told. */
  clock = Number.NEGATIVE_INFINITY;
  /** Windows that close later have no pane before this one. */
  openFrom = Number.NEGATIVE_INFINITY;
  /** What labels are, from the first one on. */
  targetType: string | null = null;
  readonly #places = new LabelPlaces();
  /** When the first window is over. */
  #firstEnd = Number.POSITIVE_INFINITY;
  #rows = 0;

  constructor(settings: LabelSettings) {
    this.settings = settings;
    this.outcomes = { joined: 0, corrected: 0, repeated: 0, unknown: 0, late: 0, incomplete: 0 };
  }

  /** Rows whose ids are known. */
  get rows(): number {
    return this.#rows;
  }

  get counts(): LabelCounts {
    return { ...this.outcomes, early: this.early.size };
  }

  /**
   * Adds chosen rows of a batch to a pane. Rows that have a target already are labelled.
   *
   * @returns windows that are told, which are over early because there is no room for more rows, or were complete
   * @throws FormatError for a table without the id, and for ids and targets of types that are none; then nothing was added
   */
  add(number: number, table: Table, rows: Uint32Array, arrival: number): LabelledWindow[] {
    const { id: idColumn, target, columns } = this.settings;
    const own = takeRows(columnsNamed(table, [idColumn, target, ...columns]), rows);
    const ids = idsOf(own, idColumn, pushed);
    const known = own.columns.has(target) ? targetsOf(own, target, pushed, this.targetType) : null;
    const pane = this.panes.get(number) ?? newLabelPane(number, pushed);
    if (!pane.store) throw new FormatError(pushed, "rows of windows that are not over", `rows of pane ${number}`);
    pane.store.append(columnsNamed(own, columns));
    this.panes.set(number, pane);
    this.targetType = known?.type ?? this.targetType;
    this.clock = Math.max(this.clock, arrival);
    const touched = new Set<LabelWindow>();
    for (let from = 0; from < rows.length; from++) {
      const row = pane.ids.length;
      const id = ids[from] ?? null;
      pane.ids.push(id);
      if (id !== null) this.#addRow(pane, row, id, touched);
      const label = known?.targets[from] ?? null;
      if (label === null) continue;
      this.#count(
        id === null ? this.#apply(pane, row, label, arrival, touched) : this.#label(id, label, arrival, touched),
      );
    }
    this.#rows += rows.length;
    return [...this.#due(touched), ...this.#makeRoom()];
  }

  /**
   * A window is closed.
   *
   * @param panes  how many of each pane's rows are in it
   * @param end  when it ended: labels count until `within` later, or `within` after now, where rows of long ago are read
   * @returns itself, where its labels came already
   */
  close(index: number, panes: Iterable<readonly [pane: number, rows: number]>, end: number): LabelledWindow[] {
    const own = new Map<LabelPane, number>();
    for (const [number, rows] of panes) {
      const pane = this.panes.get(number);
      if (pane?.store && rows > 0) own.set(pane, Math.min(rows, pane.ids.length));
    }
    const window: LabelWindow = {
      index,
      until: Math.max(end, this.clock) + this.settings.within,
      panes: own,
      rows: [...own.values()].reduce((sum, rows) => sum + rows, 0),
      labelled: [...own].reduce((sum, [pane, rows]) => sum + labelledBefore(pane, rows), 0),
      told: 0,
      revision: 0,
      changed: true,
    };
    if (window.rows === 0) return [];
    this.adopt(window);
    return this.#due([window]);
  }

  /** Windows that close from now on have no pane before this one. */
  forgetBefore(pane: number): void {
    this.openFrom = Math.max(this.openFrom, pane);
    for (const own of this.panes.values()) this.#retire(own, this.clock);
  }

  /**
   * Labels: a table with ids and targets.
   *
   * @returns windows that are told
   * @throws FormatError for a table without these columns, and for ids and targets of types that are none; then nothing was
   *   changed
   */
  label(table: Table, arrival: number): LabelledWindow[] {
    const { id: idColumn, target: targetColumn } = this.settings;
    const ids = idsOf(table, idColumn, labelling);
    const { targets, type } = targetsOf(table, targetColumn, labelling, this.targetType);
    this.targetType = type;
    const over = this.advance(arrival);
    const touched = new Set<LabelWindow>();
    for (let row = 0; row < ids.length; row++) {
      const id = ids[row]!;
      const target = targets[row]!;
      this.#count(id === null || target === null ? "incomplete" : this.#label(id, target, arrival, touched));
    }
    this.outcomes.unknown += this.early.limit(this.settings.maximumEarly);
    return [...over, ...this.#due(touched)];
  }

  /** Time has come so far. @returns windows that are over, if they have anything new */
  advance(time: number): LabelledWindow[] {
    this.clock = Math.max(this.clock, time);
    return this.#expire();
  }

  /** Takes in a window that was closed, or comes from saved state. */
  adopt(window: LabelWindow): void {
    this.windows.add(window);
    this.#firstEnd = Math.min(this.#firstEnd, window.until);
    for (const pane of window.panes.keys()) pane.windows.add(window);
  }

  /** Takes in a pane from saved state. */
  adoptPane(pane: LabelPane): void {
    this.panes.set(pane.number, pane);
    for (const [row, id] of pane.ids.entries()) if (id !== null) this.#places.add(id, pane, row);
    this.#rows += pane.ids.length;
    if (!pane.store) this.over.add(pane);
  }

  /** A row takes the label that waits for it, or that the last row of its id has: all that are not over have the same. */
  #addRow(pane: LabelPane, row: number, id: Id, touched: Set<LabelWindow>): void {
    const last = this.#places.add(id, pane, row);
    const waiting = last === null && this.early.size > 0 ? this.early.take(id) : undefined;
    if (waiting) this.#count(this.#apply(pane, row, waiting.target, waiting.arrival, touched));
    if (typeof last !== "number") return;
    const { targets, arrivals } = this.#places.paneAt(last);
    const at = this.#places.rowAt(last);
    const target = targets[at];
    if (target !== undefined) this.#apply(pane, row, target, arrivals[at]!, touched);
  }

  #label(id: Id, target: Target, arrival: number, touched: Set<LabelWindow>): Outcome | "early" {
    const found = this.#places.of(id);
    if (found === undefined) return this.early.put(id, { target, arrival });
    if (typeof found === "number") return this.#labelAt(found, target, arrival, touched);
    // The last row that is not over decides what is counted.
    const outcomes = found.map((place) => this.#labelAt(place, target, arrival, touched));
    return outcomes.findLast((outcome) => outcome !== "late") ?? "late";
  }

  #labelAt(place: Place, target: Target, arrival: number, touched: Set<LabelWindow>): Outcome {
    const pane = this.#places.paneAt(place);
    return pane.store ? this.#apply(pane, this.#places.rowAt(place), target, arrival, touched) : "late";
  }

  #apply(pane: LabelPane, row: number, target: Target, arrival: number, touched: Set<LabelWindow>): Outcome {
    const known = pane.targets[row];
    if (known !== undefined && arrival < pane.arrivals[row]!) return "repeated";
    pane.arrivals[row] = arrival;
    if (known === target) return "repeated";
    pane.targets[row] = target;
    if (known === undefined) pane.labelled++;
    for (const window of pane.windows) {
      if (row >= window.panes.get(pane)!) continue;
      if (known === undefined) window.labelled++;
      window.changed = true;
      touched.add(window);
    }
    return known === undefined ? "joined" : "corrected";
  }

  #count(outcome: Outcome | "early"): void {
    if (outcome !== "early") this.outcomes[outcome]++;
  }

  /** Of windows with new labels those that are to be told. */
  #due(windows: Iterable<LabelWindow>): LabelledWindow[] {
    return Array.from(windows)
      .filter((window) => isDue(window, this.settings.coverage))
      .sort((a, b) => a.index - b.index)
      .map((window) => this.#tell(window, this.clock, false));
  }

  #tell(window: LabelWindow, asOf: number, final: boolean): LabelledWindow {
    const { index, rows, labelled } = window;
    window.told = labelled;
    window.changed = false;
    window.revision++;
    const table = labelledRows(window, this.settings.target, labelling);
    return { index, rows, labelled, coverage: labelled / rows, asOf, revision: window.revision, final, table };
  }

  /** Windows whose time for labels has passed, ids that need not be known any more, and labels whose row does not come. */
  #expire(): LabelledWindow[] {
    const { clock } = this;
    this.outcomes.unknown += this.early.expire(clock - this.settings.within);
    for (const pane of this.over) {
      if (pane.expires >= clock) break;
      this.#remove(pane);
    }
    if (this.#firstEnd >= clock) return [];
    const over = [...this.windows].filter(({ until }) => until < clock).sort((a, b) => a.index - b.index);
    const told = over.flatMap((window) => this.#end(window, window.until));
    this.#firstEnd = [...this.windows].reduce((first, { until }) => Math.min(first, until), Number.POSITIVE_INFINITY);
    return told;
  }

  /** The end of a window; it is told if that has anything new. */
  #end(window: LabelWindow, asOf: number): LabelledWindow[] {
    const told = window.changed ? [this.#tell(window, asOf, true)] : [];
    this.windows.delete(window);
    for (const pane of window.panes.keys()) {
      pane.windows.delete(window);
      this.#retire(pane, asOf);
    }
    return told;
  }

  /** Of rows that are in no window any more only the ids are kept: labels that come for them are late, not unknown. */
  #retire(pane: LabelPane, since: number): void {
    if (!pane.store || pane.windows.size > 0 || pane.number >= this.openFrom) return;
    pane.store = null;
    pane.targets = [];
    pane.arrivals = [];
    pane.labelled = 0;
    pane.expires = since + this.settings.within;
    this.over.add(pane);
  }

  #remove(pane: LabelPane): void {
    this.#places.remove(pane);
    this.#rows -= pane.ids.length;
    this.over.delete(pane);
    this.panes.delete(pane.number);
  }

  #makeRoom(): LabelledWindow[] {
    const told: LabelledWindow[] = [];
    while (this.#rows > this.settings.maximumRows) {
      const [over] = this.over;
      const closed = [...this.panes.values()].filter(({ number }) => number < this.openFrom);
      const oldest = over ?? closed.sort((a, b) => a.number - b.number)[0];
      if (!oldest) break;
      for (const window of [...oldest.windows]) told.push(...this.#end(window, this.clock));
      this.#remove(oldest);
    }
    return told;
  }
}

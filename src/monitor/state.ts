/**
 * A monitor's state as bytes. What a restart needs is in it: rows of open windows and of those that wait, references that are made of
 * earlier rows, the fixed reference, scores, detectors, labels, how far time has come.
 */
import type { Table } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import type { EvaluatorState } from "./evaluator.js";
import { together } from "./fixed-references.js";
import { optionInWords } from "./option-words.js";
import { newPane, type Pane } from "./pane.js";
import { fromPlainBytes, plainBytes } from "./plain-bytes.js";
import { RowMemory } from "./row-memory.js";
import type { Settings } from "./settings.js";
import type { Shape } from "./store-shape.js";
import type { StreamState, Waiting } from "./stream.js";
import { tableFromBytes, tableToBytes } from "./table-bytes.js";
import type { Schemas } from "./table-from.js";
import type { SavedDetectors } from "./watched-series.js";
import type { SavedLabels } from "./window-labels.js";

/** Of this layout; a later one is another number. */
const format = 1;

export interface SavedMonitor extends EvaluatorState {
  readonly stream: StreamState;
  readonly shapes: ReadonlyMap<string, Shape | null>;
  readonly schemas: Schemas;
  readonly detectors: SavedDetectors;
  readonly labels: SavedLabels | null;
}

/** A state without the tables of fixed references, which seldom change, and these by version. */
export interface StateParts {
  readonly state: Uint8Array;
  readonly references: ReadonlyMap<number, Uint8Array>;
}

interface SavedPane extends Omit<Pane, "store"> {
  readonly rows: Uint8Array;
}

interface PlainPane extends Omit<Pane, "store"> {
  readonly rows: Table;
}

/** What a state and the options it is restored with have to have in common, by the option's name. */
function commonOf({ name, shape, against, season, time, labels, detectors }: Settings): {
  readonly [option: string]: string;
} {
  const options = Object.entries({ name, window: shape, against, period: season?.last, time, labels, detectors });
  return Object.fromEntries(options.map(([option, value]) => [option, inWords(value)]));
}

/** What a state is written from: plain data, and tables as they lie in memory. */
export interface PlainState extends EvaluatorState {
  readonly format: number;
  readonly common: { readonly [option: string]: string };
  readonly stream: Omit<StreamState, "panes" | "memory"> & { readonly panes: ReadonlyMap<number, PlainPane> };
  readonly shapes: SavedMonitor["shapes"];
  readonly schemas: Schemas;
  readonly detectors: SavedDetectors;
  readonly labels: SavedLabels | null;
}

/** Shares what the monitor goes on with. */
export function plainState(settings: Settings, { stream, ...others }: SavedMonitor): PlainState {
  const { panes: held, memory: _, ...plain } = stream;
  const panes = Array.from(held, ([number, { store, ...pane }]): [number, PlainPane] => [
    number,
    { ...pane, rows: store.take() },
  ]);
  return { format, common: commonOf(settings), stream: { ...plain, panes: new Map(panes) }, ...others };
}

export function stateBytes({ stream, ...others }: PlainState): Uint8Array<ArrayBuffer> {
  const panes = Array.from(stream.panes, ([number, pane]): [number, SavedPane] => [
    number,
    { ...pane, rows: tableToBytes(pane.rows) },
  ]);
  const { format: first, common, ...last } = others;
  const saved = { ...stream, panes: new Map(panes), waiting: stream.waiting.map(savedWaiting) };
  return plainBytes({ format: first, common, stream: saved, ...last });
}

const where = "Monitor.restore";

/**
 * @throws FormatError for bytes that are damaged or are none of a monitor's; RangeError for those of a monitor with other
 *   options, naming the first that differs
 */
export function savedMonitor(settings: Settings, saved: Uint8Array | StateParts): SavedMonitor {
  const { state: bytes, references } = "references" in saved ? saved : { state: saved, references: new Map() };
  const found = fromPlainBytes(bytes, where) as Found | null;
  if (found?.format !== format || typeof found.common !== "object") {
    throw new FormatError(where, `a monitor's state of format ${format}`, `${found?.format}`);
  }
  for (const [option, now] of Object.entries(commonOf(settings))) {
    const then: string | undefined = found.common[option];
    if (now === then) continue;
    const [kept, given] = [then, now].map((one) => optionInWords(option, one, settings.shape.panes));
    throw new RangeError(`${where}: option ${option} must be that of the state, ${kept}, got ${given}`);
  }
  try {
    return restored({ ...found, references: together(found.references, references) });
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw new FormatError(where, "all that a monitor's state has", "something else", { cause });
  }
}

interface Found extends Omit<SavedMonitor, "stream"> {
  readonly format?: unknown;
  readonly common: { readonly [option: string]: string };
  readonly stream: Omit<StreamState, "memory"> & { readonly panes: ReadonlyMap<number, SavedPane> };
}

function restored({ format: _, common: __, stream, ...others }: Found): SavedMonitor {
  const memory = new RowMemory();
  const panes = Array.from(stream.panes as ReadonlyMap<number, unknown>, ([number, saved]): [number, Pane] => {
    const { rows, ...pane } = saved as SavedPane;
    const own = { ...newPane(memory), ...pane };
    own.store.append(tableFromBytes(rows, where));
    return [number, own];
  });
  const waiting = stream.waiting.map(restoredWaiting);
  return { ...others, stream: { ...stream, panes: new Map(panes), memory, waiting } };
}

/** With the table of its labels as bytes. */
function savedWaiting(waiting: Waiting): unknown {
  const { labelled } = waiting;
  return labelled ? { ...waiting, labelled: { ...labelled, table: tableToBytes(labelled.table) } } : waiting;
}

function restoredWaiting(saved: Waiting): Waiting {
  const { labelled } = saved;
  if (!labelled) return saved;
  const table = tableFromBytes(labelled.table as unknown as Uint8Array, where);
  return { ...saved, labelled: { ...labelled, table } } as Waiting;
}

/** The same for equal options, whatever the order of their names. */
function inWords(value: unknown): string {
  return JSON.stringify(value ?? null, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

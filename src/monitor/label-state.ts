/**
 * What a label join knows, as sealed bytes (`sealed-bytes.ts`). Buffers, in this order: of every pane what its rows' model said,
 * unless its windows are over, and its ids and labels; then the labels that came early.
 */
import type { Column, Table } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import { LabelJoin } from "./label-join.js";
import { type Id, type LabelPane, type LabelWindow, labelledBefore, newLabelPane, type Target } from "./label-pane.js";
import type { LabelSettings } from "./label-settings.js";
import { type PlainValue, plainValues } from "./plain-values.js";
import { columnsToTable } from "./rows-to-table.js";
import { sealBytes, unsealBytes } from "./sealed-bytes.js";
import { tableFromBytes, tableToBytes } from "./table-bytes.js";

const magic = "SMIRNOVL";

interface Head {
  readonly clock: number | null;
  readonly openFrom: number | null;
  readonly targetType: string | null;
  readonly outcomes: LabelJoin["outcomes"];
  readonly panes: readonly HeadPane[];
  readonly windows: readonly HeadWindow[];
  /** Bytes of the labels that came early. */
  readonly early: number;
}

interface HeadPane {
  readonly number: number;
  readonly expires: number | null;
  /** Bytes of what the model said; -1: its windows are over. */
  readonly said: number;
  readonly joined: number;
}

type HeadWindow = Omit<LabelWindow, "panes" | "labelled"> & {
  readonly panes: readonly (readonly [pane: number, rows: number])[];
};

export function labelsToBytes(join: LabelJoin): Uint8Array<ArrayBuffer> {
  const buffers: Uint8Array[] = [];
  const put = (table: Table): number => {
    const bytes = tableToBytes(table);
    buffers.push(bytes);
    return bytes.length;
  };
  // Those that are over first, in the order in which they will be forgotten.
  const all = [...join.over, ...[...join.panes.values()].filter((pane) => !join.over.has(pane))];
  const panes = all.map((pane): HeadPane => {
    const { number, expires, store, ids, arrivals, targets } = pane;
    const said = store ? put(store.take()) : -1;
    return { number, expires: finite(expires), said, joined: put(joinedTable(ids, arrivals, targets)) };
  });
  const windows = Array.from(join.windows, ({ panes, labelled: _labelled, ...window }): HeadWindow => {
    return { ...window, panes: Array.from(panes, ([{ number }, rows]) => [number, rows]) };
  });
  const early = [...join.early];
  const labels = early.map(([, label]) => label);
  const waiting = joinedTable(
    early.map(([id]) => id),
    labels.map(({ arrival }) => arrival),
    labels.map(({ target }) => target),
  );
  const { targetType, outcomes } = join;
  const times = { clock: finite(join.clock), openFrom: finite(join.openFrom) };
  return sealBytes(
    magic,
    { ...times, targetType, outcomes, panes, windows, early: put(waiting) } satisfies Head,
    buffers,
  );
}

/**
 * The join that was written.
 *
 * @throws FormatError for bytes that are not what was written
 */
export function labelsFromBytes(bytes: Uint8Array, settings: LabelSettings, where: string): LabelJoin {
  const { head, buffers } = unsealBytes(magic, bytes, where);
  if (!isHead(head)) throw new FormatError(where, "a head that tells panes and windows of labels", "another");
  const join = new LabelJoin(settings);
  join.clock = head.clock ?? Number.NEGATIVE_INFINITY;
  join.openFrom = head.openFrom ?? Number.NEGATIVE_INFINITY;
  join.targetType = head.targetType;
  Object.assign(join.outcomes, head.outcomes);
  for (const { number, expires, said, joined } of head.panes) {
    const pane = newLabelPane(number, where);
    pane.expires = expires ?? Number.POSITIVE_INFINITY;
    if (said < 0) pane.store = null;
    else pane.store!.append(tableFromBytes(buffers.next(said), where));
    fill(pane, tableFromBytes(buffers.next(joined), where), where);
    if (join.panes.has(number) || (pane.store && pane.store.rows !== pane.ids.length)) {
      throw new FormatError(where, `one pane ${number} of ${pane.ids.length} rows`, "others");
    }
    join.adoptPane(pane);
  }
  for (const { panes, ...window } of head.windows) {
    const own = new Map(panes.map(([number, rows]) => [paneOf(join, number, rows, where), rows]));
    const labelled = [...own].reduce((sum, [pane, rows]) => sum + labelledBefore(pane, rows), 0);
    join.adopt({ ...window, panes: own, labelled });
  }
  const { ids, arrivals, targets } = joinedOf(tableFromBytes(buffers.next(head.early), where), where);
  for (const [k, id] of ids.entries()) {
    const target = targets[k];
    if (id === null || target === undefined) throw new FormatError(where, "labels with ids", "others");
    join.early.put(id, { target, arrival: arrivals[k]! });
  }
  buffers.end();
  return join;
}

/** Rows with no label yet have neither arrival nor target. */
function joinedTable(
  ids: readonly (Id | null)[],
  arrivals: readonly number[],
  targets: readonly (Target | undefined)[],
): Table {
  const of = <T extends PlainValue>(is: (id: Id) => boolean) =>
    ids.map((id) => (id !== null && is(id) ? (id as T) : null));
  return columnsToTable({
    text: of((id) => typeof id === "string"),
    number: of((id) => typeof id === "number"),
    integer: of((id) => typeof id === "bigint").map((id) => (id === null ? null : `${id}`)),
    boolean: of((id) => typeof id === "boolean"),
    arrival: ids.map((_, row) => arrivals[row] ?? null),
    target: ids.map((_, row) => targets[row] ?? null),
  });
}

function joinedOf({ rows, columns }: Table, where: string) {
  const valuesOf = (name: string): readonly (PlainValue | null)[] => {
    const column: Column | undefined = columns.get(name);
    if (column) return plainValues(column, `${where}, column ${name}`);
    throw new FormatError(where, `a column ${name}`, "none");
  };
  const [text, number, integer, boolean] = ["text", "number", "integer", "boolean"].map(valuesOf);
  const [arrival, target] = ["arrival", "target"].map(valuesOf);
  const ids = Array.from({ length: rows }, (_, row): Id | null => {
    const digits = integer![row] ?? null;
    return text![row] ?? number![row] ?? boolean![row] ?? (digits === null ? null : bigintOf(digits, where));
  });
  const arrivals: number[] = [];
  const targets: (Target | undefined)[] = [];
  for (let row = 0; row < rows; row++) {
    const value = target![row] ?? null;
    const time = arrival![row] ?? null;
    if (value === null) continue;
    if (typeof value === "bigint" || typeof time !== "number")
      throw new FormatError(where, "labels with times", "others");
    targets[row] = value;
    arrivals[row] = time;
  }
  return { ids, arrivals, targets };
}

function bigintOf(digits: PlainValue, where: string): bigint {
  if (typeof digits === "string" && /^-?\d{1,20}$/.test(digits)) return BigInt(digits);
  throw new FormatError(where, "an integer", `${digits}`);
}

function fill(pane: LabelPane, table: Table, where: string): void {
  const { ids, arrivals, targets } = joinedOf(table, where);
  for (const id of ids) pane.ids.push(id);
  pane.targets = targets;
  pane.arrivals = arrivals;
  pane.labelled = targets.reduce((count: number, target) => count + (target === undefined ? 0 : 1), 0);
}

function paneOf(join: LabelJoin, number: number, rows: number, where: string): LabelPane {
  const pane = join.panes.get(number);
  if (pane?.store && rows <= pane.ids.length) return pane;
  throw new FormatError(where, `${rows} rows of pane ${number}`, "others");
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isNumber = (value: unknown): value is number => typeof value === "number";
const isRecord = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === "object" && value !== null;

function isHead(head: unknown): head is Head {
  if (!isRecord(head)) return false;
  const { clock, openFrom, targetType, outcomes, panes, windows, early } = head;
  const times = [clock, openFrom].every((time) => time === null || isNumber(time));
  const named = targetType === null || ["number", "string", "boolean"].includes(targetType as string);
  const names = ["joined", "corrected", "repeated", "unknown", "late", "incomplete"];
  const counted =
    isRecord(outcomes) && Object.keys(outcomes).length === 6 && names.every((name) => isCount(outcomes[name]));
  if (!times || !named || !counted || !isCount(early)) return false;
  return Array.isArray(panes) && panes.every(isPane) && Array.isArray(windows) && windows.every(isWindow);
}

function isPane(pane: unknown): boolean {
  if (!isRecord(pane)) return false;
  const { number, expires, said, joined } = pane;
  return (
    isNumber(number) && (expires === null || isNumber(expires)) && (said === -1 || isCount(said)) && isCount(joined)
  );
}

function isWindow(window: unknown): boolean {
  if (!isRecord(window)) return false;
  const { index, until, rows, told, revision, changed, panes } = window;
  if (![index, rows, told, revision].every(isCount) || !isNumber(until)) return false;
  if (typeof changed !== "boolean" || !Array.isArray(panes)) return false;
  const isPair = (pair: unknown) => Array.isArray(pair) && pair.length === 2 && isNumber(pair[0]) && isCount(pair[1]);
  const sum = panes.every(isPair) ? panes.reduce((all: number, [, count]) => all + count, 0) : -1;
  return sum === rows && sum > 0;
}

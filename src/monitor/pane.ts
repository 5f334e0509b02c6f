/** What lies in a pane: rows in the order in which they came, and values of series. */
import type { Column, Table } from "../column/column.js";
import { sliceTable } from "../column/slice.js";
import type { Chunk } from "../engine/chunk.js";
import type { RowMemory } from "./row-memory.js";
import { RowStore } from "./row-store.js";

export interface Pane {
  store: RowStore;
  /** Of its rows; infinite where there is none. */
  first: number;
  last: number;
  /** By series. */
  readonly series: Map<string, number[]>;
}

const where = "Monitor.push";

/** @param memory  that its rows lie in */
export function newPane(memory: RowMemory): Pane {
  return {
    store: new RowStore(where, memory),
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
    series: new Map(),
  };
}

/** Adds each pane's rows of a batch, or none. @throws as `RowStore.append` */
export function addRows(table: Table, rows: ReadonlyMap<Pane, Uint32Array>): void {
  const done: [Pane, number][] = [];
  try {
    for (const [pane, own] of rows) {
      const before = pane.store.rows;
      appendChosen(pane.store, table, own);
      done.push([pane, before]);
    }
  } catch (error) {
    for (const [pane, before] of done) {
      const store = new RowStore(where);
      store.append(pane.store.take(0, before));
      pane.store = store;
    }
    throw error;
  }
}

/** Rows that follow each other are not copied to be copied. */
function appendChosen(store: RowStore, table: Table, rows: Uint32Array): void {
  const first = rows[0] ?? 0;
  if (rows.length === table.rows) store.append(table);
  else if ((rows.at(-1) ?? 0) - first === rows.length - 1) store.append(sliceTable(table, first, first + rows.length));
  else store.append(table, rows);
}

/**
 * Tables one after the other: without a copy where all have the same columns of the same types.
 *
 * @throws FormatError where a column is of different types, none of which holds the other's values
 */
export function concatenated(tables: readonly Table[]): Table {
  const [first] = tables;
  if (first && tables.length === 1) return first;
  if (first && tables.every((table) => isAlike(first, table))) {
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    const columns = [...first.columns].map(([name, column]): [string, Column] => {
      const chunks = tables.flatMap((table) => [...(table.columns.get(name)!.chunks as Iterable<Chunk>)]);
      return [name, { ...column, rows, chunks } as Column];
    });
    return { rows, columns: new Map(columns), unsupported: first.unsupported };
  }
  const store = new RowStore("Monitor");
  for (const table of tables) store.append(table);
  return store.take();
}

function isAlike(one: Table, other: Table): boolean {
  if (one.columns.size !== other.columns.size || one.unsupported.size !== other.unsupported.size) return false;
  return [...one.columns].every(([name, { type }]) => other.columns.get(name)?.type === type);
}

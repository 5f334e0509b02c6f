/** Rows of one pane that wait for their labels, and the windows that they count in. */

import { nullChunk } from "../column/chunks.js";
import type { Column, Table } from "../column/column.js";
import { columnOf } from "../column/column-of.js";
import { RowStore } from "./row-store.js";

export type Id = string | number | bigint | boolean;
export type Target = string | number | boolean;

export interface LabelPane {
  readonly number: number;
  /** Of every row. */
  readonly ids: (Id | null)[];
  /** What the model said. `null`: all its windows are over, and only ids are remembered, until `expires`. */
  store: RowStore | null;
  /** Of every row that has a label, and when that came. */
  targets: (Target | undefined)[];
  arrivals: number[];
  labelled: number;
  /** Closed windows that are not over. */
  readonly windows: Set<LabelWindow>;
  expires: number;
}

/** A closed window whose labels still come. */
export interface LabelWindow {
  readonly index: number;
  /** Labels that come later do not count. */
  readonly until: number;
  /** How many of each pane's rows are in it: the first ones. */
  readonly panes: Map<LabelPane, number>;
  readonly rows: number;
  labelled: number;
  /** Labels when it was last told, and how often that was. */
  told: number;
  revision: number;
  /** Since it was last told. */
  changed: boolean;
}

export function newLabelPane(number: number, where: string): LabelPane {
  return {
    number,
    ids: [],
    store: new RowStore(where),
    targets: [],
    arrivals: [],
    labelled: 0,
    windows: new Set(),
    expires: Number.POSITIVE_INFINITY,
  };
}

/** How many of the first rows have a label. */
export function labelledBefore({ targets, labelled, ids }: LabelPane, rows: number): number {
  if (rows === ids.length) return labelled;
  let count = 0;
  for (let row = 0; row < rows; row++) if (targets[row] !== undefined) count++;
  return count;
}

/** First at the wanted coverage, then when it has grown by a tenth, and when it is complete. */
export function isDue({ rows, labelled, told, revision }: LabelWindow, coverage: number): boolean {
  if (revision === 0) return labelled > 0 && labelled >= coverage * rows;
  return 10 * (labelled - told) >= rows || (labelled === rows && labelled > told);
}

/** The labelled rows of a window: what the model said, and the target. */
export function labelledRows({ panes }: LabelWindow, target: string, where: string): Table {
  const store = new RowStore(where);
  const targets: Target[] = [];
  for (const [pane, rows] of panes) {
    const labelled: number[] = [];
    for (let row = 0; row < rows; row++) {
      const value = pane.targets[row];
      if (value === undefined) continue;
      labelled.push(row);
      targets.push(value);
    }
    store.append(pane.store!.take(0, rows), Uint32Array.from(labelled));
  }
  const { rows, columns, unsupported } = store.take();
  return { rows, columns: new Map([...columns, [target, targetColumn(targets)]]), unsupported };
}

function targetColumn(targets: readonly Target[]): Column {
  if (targets.length > 0) return columnOf(targets as readonly string[]);
  return { kind: "numeric", type: "Null", rows: 0, chunks: [nullChunk(0)], unitsPerSecond: 1 };
}

/** What joining labels is told, and what it tells. */
import type { Table } from "../column/column.js";

export interface LabelSettings {
  readonly id: string;
  readonly target: string;
  /** What model quality looks at beside the target. */
  readonly columns: readonly string[];
  /** Milliseconds after a window's end, or after it was closed where that came later, in which labels count. */
  readonly within: number;
  /** Share of the rows from which on a window is told. */
  readonly coverage: number;
  /** Rows whose ids are kept; beyond, the oldest of closed windows are forgotten, and these windows are over early. */
  readonly maximumRows: number;
  /** Labels without a row that are kept; beyond, the oldest are given up. */
  readonly maximumEarly: number;
}

/** What became of all labels so far. */
export interface LabelCounts {
  /** First labels of ids that have rows. */
  readonly joined: number;
  /** Labels that replaced one of another value. */
  readonly corrected: number;
  /** Labels that changed nothing: the same value again, or older than the one that is known. */
  readonly repeated: number;
  /** Labels that wait now for a row to come. */
  readonly early: number;
  /** Labels whose row never came. */
  readonly unknown: number;
  /** Labels of rows whose windows were over. */
  readonly late: number;
  /** Labels without an id or without a value. */
  readonly incomplete: number;
}

/** A window of which something is to be told. */
export interface LabelledWindow {
  /** As it was given when the window was closed. */
  readonly index: number;
  readonly rows: number;
  /** Rows with a label, and their share. */
  readonly labelled: number;
  readonly coverage: number;
  /** When this was known; of a window that is over, when that was. */
  readonly asOf: number;
  /** 1, and one more each time. */
  readonly revision: number;
  /** It is not told again. */
  readonly final: boolean;
  /** Its labelled rows: what the model said, and the target. */
  readonly table: Table;
}

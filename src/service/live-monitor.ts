/** What a dataset uses of a monitor. */
import type { Table } from "../column/column.js";
import type { Comparable } from "../drift/compare.js";
import type { PushReceipt } from "../monitor/monitor-options.js";
import type { StateParts } from "../monitor/state.js";
import type { TimedValue, Wanted } from "../monitor/wanted.js";
import type { LabelReceipt } from "../monitor/window-labels.js";

/** Which record of the spool something comes from, and when that came. */
export interface RecordPlace {
  readonly sequence: number;
  readonly arrival: number;
}

export interface LiveMonitor {
  push(rows: Table, place: RecordPlace): PushReceipt | Promise<PushReceipt>;
  labels(rows: Table, place: RecordPlace): LabelReceipt | Promise<LabelReceipt>;
  observe(series: string, value: number, time: number): unknown;
  setReference(reference: Comparable): unknown;
  /** What rows or values would take, if they came now. */
  wanted(of: Table | readonly TimedValue[], arrival: number): Wanted;
  /** Closes windows up to a time, though no row came. */
  advanceTo(time: number): unknown;
  /** Windows that are closed and not told yet. */
  readonly pending: number;
  /** Of the window that is being told. */
  readonly rowsTold: Table | null;
  /** In windows that are open or wait to be told. */
  readonly rowsHeld: number;
  /** Of memory, that these take. */
  readonly bytesHeld: number;
  /** Up to which time windows are closed; `null` before the first row. */
  readonly watermark: number | null;
  /** Waits until all closed windows were told. */
  idle(): Promise<unknown>;
  /** Its state at this moment. */
  saveParts(): Promise<StateParts>;
  /** Gives up what is being looked at. */
  close(): void;
}

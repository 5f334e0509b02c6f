/** Tables of a monitor's state as a worker thread writes them. */
import type { Table } from "../column/column.js";
import { tableToBytes } from "./table-bytes.js";
import { heardTable } from "./window-task.js";

/** Of a reference, as it is sent to threads: in shared memory, so that the state it goes into is written without a copy. */
export function sharedTableBytes(table: Table): Uint8Array {
  const bytes = tableToBytes(heardTable(table) as Table);
  const own = new Uint8Array(new SharedArrayBuffer(bytes.length));
  own.set(bytes);
  return own;
}

/** A monitor's state as a worker thread writes it: in shared memory, so that nobody has to copy it. */
import type { Table } from "../column/column.js";
import { type PlainState, stateBytes } from "./state.js";
import { tableToBytes } from "./table-bytes.js";
import { heardTable } from "./window-task.js";

export const sharedStateBytes = (state: PlainState): Uint8Array => shared(stateBytes(state));

/** Of a reference, as it is sent to threads. */
export const sharedTableBytes = (table: Table): Uint8Array => shared(tableToBytes(heardTable(table) as Table));

function shared(bytes: Uint8Array): Uint8Array {
  const own = new Uint8Array(new SharedArrayBuffer(bytes.length));
  own.set(bytes);
  return own;
}

/**
 * Decodes one Parquet file on a thread of its own. `parquet-wasm` answers some malformed files with a trap inside a
 * callback, which no promise reports and which would end the process; here it ends this thread. When the thread ends,
 * the decoder's memory goes back to the operating system.
 */

import { once } from "node:events";
import { openAsBlob } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { ParquetFile } from "parquet-wasm";

/** What the thread says: first the schema, then batches as Arrow IPC streams, then the end, or what went wrong. */
export type ParquetReply =
  | { readonly is: "schema"; readonly stream: SharedArrayBuffer; readonly rows: number }
  | { readonly is: "batch"; readonly stream: SharedArrayBuffer; readonly length: number }
  | { readonly is: "end" }
  | { readonly is: "error"; readonly message: string };

/** What it is told after the schema. It then waits for a message after each batch: no more than one is under way. */
export interface ParquetRequest {
  readonly columns: readonly string[];
  /** Whether each column is decoded by itself, and all batches into the same memory: of one column's row group. */
  readonly apart: boolean;
}

/** Rows of a batch: enough to make its overhead small, few enough to add little to a row group's memory. */
const batchSize = 1 << 18;

/** @param into  used again where it is large enough */
function shared(stream: Uint8Array, into: SharedArrayBuffer | null = null): SharedArrayBuffer {
  const memory = into && into.byteLength >= stream.length ? into : new SharedArrayBuffer(stream.length);
  new Uint8Array(memory).set(stream);
  return memory;
}

const say = (reply: ParquetReply) => parentPort!.postMessage(reply);

/** One row group at a time, so that memory grows with the largest of them, not with the file. */
async function decode(path: string): Promise<void> {
  const file = await ParquetFile.fromFile(await openAsBlob(path));
  const metadata = file.metadata();
  const rows = metadata.fileMetadata().numRows();
  say({ is: "schema", stream: shared(file.schema().intoIPCStream()), rows });
  const [{ columns, apart }] = (await once(parentPort!, "message")) as [ParquetRequest];
  // Shared memory weighs nothing for the garbage collector, which would let a file's batches pile up.
  let kept: SharedArrayBuffer | null = null;
  const groups = columns.length > 0 ? metadata.numRowGroups() : 0;
  for (let group = 0; group < groups; group++) {
    for (const some of apart ? columns.map((name) => [name]) : [columns]) {
      const table = await file.read({ batchSize, columns: [...some], rowGroups: [group] });
      const batches = table.recordBatches();
      table.free();
      for (const batch of batches) {
        const taken = once(parentPort!, "message");
        const bytes = batch.intoIPCStream();
        const stream: SharedArrayBuffer = shared(bytes, kept);
        if (apart) kept = stream;
        say({ is: "batch", stream, length: bytes.length });
        await taken;
      }
    }
  }
  say({ is: "end" });
}

decode(workerData as string).catch((error: unknown) => {
  say({ is: "error", message: error instanceof Error ? error.message : String(error) });
});

/**
 * Decodes one Parquet file on a thread of its own. `parquet-wasm` answers some malformed files with a trap inside a
 * callback, which no promise reports and which would end the process; here it ends this thread. When the thread ends,
 * the decoder's memory goes back to the operating system.
 */

import { once } from "node:events";
import { openAsBlob } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import type { ParquetFile, RecordBatch } from "parquet-wasm";
import { pageBytes, withMaximum } from "./wasm-maximum.js";

/** What the thread is begun with. */
export interface ParquetTask {
  readonly path: string;
  /** Whether few rows are decoded at a time, in bounded memory, so that whoever counts them can end it in time. */
  readonly bounded: boolean;
}

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
const fewRows = 1 << 12;
/** Of the decoder where it is bounded. */
const mostPages = 2 ** 29 / pageBytes;

/** @param into  used again where it is large enough */
function shared(stream: Uint8Array, into: SharedArrayBuffer | null = null): SharedArrayBuffer {
  const memory = into && into.byteLength >= stream.length ? into : new SharedArrayBuffer(stream.length);
  new Uint8Array(memory).set(stream);
  return memory;
}

const say = (reply: ParquetReply) => parentPort!.postMessage(reply);

interface Wanted {
  readonly columns: string[];
  readonly rowGroups: number[];
}

async function whole(file: ParquetFile, wanted: Wanted): Promise<RecordBatch[]> {
  const table = await file.read({ batchSize, ...wanted });
  const batches = table.recordBatches();
  table.free();
  return batches;
}

async function* streamed(file: ParquetFile, wanted: Wanted): AsyncGenerator<RecordBatch> {
  const reader = (await file.stream({ batchSize: fewRows, ...wanted })).getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value as RecordBatch;
}

/** Modules that this thread makes from now on have a maximum: the decoder's own states none. */
function boundMemory(): void {
  const { Module } = WebAssembly;
  WebAssembly.Module = class extends Module {
    constructor(bytes: BufferSource) {
      super(bytes instanceof Uint8Array ? Uint8Array.from(withMaximum(bytes, mostPages)) : bytes);
    }
  };
}

/** One row group at a time, so that memory grows with the largest of them, not with the file. */
async function decode({ path, bounded }: ParquetTask): Promise<void> {
  if (bounded) boundMemory();
  const { ParquetFile } = await import("parquet-wasm");
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
      const wanted = { columns: [...some], rowGroups: [group] };
      for await (const batch of bounded ? streamed(file, wanted) : await whole(file, wanted)) {
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

decode(workerData as ParquetTask).catch((error: unknown) => {
  say({ is: "error", message: error instanceof Error ? error.message : String(error) });
});

/**
 * Parquet files as tables, decoded by `parquet-wasm` on a thread of its own (`parquet-worker.ts`). What it decodes comes
 * as Arrow IPC streams in shared memory and is checked like any other.
 */
import { Worker } from "node:worker_threads";
import type { Column, Table } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import { arrowTable } from "./arrow.js";
import { wantedColumns } from "./columns.js";
import { sharedBytes } from "./file-bytes.js";
import type { ParquetReply } from "./parquet-worker.js";

function appended(column: Column, next: Column): Column {
  const rows = column.rows + next.rows;
  const chunks = [...column.chunks, ...next.chunks];
  return { ...column, rows, chunks } as Column;
}

/** Puts the batches of the wanted and supported columns together. */
class Assembly {
  readonly #path: string;
  readonly #rows: number;
  readonly #columns: Map<string, Column>;
  readonly #unsupported: ReadonlyMap<string, string>;
  #found = 0;

  constructor(path: string, schema: Table, rows: number, columns: readonly string[] | undefined) {
    const names = [...schema.columns.keys(), ...schema.unsupported.keys()];
    const selected = wantedColumns(names, columns);
    const wanted = new Set(names.filter((_, index) => selected[index]));
    this.#path = path;
    this.#rows = rows;
    this.#columns = new Map([...schema.columns].filter(([name]) => wanted.has(name)));
    this.#unsupported = new Map([...schema.unsupported].filter(([name]) => wanted.has(name)));
  }

  get names(): string[] {
    return [...this.#columns.keys()];
  }

  add(part: Table): void {
    this.#found += part.rows;
    for (const [name, column] of this.#columns) {
      const next = part.columns.get(name);
      if (next?.kind !== column.kind) throw new FormatError(this.#path, `${name} in every row group`, "another schema");
      this.#columns.set(name, appended(column, next));
    }
  }

  table(): Table {
    if (this.#columns.size > 0 && this.#found !== this.#rows) {
      throw new FormatError(this.#path, `${this.#rows} rows`, `${this.#found}`);
    }
    return { rows: this.#rows, columns: this.#columns, unsupported: this.#unsupported };
  }
}

/** Refuses early, and by name, when the optional package is not there. */
function needParquetWasm(): void {
  try {
    import.meta.resolve("parquet-wasm");
  } catch (cause) {
    throw new Error("readTable: Parquet files need the package parquet-wasm: npm install parquet-wasm", { cause });
  }
}

/**
 * Reads a Parquet file.
 *
 * @param columns only these; all when undefined
 * @throws FormatError when it is not one; RangeError for a column that is not in it; Error when `parquet-wasm` is not
 *   installed
 */
export async function readParquet(path: string, columns?: readonly string[]): Promise<Table> {
  needParquetWasm();
  // Its traps also write to stderr, which is nobody's business.
  const worker = new Worker(new URL("./parquet-worker.js", import.meta.url), { workerData: path, stderr: true });
  const refused = (found: string) => new FormatError(path, "a Parquet file", found);
  try {
    return await new Promise<Table>((resolve, reject) => {
      let assembly: Assembly | undefined;
      const take = (reply: ParquetReply): void => {
        if (reply.is === "error") throw refused(reply.message);
        if (reply.is === "end") {
          resolve(assembly!.table());
          return;
        }
        const part = arrowTable(sharedBytes(path, reply.stream));
        if (reply.is === "batch") {
          assembly!.add(part);
          return;
        }
        assembly = new Assembly(path, part, reply.rows, columns);
        worker.postMessage(assembly.names);
      };
      worker.on("message", (reply: ParquetReply) => {
        try {
          take(reply);
        } catch (error) {
          reject(error);
        }
      });
      worker.on("error", (error) => reject(refused(error.message)));
      worker.on("exit", () => reject(refused("bytes on which its decoder ended")));
    });
  } finally {
    await worker.terminate();
  }
}

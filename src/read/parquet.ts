/**
 * Parquet files as tables, decoded by `parquet-wasm` on a thread of its own (`parquet-worker.ts`). What it decodes comes
 * as Arrow IPC streams in shared memory and is checked like any other.
 */
import { Worker } from "node:worker_threads";
import type { Column, Table } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import type { Chunk } from "../engine/chunk.js";
import { arrowTable } from "./arrow.js";
import { Arena, type Memory } from "./arrow-body.js";
import { wantedColumns } from "./columns.js";
import { sharedBytes } from "./file-bytes.js";
import type { ParquetReply, ParquetRequest, ParquetTask } from "./parquet-worker.js";

/** What becomes of a file's columns. */
export interface ParquetSink {
  /** Told of a supported and wanted column, before any rows. */
  column(name: string, about: Column): void;
  /** Whether stretches of rows come column by column, each in memory that the next is in: that of one row group. */
  readonly apart: boolean;
  /** Told of a stretch of rows of some of these columns, each column's in order. */
  rows(part: Table): void;
}

/** How much a file may be. What is thrown ends the reading. */
export interface ParquetBounds {
  /** Told how many rows and which columns there are, before any is decoded. */
  readonly begin: (about: Table) => void;
  /** Told what is decoded, a few rows at a time. */
  readonly memory: Memory;
}

/** What a Parquet file says of itself. */
export interface ParquetFacts {
  readonly rows: number;
  readonly unsupported: ReadonlyMap<string, string>;
}

/** Hands the stretches of the wanted and supported columns on. */
class Assembly {
  readonly facts: ParquetFacts;
  readonly names: readonly string[];
  readonly #path: string;
  readonly #columns: Map<string, Column>;
  readonly #sink: ParquetSink;
  readonly #found = new Map<string, number>();

  constructor(
    caller: string,
    path: string,
    schema: Table,
    rows: number,
    columns: readonly string[] | undefined,
    sink: ParquetSink,
  ) {
    const names = [...schema.columns.keys(), ...schema.unsupported.keys()];
    const selected = wantedColumns(names, columns, caller);
    const wanted = new Set(names.filter((_, index) => selected[index]));
    this.facts = { rows, unsupported: new Map([...schema.unsupported].filter(([name]) => wanted.has(name))) };
    this.#path = path;
    this.#columns = new Map([...schema.columns].filter(([name]) => wanted.has(name)));
    this.#sink = sink;
    this.names = [...this.#columns.keys()];
    for (const [name, about] of this.#columns) sink.column(name, { ...about, rows: 0, chunks: [] } as Column);
  }

  add(part: Table): void {
    for (const [name, next] of part.columns) {
      if (next.kind !== this.#columns.get(name)?.kind) {
        throw new FormatError(this.#path, `${name} in every row group`, "another schema");
      }
      this.#found.set(name, (this.#found.get(name) ?? 0) + part.rows);
    }
    this.#sink.rows(part);
  }

  end(): ParquetFacts {
    const { rows } = this.facts;
    for (const name of this.names) {
      const found = this.#found.get(name) ?? 0;
      if (found !== rows) throw new FormatError(`${this.#path}, column ${name}`, `${rows} rows`, `${found}`);
    }
    return this.facts;
  }
}

/** Refuses early, and by name, when the optional package is not there. */
function needParquetWasm(caller: string): void {
  try {
    import.meta.resolve("parquet-wasm");
  } catch (cause) {
    throw new Error(`${caller}: Parquet files need the package parquet-wasm: npm install parquet-wasm`, { cause });
  }
}

/**
 * Reads a Parquet file.
 *
 * @param columns only these; all when undefined
 * @param bounds how much it may be, where somebody may mean harm
 * @throws FormatError when it is not one; RangeError for a column that is not in it; Error when `parquet-wasm` is not
 *   installed; what the bounds throw
 */
export async function readParquet(path: string, columns?: readonly string[], bounds?: ParquetBounds): Promise<Table> {
  const chunks = new Map<string, Chunk[]>();
  const about = new Map<string, Column>();
  const sink: ParquetSink = {
    apart: false,
    column(name, own) {
      about.set(name, own);
      chunks.set(name, []);
    },
    rows(part) {
      for (const [name, own] of chunks) for (const chunk of part.columns.get(name)!.chunks) own.push(chunk);
    },
  };
  const { rows, unsupported } = await decodeParquet("readTable", path, columns, sink, bounds);
  const table = [...about].map(([name, own]) => [name, { ...own, rows, chunks: chunks.get(name)! } as Column] as const);
  return { rows, columns: new Map(table), unsupported };
}

/** Decodes a Parquet file, row group by row group. @throws as `readParquet`, and what the sink throws */
export async function decodeParquet(
  caller: string,
  path: string,
  columns: readonly string[] | undefined,
  sink: ParquetSink,
  { memory = new Arena(), begin }: Partial<ParquetBounds> = {},
): Promise<ParquetFacts> {
  needParquetWasm(caller);
  // Its traps also write to stderr, which is nobody's business.
  const worker = new Worker(new URL("./parquet-worker.js", import.meta.url), {
    workerData: { path, bounded: begin !== undefined } satisfies ParquetTask,
    stderr: true,
  });
  const expected = begin
    ? "a Parquet file whose rows are decoded within 512 MiB, some thousands at a time"
    : "a Parquet file";
  const refused = (found: string) => new FormatError(path, expected, found);
  try {
    return await new Promise<ParquetFacts>((resolve, reject) => {
      let assembly: Assembly | undefined;
      const take = (reply: ParquetReply): void => {
        if (reply.is === "error") throw refused(reply.message);
        if (reply.is === "end") {
          resolve(assembly!.end());
          return;
        }
        const stream = sharedBytes(path, reply.stream, 0, reply.is === "batch" ? reply.length : undefined);
        const part = arrowTable(stream, undefined, memory);
        if (reply.is === "batch") {
          assembly!.add(part);
          worker.postMessage("next");
          return;
        }
        begin?.({ ...part, rows: reply.rows });
        assembly = new Assembly(caller, path, part, reply.rows, columns, sink);
        const { names } = assembly;
        worker.postMessage({ columns: names, apart: sink.apart } satisfies ParquetRequest);
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

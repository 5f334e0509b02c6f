/** Rows of bodies: small ones are read at once, large ones on a thread of their own. */
import { Worker } from "node:worker_threads";
import type { BatchSchema, ColumnKind } from "../monitor/batch-schema.js";
import { TooManyBytes } from "./bounded-arena.js";
import { type DecodeLimits, decodeRows, type SizedTable } from "./decode-rows.js";
import type { BodyFormat } from "./media-types.js";
import { Problem } from "./problem.js";

export interface DecodeTask {
  readonly id: number;
  readonly format: BodyFormat;
  /** Over shared memory. */
  readonly body: Uint8Array;
  readonly schema: readonly (readonly [string, ColumnKind | "id" | null])[];
  readonly limits: DecodeLimits;
}

export type DecodeAnswer = { readonly id: number } & (
  | (SizedTable & { readonly schema: DecodeTask["schema"] })
  | { readonly problem: Pick<Problem, "status" | "message" | "place" | "headers"> }
  | { readonly error: unknown }
);

export interface DecodedRows extends SizedTable {
  /** The schema with what these rows tell of it. */
  readonly learned: DecodeTask["schema"];
}

/** What takes some ten milliseconds as JSON. */
const large = 2 ** 20;
/** Of what is decompressed, and values. */
const mostHere = 8 * large;
const file = new URL("./decode-worker.js", import.meta.url);

interface Asked {
  readonly resolve: (answer: DecodeAnswer) => void;
  readonly reject: (error: unknown) => void;
}

export class Decoder {
  #worker: Worker | null = null;
  readonly #asked = new Map<number, Asked>();
  #next = 0;

  /**
   * As `decodeRows`, but for the schema, which stays as it is: what these rows tell of it comes with them.
   *
   * @throws as `decodeRows`; Error where the thread is lost
   */
  async decode(format: BodyFormat, body: Uint8Array, schema: BatchSchema, limits: DecodeLimits): Promise<DecodedRows> {
    if (body.length >= large) return this.#aside(format, body, schema, limits);
    const learned: BatchSchema = new Map(schema);
    try {
      const few = { ...limits, bytes: Math.min(limits.bytes, mostHere) };
      return { ...decodeRows(format, body, learned, few), learned: [...learned] };
    } catch (error) {
      if (error instanceof TooManyBytes) return this.#aside(format, body, schema, limits);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  async #aside(format: BodyFormat, body: Uint8Array, schema: BatchSchema, limits: DecodeLimits): Promise<DecodedRows> {
    const shared = new Uint8Array(new SharedArrayBuffer(body.length));
    shared.set(body);
    const answer = await this.#ask({ id: this.#next++, format, body: shared, schema: [...schema], limits });
    if ("error" in answer) throw answer.error;
    if ("table" in answer) return { table: answer.table, bytes: answer.bytes, learned: answer.schema };
    const { status, message, place, headers } = answer.problem;
    throw new Problem(status, message, { ...place, headers });
  }

  #ask(task: DecodeTask): Promise<DecodeAnswer> {
    const worker = this.#started();
    return new Promise((resolve, reject) => {
      this.#asked.set(task.id, { resolve, reject });
      worker.postMessage(task);
    });
  }

  #started(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(file);
    worker.unref();
    worker.on("message", (answer: DecodeAnswer) => {
      this.#asked.get(answer.id)?.resolve(answer);
      this.#asked.delete(answer.id);
    });
    const lost = (error: unknown): void => {
      // It ends after its error: what another is asked by then goes on.
      if (this.#worker !== worker) return;
      this.#worker = null;
      for (const { reject } of this.#asked.values()) reject(error);
      this.#asked.clear();
    };
    worker.on("error", lost).on("exit", () => lost(new Error("the thread that reads bodies ended")));
    this.#worker = worker;
    return worker;
  }
}

/**
 * What rows told of their schema, once they are accepted.
 *
 * @returns false where other rows came meanwhile, after which these columns are of other kinds: then nothing is learned
 */
export function learn(schema: BatchSchema, found: DecodeTask["schema"]): boolean {
  const settled = (kind: ColumnKind | "id" | null | undefined) => kind !== null && kind !== undefined && kind !== "id";
  const differs = found.some(([name, kind]) => {
    const now = schema.get(name);
    return settled(now) && settled(kind) && JSON.stringify(now) !== JSON.stringify(kind);
  });
  if (differs) return false;
  for (const [name, kind] of found) if (!settled(schema.get(name))) schema.set(name, kind);
  return true;
}

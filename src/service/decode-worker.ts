/** A thread that reads large bodies, so that the thread that answers is not held up by any. */
import { parentPort } from "node:worker_threads";
import type { Table } from "../column/column.js";
import type { BatchSchema } from "../monitor/batch-schema.js";
import { decodeRows } from "./decode-rows.js";
import type { DecodeAnswer, DecodeTask } from "./decoder.js";
import { Problem } from "./problem.js";
import { memoryOf } from "./table-memory.js";

parentPort?.on("message", (task: DecodeTask) => {
  const { answer, buffers } = answerTo(task);
  parentPort?.postMessage(answer, buffers);
});

function answerTo({ id, format, body, schema, limits }: DecodeTask): { answer: DecodeAnswer; buffers: ArrayBuffer[] } {
  const known: BatchSchema = new Map(schema);
  try {
    const table = decodeRows(format, body, known, limits);
    return { answer: { id, table, schema: [...known] }, buffers: buffersOf(table) };
  } catch (error) {
    if (!(error instanceof Problem)) return { answer: { id, error }, buffers: [] };
    const { status, message, place, headers } = error;
    return { answer: { id, problem: { status, message, place, headers } }, buffers: [] };
  }
}

/** What can be handed over without a copy. */
function buffersOf(table: Table): ArrayBuffer[] {
  return [...memoryOf(table).buffers].filter((buffer) => buffer instanceof ArrayBuffer);
}

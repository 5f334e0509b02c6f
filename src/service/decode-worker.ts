/** A thread that reads large bodies, so that the thread that answers is not held up by any. */
import { parentPort } from "node:worker_threads";
import type { Table } from "../column/column.js";
import type { BatchSchema } from "../monitor/batch-schema.js";
import { decodeRows } from "./decode-rows.js";
import type { DecodeAnswer, DecodeTask } from "./decoder.js";
import { Problem } from "./problem.js";

parentPort?.on("message", (task: DecodeTask) => {
  const { answer, buffers } = answerTo(task);
  parentPort?.postMessage(answer, buffers);
});

function answerTo({ id, format, body, schema, limits }: DecodeTask): { answer: DecodeAnswer; buffers: ArrayBuffer[] } {
  const known: BatchSchema = new Map(schema);
  try {
    const { table, bytes } = decodeRows(format, body, known, limits);
    return { answer: { id, table, bytes, schema: [...known] }, buffers: buffersOf(table) };
  } catch (error) {
    if (!(error instanceof Problem)) return { answer: { id, error }, buffers: [] };
    const { status, message, place, headers } = error;
    return { answer: { id, problem: { status, message, place, headers } }, buffers: [] };
  }
}

/** What can be handed over without a copy. */
function buffersOf({ columns }: Table): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const collect = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) {
      if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
    } else if (Array.isArray(value)) {
      // Texts of a dictionary are no buffers.
      if (typeof value[0] === "object") for (const one of value) collect(one);
    } else if (typeof value === "object" && value !== null) {
      for (const one of Object.values(value)) collect(one);
    }
  };
  for (const { chunks } of columns.values()) collect([...(chunks as Iterable<unknown>)]);
  return [...found];
}

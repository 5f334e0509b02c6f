/** Schemas of what is sent and answered, for the OpenAPI document. */
import { earliestTime, latestTime } from "../monitor/row-times.js";

export type Document = { readonly [name: string]: unknown };

const text = { type: "string" };
const time = { type: "integer", description: "milliseconds since 1970, UTC" };
const optional = (one: Document): Document => ({ anyOf: [one, { type: "null" }] });
const object = (properties: { readonly [name: string]: Document }, left: readonly string[] = []): Document => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((name) => !left.includes(name)),
  additionalProperties: false,
});

export const problemDocument: Document = {
  description: "RFC 9457",
  content: {
    "application/problem+json": {
      schema: object(
        {
          type: text,
          title: text,
          status: { type: "integer" },
          detail: { type: "string", description: "in a sentence" },
          requestId: optional(text),
          line: { type: "integer", description: "of the body, from 1" },
          row: { type: "integer", description: "of the body, from 0" },
          column: text,
        },
        ["line", "row", "column"],
      ),
      example: {
        type: "about:blank",
        title: "Unprocessable Content",
        status: 422,
        detail: 'line 3, column "price": expected a number, found "cheap"',
        requestId: "5f0c9a3e-6f0c-4d53-9a55-2f7a6d7f1c11",
        line: 3,
        column: "price",
      },
    },
  },
};

/** Answers that any request may get. */
export function withProblems(answers: Document, ...statuses: readonly number[]): Document {
  return { ...answers, ...Object.fromEntries(statuses.map((status) => [status, problemDocument])) };
}

export function json(description: string, schema: Document, example?: unknown): Document {
  return { description, content: { "application/json": { schema, ...(example !== undefined && { example }) } } };
}

export const acceptedDocument = json(
  "Accepted: as safe as `durable` says, and looked at soon",
  object({
    dataset: text,
    sequence: { type: "integer", description: "of the record in the dataset's write-ahead spool" },
    rows: { type: "integer" },
    durable: {
      type: "string",
      enum: ["disk", "process"],
      description: "disk: survives a crash of the machine; process: survives one of the service",
    },
    repeated: { type: "boolean", description: "an earlier request with the same Idempotency-Key had done it" },
  }),
  { dataset: "orders", sequence: 17, rows: 2, durable: "disk", repeated: false },
);

export const windowDocument: Document = object({
  id: text,
  dataset: text,
  model: optional(text),
  modelVersion: optional(text),
  index: { type: "integer" },
  start: time,
  end: time,
  revision: { type: "integer" },
  asOf: time,
  rows: { type: "integer" },
  late: { type: "integer" },
  status: { type: "string", enum: ["compared", "empty", "no-reference", "failed"] },
  reason: text,
  drifted: optional({ type: "boolean" }),
  share: optional({ type: "number" }),
  columns: { type: "array", items: text, description: "that drifted" },
  possible: { type: "array", items: text, description: "that may have" },
  kinds: { type: "object", additionalProperties: text, description: "of drift over time, by column" },
  detections: { type: "integer" },
  coverage: optional({ type: "number" }),
  quality: { type: "object", additionalProperties: { type: "number" }, description: "first metrics of the model" },
  worse: { type: "array", items: text, description: "metrics that got worse beyond chance" },
  series: {
    type: "object",
    additionalProperties: object({
      values: { type: "integer" },
      mean: optional({ type: "number" }),
      q95: optional({ type: "number" }),
    }),
  },
  seconds: { type: "number" },
});

export const datasetDocument: Document = object({
  name: text,
  model: optional(text),
  sequence: { type: "integer", description: "of the last record that was accepted" },
  applied: { type: "integer", description: "of the last one that was looked at" },
  pendingWindows: { type: "integer" },
  columns: { type: "integer" },
  stored: { type: "boolean", description: "whether history and former alerts can be asked for" },
  firing: { type: "array", items: { type: "object", additionalProperties: true }, description: "alerts that last" },
  last: optional(windowDocument),
});

const rowsExample = [
  { time: "2026-11-26T10:00:00Z", price: 12.5, city: "Oslo" },
  { time: "2026-11-26T10:00:01Z", price: 13.0, city: "Bergen" },
];
const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
const someText = { type: "string", minLength: 1 };
const binary = { schema: { ...someText, contentMediaType: "application/octet-stream" } };
const someRow = { type: "object", additionalProperties: true };

/** `{ rows: [] }` and `{ columns: {} }` are taken as well. */
function rowsContent(rows: readonly object[]): Document {
  const schema = {
    anyOf: [
      { type: "array", items: someRow, minItems: 1 },
      object({ rows: { type: "array", items: someRow, minItems: 1 } }),
      object({ columns: { type: "object", additionalProperties: { type: "array", minItems: 1 }, minProperties: 1 } }),
    ],
  };
  return {
    "application/json": { schema, example: rows },
    "application/x-ndjson": { schema: someText, example: lines(rows) },
  };
}

export const rowsContentDocument: Document = {
  ...rowsContent(rowsExample),
  "application/vnd.apache.arrow.stream": binary,
  "application/vnd.apache.arrow.file": binary,
};

export const labelsContentDocument: Document = {
  ...rowsContent([{ id: "a17", paid: true }]),
  "application/vnd.apache.arrow.stream": binary,
};

const value = {
  type: "object",
  properties: {
    time: {
      anyOf: [
        { type: "number", minimum: earliestTime, maximum: latestTime },
        { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\d" },
        { type: "null" },
      ],
    },
  },
  additionalProperties: { type: ["number", "null"] },
  propertyNames: { minLength: 1, maxLength: 10_000 },
  minProperties: 1,
  description: "a time (milliseconds since 1970 or ISO 8601; else when it came), and numbers by name",
};
const series = [{ time: "2026-11-26T10:00:00Z", latency: 18.2, errors: 0 }];
export const seriesContentDocument: Document = {
  "application/json": { schema: { anyOf: [{ type: "array", items: value, minItems: 1 }, value] }, example: series },
  "application/x-ndjson": { schema: someText, example: lines(series) },
};

export const referenceContentDocument: Document = {
  ...rowsContent(rowsExample),
  "application/vnd.apache.arrow.stream": binary,
  "application/vnd.apache.arrow.file": binary,
  "application/vnd.apache.parquet": binary,
  "text/csv": { schema: someText, example: "price,city\n12.5,Oslo\n" },
  "application/vnd.smirnov.profile": binary,
};

/** @param names of all datasets */
export function datasetParameter(names: readonly string[]): Document {
  return object({ dataset: { type: "string", description: "name of a dataset", enum: names } });
}

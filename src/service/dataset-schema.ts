/** A dataset as it is written: what is watched, in which windows, against what. */
import type { Schema } from "../checks/schema.js";
import { compareSchema } from "../checks/suite-schema.js";
import { duration, durationPattern, list, number, part, record, someText, text } from "./schema-parts.js";

const window: Schema = {
  ...part("of rows, or of time; sliding where `every` is given, else tumbling", {
    rows: number("rows of a window", 1),
    duration: duration("of a window"),
    every: duration("from one window's beginning to the next one's: rows, or time; it divides the whole"),
    offset: duration("of the beginning of windows, which else is a multiple of `every` after 1970"),
  }),
  anyOf: [
    { type: "object", required: ["rows"] },
    { type: "object", required: ["duration"] },
  ],
};

const against: Schema = {
  description: "what windows are compared with; default fixed",
  type: ["string", "object"],
  properties: {
    rolling: number("so many windows before", 1),
    lag: duration("the one window so many windows, or so long, before"),
  },
  anyOf: [
    { enum: ["fixed", "previous", "expanding"] },
    { type: "object", required: ["rolling"] },
    { type: "object", required: ["lag"] },
  ],
  additionalProperties: false,
};

const detector: Schema = {
  description: "a streaming detector by name, with its options",
  type: "object",
  properties: { detector: someText },
  required: ["detector"],
  additionalProperties: true,
};

const plain: Schema = { type: ["number", "string", "boolean"] };

const labels: Schema = part(
  "labels that come later (POST /v1/{dataset}/labels)",
  {
    id: text("column with the id, in rows and labels"),
    within: duration(
      "so long labels are waited for after their window's end, or after it closed where that was later; default 7d",
    ),
    coverage: number("share of rows with a label from which on model quality is told; default 0.5", 0, 1),
    target: text("column of labels that holds what turned out to be true"),
    task: { type: "string", enum: ["classification", "regression", "ranking"] },
    prediction: someText,
    scores: { type: ["string", "object"], additionalProperties: someText },
    positive: plain,
    threshold: number("score from which on a row is predicted positive"),
    query: someText,
    rank: someText,
    k: {},
    gains: {},
    confidence: {},
    interval: {},
    resamples: {},
    seed: {},
  },
  ["id", "target"],
);

export const datasetSchema: Schema = part(
  "what is watched",
  {
    model: part("the model that the rows belong to", { name: someText, version: someText }, ["name"]),
    window,
    against,
    reference: text("a file that `smirnov compare` reads, or a profile; else PUT /v1/{dataset}/reference"),
    time: text("column with the time of a row; without it, when the row came"),
    lateness: duration("how long to wait for rows that come late; default none"),
    idle: {
      ...duration(
        "without rows for so long windows close by the clock; never; default twice the window's step, at least 10m",
      ),
      pattern: `${durationPattern}|^never$`,
      examples: ["10m", "2h", "never"],
    },
    late: { type: "string", enum: ["count", "next"] },
    compare: compareSchema,
    labels,
    detectors: record("by series or column of numbers", { ...list("", detector), minItems: 1 }),
    history: number("windows whose scores are kept for the kind of drift; default 200, or 20 that share no row", 1),
    period: duration(
      "of a rhythm of the data, as a text, or a number of windows: each is compared with the one a period ago too",
    ),
    maximumAhead: duration("rows whose time is further ahead of when they came are counted, and are in no window"),
    maximumRows: number("that open windows may hold together; default 10 000 000", 1),
    maximumBytes: number("of memory that rows of open windows may take together; default 1 GiB", 65_536),
    reports: number("results that are kept to be asked for; default 50", 1),
  },
  ["window"],
);

export const datasetsSchema: Schema = record("by name", datasetSchema);

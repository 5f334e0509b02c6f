/** The JSON Schema of suites (draft 2020-12): editors read it, and `schemaProblems` goes by it. */
import { compareNames } from "../drift/options.js";
import { metricNames, numberedNames } from "../metrics/vocabulary.js";
import { operatorNames } from "./conditions.js";
import type { Schema } from "./schema.js";
import type { PresetName } from "./suite.js";

export const presetNames: readonly PresetName[] = [
  "data-drift",
  "data-quality",
  "data-stability",
  "no-target",
  "classification",
  "regression",
];

const plain: Schema = { type: ["number", "string", "boolean"] };
const someText: Schema = { type: "string", minLength: 1 };
const atLeastOneOf = (names: readonly string[]): readonly Schema[] => names.map((name) => ({ required: [name] }));

/** A constant, or an object that names the reference. */
const operand: Schema = {
  description: "a constant, or { reference: 1.1, plus: 5 }: 1.1 times the reference's value, plus 5",
  type: ["number", "string", "boolean", "object"],
  properties: {
    reference: { type: "number", description: "the reference's value times this" },
    plus: { type: "number", description: "added to it" },
  },
  required: ["reference"],
  additionalProperties: false,
};

/** The same, or a list for a metric that is one of names. */
const orNames: Schema = {
  ...operand,
  description: `${operand.description}; for columnNames a list of names`,
  type: ["number", "string", "boolean", "object", "array"],
  items: { type: "string" },
};

const list: Schema = { type: "array", items: plain, minItems: 1 };
const width: Schema = { type: "number", minimum: 0 };

const operators: { readonly [name in (typeof operatorNames)[number]]: Schema } = {
  eq: orNames,
  notEq: orNames,
  gt: operand,
  gte: operand,
  lt: operand,
  lte: operand,
  in: list,
  notIn: list,
  approx: {
    description: "within the wider of both tolerances",
    type: "object",
    properties: { value: operand, relative: width, absolute: width },
    required: ["value"],
    anyOf: atLeastOneOf(["relative", "absolute"]),
    additionalProperties: false,
  },
};

const rowOperators = ["eq", "notEq", "gt", "gte", "lt", "lte", "in", "notIn", "missing"];

export const whereSchema: Schema = {
  description: "only rows that fulfil a condition on each of these columns",
  type: "object",
  additionalProperties: {
    type: ["number", "string", "boolean", "object"],
    properties: {
      ...Object.fromEntries(rowOperators.slice(0, 6).map((name) => [name, plain])),
      in: list,
      notIn: list,
      missing: { type: "boolean" },
    },
    anyOf: [{ type: ["number", "string", "boolean"] }, ...atLeastOneOf(rowOperators)],
    additionalProperties: false,
  },
};

const check: Schema = {
  description: "a condition on a metric; all operators that are given must hold",
  type: "object",
  properties: {
    name: { ...someText, description: "shown in results; made of what is checked if not given" },
    metric: {
      description: "docs/metrics.md lists all",
      type: "string",
      anyOf: [{ enum: metricNames }, { pattern: numberedNames }],
    },
    column: {
      description: "one column or several, * for all that have the metric; the table if not given",
      type: ["string", "array"],
      items: { type: "string" },
      minItems: 1,
    },
    of: { type: "string", description: "class of a classifier, or the other column of a correlation" },
    side: {
      type: "string",
      enum: ["reference", "current"],
      description: "current if not given, of metrics that sides have",
    },
    segment: { ...someText, description: "key of a segment (country=DE), or * for each of them" },
    where: whereSchema,
    critical: { type: "boolean", description: "a check that is not critical warns where it would fail" },
    ...operators,
  },
  required: ["metric"],
  anyOf: atLeastOneOf(operatorNames),
  additionalProperties: false,
};

/** Options of `compare` that are no data. */
const notWritten: readonly string[] = ["onProgress", "signal"];
const names: Schema = { type: ["string", "array"], items: { type: "string" }, minItems: 1 };

/** Options of `compare` as they are written. */
export const compareSchema: Schema = {
  description: "options of compare, where it is done for the suite; what checks need is added",
  type: "object",
  properties: {
    ...Object.fromEntries(compareNames.filter((name) => !notWritten.includes(name)).map((name) => [name, {}])),
    columns: { type: "array", items: { type: "string" }, minItems: 1 },
    by: names,
    correlations: { type: ["boolean", "object"] },
    quality: { type: "boolean" },
    modelQuality: { type: ["boolean", "object"] },
    where: whereSchema,
  },
  additionalProperties: false,
};

/** What a suite of checks is, in YAML and JSON: docs/suite.schema.json. */
export const suiteSchema: Schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Smirnov suite of checks",
  type: "object",
  properties: {
    $schema: { type: "string" },
    name: { ...someText, description: "of the suite" },
    presets: { type: "array", items: { type: "string", enum: presetNames }, minItems: 1 },
    checks: { type: "array", items: check, minItems: 1 },
    compare: compareSchema,
  },
  additionalProperties: false,
};

/** Reads what Evidently answered (test/oracle/drift/preset-evidently.py) and makes its inputs columns again. */
import { readFileSync } from "node:fs";
import { columnOf } from "../../../dist/column/column-of.js";
import { type Side, sideOf } from "../../../dist/drift/evidently/side.js";
import { sampleOf, type Written, type WrittenSample } from "../../statistics/oracle.ts";

export type Kind = "num" | "cat" | "text";

/** A score and its verdict, or what Evidently raised. */
export type Answer = { score: Written; drifted: boolean } | { error: string };

export type WrittenColumn = WrittenSample | readonly (string | boolean | null)[];

export interface MethodCase {
  name: string;
  kind: Kind;
  dtype: "float" | "int" | "text" | "bool" | "category";
  reference: WrittenColumn;
  current: WrittenColumn;
  scores: Record<string, Answer>;
}

interface Answers {
  tables: Record<string, Record<"reference" | "current", Record<string, WrittenColumn>>>;
  methods: MethodCase[];
  hashes: { name: string; scores: number[] }[];
  types: { name: string; dtype: MethodCase["dtype"]; values: WrittenColumn; type: Kind }[];
  choices: { rows: number; distinct: number; more: number; kind: Kind; method: string }[];
  reports: {
    table: string;
    name: string;
    options: Record<string, unknown>;
    share: number;
    count: number;
    columns: Record<string, { method: string; threshold: number; score: Written }>;
  }[];
  texts: { name: string; reference: string[]; current: string[]; scores: Record<string, Answer> }[];
  embeddings: {
    name: string;
    dimension: number;
    reference: number[];
    current: number[];
    results: ({ method: string; options: Record<string, unknown> } & Answer)[];
  }[];
  random: { seed: number; permutation: number[]; uniform: number[]; integers: number[]; after: number[] }[];
}

export const answers: Answers = JSON.parse(
  readFileSync(new URL("../../oracle/drift/preset-evidently.json", import.meta.url), "utf8"),
);

/** A column as `compare` gets it: integers as such, all other numbers as doubles. */
export function inputOf(written: WrittenColumn, dtype: MethodCase["dtype"]) {
  if (dtype === "float") return sampleOf(written as WrittenSample);
  if (dtype === "int") return BigInt64Array.from(sampleOf(written as WrittenSample), BigInt);
  return written as (string | null)[];
}

export function writtenSide(written: WrittenColumn, dtype: MethodCase["dtype"]): Side {
  const column = columnOf(inputOf(written, dtype));
  if (column.kind === "vector") throw new TypeError("vectors are no column here");
  return sideOf(column);
}

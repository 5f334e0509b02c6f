/** Verdicts in a word, and the order in which they matter. */
import type { ColumnReport } from "../../drift/report.js";
import { structural } from "../verdict.js";
import { whyOf } from "../why.js";
import { html, type Markup } from "./markup.js";

/** Class of the sign that stands before the word, so that no verdict is told by colour alone. */
export type Sign = "drift" | "structure" | "possible" | "unresolved" | "none" | "unjudged";

export const signOrder: readonly Sign[] = ["drift", "structure", "possible", "unresolved", "none", "unjudged"];

export const signWords: Readonly<Record<Sign, string>> = {
  drift: "drift",
  structure: "table changed",
  possible: "possible",
  unresolved: "unresolved",
  none: "no drift",
  unjudged: "not judged",
};

const structureWords: Readonly<Record<string, string>> = {
  "missing-in-reference": "appeared",
  "missing-in-current": "vanished",
  "type-changed": "new type",
};

export function signOf({ severity, status }: ColumnReport): Sign {
  if (severity !== "none") return severity;
  if (structural.has(status)) return "structure";
  return status === "ok" ? "none" : "unjudged";
}

export function verdictWord(column: ColumnReport): string {
  const sign = signOf(column);
  return sign === "structure" ? structureWords[column.status]! : signWords[sign];
}

/** What changed in words; where nothing did, why the verdict is what it is. */
export function wordsOf(column: ColumnReport, level: number): { readonly text: string; readonly quiet: boolean } {
  if (column.change !== "") return { text: column.change, quiet: column.severity === "none" };
  return { text: whyOf(column, level).brief, quiet: true };
}

/** A word with its sign before it. */
export function signed(sign: Sign, word: string): Markup {
  return html`<span class="v ${sign}">${word}</span>`;
}

/** The sign where there is no room for its word, which is only heard. */
export function signAlone(sign: Sign): Markup {
  return html`<span class="v ${sign}"><span class="h">${signWords[sign]}: </span></span>`;
}

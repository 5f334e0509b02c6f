/** Verdicts of preset `evidently` in words. */
import { digits } from "../decide.js";
import type { Judged } from "./methods.js";

const signs = { "<": "<", "<=": "≤", ">": ">", ">=": "≥" } as const;
const opposites = { "<": "≥", "<=": ">", ">": "≤", ">=": "<" } as const;

export function reasonOf({ method, score, isPValue, comparison, limit, drifted }: Judged): string {
  if (score === null) return `${method} is not a number here, which Evidently takes for no drift`;
  const found = isPValue ? `p ${digits(score)}` : digits(score);
  const sign = (drifted ? signs : opposites)[comparison];
  return `${drifted ? "values differ" : "no drift"} (${method} ${found} ${sign} ${digits(limit)})`;
}

export function embeddingReason(score: number, limit: number, drifted: boolean): string {
  return `${drifted ? "vectors differ" : "no drift"} (${digits(score)} ${drifted ? ">" : "≤"} ${digits(limit)})`;
}

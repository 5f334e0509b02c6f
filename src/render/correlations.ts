/** The pairs of columns that go together in another way than they did. */
import type { CorrelationMethod, CorrelationPair } from "../drift/correlations.js";
import type { DriftReport } from "../drift/report.js";
import type { Paint } from "./colours.js";
import { harmless, truncate } from "./display-width.js";
import { counted, grouped } from "./numbers.js";

/** More pairs than this are only counted. */
const mostShown = 20;
const longestName = 60;

const words: Readonly<Record<CorrelationMethod, string>> = {
  pearson: "Pearson",
  spearman: "Spearman",
  "cramers-v": "Cramér's V",
};

/** A line a pair, `price ~ area: 0.82 → 0.31 (Pearson), 0.8 → 0.35 (Spearman)`; none where correlations were not compared. */
export function correlationLines({ correlations }: DriftReport, width: number, paint: Paint): string[] {
  if (!correlations) return [];
  const { drifted, tested, threshold, level, pairs } = correlations;
  const rule = `by ${threshold} or more, p ≤ ${level}`;
  const head = `Correlations: ${grouped(drifted)} of ${counted(tested, "coefficient")} changed (${rule}).`;
  const byColumns = new Map<string, CorrelationPair[]>();
  for (const pair of pairs.filter((one) => one.drifted)) {
    const key = JSON.stringify(pair.columns);
    byColumns.set(key, [...(byColumns.get(key) ?? []), pair]);
  }
  const lines = [...byColumns.values()].slice(0, mostShown).map((same) => truncate(lineOf(same), width));
  const listed = [...byColumns.values()].slice(0, mostShown).flat().length;
  const rest = drifted > listed ? [`  … and ${grouped(drifted - listed)} more`] : [];
  return [drifted > 0 ? paint(head, "red") : head, ...lines, ...rest, ""];
}

function lineOf(pairs: readonly CorrelationPair[]): string {
  const [one, other] = pairs[0]!.columns.map((name) => truncate(harmless(name), longestName));
  const steps = pairs.map(
    ({ method, reference, current }) => `${twoDigits(reference)} → ${twoDigits(current)} (${words[method]})`,
  );
  return `  ${one} ~ ${other}: ${steps.join(", ")}`;
}

function twoDigits(coefficient: number): string {
  const text = coefficient.toFixed(2);
  return text === "-0.00" ? "0.00" : text;
}

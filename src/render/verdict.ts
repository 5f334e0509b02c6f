/** What a report says of the dataset, in words that all renderings share. */

import { columnName } from "../drift/column-name.js";
import type { Pairing } from "../drift/paired-report.js";
import type { ColumnStatus, DriftReport } from "../drift/report.js";
import type { Correction } from "../statistics/adjust.js";
import { harmless, truncate } from "./display-width.js";
import { counted, threeDigits } from "./numbers.js";

export type Verdict = "drift" | "no drift" | "not judged";

/** Not judged where no column was, or none with a weight. */
export function verdictOf({ drifted, judged, rule, share }: DriftReport["dataset"]): Verdict {
  const known = judged > 0 && (rule === "any" || share !== null);
  return known ? (drifted ? "drift" : "no drift") : "not judged";
}

/** What columns are called that cannot be judged because the table itself changed. */
export const structural: ReadonlyMap<ColumnStatus, string> = new Map([
  ["missing-in-current", "vanished"],
  ["missing-in-reference", "appeared"],
  ["type-changed", "new type"],
]);

/** Names of what was compared: of files, as a rule. */
export interface SideNames {
  readonly reference: string;
  readonly current: string;
}

const corrections: Readonly<Record<Correction | "none", string>> = {
  none: "no correction",
  bh: "Benjamini-Hochberg",
  by: "Benjamini-Yekutieli",
  holm: "Holm",
  bonferroni: "Bonferroni",
};

/** `508,239 reference rows, 1 current row` */
export function rowNotes({ rows }: DriftReport): string[] {
  return [`${counted(rows.reference, "reference row")}, ${counted(rows.current, "current row")}`];
}

const longestName = 60;

/** How rows were paired; nothing where they were not. */
export function pairingNotes(pairing: Pairing | undefined): string[] {
  if (!pairing) return [];
  const names = pairing.by.map((name) => truncate(harmless(columnName(name)), longestName)).join(", ");
  const { reference, current } = pairing.unmatched;
  const alone = [counted(reference, "reference row"), counted(current, "current row")];
  return [`${counted(pairing.pairs, "pair")} by ${names}`, `without a partner: ${alone.join(" and ")}`];
}

/** From which p-values on what is called drift. */
export function levelNotes({ columns, settings }: DriftReport): string[] {
  const { correction, level, possibleLevel, preset } = settings;
  if (preset !== null) return [`preset ${preset}: each column by its method's threshold, p not adjusted`];
  const tested = Object.values(columns).filter(({ adjustedPValue }) => adjustedPValue !== null).length;
  if (tested === 0) return [];
  return [
    `p: adjusted for ${counted(tested, "column")} (${corrections[correction]})`,
    `drift ≤ ${threeDigits(level)}, possible ≤ ${threeDigits(possibleLevel)}`,
  ];
}

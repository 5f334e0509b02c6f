/** What kind of change it is, and what all features together say, in sentences. */
import type { DriftReport } from "../drift/report.js";
import type { Paint } from "./colours.js";
import { harmless, truncate } from "./display-width.js";
import { pValueText, threeDigits } from "./numbers.js";

/** Features that are named, those that tell the sides apart most. */
const mostNamed = 3;
const longestName = 60;
const longestWords = 600;

/** None for a report without roles and `joint`. */
export function roleLines({ kindOfChange, joint }: DriftReport, paint: Paint): string[] {
  const lines: string[] = [];
  if (kindOfChange) {
    const { kinds, words } = kindOfChange;
    const names = kinds.length === 0 ? "none" : kinds.map((kind) => kind.replace("-", " ")).join(", ");
    lines.push(
      `Kind of change: ${paint(names, ...(kinds.length === 0 ? [] : (["red"] as const)), "bold")}. ${truncate(harmless(words), longestWords)}`,
    );
  }
  if (joint) {
    const { auc, adjustedPValue, severity, importances, status } = joint;
    const most = importances
      .slice(0, mostNamed)
      .map(({ column, share }) => `${truncate(harmless(column), longestName)} ${Math.round(100 * share)} %`);
    const word = severity === "none" ? "no drift" : severity === "drift" ? paint("drift", "red", "bold") : severity;
    lines.push(
      status === "ok"
        ? `All features together: ${word}. Area under the curve ${threeDigits(auc)}, p ${pValueText(adjustedPValue)}; by ${most.join(", ")}.`
        : `All features together: not judged, ${status === "few" ? "too few rows" : "no feature can be used"}.`,
    );
  }
  return lines;
}

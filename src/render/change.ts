/** What moved in a column that stands out, as one looks for it first. */
import type { Availability, ColumnReport } from "../drift/report.js";
import { threeDigits } from "./numbers.js";
import { shownEffect } from "./why.js";

/** `mean 3.26 → 9.04`, `missing 0 % → 40 %`; nothing where there is no such number, as of categories. */
export function changeOf(column: ColumnReport): string {
  const { availability, summary } = column;
  if (availability && availability.effect !== null && shownEffect(column) === availability.effect) {
    return `missing ${missingShare(availability.reference)} → ${missingShare(availability.current)}`;
  }
  if (summary === null) return "";
  const { reference, current } = summary;
  return (
    step("mean", reference.mean, current.mean) || step("sd", reference.standardDeviation, current.standardDeviation)
  );
}

/** Nothing when both read the same. */
function step(name: string, from: number | null, to: number | null): string {
  const [before, after] = [threeDigits(from), threeDigits(to)];
  return from === null || to === null || before === after ? "" : `${name} ${before} → ${after}`;
}

function missingShare({ rows, value }: Availability): string {
  return `${threeDigits(rows === 0 ? 0 : (100 * (rows - value)) / rows)} %`;
}

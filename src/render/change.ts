/** What moved in a column that stands out, as one looks for it first. */
import type { Availability, ColumnReport } from "../drift/report.js";
import { type MissingState, stateWords } from "../drift/states.js";
import { threeDigits } from "./numbers.js";

/** `mean 3.26 → 9.04`, `nulls 0 % → 40 %`; nothing where there is no such number, as of categories. */
export function changeOf(column: ColumnReport): string {
  const { availability, summary } = column;
  if (availability && column.signal === "availability") {
    const { reference, current, changed } = availability;
    return `${stateWords(changed)} ${shareOf(changed, reference)} → ${shareOf(changed, current)}`;
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

function shareOf(states: readonly MissingState[], side: Availability): string {
  const count = states.reduce((sum, state) => sum + side[state], 0);
  return `${threeDigits(side.rows === 0 ? 0 : (100 * count) / side.rows)} %`;
}

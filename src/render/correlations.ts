/** The pairs of columns that go together in another way than they did. */
import { columnName } from "../drift/column-name.js";
import type { CorrelationPair } from "../drift/correlations.js";
import type { DriftReport } from "../drift/report.js";
import type { Paint } from "./colours.js";
import { harmless, truncate } from "./display-width.js";
import { counted, pValueText, threeDigits, twoNumbers } from "./numbers.js";

/** More pairs than this are only counted. */
const mostShown = 20;

const coefficients: Readonly<Record<CorrelationPair["method"], string>> = {
  pearson: "Pearson's r",
  spearman: "Spearman's ρ",
  "cramers-v": "Cramér's V",
};

/** Lines of at most `width` cells; none for a report without correlations. */
export function correlationLines({ correlations }: DriftReport, width: number, paint: Paint): string[] {
  if (!correlations) return [];
  const { drifted, tested, threshold, pairs } = correlations;
  const found =
    tested === 0
      ? "no two columns could be compared"
      : `${drifted} of ${counted(tested, "pair")} of columns changed by ${threeDigits(threshold)} or more, beyond chance`;
  const shown = pairs.filter((pair) => pair.drifted).slice(0, mostShown);
  const rest = drifted - shown.length;
  return [
    truncate(`Correlations: ${found}.`, width),
    ...shown.map((pair) => paint(truncate(`  ${inWords(pair)}`, width), "red")),
    ...(rest > 0 ? [`  … and ${counted(rest, "more pair")}`] : []),
    "",
  ];
}

/** `price and size: Pearson's r fell from 0.81 to -0.02 (p 1.2e-9)` */
function inWords({ method, columns, reference, current, adjustedPValue }: CorrelationPair): string {
  const names = columns.map((name) => harmless(columnName(name))).join(" and ");
  const [before, after] = twoNumbers(reference, current);
  const verb = current > reference ? "rose" : "fell";
  return `${names}: ${coefficients[method]} ${verb} from ${before} to ${after} (p ${pValueText(adjustedPValue)})`;
}

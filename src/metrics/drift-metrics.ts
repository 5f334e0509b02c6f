/** Metrics of what a comparison found of the table and of its columns. */
import type { PairedDetails } from "../drift/paired-report.js";
import type { ColumnReport, DatasetVerdict, DriftReport, SegmentReport } from "../drift/report.js";
import type { Metric } from "./metric.js";
import { type Named, named, namedAll, ratio } from "./named.js";
import { availabilityMetrics } from "./quality-metrics.js";

/** Of all rows, or of those of a segment. */
export function verdictMetrics(verdict: DatasetVerdict, rows: DriftReport["rows"]): Named[] {
  return namedAll(null, {
    drifted: verdict.drifted,
    driftedColumns: verdict.driftedColumns,
    driftedShare: verdict.share,
    possibleColumns: verdict.possibleColumns,
    judgedColumns: verdict.judged,
    comparedColumns: verdict.columns,
    rowRatio: ratio(rows.current, rows.reference),
  });
}

export function reportMetrics({ warnings, falseAlarms, correlations, pairing }: DriftReport): Named[] {
  return [
    ...namedAll(null, {
      warnings: warnings.length,
      expectedFalseAlarms: falseAlarms.perComparison,
      expectedFalseAlarmsPerYear: falseAlarms.perYear,
    }),
    ...(pairing
      ? [
          named(null, "pairs", pairing.pairs),
          ...(["reference", "current"] as const).flatMap((side) =>
            namedAll(side, { unmatchedRows: pairing.unmatched[side], rowsWithoutKey: pairing.withoutKey[side] }),
          ),
        ]
      : []),
    ...(correlations
      ? namedAll(null, { driftedCorrelations: correlations.drifted, testedCorrelations: correlations.tested })
      : []),
  ];
}

export function segmentMetrics({ status, share }: SegmentReport): Named[] {
  return [
    named(null, "segmentStatus", status),
    named("reference", "segmentShare", share.reference),
    named("current", "segmentShare", share.current),
  ];
}

/** What a report without `quality` knows of a side of a column. */
export function sideMetrics({ kind, type, availability, summary }: ColumnReport, index: 0 | 1): Named[] {
  const side = index === 0 ? "reference" : "current";
  const own = type[index];
  if (own === null) return [];
  return [
    ...namedAll(side, { kind, type: own }),
    ...(availability ? availabilityMetrics(availability[side], side) : []),
    ...(summary && kind !== "temporal" ? namedAll(side, { ...summary[side] }) : []),
  ];
}

export function columnDriftMetrics(report: ColumnReport): Named[] {
  const { bounds, availability, categories, dependence, paired } = report;
  const main = report.effects.find(({ name, value }) => name === report.effectName && value === report.effect);
  return [
    ...namedAll(null, {
      status: report.status,
      severity: report.severity,
      drifted: report.drifted,
      method: report.method,
      exact: report.exact,
      signal: report.signal,
    }),
    named(null, "statistic", report.statistic, { interval: bounds?.statistic }),
    named(null, "pValue", report.pValue, { interval: bounds?.pValue }),
    named(null, "adjustedPValue", report.adjustedPValue, { interval: bounds?.adjustedPValue }),
    named(null, "effect", report.effect, { interval: main?.interval }),
    ...namedAll(null, { effectName: report.effectName, threshold: report.threshold }),
    ...(availability
      ? namedAll(null, {
          availabilityPValue: availability.pValue,
          availabilityEffect: availability.effect?.value ?? null,
        })
      : []),
    ...(categories
      ? namedAll(null, {
          newCategories: categories.newCategories.count,
          newCategoryShare: categories.newCategories.share,
          vanishedCategories: categories.vanishedCategories.count,
          vanishedCategoryShare: categories.vanishedCategories.share,
        })
      : []),
    ...(dependence
      ? namedAll(null, { dependenceOfValues: dependence.values, dependenceOfAvailability: dependence.availability })
      : []),
    named(null, "warnings", report.warnings.length),
    ...report.effects.map(({ name, value, interval }) => named(null, name, value, { interval })),
    ...(paired ? pairedMetrics(paired) : []),
  ];
}

function pairedMetrics(details: PairedDetails): Named[] {
  const { pairs, changed } = details;
  if (details.kind === "categories") return namedAll(null, { pairs, changedPairShare: changed, kappa: details.kappa });
  const { difference, confidenceInterval, dz, correlation, tTest, wilcoxon, spread } = details;
  return namedAll(null, {
    pairs,
    changedPairShare: changed,
    meanDifference: difference,
    meanDifferenceLow: confidenceInterval?.[0],
    meanDifferenceHigh: confidenceInterval?.[1],
    dz,
    pairedCorrelation: correlation,
    pairedTStatistic: tTest?.statistic,
    pairedTDegreesOfFreedom: tTest?.degreesOfFreedom,
    pairedTPValue: tTest?.pValue,
    wilcoxonStatistic: wilcoxon?.statistic,
    wilcoxonPValue: wilcoxon?.pValue,
    wilcoxonEffect: wilcoxon?.effect,
    pairedSpreadStatistic: spread?.statistic,
    pairedSpreadPValue: spread?.pValue,
  });
}

/** Of the pairs that are listed, and of all others where there are matrices. */
export function correlationMetrics({ pairs, matrices = [] }: NonNullable<DriftReport["correlations"]>): Metric[] {
  const nameOf = (method: string): string => (method === "spearman" ? "rankCorrelation" : "correlation");
  const listed = new Set(pairs.map(({ method, columns }) => JSON.stringify([method, ...columns])));
  const sides = (of: string, method: string, reference: number | null, current: number | null): Named[] => [
    named("reference", nameOf(method), reference, { of }),
    named("current", nameOf(method), current, { of }),
  ];
  const at = (column: string, rows: readonly Named[]): Metric[] =>
    rows.map((row) => ({ segment: null, column, ...row }));
  const found = pairs.flatMap(({ method, columns: [column, of], reference, current, ...pair }) => {
    const name = nameOf(method);
    return at(column, [
      ...sides(of, method, reference, current),
      named(null, `${name}Change`, current - reference, { of }),
      named(null, `${name}PValue`, pair.pValue, { of }),
      named(null, `${name}AdjustedPValue`, pair.adjustedPValue, { of }),
      named(null, `${name}Drifted`, pair.drifted, { of }),
    ]);
  });
  const others = matrices.flatMap(({ method, columns, reference, current }) =>
    columns.flatMap((column, i) =>
      columns.slice(i + 1).flatMap((of, k) => {
        if (listed.has(JSON.stringify([method, column, of]))) return [];
        const [before, after] = [reference[i]![i + 1 + k] ?? null, current[i]![i + 1 + k] ?? null];
        if (before === null && after === null) return [];
        const change = before === null || after === null ? null : after - before;
        return at(column, [
          ...sides(of, method, before, after),
          named(null, `${nameOf(method)}Change`, change, { of }),
        ]);
      }),
    ),
  );
  return [...found, ...others];
}

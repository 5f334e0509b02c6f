/** Metrics of one table and its columns. */
import type { ColumnQuality, NumbersQuality, QualityChange, TableQuality } from "../drift/quality/quality-report.js";
import type { Availability } from "../drift/report.js";
import type { MetricSide } from "./metric.js";
import { type Named, named, namedAll, ratio } from "./named.js";
import { quantileName } from "./vocabulary.js";

/** An estimate is taken to be within so many of its standard errors. */
const standardErrors = 3;

export function tableMetrics(quality: TableQuality, side: MetricSide): Named[] {
  const { rows, names, unsupported, emptyColumns, constantColumns, almostConstantColumns } = quality;
  const groups = quality.duplicatedColumns;
  const missing = Object.values(quality.columns).map(({ availability }) => availability.null + availability.nan);
  const total = missing.reduce((sum, one) => sum + one, 0);
  return namedAll(side, {
    rows,
    missingShare: ratio(total, rows * missing.length),
    columns: names.length,
    columnNames: JSON.stringify(names),
    duplicatedRows: quality.duplicatedRows,
    duplicatedRowShare: ratio(quality.duplicatedRows, rows),
    duplicatedColumns: groups?.reduce((sum, group) => sum + group.length - 1, 0),
    constantColumns: constantColumns.length,
    almostConstantColumns: almostConstantColumns.length,
    emptyColumns: emptyColumns.length,
    unsupportedColumns: Object.keys(unsupported).length,
    hash: quality.hash,
  });
}

export function availabilityMetrics(availability: Availability, side: MetricSide): Named[] {
  const { rows, null: nulls, nan, positiveInfinity, negativeInfinity, empty } = availability;
  const [missing, infinite] = [nulls + nan, positiveInfinity + negativeInfinity];
  return namedAll(side, {
    rows,
    missingShare: ratio(missing, rows),
    values: rows - missing,
    missing,
    null: nulls,
    nullShare: ratio(nulls, rows),
    nan,
    nanShare: ratio(nan, rows),
    positiveInfinity,
    negativeInfinity,
    infinite,
    infiniteShare: ratio(infinite, rows),
    empty,
    emptyShare: ratio(empty, rows),
  });
}

/** What a column of this kind has; lengths and categories only texts, moments only numbers. */
export function columnMetrics(quality: ColumnQuality, side: MetricSide): Named[] {
  const { kind, type, availability, distinct, constant, almostConstant, mostCommon, numbers, lengths, hash } = quality;
  const values = availability.rows - availability.null - availability.nan;
  const [first] = mostCommon;
  return [
    ...namedAll(side, { kind, type }),
    ...availabilityMetrics(availability, side),
    ...distinctMetrics(distinct, values, side),
    ...namedAll(side, {
      constant,
      almostConstant,
      mostCommon: first?.value ?? null,
      mostCommonCount: first?.count ?? null,
      mostCommonShare: ratio(first?.count, values),
    }),
    ...(numbers ? numberMetrics(numbers, side, kind === "temporal") : []),
    ...(lengths ? namedAll(side, { minLength: lengths.min, maxLength: lengths.max, meanLength: lengths.mean }) : []),
    named(side, "columnHash", hash),
  ];
}

function distinctMetrics(distinct: ColumnQuality["distinct"], values: number, side: MetricSide): Named[] {
  if (!distinct) return [];
  const { count, error } = distinct;
  const within = standardErrors * error;
  const interval =
    error > 0 ? ([count * Math.max(0, 1 - within), Math.min(values, count * (1 + within))] as const) : null;
  const shares = interval && values > 0 ? ([interval[0] / values, interval[1] / values] as const) : null;
  return [
    named(side, "distinct", count, { interval }),
    named(side, "distinctShare", ratio(count, values), { interval: shares }),
  ];
}

function numberMetrics(numbers: NumbersQuality, side: MetricSide, temporal: boolean): Named[] {
  const { min, max, mean, standardDeviation, skewness, kurtosis, quantiles, zeros, negatives } = numbers;
  return [
    ...namedAll(side, { min, max }),
    ...(temporal ? [] : namedAll(side, { mean, standardDeviation, skewness, kurtosis })),
    ...quantiles.map(({ probability, value }) =>
      named(side, quantileName("q", probability), value, { interval: quantileBounds(numbers, probability) }),
    ),
    ...(temporal ? [] : namedAll(side, { zeros, negatives })),
  ];
}

/** The nearest quantiles whose ranks are on the safe side of the one asked for, whatever the error. */
function quantileBounds(
  { quantiles, rankError, min, max }: NumbersQuality,
  probability: number,
): Named["interval"] | null {
  if (rankError === 0) return null;
  const below = quantiles.findLast((one) => one.probability <= probability - rankError)?.value ?? min;
  const above = quantiles.find((one) => one.probability >= probability + rankError)?.value ?? max;
  const isEnd = (value: unknown): value is number | string => typeof value === "number" || typeof value === "string";
  return isEnd(below) && isEnd(above) ? [below, above] : null;
}

export function changeMetrics(
  { outOfRange, outOfList }: QualityChange,
  [reference, current]: readonly [ColumnQuality, ColumnQuality],
): Named[] {
  const [before, after] = [reference.numbers, current.numbers];
  const deviation = before?.standardDeviation ?? null;
  const shift = before?.mean == null || after?.mean == null ? null : after.mean - before.mean;
  return [
    ...(outOfRange
      ? namedAll("current", {
          outOfRange: outOfRange.below + outOfRange.above,
          outOfRangeShare: outOfRange.share,
          belowRange: outOfRange.below,
          aboveRange: outOfRange.above,
        })
      : []),
    ...(outOfList ? namedAll("current", { outOfList: outOfList.rows, outOfListShare: outOfList.share }) : []),
    ...(before && after && reference.kind !== "temporal"
      ? namedAll(null, {
          meanShift: shift === 0 ? 0 : ratio(shift, deviation),
          spreadRatio: ratio(after.standardDeviation, deviation),
        })
      : []),
  ];
}

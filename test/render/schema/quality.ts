/** The parts of a report that tell the quality of tables. */
import type { Kind } from "../../../dist/column/column.js";
import type {
  ColumnQuality,
  DistinctValues,
  EcdfOfBoth,
  GapOfBoth,
  HistogramOfBoth,
  NumbersQuality,
  QualityChange,
  QualityOfBoth,
  TableQuality,
} from "../../../dist/drift/quality/quality-report.js";
import type { Availability } from "../../../dist/drift/report.js";
import type { OneSided } from "../../../dist/statistics/category-cells.js";
import {
  among,
  count,
  defined,
  either,
  hash,
  list,
  map,
  nullable,
  number,
  object,
  share,
  text,
  truth,
} from "./words.ts";

const plain = either(number, text, truth);

export const kind = among<Kind>({ numeric: true, boolean: true, categorical: true, temporal: true, vector: true });

const numbers = object<NumbersQuality>({
  mean: nullable(number),
  standardDeviation: nullable(number),
  skewness: nullable(number),
  kurtosis: nullable(number),
  min: nullable(plain),
  max: nullable(plain),
  quantiles: list(object<NumbersQuality["quantiles"][number]>({ probability: share, value: nullable(plain) })),
  rankError: number,
  zeros: count,
  negatives: count,
});

export const qualityDefinitions = {
  availability: object<Availability>({
    rows: count,
    value: count,
    null: count,
    nan: count,
    positiveInfinity: count,
    negativeInfinity: count,
    empty: count,
  }),
  oneSided: object<OneSided>({ count, share, names: list(text) }),
  columnQuality: object<ColumnQuality>({
    kind,
    type: text,
    availability: defined("availability"),
    distinct: nullable(object<DistinctValues>({ count: number, error: number })),
    constant: truth,
    almostConstant: truth,
    mostCommon: list(object<ColumnQuality["mostCommon"][number]>({ value: plain, count })),
    numbers: nullable(numbers),
    lengths: nullable(object<NonNullable<ColumnQuality["lengths"]>>({ min: count, max: count, mean: number })),
    hash: nullable(hash),
  }),
  tableQuality: object<TableQuality>({
    rows: count,
    names: list(text),
    columns: map(defined("columnQuality")),
    unsupported: map(text),
    emptyColumns: list(text),
    constantColumns: list(text),
    almostConstantColumns: list(text),
    duplicatedColumns: nullable(list(list(text))),
    duplicatedRows: nullable(count),
    hash: nullable(hash),
  }),
  qualityChange: object<QualityChange>({
    outOfRange: nullable(
      object<NonNullable<QualityChange["outOfRange"]>>({ below: count, above: count, share: nullable(share) }),
    ),
    outOfList: nullable(
      object<NonNullable<QualityChange["outOfList"]>>({
        rows: count,
        share: nullable(share),
        categories: defined("oneSided"),
      }),
    ),
    histogram: nullable(
      object<HistogramOfBoth>({ edges: list(number), reference: list(number), current: list(number) }),
    ),
    ecdf: nullable(object<EcdfOfBoth>({ values: list(number), reference: list(share), current: list(share) })),
    gap: nullable(object<GapOfBoth>({ value: number, reference: share, current: share, exact: truth })),
  }),
  quality: object<QualityOfBoth>({
    reference: defined("tableQuality"),
    current: defined("tableQuality"),
    changes: map(defined("qualityChange")),
  }),
};

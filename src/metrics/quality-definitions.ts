/** Names of what a table and its columns are like, each side by itself, and of the current side against the reference. */
import { type DefinitionRow, defined, type MetricDefinition } from "./definition.js";

const availability: readonly DefinitionRow[] = [
  ["values", "count", "rows that hold a value: all but null and NaN"],
  ["missing", "count", "rows that hold null or NaN"],
  ["null", "count", "rows that hold null"],
  ["nullShare", "share", "`null` / `rows`"],
  ["nan", "count", "rows that hold NaN"],
  ["nanShare", "share", "`nan` / `rows`"],
  ["positiveInfinity", "count", "rows that hold +∞"],
  ["negativeInfinity", "count", "rows that hold −∞"],
  ["infinite", "count", "rows that hold an infinity"],
  ["infiniteShare", "share", "`infinite` / `rows`"],
  ["empty", "count", "rows that hold the empty text"],
  ["emptyShare", "share", "`empty` / `rows`"],
];

/** Of the finite values; `mean` to `kurtosis` not of points in time. */
const numbers: readonly DefinitionRow[] = [
  ["min", "value", "smallest finite value"],
  ["max", "value", "largest finite value"],
  ["mean", "number", "mean of the finite values"],
  ["standardDeviation", "number", "standard deviation of the finite values (n − 1)"],
  ["skewness", "number", "skewness of the finite values"],
  ["kurtosis", "number", "excess kurtosis of the finite values"],
  ["q01", "value", "quantile at 1 %"],
  ["q05", "value", "quantile at 5 %"],
  ["q25", "value", "quantile at 25 %"],
  ["q50", "value", "median"],
  ["q75", "value", "quantile at 75 %"],
  ["q95", "value", "quantile at 95 %"],
  ["q99", "value", "quantile at 99 %"],
  ["zeros", "count", "values that are 0"],
  ["negatives", "count", "values below 0"],
];

export const qualityDefinitions: readonly MetricDefinition[] = [
  ...defined(["table", "column"], "each", "rows", [
    ["rows", "count", "rows"],
    ["missingShare", "share", "of a column `missing` / `rows`, of a table over all its cells"],
  ]),
  ...defined(["table"], "each", "quality", [
    ["columns", "count", "columns, those of types that are not read among them"],
    ["columnNames", "names", "names of all columns in order, as a JSON array"],
    ["duplicatedRows", "count", "rows that equal an earlier one in every column"],
    ["duplicatedRowShare", "share", "`duplicatedRows` / `rows`"],
    ["duplicatedColumns", "count", "columns that equal an earlier one in every row"],
    ["constantColumns", "count", "columns that hold one value only"],
    ["almostConstantColumns", "count", "columns of which at least 95 % of the values are the same, and others are not"],
    ["emptyColumns", "count", "columns without any value"],
    ["unsupportedColumns", "count", "columns of types that are not read"],
    ["hash", "text", "16 hexadecimal digits that depend on names, kinds and rows"],
  ]),
  ...defined(["column"], "each", "rows", [
    ["kind", "text", "`numeric`, `boolean`, `categorical`, `temporal` or `vector`"],
    ["type", "text", "the type's name as Arrow prints it"],
    ...availability,
  ]),
  ...defined(["column"], "each", "quality", [
    ["distinct", "count", "distinct values, infinities and the empty text among them"],
    ["distinctShare", "share", "`distinct` / `values`"],
    ["constant", "truth", "whether every value is the same one"],
    ["almostConstant", "truth", "whether at least 95 % of the values are the same one, and others are not"],
    ["mostCommon", "value", "the most frequent value that occurs more than once"],
    ["mostCommonCount", "count", "rows that hold it"],
    ["mostCommonShare", "share", "`mostCommonCount` / `values`"],
    ...numbers,
    ["minLength", "count", "length of the shortest text in bytes"],
    ["maxLength", "count", "length of the longest text in bytes"],
    ["meanLength", "number", "mean length of texts in bytes"],
    ["columnHash", "text", "16 hexadecimal digits that depend on the kind and the rows in their order"],
  ]),
  ...defined(["column"], "current", "change", [
    ["outOfRange", "count", "finite values beyond the reference's smallest and largest one"],
    ["outOfRangeShare", "share", "`outOfRange` / finite values"],
    ["belowRange", "count", "finite values below the reference's smallest one"],
    ["aboveRange", "count", "finite values above the reference's largest one"],
    ["outOfList", "count", "rows that hold a category which the reference does not have"],
    ["outOfListShare", "share", "`outOfList` / `values`"],
  ]),
  ...defined(["column"], "both", "change", [
    ["meanShift", "number", "difference of the means in standard deviations of the reference"],
    ["spreadRatio", "number", "standard deviation over that of the reference"],
  ]),
];

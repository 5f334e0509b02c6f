/** Smirnov: exact statistics for data drift. Functions over columns are synchronous, functions over tables are not. */
export type { Column, Kind, Table } from "./column/column.js";
export type { ColumnInput, VectorsInput } from "./column/column-of.js";
export { FormatError } from "./column/format-error.js";
export type { KeyValue } from "./column/row-codes.js";
export { sliceTable } from "./column/slice.js";
export type { TableInput } from "./column/table-of.js";
export { compare } from "./drift/compare.js";
export {
  type CorrelationDrift,
  type CorrelationDriftOptions,
  type CorrelationMethod,
  type CorrelationPair,
  correlationDrift,
} from "./drift/correlations.js";
export type { ByKind, CompareOptions, Progress } from "./drift/options.js";
export { type PreparedTable, prepare } from "./drift/prepare.js";
export type {
  Availability,
  AvailabilityChange,
  ColumnReport,
  ColumnStatus,
  DatasetVerdict,
  DriftReport,
  Effect,
  PairedCategories,
  PairedDetails,
  PairedValues,
  Pairing,
  SegmentReport,
  SegmentStatus,
  Severity,
  Shape,
  Summary,
} from "./drift/report.js";
export type { Bandwidth, BandwidthRule } from "./engine/kernel-matrix.js";
export { type Format, type ReadOptions, readTable } from "./read/read-table.js";
export type { CategoryInput, PreparedCategories } from "./source/categories.js";
export type { CountsInput } from "./source/counts.js";
export type { Prepared } from "./source/prepared.js";
export type { MissingOfBoth, NumericInput } from "./source/sides.js";
export type { Missing } from "./source/source.js";
export { adjust, type Correction } from "./statistics/adjust.js";
export { type AndersonDarlingResult, andersonDarlingTest } from "./statistics/anderson-darling.js";
export { type AnovaResult, anovaTest } from "./statistics/anova.js";
export type { BinRule } from "./statistics/binned-cells.js";
export type { OneSided } from "./statistics/category-cells.js";
export { type ChiSquareResult, chiSquareTest } from "./statistics/chi-square.js";
export type { BinCounts, CategoryCounts, CellCounts } from "./statistics/compared-cells.js";
export { type CorrelationOptions, type CorrelationResult, pearson, spearman } from "./statistics/correlation.js";
export { type CosineDistance, cosine } from "./statistics/cosine.js";
export {
  type CramerVonMisesOptions,
  type CramerVonMisesResult,
  cramerVonMisesTest,
} from "./statistics/cramer-von-mises.js";
export {
  type CramerVonMisesOneSampleResult,
  cramerVonMisesTestOneSample,
} from "./statistics/cramer-von-mises-one-sample.js";
export { type CramersVResult, cramersV } from "./statistics/cramers-v.js";
export { chebyshev, euclidean, manhattan, minkowski, type VectorDistance } from "./statistics/distances.js";
export {
  type DistributionDistanceOptions,
  type DistributionDistanceResult,
  distributionDistance,
} from "./statistics/distribution-distance.js";
export {
  type EcdfAtResult,
  type EcdfOptions,
  type EcdfPoint,
  type EcdfResult,
  ecdf,
  ecdfAt,
} from "./statistics/ecdf.js";
export { type EnergyResult, energy } from "./statistics/energy.js";
export {
  type EppsSingletonOptions,
  type EppsSingletonResult,
  eppsSingletonTest,
} from "./statistics/epps-singleton.js";
export { type HistogramOptions, type HistogramResult, histogram } from "./statistics/histogram.js";
export { type JensenShannonOptions, type JensenShannonResult, jensenShannon } from "./statistics/jensen-shannon.js";
export { type KsOneSampleOptions, type KsOneSampleResult, ksTestOneSample } from "./statistics/ks-one-sample.js";
export { type KsOptions, type KsResult, ksTest } from "./statistics/ks-test.js";
export { type KuiperOptions, type KuiperResult, kuiperTest } from "./statistics/kuiper.js";
export type { Law, NamedLaw } from "./statistics/law.js";
export { type MannWhitneyOptions, type MannWhitneyResult, mannWhitneyTest } from "./statistics/mann-whitney.js";
export { type McNemarOptions, type McNemarResult, mcnemarTest } from "./statistics/mcnemar.js";
export { type MmdOptions, type MmdResult, mmd } from "./statistics/mmd.js";
export { type MomentsOptions, type MomentsResult, moments } from "./statistics/moments.js";
export type { NamedDistance } from "./statistics/permutation-distances.js";
export {
  type DistanceFunction,
  type PermutationOptions,
  type PermutationResult,
  permutationTest,
} from "./statistics/permutation-test.js";
export { type PsiOptions, type PsiResult, psi } from "./statistics/psi.js";
export {
  type QuantileOptions,
  type QuantilesResult,
  type QuantileType,
  quantile,
  quantiles,
} from "./statistics/quantile.js";
export type { ResampledPValue, Resampling } from "./statistics/resampled.js";
export type { SampleSummary, VarianceSummary } from "./statistics/sample-summary.js";
export { type SortedColumn, sort } from "./statistics/sort.js";
export {
  type StuartMaxwellOptions,
  type StuartMaxwellResult,
  stuartMaxwellTest,
} from "./statistics/stuart-maxwell.js";
export {
  type NumberSummary,
  type SummaryOptions,
  type SummaryResult,
  summary,
  type TextSummary,
} from "./statistics/summary.js";
export {
  type Alternative,
  type OneSampleTTestOptions,
  type OneSampleTTestResult,
  type TTestOptions,
  type TTestResult,
  tTest,
  tTestFromMoments,
  tTestOneSample,
} from "./statistics/t-test.js";
export {
  type VarianceTestOptions,
  type VarianceTestResult,
  varianceTest,
  varianceTestFromMoments,
} from "./statistics/variance-test.js";
export type {
  Between,
  BetweenOptions,
  BetweenResult,
  MeansDistance,
  RowsDistance,
} from "./statistics/vector-columns.js";
export {
  type Normalize,
  type WassersteinOptions,
  type WassersteinResult,
  wasserstein,
} from "./statistics/wasserstein.js";
export { type WilcoxonOptions, type WilcoxonResult, wilcoxonTest } from "./statistics/wilcoxon.js";

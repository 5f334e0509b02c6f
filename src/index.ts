/** Smirnov: exact statistics for data drift. Functions over columns are synchronous, functions over tables are not. */
export * from "./checks/index.js";
export type { Column, Kind, Table } from "./column/column.js";
export type { ColumnInput, VectorsInput } from "./column/column-of.js";
export { filterRows } from "./column/filter-rows.js";
export { FormatError } from "./column/format-error.js";
export type { KeyValue } from "./column/row-codes.js";
export type { FilterValue, RowCondition, RowFilter } from "./column/row-filter.js";
export { sliceTable } from "./column/slice.js";
export type { TableInput } from "./column/table-of.js";
export type { Change } from "./drift/change.js";
export { type Comparable, compare } from "./drift/compare.js";
export {
  type CorrelationDrift,
  type CorrelationDriftOptions,
  type CorrelationMatrices,
  type CorrelationMethod,
  type CorrelationPair,
  correlationDrift,
} from "./drift/correlations.js";
export type { DatasetRule, Schedule } from "./drift/decision-options.js";
export type { EmbeddingMethod, VectorDistanceName } from "./drift/evidently/embeddings.js";
export type { EvidentlyKind } from "./drift/evidently/kinds.js";
export type { ByEvidentlyKind, EvidentlyOptions } from "./drift/evidently/options.js";
export type { ChangeKind, ConditionalChange, JointChange, KindOfChange } from "./drift/kind-of-change.js";
export { type LearnOptions, learnThresholds } from "./drift/learn-thresholds.js";
export type { LearnedThreshold, LearnedThresholds } from "./drift/learned.js";
export type { ModelQualityOptions } from "./drift/model-options.js";
export { modelQuality } from "./drift/model-quality.js";
export type { ModelQualityOf, ModelQualityReport, ModelTask } from "./drift/model-quality-report.js";
export type { ByKind, CompareOptions, Progress, Settings } from "./drift/options.js";
export type { PairedCategories, PairedDetails, PairedValues, Pairing } from "./drift/paired-report.js";
export { type PreparedTable, prepare } from "./drift/prepare.js";
export { type ProfileOptions, profile } from "./drift/profile-table.js";
export { type QualityOptions, quality } from "./drift/quality/quality.js";
export type {
  ColumnQuality,
  DistinctValues,
  EcdfOfBoth,
  GapOfBoth,
  HistogramOfBoth,
  NumbersQuality,
  PlainValue,
  QualityChange,
  QualityOfBoth,
  TableQuality,
} from "./drift/quality/quality-report.js";
export type {
  Availability,
  AvailabilityChange,
  CategoriesChange,
  ColumnBounds,
  ColumnReport,
  ColumnStatus,
  DatasetVerdict,
  DependenceReport,
  DriftReport,
  Effect,
  EvidentlySettings,
  FalseAlarms,
  Interval,
  SegmentReport,
  SegmentStatus,
  Severity,
  Shape,
  Summary,
} from "./drift/report.js";
export type { Bandwidth, BandwidthRule } from "./engine/kernel-matrix.js";
export { closeThreads } from "./engine/pool.js";
export type { Metric, MetricSide, MetricValue } from "./metrics/metric.js";
export { type Measured, metricsOf } from "./metrics/metrics-of.js";
export {
  type DescribedColumn,
  type DescribedNumbers,
  type DescribedProfile,
  type DescribedText,
  type DescribeOptions,
  type DistinctCount,
  describeProfile,
} from "./profile/describe-profile.js";
export { fromBytes } from "./profile/from-bytes.js";
export { fromJson, type Json, toJson } from "./profile/json.js";
export { type MergeOptions, merge } from "./profile/merge.js";
export type {
  ColumnProfile,
  KeyCells,
  NumberProfile,
  Profile,
  ProfileMoments,
  TextProfile,
} from "./profile/profile.js";
export type { CategoriesOption } from "./profile/profile-column.js";
export { type ProfileStream, profileStream, type Row, type RowValue } from "./profile/profile-stream.js";
export { toBytes } from "./profile/to-bytes.js";
export { type ProfileColumns, toColumns } from "./profile/to-columns.js";
export { type OpenOptions, openTable } from "./read/open-table.js";
export { type Format, type ReadOptions, readTable } from "./read/read-table.js";
export type { DistinctSketch } from "./sketch/distinct-sketch.js";
export type { QuantileSketch } from "./sketch/quantile-sketch.js";
export type { CategoryInput, PreparedCategories } from "./source/categories.js";
export type { CountsInput } from "./source/counts.js";
export type { Prepared } from "./source/prepared.js";
export type { MissingOfBoth, NumericInput } from "./source/sides.js";
export type { Categories, Missing, Moments } from "./source/source.js";
export { adjust, type Correction } from "./statistics/adjust.js";
export { type AndersonDarlingResult, andersonDarlingTest } from "./statistics/anderson-darling.js";
export { type AnovaResult, anovaTest } from "./statistics/anova.js";
export type { Association } from "./statistics/association.js";
export { type BhattacharyyaOptions, type BhattacharyyaResult, bhattacharyya } from "./statistics/bhattacharyya.js";
export type { BinRule } from "./statistics/binned-cells.js";
export type { Calibration, CalibrationChoice } from "./statistics/calibration.js";
export type { CalibrationBins, CalibrationCurve } from "./statistics/calibration-curve.js";
export type { OneSided } from "./statistics/category-cells.js";
export type { CategoryGrouping, GroupedCategories } from "./statistics/category-groups.js";
export type { CategoryTested, CellTestOptions } from "./statistics/category-test.js";
export type { CellPValue } from "./statistics/cell-significance.js";
export { type ChiSquareResult, chiSquareTest } from "./statistics/chi-square.js";
export type { ClassScores, LabelledRows, ScoredRows } from "./statistics/class-rows.js";
export type { ClassificationEstimates, CountEstimate, MetricEstimate } from "./statistics/classification-estimates.js";
export {
  type Averages,
  type ClassificationMetrics,
  type ClassificationOptions,
  type ClassMetrics,
  classificationMetrics,
} from "./statistics/classification-metrics.js";
export type { PredictedRows } from "./statistics/classified-rows.js";
export type {
  BinCounts,
  CategoryCounts,
  CellCounts,
  CellOptions,
  ComparedSides,
} from "./statistics/compared-cells.js";
export {
  type ConceptAspect,
  type ConceptDriftOptions,
  type ConceptDriftResult,
  conceptDrift,
} from "./statistics/concept-drift.js";
export type { Aspect } from "./statistics/conditional-covariance.js";
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
  type DomainClassifierOptions,
  type DomainClassifierResult,
  domainClassifier,
} from "./statistics/domain-classifier.js";
export {
  type EcdfAtResult,
  type EcdfOptions,
  type EcdfPoint,
  type EcdfResult,
  ecdf,
  ecdfAt,
} from "./statistics/ecdf.js";
export { type EnergyOptions, type EnergyResult, energy } from "./statistics/energy.js";
export {
  type EppsSingletonOptions,
  type EppsSingletonResult,
  eppsSingletonTest,
} from "./statistics/epps-singleton.js";
export {
  type EstimateClassificationOptions,
  type EstimateClassificationResult,
  estimateClassification,
} from "./statistics/estimate-classification.js";
export {
  type EstimateLossOptions,
  type EstimateLossResult,
  estimateLoss,
  type LossEstimate,
} from "./statistics/estimate-loss.js";
export type { Estimated, IntervalLaw } from "./statistics/estimated.js";
export type { SkippedColumn } from "./statistics/feature-codes.js";
export { type FisherTestOptions, type FisherTestResult, fisherTest } from "./statistics/fisher-test.js";
export { type HellingerOptions, type HellingerResult, hellinger } from "./statistics/hellinger.js";
export { type HistogramOptions, type HistogramResult, histogram } from "./statistics/histogram.js";
export { type JensenShannonOptions, type JensenShannonResult, jensenShannon } from "./statistics/jensen-shannon.js";
export { type KlOptions, type KlResult, klDivergence } from "./statistics/kl-divergence.js";
export { type KsOneSampleOptions, type KsOneSampleResult, ksTestOneSample } from "./statistics/ks-one-sample.js";
export { type KsOptions, type KsResult, ksTest } from "./statistics/ks-test.js";
export { type KuiperOptions, type KuiperResult, kuiperTest } from "./statistics/kuiper.js";
export type { SharesDistance, SharesOptions } from "./statistics/largest-share.js";
export type { Law, NamedLaw } from "./statistics/law.js";
export type { LossMetric } from "./statistics/losses.js";
export { type MannWhitneyOptions, type MannWhitneyResult, mannWhitneyTest } from "./statistics/mann-whitney.js";
export { type McNemarOptions, type McNemarResult, mcnemarTest } from "./statistics/mcnemar.js";
export { type MmdOptions, type MmdResult, mmd } from "./statistics/mmd.js";
export { type MomentsOptions, type MomentsResult, moments } from "./statistics/moments.js";
export type { Normalize } from "./statistics/normalize.js";
export type { NamedDistance } from "./statistics/permutation-distances.js";
export {
  type DistanceFunction,
  type PermutationOptions,
  type PermutationResult,
  permutationTest,
} from "./statistics/permutation-test.js";
export {
  type GTestOptions,
  type GTestResult,
  gTest,
  type NamedPower,
  type PowerDivergenceOptions,
  type PowerDivergenceResult,
  powerDivergenceTest,
} from "./statistics/power-divergence-test.js";
export {
  type ProportionTestOptions,
  type ProportionTestResult,
  proportionTest,
} from "./statistics/proportion-test.js";
export { type PsiOptions, type PsiResult, psi } from "./statistics/psi.js";
export {
  type QuantileOptions,
  type QuantilesResult,
  type QuantileType,
  quantile,
  quantiles,
} from "./statistics/quantile.js";
export type { OnRequest, ValuesPValue } from "./statistics/quantile-cells.js";
export type { RankedRows, RankingAtK, RankingMetrics, RankingMetricsOptions } from "./statistics/ranking-metrics.js";
export { rankingMetrics } from "./statistics/ranking-metrics.js";
export type { PredictedNumbers, RegressionMetrics, RegressionMetricsOptions } from "./statistics/regression-metrics.js";
export { regressionMetrics } from "./statistics/regression-metrics.js";
export type { ResampledPValue, Resampling } from "./statistics/resampled.js";
export { type RocAucOptions, type RocAucResult, rocAuc } from "./statistics/roc-auc.js";
export type { SampleSummary, VarianceSummary } from "./statistics/sample-summary.js";
export type { SignificanceOptions } from "./statistics/significance.js";
export { type SortedColumn, sort } from "./statistics/sort.js";
export type { StepOptions } from "./statistics/steps.js";
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
  type TotalVariationOptions,
  type TotalVariationResult,
  totalVariation,
} from "./statistics/total-variation.js";
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
export { type WassersteinOptions, type WassersteinResult, wasserstein } from "./statistics/wasserstein.js";
export { type WilcoxonOptions, type WilcoxonResult, wilcoxonTest } from "./statistics/wilcoxon.js";

/** Names of what a comparison found: verdicts, evidence and effects. */
import { defined, type MetricDefinition } from "./definition.js";
import { effectNames } from "./effect-names.js";

const conditional = (name: string, what: string): MetricDefinition[] =>
  defined(["table"], "both", "roles", [
    [`${name}Status`, "text", `status of ${what}`],
    [`${name}Drifted`, "truth", `whether ${what} changed`],
    [`${name}Severity`, "text", `severity of the change of ${what}`],
    [`${name}PValue`, "number", `p-value of the change of ${what}`],
    [`${name}AdjustedPValue`, "number", `the same, adjusted for all that was asked besides the columns`],
    [`${name}Effect`, "number", `size of the change of ${what}`],
  ]);

const correlated = (name: string, what: string): MetricDefinition[] => [
  ...defined(["pair"], "each", "correlations", [[name, "number", what]]),
  ...defined(["pair"], "both", "correlations", [
    [`${name}Change`, "number", `\`${name}\` of the current side minus that of the reference`],
    [`${name}PValue`, "number", "p-value of this change"],
    [`${name}AdjustedPValue`, "number", "the same, adjusted over all pairs"],
    [`${name}Drifted`, "truth", "whether it changed by enough to matter and beyond chance"],
  ]),
];

export const driftDefinitions: readonly MetricDefinition[] = [
  ...defined(["table"], "both", "drift", [
    ["drifted", "truth", "the verdict on the dataset"],
    ["driftedColumns", "count", "columns that drifted"],
    ["driftedShare", "share", "share of the judged columns (with weights: of these) that drifted"],
    ["possibleColumns", "count", "columns of severity `possible`"],
    ["judgedColumns", "count", "columns that could be judged"],
    ["comparedColumns", "count", "columns that were compared"],
    ["rowRatio", "number", "rows of the current side over those of the reference"],
    ["warnings", "count", "sentences on what to know before trusting the report"],
    [
      "expectedFalseAlarms",
      "number",
      "share of comparisons of unchanged tables in which a column is called drifted, at most",
    ],
    ["expectedFalseAlarmsPerYear", "number", "the same by the schedule"],
  ]),
  ...defined(["column"], "both", "drift", [
    ["status", "text", "`ok`, or why the column could not be judged"],
    ["severity", "text", "`none`, `unresolved`, `possible` or `drift`"],
    ["drifted", "truth", "the verdict on the column"],
    ["method", "text", "method that judged it"],
    ["exact", "truth", "whether statistic, p-value and effects are exact"],
    ["signal", "text", "what the verdict is about: `values` or `availability`"],
    ["statistic", "number", "the method's statistic"],
    ["pValue", "number", "p-value before correction over the columns"],
    ["adjustedPValue", "number", "p-value after correction over the columns"],
    ["effect", "number", "the effect behind the verdict"],
    ["effectName", "text", "its name"],
    ["threshold", "number", "from which size on it matters"],
    ["availabilityPValue", "number", "p-value of a change of what is missing"],
    ["availabilityEffect", "number", "size of this change: Cohen's h"],
    ["newCategories", "count", "categories that only the current side has"],
    ["newCategoryShare", "share", "share of its values that hold one of them"],
    ["vanishedCategories", "count", "categories that only the reference has"],
    ["vanishedCategoryShare", "share", "share of the reference's values that hold one of them"],
    [
      "dependenceOfValues",
      "number",
      "with `clusterBy` or `blocks`: variance of sums of values, as a multiple of that of independent rows",
    ],
    ["dependenceOfAvailability", "number", "the same of what is missing"],
    ["warnings", "count", "sentences on what to know before trusting the verdict"],
  ]),
  ...defined(
    ["column"],
    "both",
    "drift",
    Array.from(effectNames, ([name, meaning]) => [name, "number", `effect: ${meaning}`]),
  ),
  ...defined(["table"], "both", "pairBy", [["pairs", "count", "rows of which both sides have one"]]),
  ...defined(["table"], "each", "pairBy", [
    ["unmatchedRows", "count", "rows without a partner on the other side"],
    ["rowsWithoutKey", "count", "rows among them that have no key"],
  ]),
  ...defined(["column"], "both", "pairBy", [
    ["pairs", "count", "pairs of rows of which both hold a value"],
    ["changedPairShare", "share", "share of the pairs whose values differ"],
    ["meanDifference", "number", "mean of current minus reference over the pairs"],
    ["meanDifferenceLow", "number", "lower end of its 95 % confidence interval"],
    ["meanDifferenceHigh", "number", "upper end of it"],
    ["dz", "number", "`meanDifference` in standard deviations of the differences"],
    ["pairedCorrelation", "number", "Pearson's correlation of both sides"],
    ["pairedTStatistic", "number", "paired t test: statistic"],
    ["pairedTDegreesOfFreedom", "number", "paired t test: degrees of freedom"],
    ["pairedTPValue", "number", "paired t test: p-value"],
    ["wilcoxonStatistic", "number", "signed-rank test: statistic"],
    ["wilcoxonPValue", "number", "signed-rank test: p-value"],
    ["wilcoxonEffect", "number", "signed-rank test: effect"],
    [
      "pairedSpreadStatistic",
      "number",
      "test of equal spread of pairs: statistic, positive where the current side spreads more",
    ],
    ["pairedSpreadPValue", "number", "test of equal spread of pairs: p-value"],
    ["kappa", "number", "Cohen's kappa of categories"],
  ]),
  ...correlated("correlation", "Pearson's correlation of two numeric columns, Cramér's V of two others"),
  ...correlated("rankCorrelation", "Spearman's rank correlation of two numeric columns"),
  ...defined(["table"], "both", "correlations", [
    ["driftedCorrelations", "count", "pairs of columns whose correlation drifted"],
    ["testedCorrelations", "count", "pairs of columns that were compared"],
  ]),
  ...conditional("concept", "the target given the features"),
  ...conditional("model", "the prediction given the features"),
  ...defined(["table"], "both", "roles", [
    ["changeKinds", "names", "kinds of change that were found, as a JSON array"],
    ["driftedFeatures", "count", "features that drifted"],
    ["targetDrifted", "truth", "whether the target drifted"],
    ["predictionDrifted", "truth", "whether the prediction drifted"],
    ["startDiffered", "count", "features that differed from the reference when serving started"],
    ["startSince", "count", "features that changed since"],
    ["jointStatus", "text", "status of the domain classifier"],
    ["jointDrifted", "truth", "whether a classifier tells the sides apart by all features together"],
    ["jointSeverity", "text", "severity of this"],
    ["jointAuc", "number", "area under its ROC curve"],
    ["jointAucLow", "number", "lower end of its confidence interval"],
    ["jointAucHigh", "number", "upper end of it"],
    ["jointPValue", "number", "its p-value"],
    ["jointAdjustedPValue", "number", "the same, adjusted for all that was asked besides the columns"],
  ]),
  ...defined(["column"], "both", "roles", [
    ["jointImportance", "share", "share of the classifier's gains that come from the column"],
  ]),
  ...defined(["table"], "both", "by", [
    ["segmentStatus", "text", "of a segment: `ok`, `new`, `vanished` or `too-few`"],
  ]),
  ...defined(["table"], "each", "by", [["segmentShare", "share", "of a segment: its rows over all rows of the side"]]),
];

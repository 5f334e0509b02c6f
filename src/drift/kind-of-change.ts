/**
 * What kind of change: of the features, P(x), of the target, P(y), of the predictions, P(ŷ), or of what the first says of
 * the others, P(y | x) and P(ŷ | x). The columns' own verdicts answer the first three; `conceptDrift` answers the others.
 *
 * P-values of what is asked besides the columns are adjusted as a family of their own, so that no verdict on a column
 * depends on whether roles are given.
 */
import type { Table } from "../column/column.js";
import { adjust } from "../statistics/adjust.js";
import { type ConceptAspect, type ConceptDriftResult, conceptDrift } from "../statistics/concept-drift.js";
import { type DomainClassifierResult, domainClassifier } from "../statistics/domain-classifier.js";
import { examineTables } from "./examine-tables.js";
import { alsoCalled } from "./false-alarms.js";
import { kindInWords, shiftedFrom } from "./kind-in-words.js";
import type { CompareOptions, Settings } from "./options.js";
import type { DriftReport, Severity } from "./report.js";
import { reportsOf } from "./reports.js";
import type { Roles } from "./roles.js";

/**
 * `data-drift`: the features' distribution changed. `target-drift`, `prediction-drift`: that of the target, of the
 * predictions, or of these given the features (the model is another). `concept-drift`: the target depends on the features
 * in another way. `domain-shift`: features differ from the reference, and did when serving started.
 */
export type ChangeKind = "data-drift" | "target-drift" | "prediction-drift" | "concept-drift" | "domain-shift";

/** Whether one column depends on the features as it did. */
export interface ConditionalChange {
  readonly column: string;
  /** `unknown`: a side has no value of it. `type-changed`: the sides' types differ. Else that of `conceptDrift`. */
  readonly status: ConceptDriftResult["status"] | "unknown" | "type-changed";
  readonly pValue: number | null;
  /** For what is asked besides the columns. */
  readonly adjustedPValue: number | null;
  /** Of the aspect that decides, with the least effect that matters. */
  readonly effect: number | null;
  readonly threshold: number;
  readonly drifted: boolean;
  readonly severity: Severity;
  /** What changed, the aspect that decides first. */
  readonly aspects: readonly ConceptAspect[];
  readonly explained: number | null;
  readonly overlap: number | null;
  /** Rows with a value; `null` where none was looked for. */
  readonly rows: { readonly reference: number; readonly current: number } | null;
}

/** Whether a classifier can tell the sides by all features together. */
export interface JointChange
  extends Pick<DomainClassifierResult, "auc" | "interval" | "pValue" | "importances" | "skipped" | "status"> {
  readonly adjustedPValue: number | null;
  /** The least area under the curve that matters. */
  readonly threshold: number;
  readonly drifted: boolean;
  readonly severity: Severity;
}

export interface KindOfChange {
  /** Empty where nothing changed. */
  readonly kinds: readonly ChangeKind[];
  /** In a sentence or two. */
  readonly words: string;
  /** P(x): those of the features that drifted, from their own verdicts. */
  readonly features: { readonly names: readonly string[]; readonly drifted: readonly string[] };
  /** P(y) and P(ŷ), from the columns' own verdicts; a changed share of missing values does not count. */
  readonly target: { readonly column: string; readonly drifted: boolean } | null;
  readonly prediction: { readonly column: string; readonly drifted: boolean } | null;
  /** P(y | x). */
  readonly concept: ConditionalChange | null;
  /** P(ŷ | x): whether the model is another. */
  readonly model: ConditionalChange | null;
  /** Features that differed from the reference when serving started, and those that changed since. */
  readonly start: { readonly differed: readonly string[]; readonly since: readonly string[] } | null;
}

/** From here on a change given the features matters, in standard deviations of what they leave open. */
const conditionalThreshold = 0.1;
const jointThreshold = 0.55;

/** Adds what the roles ask for to the report of the same tables. */
export async function withRoles(
  report: DriftReport<Settings>,
  before: Table,
  after: Table,
  roles: Roles,
  options: CompareOptions,
): Promise<DriftReport<Settings>> {
  const { settings } = report;
  const { features, joint, start } = roles;
  const own = options.signal ? { signal: options.signal } : {};
  const given = async (column: string | null): Promise<Asked | null> => {
    if (column === null) return null;
    const { status } = report.columns[column]!;
    if (status === "missing-in-reference" || status === "missing-in-current") return { column, status: "unknown" };
    if (status === "type-changed") return { column, status };
    const found = await conceptDrift(before, after, { target: column, features, ...own });
    return { column, status: Math.min(found.n, found.m) === 0 ? "unknown" : found.status, found };
  };
  const [concept, model] = [await given(roles.target), await given(roles.prediction)];
  const classified = joint ? await domainClassifier(before, after, { columns: features, ...own }) : null;
  const pValues = [concept?.found?.pValue ?? null, model?.found?.pValue ?? null, classified?.pValue ?? null];
  const adjusted = adjust(pValues, settings.correction) as [number | null, number | null, number | null];
  const together = classified && jointChange(classified, adjusted[2], settings);
  const found = start && (await sinceStart([before, start, after], features, options, settings));
  const families = Number(pValues.some((pValue) => pValue !== null)) + Number(found !== null);
  const falseAlarms = alsoCalled(report.falseAlarms, families, settings);
  const whole = { ...report, falseAlarms, ...(together && { joint: together }) };
  if (roles.target === null && roles.prediction === null) return whole;
  const drifted = features.filter((name) => report.columns[name]!.drifted);
  const verdict = {
    features: { names: features, drifted },
    target: unconditional(report, roles.target),
    prediction: unconditional(report, roles.prediction),
    concept: concept && conditionalChange(concept, adjusted[0], settings),
    model: model && conditionalChange(model, adjusted[1], settings),
    start: found,
  };
  const kinds = kindsOf(verdict, together);
  return { ...whole, kindOfChange: { kinds, words: kindInWords({ ...verdict, kinds }, together), ...verdict } };
}

/** What was asked about a column given the features; nothing is found where it cannot be asked. */
interface Asked {
  readonly column: string;
  readonly status: ConditionalChange["status"];
  readonly found?: ConceptDriftResult;
}

type Levels = Pick<Settings, "level" | "possibleLevel">;

function severityOf(adjusted: number | null, large: boolean, { level, possibleLevel }: Levels): Severity {
  if (adjusted === null || !large || adjusted > possibleLevel) return "none";
  return adjusted <= level ? "drift" : "possible";
}

const ranks: readonly Severity[] = ["none", "possible", "drift"];

function conditionalChange(
  { column, status, found }: Asked,
  adjustedPValue: number | null,
  settings: Levels,
): ConditionalChange {
  const pValue = found?.pValue ?? null;
  // Aspects are adjusted as the smallest of them was.
  const factor = pValue === null || adjustedPValue === null || pValue === 0 ? 1 : adjustedPValue / pValue;
  const judged = (found?.aspects ?? []).map((aspect) => {
    const adjusted = Math.min(1, aspect.pValue * found!.aspects.length * factor);
    return { aspect, severity: severityOf(adjusted, aspect.effect >= conditionalThreshold, settings) };
  });
  judged.sort((one, other) => ranks.indexOf(other.severity) - ranks.indexOf(one.severity));
  const severity = judged[0]?.severity ?? "none";
  return {
    ...{ column, status, pValue, adjustedPValue },
    effect: judged[0]?.aspect.effect ?? null,
    threshold: conditionalThreshold,
    drifted: severity === "drift",
    severity,
    aspects: judged.map(({ aspect }) => aspect),
    explained: found?.explained ?? null,
    overlap: found?.overlap ?? null,
    rows: found ? { reference: found.n, current: found.m } : null,
  };
}

function jointChange(found: DomainClassifierResult, adjustedPValue: number | null, settings: Levels): JointChange {
  const { auc, interval, pValue, importances, skipped, status } = found;
  const severity = severityOf(adjustedPValue, (auc ?? 0) >= jointThreshold, settings);
  const verdict = { threshold: jointThreshold, drifted: severity === "drift", severity };
  return { auc, interval, pValue, adjustedPValue, ...verdict, importances, skipped, status };
}

function unconditional(report: DriftReport, column: string | null): KindOfChange["target"] {
  if (column === null) return null;
  const { drifted, signal } = report.columns[column]!;
  return { column, drifted: drifted && signal === "values" };
}

/** Features that drifted between three tables, from the first to the second and from the second to the third. */
async function sinceStart(
  [before, start, after]: readonly [Table, Table, Table],
  columns: readonly string[],
  { onProgress: _, ...options }: CompareOptions,
  settings: Settings,
): Promise<NonNullable<KindOfChange["start"]>> {
  const drifted = async (one: Table, other: Table): Promise<string[]> => {
    const [report] = reportsOf([await examineTables(one, other, { ...options, columns }, settings)], settings);
    return columns.filter((name) => report!.columns[name]!.drifted);
  };
  return { differed: await drifted(before, start), since: await drifted(start, after) };
}

function kindsOf(found: Omit<KindOfChange, "kinds" | "words">, joint: JointChange | null): ChangeKind[] {
  const { features, target, prediction, concept, model, start } = found;
  const shifted = shiftedFrom(start);
  const moved = features.drifted.filter((name) => !shifted.includes(name));
  const together = joint?.drifted === true && features.drifted.length === 0;
  const all: [ChangeKind, boolean][] = [
    ["domain-shift", shifted.length > 0],
    ["data-drift", moved.length > 0 || (together && shifted.length === 0)],
    ["target-drift", target?.drifted ?? false],
    ["prediction-drift", (prediction?.drifted ?? false) || (model?.drifted ?? false)],
    ["concept-drift", concept?.drifted ?? false],
  ];
  return all.flatMap(([kind, is]) => (is ? [kind] : []));
}

/**
 * One column of both tables: which method applies, what it finds, and what else a report says about the column. A
 * column that cannot be judged gets a status and a reason.
 */
import type { Kind, VectorColumn } from "../column/column.js";
import { MemoryError } from "../engine/workspace.js";
import type { ColumnProfile } from "../profile/profile.js";
import { CategoriesError } from "../source/categories.js";
import { answerNow } from "../source/plan.js";
import { completeVectors, sampledVectors } from "../source/sampled-vectors.js";
import { withSides } from "../source/sides.js";
import { numbersPlan } from "../statistics/summary.js";
import { availabilityChange, valueAvailability, vectorAvailability } from "./availability.js";
import { asCategories, examineCategories, tooManyCategories } from "./category-columns.js";
import type { Change } from "./change.js";
import { judged } from "./judged.js";
import type { LargestGap } from "./largest-gap.js";
import type { Finding } from "./methods.js";
import { inOneUnit, type Numbers, ofOneKind } from "./one-kind.js";
import type { Choice } from "./options.js";
import type { AnyColumn } from "./prepare.js";
import { examineProfiles } from "./profiles/examine-profiles.js";
import { losslessColumn } from "./profiles/lossless.js";
import { isColumnProfile } from "./profiles/profiled-side.js";
import { completed, ofTheseColumns, type QualityOfColumn, qualityOfValues } from "./quality/both-sides.js";
import { noChange } from "./quality/change.js";
import { qualityOfVectors } from "./quality/column-quality.js";
import { watchNumbers } from "./quality/numbers.js";
import { factsOf } from "./reference-facts.js";
import type {
  Availability,
  AvailabilityChange,
  CategoriesChange,
  ColumnStatus,
  DependenceReport,
  Shape,
  Summary,
} from "./report.js";
import { valueShape } from "./shape.js";
import { valueChanges } from "./value-changes.js";
import { isWorthALook, summaryOf } from "./value-facts.js";
import { examineWindow } from "./window-columns.js";

/** One side's column: `null` where the table has none of that name. */
export type SideColumn = AnyColumn | ColumnProfile | { readonly unsupported: string } | null;

export interface ColumnSettings {
  /** What was chosen for a column of a kind. */
  readonly choose: (kind: Kind) => Choice;
  readonly temporal: boolean;
  readonly minimumValues: number;
  /** P-values up to this are worth a look. */
  readonly possibleLevel: number;
  /** Whether data quality is wanted of both sides as well. */
  readonly quality?: boolean;
}

/** Of one column, once its kind is known. */
export type Chosen = Omit<ColumnSettings, "choose"> & Choice;

/** Everything found about a column before all columns are decided together. */
export interface ColumnFindings {
  readonly kind: Kind | null;
  readonly type: readonly [string | null, string | null];
  readonly method: string | null;
  readonly status: ColumnStatus;
  readonly reason: string;
  readonly value: Finding | null;
  readonly availability: AvailabilityChange | null;
  readonly summary: { readonly reference: Summary; readonly current: Summary } | null;
  readonly shape: Shape | null;
  /** Level of significance that the user set for a method with a p-value. */
  readonly level: number | undefined;
  readonly categories: CategoriesChange | null;
  /** Looked for where a p-value is worth a look, or there is none. */
  readonly changes: readonly Change[];
  /** What p-values allow for. */
  readonly dependence: DependenceReport | null;
  readonly warnings: readonly string[];
  /** `null` where it is not wanted, or not known yet. */
  readonly quality: QualityOfColumn | null;
}

export type Blank = Omit<ColumnFindings, "kind" | "status" | "reason">;

/** Looks at one column of both sides. */
export function examine(before: SideColumn, after: SideColumn, settings: ColumnSettings): ColumnFindings {
  const found = examineWindow(before, after, settings) ?? examineFully(before, after, settings);
  return settings.quality ? completed(found, before, after) : found;
}

/** The same, question by question. */
export function examineFully(before: SideColumn, after: SideColumn, settings: ColumnSettings): ColumnFindings {
  const type = [typeOf(before), typeOf(after)] as const;
  const [reference, current] = [known(before), known(after)];
  const blank: Blank = {
    type,
    method: null,
    value: null,
    availability: null,
    summary: null,
    shape: null,
    level: undefined,
    categories: null,
    changes: [],
    dependence: null,
    warnings: [],
    quality: null,
  };
  const unjudged = (status: ColumnStatus, reason: string, kind: Kind | null = null): ColumnFindings => ({
    ...blank,
    kind,
    status,
    reason,
  });
  if (!reference) return unjudged("missing-in-reference", "the reference has no such column", kindOf(current));
  if (!current) return unjudged("missing-in-current", "the current side has no such column", kindOf(reference));
  if ("unsupported" in reference || "unsupported" in current) {
    const unsupported = "unsupported" in reference ? type[0] : type[1];
    return unjudged("unsupported", `columns of type ${unsupported} cannot be compared`);
  }
  const typeChanged = () =>
    unjudged("type-changed", `the column changed from ${reference.kind} (${type[0]}) to ${current.kind} (${type[1]})`);
  try {
    if (isProfile(reference) || isProfile(current)) {
      // Nor need a profile that has lost nothing be read again.
      const sides = [before, after].map((side, k) => (isProfile(side) ? side : [reference, current][k]));
      return examineProfiles(sides[0] as AnyColumn, sides[1] as AnyColumn, settings, blank, typeChanged);
    }
    if (isOfVectors(reference) && isOfVectors(current)) {
      return examineVectors(reference, current, { ...settings, ...settings.choose("vector") }, blank);
    }
    if (isOfVectors(reference) || isOfVectors(current)) return typeChanged();
    const [x, y] = ofOneKind(reference, current);
    if (x.kind !== y.kind) return typeChanged();
    const chosen = { ...settings, ...settings.choose(x.kind) };
    const isText = x.kind === "categorical" || y.kind === "categorical";
    const sides = isText ? ([x, y] as const) : inOneUnit(x, y as Numbers);
    const found =
      isText || asCategories(sides as readonly [Numbers, Numbers], chosen)
        ? examineCategories(...sides, chosen, blank)
        : examineValues(sides as readonly [Numbers, Numbers], chosen, blank);
    return found.quality ? { ...found, quality: ofTheseColumns(found.quality, sides, [before, after]) } : found;
  } catch (error) {
    if (error instanceof MemoryError) return unjudged("too-large", error.message, reference.kind);
    if (error instanceof CategoriesError) return unjudged("too-many-categories", tooManyCategories, reference.kind);
    throw error;
  }
}

function examineValues(
  [reference, current]: readonly [Numbers, Numbers],
  settings: Chosen,
  blank: Blank,
): ColumnFindings {
  const temporal = reference.kind === "temporal";
  // A method that was named for a column of points in time is a request.
  const asked = !temporal || settings.temporal || settings.requested;
  return withSides("compare", reference, current, (x, y) => {
    const facts = factsOf(reference, x, asked);
    const summary = { reference: facts.summary, current: answerNow(numbersPlan(0), y) };
    const before = valueAvailability(summary.reference);
    const after = valueAvailability(summary.current);
    const watch = settings.quality ? watchNumbers(x, y, [summary.reference, summary.current]) : null;
    const qualityOf = (largest?: LargestGap): QualityOfColumn | null =>
      watch && qualityOfValues([reference, current], [x, y], watch.facts(largest));
    const found = {
      ...blank,
      kind: reference.kind,
      availability: availabilityChange(before, after),
      summary: {
        reference: summaryOf(summary.reference, reference),
        current: summaryOf(summary.current, current),
      },
      shape: answerNow(valueShape(facts.bins ?? null), x, y),
    };
    if (!asked) {
      const reason = "points in time are only judged on request: a current date is always later";
      return { ...found, quality: qualityOf(), status: "not-asked", reason };
    }
    const values = (side: Availability): number => side.value + side.positiveInfinity + side.negativeInfinity;
    const judgement = judged(
      found,
      values(before),
      values(after),
      settings,
      "anderson-darling",
      "values",
      (plan, threshold) => answerNow(plan(threshold), ...(watch?.sources ?? [x, y])),
    );
    const quality = qualityOf(judgement.value?.largest);
    if (!isWorthALook(judgement, settings)) return { ...judgement, quality };
    const plan = valueChanges([summary.reference, summary.current], reference, found.shape);
    return { ...judgement, quality, changes: answerNow(plan, x, y) };
  });
}

/** Methods look at drawn rows, the rows themselves are counted all. */
function examineVectors(
  reference: VectorColumn,
  current: VectorColumn,
  settings: Chosen,
  blank: Blank,
): ColumnFindings {
  const kind = "vector";
  if (reference.dimension !== current.dimension) {
    const reason = `vectors have ${current.dimension} components in place of ${reference.dimension}`;
    return { ...blank, kind, status: "type-changed", reason };
  }
  const [x, y] = [completeVectors(reference), completeVectors(current)];
  const availability = availabilityChange(vectorAvailability(x.seen), vectorAvailability(y.seen));
  const quality = settings.quality
    ? { reference: qualityOfVectors(reference, x.seen), current: qualityOfVectors(current, y.seen), change: noChange }
    : null;
  // One row has no distance from others.
  const atLeastTwo = { ...settings, minimumValues: Math.max(2, settings.minimumValues) };
  return judged(
    { ...blank, kind, availability, quality },
    x.count,
    y.count,
    atLeastTwo,
    "mmd",
    "vectors",
    ({ sample, judge }, threshold) => {
      const { dimension } = reference;
      const most = sample(dimension);
      const [before, after] = [sampledVectors(x, most, 0, 1), sampledVectors(y, most, 0, 2)];
      return judge({ x: before.rows, y: after.rows, dimension }, threshold);
    },
  );
}

/** What has lost nothing is a column. */
function known(side: SideColumn): SideColumn {
  return isProfile(side) ? (losslessColumn(side) ?? side) : side;
}

function isProfile(side: SideColumn): side is ColumnProfile {
  return side !== null && "kind" in side && isColumnProfile(side);
}

function isOfVectors(column: AnyColumn): column is VectorColumn {
  return column.kind === "vector";
}

function kindOf(column: SideColumn): Kind | null {
  return column && "kind" in column ? column.kind : null;
}

function typeOf(column: SideColumn): string | null {
  if (!column) return null;
  return "unsupported" in column ? column.unsupported : column.type;
}

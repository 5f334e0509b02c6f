/** What a report says of one column. */
import type { Change } from "../../../dist/drift/change.js";
import type { PairedCategories, PairedValues } from "../../../dist/drift/paired-report.js";
import type {
  AvailabilityChange,
  CategoriesChange,
  ColumnBounds,
  ColumnReport,
  ColumnStatus,
  DependenceReport,
  Effect,
  Severity,
  Shape,
  Summary,
} from "../../../dist/drift/report.js";
import type { MissingState } from "../../../dist/drift/states.js";
import { kind } from "./quality.ts";
import {
  among,
  constant,
  count,
  defined,
  either,
  list,
  nullable,
  number,
  object,
  ofBoth,
  optional,
  pair,
  type Schema,
  share,
  text,
  truth,
} from "./words.ts";

const interval = pair(number, number);

export const severity = among<Severity>({ none: true, unresolved: true, possible: true, drift: true });
const status = among<ColumnStatus>({
  ok: true,
  empty: true,
  "too-few": true,
  "missing-in-reference": true,
  "missing-in-current": true,
  "type-changed": true,
  unsupported: true,
  "not-asked": true,
  "too-many-categories": true,
  identifiers: true,
  "too-large": true,
  infinite: true,
  constant: true,
});
const state = among<MissingState>({
  null: true,
  nan: true,
  positiveInfinity: true,
  negativeInfinity: true,
  empty: true,
});

/** The change of one name, or of several with the same fields. */
type ChangeOf<W extends Change["what"]> = Extract<Change, { readonly what: W }>;
const step = { from: number, to: number };
const change: readonly Schema[] = [
  object<ChangeOf<"mean">>({ what: constant("mean"), ...step, deviations: nullable(number) }),
  object<ChangeOf<"spread">>({ what: constant("spread"), ...step, factor: nullable(number) }),
  object<ChangeOf<"median">>({ what: constant("median"), from: text, to: text, seconds: number }),
  object<ChangeOf<"zeros">>({ what: constant("zeros"), ...step }),
  object<ChangeOf<"above" | "below">>({ what: among({ above: true, below: true }), limit: number, share }),
  object<ChangeOf<"up-to">>({ what: constant("up-to"), limit: number, ...step }),
  object<ChangeOf<"category">>({ what: constant("category"), category: text, ...step }),
  object<ChangeOf<"new-categories" | "vanished-categories">>({
    what: among({ "new-categories": true, "vanished-categories": true }),
    ...{ count, share, names: list(text) },
  }),
  object<ChangeOf<"missing">>({ what: constant("missing"), states: list(state), ...step }),
];

const effect = object<Effect>({
  name: text,
  value: nullable(number),
  threshold: number,
  infinite: optional(constant(true)),
  interval: optional(interval),
});

const shape = object<Shape>({
  edges: optional(list(number)),
  categories: optional(list(text)),
  reference: list(number),
  current: list(number),
});

const tested = { statistic: number, pValue: share };
const pairedValues = object<PairedValues>({
  kind: constant("values"),
  pairs: count,
  changed: nullable(share),
  difference: nullable(number),
  confidenceInterval: nullable(pair(nullable(number), nullable(number))),
  dz: nullable(number),
  correlation: nullable(number),
  tTest: nullable(
    object<NonNullable<PairedValues["tTest"]>>({
      statistic: nullable(number),
      degreesOfFreedom: nullable(number),
      pValue: nullable(share),
    }),
  ),
  wilcoxon: nullable(
    object<NonNullable<PairedValues["wilcoxon"]>>({
      ...tested,
      effect: number,
      method: among<"exact" | "asymptotic">({ exact: true, asymptotic: true }),
    }),
  ),
  spread: nullable(object<NonNullable<PairedValues["spread"]>>(tested)),
  words: text,
});
const pairedCategories = object<PairedCategories>({
  kind: constant("categories"),
  pairs: count,
  changed: nullable(share),
  kappa: nullable(number),
  words: text,
});

export const columnDefinitions = {
  change: either(...change),
  effect,
  summary: object<Summary>({
    mean: nullable(number),
    standardDeviation: nullable(number),
    min: nullable(either(number, text)),
    max: nullable(either(number, text)),
  }),
  column: object<ColumnReport>({
    column: text,
    kind: nullable(kind),
    type: pair(nullable(text), nullable(text)),
    method: nullable(text),
    status,
    reason: text,
    change: text,
    changes: list(defined("change")),
    statistic: nullable(number),
    pValue: nullable(share),
    adjustedPValue: nullable(share),
    exact: truth,
    bounds: optional(
      object<ColumnBounds>({
        statistic: optional(interval),
        pValue: optional(interval),
        adjustedPValue: optional(interval),
      }),
    ),
    signal: nullable(among<"values" | "availability">({ values: true, availability: true })),
    effect: nullable(number),
    effectName: nullable(text),
    threshold: nullable(number),
    effects: list(defined("effect")),
    drifted: truth,
    severity,
    warnings: list(text),
    availability: nullable(
      object<AvailabilityChange>({
        reference: defined("availability"),
        current: defined("availability"),
        pValue: nullable(share),
        effect: nullable(defined("effect")),
        changed: list(state),
      }),
    ),
    summary: nullable(ofBoth(defined("summary"))),
    shape: nullable(shape),
    categories: nullable(
      object<CategoriesChange>({
        reference: count,
        current: count,
        newCategories: defined("oneSided"),
        vanishedCategories: defined("oneSided"),
      }),
    ),
    dependence: nullable(
      object<DependenceReport>({
        by: among<"blocks" | "clusters">({ blocks: true, clusters: true }),
        reach: nullable(number),
        correlation: nullable(number),
        values: nullable(number),
        availability: nullable(number),
      }),
    ),
    paired: optional(either(pairedValues, pairedCategories)),
    edges: optional(list(number)),
  }),
};

/** What a name in the vocabulary of metrics means. */

/** `class`: of a classifier, named by `of`. `pair`: of two columns, the other named by `of`. */
export type Subject = "table" | "column" | "pair" | "model" | "class";

/**
 * What has to be there for it. `rows`: any result. `quality`: a profile, what `quality` returned, or a report with
 * `quality`. `drift`: a report. `change`: a report with `quality`. Else a report with the option of that name; `roles`:
 * with `target`, `prediction` or `joint`.
 */
export type Need =
  | "rows"
  | "quality"
  | "drift"
  | "change"
  | "correlations"
  | "modelQuality"
  | "roles"
  | "pairBy"
  | "by";

/**
 * `share`: in [0, 1]. `truth`: true or false. `value`: of the column, a date as ISO 8601 text. `names`: a JSON array of
 * names, as text.
 */
export type ValueKind = "count" | "share" | "number" | "truth" | "text" | "value" | "names";

export interface MetricDefinition {
  readonly name: string;
  readonly subjects: readonly Subject[];
  /** `each`: of the reference and of the current side. `current`: of the latter, against the reference. `both`: of both together. */
  readonly sides: "each" | "current" | "both";
  readonly value: ValueKind;
  readonly needs: Need;
  readonly meaning: string;
}

/** `[name, value, meaning]` */
export type DefinitionRow = readonly [name: string, value: ValueKind, meaning: string];

export function defined(
  subjects: readonly Subject[],
  sides: MetricDefinition["sides"],
  needs: Need,
  rows: readonly DefinitionRow[],
): MetricDefinition[] {
  return rows.map(([name, value, meaning]) => ({ name, subjects, sides, value, needs, meaning }));
}

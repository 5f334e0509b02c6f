/** A verdict's reason in a few words, for lines that have no room for the whole sentence. */
import type { ColumnReport, ColumnStatus, Effect } from "../drift/report.js";

/** `brief` stands beside the verdict, `shortest` in its place. */
export interface Why {
  readonly brief: string;
  readonly shortest: string;
}

const unjudged: Readonly<Record<Exclude<ColumnStatus, "ok">, Why>> = {
  empty: { brief: "no values", shortest: "no values" },
  "too-few": { brief: "too few values", shortest: "too few" },
  "missing-in-reference": { brief: "not in reference", shortest: "not in ref." },
  "missing-in-current": { brief: "not in current", shortest: "not in cur." },
  "type-changed": { brief: "type changed", shortest: "type changed" },
  unsupported: { brief: "unsupported type", shortest: "unsupported" },
  "too-large": { brief: "too large", shortest: "too large" },
  "too-many-categories": { brief: "too many categories", shortest: "too many" },
  "not-asked": { brief: "not asked for", shortest: "not asked" },
  infinite: { brief: "infinite values", shortest: "infinite" },
  constant: { brief: "constant", shortest: "constant" },
};

/** A method that was asked for and reads other kinds of columns. */
const wrongMethod: Why = { brief: "method does not fit", shortest: "wrong method" };

/** Which of evidence and effect was missing, or why the column was not judged. */
export function whyOf(column: ColumnReport, level: number): Why {
  const missing = isLarge(column.availability?.effect ?? null) && !column.effects.some(isLarge);
  const of = missing ? "missing" : "values";
  switch (column.severity) {
    case "drift":
      return { brief: missing ? "missing values differ" : "values differ", shortest: of };
    case "possible":
      return { brief: missing ? "missing may differ" : "values may differ", shortest: of };
  }
  if (column.status === "unsupported" && column.method !== null) return wrongMethod;
  if (column.status !== "ok") return unjudged[column.status];
  if (missing || column.effects.some(isLarge)) return { brief: "within chance", shortest: "chance" };
  return (column.adjustedPValue ?? 1) <= level
    ? { brief: "too small to matter", shortest: "too small" }
    : { brief: "no difference", shortest: "alike" };
}

/** The effect that a line shows: that of the missing values where only they stand out. */
export function shownEffect({ effect, effectName, threshold, effects, availability }: ColumnReport): Effect | null {
  const missing = availability?.effect ?? null;
  if (isLarge(missing) && !effects.some(isLarge)) return missing;
  return effectName === null || threshold === null ? null : { name: effectName, value: effect, threshold };
}

function isLarge(effect: Effect | null): boolean {
  return effect !== null && effect.value !== null && effect.value >= effect.threshold;
}

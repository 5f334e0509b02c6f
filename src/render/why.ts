/** A verdict's reason in a few words, for lines that have no room for the whole sentence. */
import type { AvailabilityChange, ColumnReport, ColumnStatus, Effect } from "../drift/report.js";
import { stateWords } from "../drift/states.js";

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
  identifiers: { brief: "nearly all distinct", shortest: "identifiers" },
  "not-asked": { brief: "not asked for", shortest: "not asked" },
  infinite: { brief: "infinite values", shortest: "infinite" },
  constant: { brief: "constant", shortest: "constant" },
};

/** A method that was asked for and reads other kinds of columns. */
const wrongMethod: Why = { brief: "method does not fit", shortest: "wrong method" };

/** Which of evidence and effect was missing, or why the column was not judged. */
export function whyOf(column: ColumnReport, level: number): Why {
  const of = column.signal === "availability" ? statesOf(column.availability) : "values";
  switch (column.severity) {
    case "drift":
      return { brief: `${of} differ`, shortest: of };
    case "possible":
      return { brief: `${of} may differ`, shortest: of };
    case "unresolved":
      return column.bounds
        ? { brief: "open within bounds", shortest: of }
        : { brief: "too few resamples", shortest: of };
  }
  if (column.status === "unsupported" && column.method !== null) return wrongMethod;
  if (column.status !== "ok") return unjudged[column.status];
  if (isLarge(shownEffect(column))) return { brief: "within chance", shortest: "chance" };
  return (column.adjustedPValue ?? 1) <= level
    ? { brief: "too small to matter", shortest: "too small" }
    : { brief: "no difference", shortest: "alike" };
}

/** One word where one kind of them changed most. */
function statesOf(availability: AvailabilityChange | null): string {
  const words = stateWords(availability?.changed ?? []);
  return words === "" || words.includes(" and ") ? "shares" : words;
}

/** The effect that a line shows: the one behind the verdict. */
export function shownEffect({ effect, effectName, threshold, effects }: ColumnReport): Effect | null {
  if (effectName === null || threshold === null) return null;
  const same = effects.find(({ name }) => name === effectName);
  if (same?.infinite) return same;
  return { name: effectName, value: effect, threshold, ...(same?.interval && { interval: same.interval }) };
}

function isLarge(effect: Effect | null): boolean {
  return effect !== null && (effect.infinite === true || (effect.value !== null && effect.value >= effect.threshold));
}

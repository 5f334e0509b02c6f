/**
 * Verdicts on findings of which some are only known within bounds. Everything is decided twice more: with the least
 * p-values and the largest effects that the bounds allow for, and with the largest p-values and the least effects. All
 * corrections keep the order of p-values, so that the verdict on the values themselves lies between: where both ends agree
 * it is known, else the column is `unresolved`. So no column is called drifted that the values would not call so.
 *
 * A column's availability is adjusted in proportion to the smaller p-value of the two, so by less the larger that of its
 * values is. Where both were tested, the ends of the column and those of all others are looked at in all four ways.
 */
import { type Decision, decide, digits, type Levels, type Signals } from "./decide.js";
import type { Effect, Interval } from "./report.js";

/** p-values of a column at both ends. */
export interface BoundedDecision extends Decision {
  readonly bounds?: { readonly pValue?: Interval; readonly adjustedPValue?: Interval };
}

/** Decides all columns together; where all is exact, as `decide`. */
export function decideWithinBounds(columns: readonly Signals[], settings: Levels): readonly BoundedDecision[] {
  const decisions = decide(columns, settings);
  if (!columns.some(isBounded)) return decisions;
  const most = decide(
    columns.map((signals) => atEnd(signals, "alarming")),
    settings,
  );
  const least = decide(
    columns.map((signals) => atEnd(signals, "quiet")),
    settings,
  );
  return decisions.map((decision, k) => {
    const signals = columns[k]!;
    const ends: Ends = { most: most[k]!, least: least[k]! };
    if (!isBounded(signals) || signals.availability?.pValue == null) return between(decision, ends, signals, settings);
    const mixed = (own: End, others: End): Decision =>
      decide(
        columns.map((other, at) => atEnd(other, at === k ? own : others)),
        settings,
      )[k]!;
    const crossed = { most: mixed("quiet", "alarming"), least: mixed("alarming", "quiet") };
    return between(decision, ends, signals, settings, crossed);
  });
}

type End = "alarming" | "quiet";

interface Ends {
  readonly most: Decision;
  readonly least: Decision;
}

function isBounded({ value }: Signals): boolean {
  return value?.bounds !== undefined || value?.effects.some(({ interval }) => interval !== undefined) === true;
}

/** The findings as they would be at one end of their bounds. */
function atEnd(signals: Signals, end: End): Signals {
  const { value } = signals;
  if (!value) return signals;
  const pValue = value.bounds ? value.bounds.pValue[end === "alarming" ? 0 : 1] : value.pValue;
  const effects = value.effects.map((effect) =>
    effect.interval ? { ...effect, value: effect.interval[end === "alarming" ? 1 : 0] } : effect,
  );
  return { ...signals, value: { ...value, pValue, effects } };
}

/** Whether all that the bounds allow for is one verdict. */
function agree({ most, least }: Ends, crossed: Ends | undefined): boolean {
  const { severity } = least;
  if (most.severity !== severity) return false;
  if (!crossed) return true;
  if (crossed.most.severity !== severity || crossed.least.severity !== severity) return false;
  // One of the two signals has to hold it at its own quiet end.
  return severity === "none" || least.signal === "values" || crossed.least.signal === "availability";
}

function between(decision: Decision, ends: Ends, signals: Signals, settings: Levels, crossed?: Ends): BoundedDecision {
  const { most, least } = ends;
  const pValue = intervalOf(most.pValue, least.pValue);
  const adjustedPValue = intervalOf(most.adjustedPValue, least.adjustedPValue);
  const bounds = { ...(pValue && { pValue }), ...(adjustedPValue && { adjustedPValue }) };
  const decided = { ...decision, ...((pValue || adjustedPValue) && { bounds }) };
  if (agree(ends, crossed)) return decided;
  const level = signals.level ?? settings.level;
  const open = [
    ...(signals.value?.effects ?? []).flatMap(effectWords),
    ...pWords(adjustedPValue, level, Math.max(level, settings.possibleLevel)),
  ];
  const found = open.length > 0 ? open.join(", and ") : "more than one verdict";
  return { ...decided, severity: "unresolved", reason: `profiles leave open ${found}` };
}

function intervalOf(low: number | null, high: number | null): Interval | null {
  return low === null || high === null || low === high ? null : [low, high];
}

/** `whether ks, between 0.038 and 0.042, reaches 0.04`: of an effect whose threshold lies inside its bounds. */
function effectWords({ name, interval, threshold }: Effect): string[] {
  if (!interval || interval[0] >= threshold || interval[1] < threshold) return [];
  return [`whether ${name}, from ${digits(interval[0])} to ${digits(interval[1])}, reaches ${digits(threshold)}`];
}

function pWords(interval: Interval | null, level: number, possible: number): string[] {
  if (!interval) return [];
  const crossed = [level, possible].filter((limit) => interval[0] <= limit && interval[1] > limit);
  if (crossed.length === 0) return [];
  const limits = [...new Set(crossed)].map(digits).join(" and ");
  return [`whether p, from ${digits(interval[0])} to ${digits(interval[1])}, passes ${limits}`];
}

/**
 * From findings to verdicts. A column drifted when there is evidence (it is not chance) and an effect (it matters), and
 * the verdict says which of the two was missing. Evidence alone alarms on every table that is large enough, an effect
 * alone on every window that is small enough.
 */
import { adjust } from "../statistics/adjust.js";
import { apart } from "./change.js";
import { isLarge, mostNotable } from "./effects.js";
import type { Finding } from "./methods.js";
import type { Settings } from "./options.js";
import type { AvailabilityChange, ColumnReport, Effect, Severity } from "./report.js";
import { stateWords } from "./states.js";

/** One column's findings, before the correction over the columns. */
export interface Signals {
  /** `null` where the values could not be judged. */
  readonly value: Finding | null;
  readonly availability: AvailabilityChange | null;
  /** Least p-value that drift is decided at, where the user set one for this column. */
  readonly level: number | undefined;
}

export interface Decision {
  readonly pValue: number | null;
  readonly adjustedPValue: number | null;
  readonly severity: Severity;
  readonly reason: string;
  /** What the worst verdict is about, and the effect behind it. */
  readonly signal: ColumnReport["signal"];
  readonly effect: Effect | null;
}

/** What decides on p-values. */
export type Levels = Pick<Settings, "level" | "possibleLevel" | "correction">;

/** Decides all columns together: correction needs to know how many were tested. */
export function decide(columns: readonly Signals[], settings: Levels): Decision[] {
  const pValues = columns.map(combined);
  const adjusted = adjust(pValues, settings.correction);
  return columns.map((signals, k) => decideColumn(signals, pValues[k]!, adjusted[k]!, settings));
}

/**
 * A column's level is shared by its values and its availability, where both were tested: a change of availability that
 * matters shows in a small share of the rows that a change of values needs.
 */
const shares = { value: 0.8, availability: 0.2 };

/** P-values by their share of the level; the smaller one is the column's. */
function weighed({ value, availability }: Signals): {
  readonly value: number | null;
  readonly availability: number | null;
} {
  const [p, q] = [value?.pValue ?? null, availability?.pValue ?? null];
  if (p === null || q === null) return { value: p, availability: q };
  return { value: Math.min(1, p / shares.value), availability: Math.min(1, q / shares.availability) };
}

function combined(signals: Signals): number | null {
  const { value, availability } = weighed(signals);
  return value === null || availability === null ? (value ?? availability) : Math.min(value, availability);
}

function decideColumn(signals: Signals, pValue: number | null, adjusted: number | null, settings: Levels): Decision {
  const { value, availability } = signals;
  // The smaller p-value of the two made the column's; the other one is adjusted in proportion.
  const of = weighed(signals);
  const smallest = combined(signals) ?? 1;
  const adjustedOf = (p: number | null): number | null =>
    p === null || adjusted === null
      ? null
      : smallest === 0
        ? p === 0
          ? adjusted
          : 1
        : Math.min(1, adjusted * (p / smallest));
  const level = signals.level ?? settings.level;
  const judge = (signal: Verdict["signal"], p: number | null, effect: Effect | null, what: string): Verdict => {
    const q = adjustedOf(p);
    const verdict = verdictOf(q, effect, what, level, Math.max(level, settings.possibleLevel));
    const { resolution = 0, pValue: own = null } = (signal === "values" && value) || {};
    const isLeast = own !== null && own <= resolution * (1 + 1e-9);
    return { ...(isLeast ? unresolved(verdict, q!, effect, resolution, level) : verdict), signal, effect };
  };
  const verdicts = [
    value && judge("values", of.value, mostNotable(value.effects), "values"),
    availability?.effect &&
      judge(
        "availability",
        of.availability,
        availability.effect,
        `the shares of ${stateWords(availability.changed) || "values"}`,
      ),
  ].filter((verdict) => !!verdict);
  const worst = verdicts.reduce<Verdict | null>((one, other) => (one && rank(one) >= rank(other) ? one : other), null);
  return {
    pValue,
    adjustedPValue: adjusted,
    severity: worst?.severity ?? "none",
    reason: worst?.reason ?? "nothing to judge",
    signal: worst?.signal ?? null,
    effect: worst?.effect ?? null,
  };
}

interface Verdict {
  readonly severity: Severity;
  readonly reason: string;
  readonly signal: "values" | "availability";
  readonly effect: Effect | null;
}

const severities: readonly Severity[] = ["none", "unresolved", "possible", "drift"];

/** By severity; of equal ones that with an effect that matters. */
function rank({ severity, effect }: Verdict): number {
  return severities.indexOf(severity) + (isLarge(effect) ? 0.5 : 0);
}

function verdictOf(
  q: number | null,
  effect: Effect | null,
  what: string,
  level: number,
  possibleLevel: number,
): Pick<Verdict, "severity" | "reason"> {
  const large = isLarge(effect);
  const reaches = sizeOf(effect);
  if (q === null) {
    return large
      ? { severity: "drift", reason: `${what} differ by enough to matter: ${reaches} (no p-value)` }
      : { severity: "none", reason: `too small to matter: ${reaches} (no p-value)` };
  }
  const evidence = q < 1e-300 ? "p < 1e-300" : `p ${digits(q)}`;
  if (q <= level) {
    return large
      ? { severity: "drift", reason: `${what} differ (${evidence}) by enough to matter (${reaches})` }
      : { severity: "none", reason: `${what} differ (${evidence}), too little to matter (${reaches})` };
  }
  if (!large) return { severity: "none", reason: `no difference to speak of (${evidence}, ${reaches})` };
  return q <= possibleLevel
    ? { severity: "possible", reason: `${what} may differ (p ${between(q, ">", level)}; ${reaches})` }
    : { severity: "none", reason: `within chance (${evidence}), although ${reaches}` };
}

/** `ks 0.1 ≥ 0.04` */
function sizeOf(effect: Effect | null): string {
  if (effect === null) return "";
  const { name, value, infinite, threshold } = effect;
  const sign = isLarge(effect) ? "≥" : "<";
  if (infinite) return `${name} infinite ${sign} ${digits(threshold)}`;
  return value === null ? ` ${sign} ${digits(threshold)}` : `${name} ${between(value, sign, threshold)}`;
}

/** `0.123 ≥ 0.1`, with as many digits as it takes to see it. */
function between(x: number, sign: string, limit: number): string {
  return apart((count) => [withDigits(x, count), withDigits(limit, count)], 3, 17).join(` ${sign} `);
}

/** A resampled p-value that is as small as it can be tells of a large effect no more than that. */
function unresolved<V extends Pick<Verdict, "severity" | "reason">>(
  verdict: V,
  q: number,
  effect: Effect | null,
  resolution: number,
  level: number,
): V {
  if (q <= level || !isLarge(effect)) return verdict;
  const limit = `resampled p-values cannot be below ${digits(resolution)}, ${digits(q)} after correction`;
  if (verdict.severity !== "none") return { ...verdict, reason: `${verdict.reason}; ${limit}` };
  return { ...verdict, severity: "unresolved", reason: `${sizeOf(effect)}, but ${limit}: more than ${level}` };
}

/** Three digits, as people read them. */
export function digits(x: number): string {
  return withDigits(x, 3);
}

function withDigits(x: number, count: number): string {
  if (x === 0) return "0";
  const size = Math.abs(x);
  return size >= 0.001 && size < 100_000 ? String(Number(x.toPrecision(count))) : x.toExponential(count - 2);
}

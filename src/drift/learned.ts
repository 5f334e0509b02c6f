/** Thresholds that were learned from a reference, and what they do to findings. */
import { shown } from "../statistics/option-checks.js";
import type { ColumnFindings } from "./columns.js";
import { methods } from "./methods.js";
import type { Effect } from "./report.js";

/** An effect over the chunks, and the threshold that follows. */
export interface LearnedThreshold {
  readonly threshold: number;
  readonly mean: number;
  /** Divisor: the number of chunks. */
  readonly standardDeviation: number;
  /** Chunks that had this effect. */
  readonly chunks: number;
}

/** Plain data: what `learnThresholds` returns and `compare` takes. */
export interface LearnedThresholds {
  readonly format: 1;
  readonly chunks: number;
  readonly chunkRows: number;
  readonly deviations: number;
  readonly against: "rest" | "whole";
  /** By column, then by the effect's name, `cohens-h` for missing values among them. */
  readonly columns: { readonly [column: string]: { readonly [effect: string]: LearnedThreshold } };
}

/** @throws TypeError for what `learnThresholds` cannot have returned */
export function checkLearned(learned: unknown): void {
  const { format, columns } = (typeof learned === "object" && learned ? learned : {}) as Partial<LearnedThresholds>;
  if (format !== 1 || typeof columns !== "object" || columns === null) {
    throw new TypeError(`compare: learned must be what learnThresholds returned, got ${shown(learned)}`);
  }
  for (const [column, effects] of Object.entries(columns)) {
    for (const [name, found] of Object.entries(effects ?? {})) {
      if (found && typeof found.threshold === "number" && found.threshold >= 0) continue;
      throw new TypeError(`compare: learned needs a threshold of ${name} of ${column}, got ${shown(found?.threshold)}`);
    }
  }
}

/**
 * The findings with the thresholds that were learned for a column. A threshold that was set for a distance stays: the
 * user's word goes before what was learned.
 *
 * @param given  whether a threshold was set for the column
 */
export function withLearned(
  found: ColumnFindings,
  column: string,
  { columns }: LearnedThresholds,
  given: boolean,
): ColumnFindings {
  const learned = Object.hasOwn(columns, column) ? columns[column]! : {};
  const inPlace = (effect: Effect): Effect =>
    Object.hasOwn(learned, effect.name) ? { ...effect, threshold: learned[effect.name]!.threshold } : effect;
  const { value, availability } = found;
  const kept = given && methods.get(found.method ?? "")?.threshold === "effect";
  return {
    ...found,
    value: value && !kept ? { ...value, effects: value.effects.map(inPlace) } : value,
    availability: availability?.effect ? { ...availability, effect: inPlace(availability.effect) } : availability,
  };
}

/** What decides a verdict, besides methods and thresholds: levels, rule, weights, schedule and dependent rows. */
import { type Correction, corrections } from "../statistics/adjust.js";
import { oneOf } from "../statistics/one-of.js";
import { knownOptions, shown } from "../statistics/option-checks.js";

/** How often a comparison is made, by one of these units. */
export type Schedule = { readonly [unit in ScheduleUnit]?: number };
export type ScheduleUnit = keyof typeof unitsPerYear;

/** When a dataset counts as drifted: from a share of its judged columns on, or when any column did. */
export type DatasetRule = (typeof datasetRules)[number];

export interface DecisionOptions {
  /** Adjusted p-values up to this are evidence of drift; 0.005 if not given. Those of a threshold go before it. */
  readonly level?: number;
  /** Adjusted p-values up to this are worth a look; 0.05, and at least `level`, if not given. */
  readonly possibleLevel?: number;
  /** How p-values are adjusted for the number of columns; `bh` (Benjamini-Hochberg) if not given. */
  readonly correction?: Correction;
  /** Values that a side needs before its column is judged; 20 if not given. */
  readonly minimumValues?: number;
  /** `share` if not given. `any`: p-values are adjusted for the number of columns, so one that drifted is enough. */
  readonly datasetRule?: DatasetRule;
  /** Share of the judged columns from which on the dataset counts as drifted; 0.5 if not given. */
  readonly share?: number;
  /** Importance by column, at least 0; 1 where not given. The share of drifted columns is then one of weights. */
  readonly weights?: { readonly [column: string]: number };
  /** How often the comparison is made: `{ perDay: 24 }`. False alarms a year are then told. */
  readonly schedule?: Schedule;
  /**
   * A column whose rows of one value depend on each other: all orders of one customer. Rows without a value in it are
   * groups of their own. P-values then allow for it. The column itself is only compared where `columns` names it.
   */
  readonly clusterBy?: string;
  /**
   * Rows depend on those near them, in row order: `true` takes how far from the reference's autocorrelation, a number
   * of rows is taken as it is. P-values then allow for it.
   */
  readonly blocks?: boolean | number;
}

/** Decision options with their defaults. */
export interface DecisionSettings {
  readonly level: number;
  readonly possibleLevel: number;
  readonly correction: Correction;
  readonly minimumValues: number;
  readonly datasetRule: DatasetRule;
  readonly share: number;
  readonly weights: { readonly [column: string]: number } | null;
  readonly schedule: Schedule | null;
  readonly clusterBy: string | null;
  /** `true`: as far as the reference says. */
  readonly blocks: true | number | null;
}

export const decisionNames = [
  "level",
  "possibleLevel",
  "correction",
  "minimumValues",
  "datasetRule",
  "share",
  "weights",
  "schedule",
  "clusterBy",
  "blocks",
] as const;

const datasetRules = ["share", "any"] as const;

const unitsPerYear = { perHour: 8766, perDay: 365.25, perWeek: 365.25 / 7, perMonth: 12, perYear: 1 } as const;
export const scheduleUnits = Object.keys(unitsPerYear) as readonly ScheduleUnit[];

/**
 * @param names of the columns that are compared
 * @throws TypeError for an option of another type, RangeError for one out of its range or a column that there is not
 */
export function decisionSettings(options: DecisionOptions, names: readonly string[]): DecisionSettings {
  const { level = 0.005, correction = "bh", share = 0.5, minimumValues = 20, datasetRule = "share" } = options;
  probability("level", level);
  const { possibleLevel = Math.max(level, 0.05) } = options;
  probability("possibleLevel", possibleLevel);
  if (possibleLevel < level) {
    throw new RangeError(`compare: possibleLevel must be at least the level ${level}, got ${possibleLevel}`);
  }
  oneOf("compare", "correction", correction, corrections);
  oneOf("compare", "datasetRule", datasetRule, datasetRules);
  if (!(share > 0 && share <= 1)) throw new RangeError(`compare: share must lie in (0, 1], got ${share}`);
  if (!(minimumValues >= 1)) throw new RangeError(`compare: minimumValues must be at least 1, got ${minimumValues}`);
  const { weights = null, schedule = null } = options;
  if (weights !== null) checkWeights(weights, names);
  if (schedule !== null) comparisonsPerYear(schedule);
  const settings = { level, possibleLevel, correction, minimumValues, datasetRule, share, weights, schedule };
  return { ...settings, ...dependenceOf(options) };
}

/** How many comparisons a schedule makes a year. @throws TypeError, RangeError unless it is one positive number */
export function comparisonsPerYear(schedule: Schedule): number {
  knownOptions("compare: schedule", schedule, scheduleUnits);
  const given = scheduleUnits.filter((unit) => schedule[unit] !== undefined);
  const [unit] = given;
  const times = unit && schedule[unit];
  if (given.length !== 1 || typeof times !== "number") {
    throw new TypeError(`compare: schedule needs one number of ${scheduleUnits.join(", ")}, got ${given.length}`);
  }
  if (!(times > 0 && Number.isFinite(times))) {
    throw new RangeError(`compare: schedule needs a number of comparisons above 0, got ${times}`);
  }
  return times * unitsPerYear[unit!];
}

function dependenceOf({ clusterBy, blocks = false }: DecisionOptions): Pick<DecisionSettings, "clusterBy" | "blocks"> {
  if (clusterBy !== undefined && typeof clusterBy !== "string") {
    throw new TypeError(`compare: clusterBy must be the name of a column, got ${shown(clusterBy)}`);
  }
  if (typeof blocks !== "boolean" && typeof blocks !== "number") {
    throw new TypeError(`compare: blocks must be true, false or a number of rows, got ${shown(blocks)}`);
  }
  if (typeof blocks === "number" && !(Number.isInteger(blocks) && blocks >= 1)) {
    throw new RangeError(`compare: blocks must be a whole number of at least 1 row, got ${blocks}`);
  }
  if (clusterBy !== undefined && blocks !== false) {
    throw new RangeError("compare: rows depend by clusterBy or in blocks, not both");
  }
  return { clusterBy: clusterBy ?? null, blocks: blocks === false ? null : blocks };
}

function probability(name: string, value: unknown): void {
  if (typeof value !== "number") throw new TypeError(`compare: ${name} must be a number, got ${shown(value)}`);
  if (!(value > 0 && value < 1)) throw new RangeError(`compare: ${name} must lie between 0 and 1, got ${value}`);
}

function checkWeights(weights: unknown, names: readonly string[]): void {
  if (typeof weights !== "object" || weights === null || Array.isArray(weights)) {
    throw new TypeError(`compare: weights must be an object, got ${shown(weights)}`);
  }
  for (const [column, weight] of Object.entries(weights)) {
    if (!names.includes(column)) {
      throw new RangeError(`compare: weights names ${JSON.stringify(column)}, no such column`);
    }
    if (typeof weight !== "number") {
      throw new TypeError(`compare: the weight of ${column} must be a number, got ${shown(weight)}`);
    }
    if (!(weight >= 0 && Number.isFinite(weight))) {
      throw new RangeError(`compare: the weight of ${column} must be at least 0, got ${weight}`);
    }
  }
}

/** Options of detectors as plain data, so that configuration files can be checked before anything is made of them. */
import { oneOf } from "../statistics/one-of.js";
import { shown } from "../statistics/option-checks.js";
import { suggestion } from "../statistics/suggest.js";

interface Told {
  /** In a sentence. */
  readonly words: string;
}

/** Numbers within bounds, both taken unless `open` says otherwise. */
export interface NumberRule extends Told {
  readonly kind: "number" | "whole number";
  /** `null`: the method does without, or computes it. */
  readonly default: number | null;
  readonly least: number;
  readonly most: number;
  readonly open?: "least" | "most" | "both";
}

export type OptionRule =
  | NumberRule
  | (Told & { readonly kind: "one of"; readonly default: string; readonly values: readonly string[] })
  | (Told & { readonly kind: "numbers"; readonly default: null })
  /** Of programs only: no file can hold it, and no state. */
  | (Told & { readonly kind: "function"; readonly default: null });

export type OptionRules = { readonly [option: string]: OptionRule };

/** What is kept: a value for every option that is a number or one of a few words. */
export type PlainSettings = { readonly [option: string]: number | string | null };

const isKept = ({ kind }: OptionRule) => kind !== "numbers" && kind !== "function";

/**
 * The options with their defaults.
 *
 * @throws TypeError for options that are no object or of another type, RangeError for an option that there is not or that is out of bounds
 */
export function settingsOf(caller: string, given: unknown, rules: OptionRules): PlainSettings {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new TypeError(`${caller}: options must be an object, got ${shown(given)}`);
  }
  const names = Object.keys(rules);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const known = names.join(", ");
    throw new RangeError(
      `${caller}: there is no option ${JSON.stringify(unknown)}, but ${known}${suggestion(unknown, names)}`,
    );
  }
  const entries = Object.entries(rules).flatMap(([name, rule]) => {
    const value: unknown = (given as { [name: string]: unknown })[name] ?? rule.default;
    if (value !== rule.default) checkOption(caller, name, value, rule);
    return isKept(rule) ? [[name, value as number | string | null] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** Those of a state, which has all of them. @throws TypeError, RangeError as `settingsOf` */
export function restoredSettings(caller: string, options: unknown, rules: OptionRules): PlainSettings {
  const kept = Object.fromEntries(Object.entries(rules).filter(([, rule]) => isKept(rule)));
  const settings = settingsOf(`restoreDetector: ${caller}`, options, kept);
  const given = options as { readonly [name: string]: unknown };
  const missing = Object.entries(kept).find(
    ([name, rule]) => !Object.hasOwn(given, name) || ((given[name] ?? null) === null && rule.default !== null),
  )?.[0];
  if (missing === undefined) return settings;
  throw new RangeError(`restoreDetector: ${caller}: a state has all options, and this one no ${missing}`);
}

/** @throws TypeError for a value of another type, RangeError for one out of bounds */
export function checkOption(caller: string, name: string, value: unknown, rule: OptionRule): void {
  if (rule.kind === "one of") oneOf(caller, name, value, rule.values);
  else if (rule.kind === "function") {
    if (typeof value !== "function") throw new TypeError(`${caller}: ${name} must be a function, got ${shown(value)}`);
  } else if (rule.kind === "numbers") checkNumbers(caller, name, value);
  else if (!isWithin(value, rule)) {
    const message = `${caller}: ${name} must be ${boundsOf(rule)}, got ${shown(value)}`;
    throw typeof value === "number" ? new RangeError(message) : new TypeError(message);
  }
}

function isWithin(value: unknown, { kind, least, most, open }: NumberRule): boolean {
  if (typeof value !== "number" || !(value >= least && value <= most)) return false;
  if (kind === "whole number" && !Number.isInteger(value)) return false;
  if (value === least && (open === "least" || open === "both")) return false;
  return !(value === most && (open === "most" || open === "both"));
}

function boundsOf({ kind, least, most, open }: NumberRule): string {
  const above = open === "least" || open === "both" ? `above ${least}` : `of at least ${least}`;
  const below = open === "most" || open === "both" ? `below ${most}` : `at most ${most}`;
  return `a ${kind} ${above} and ${below}`;
}

function checkNumbers(caller: string, name: string, value: unknown): void {
  if (!Array.isArray(value) && !ArrayBuffer.isView(value)) {
    throw new TypeError(`${caller}: ${name} must be an array of numbers, got ${shown(value)}`);
  }
  const wrong = Array.from(value as ArrayLike<unknown>).find((x) => !(Math.abs(x as number) <= 1e100));
  if (wrong === undefined) return;
  throw new RangeError(`${caller}: ${name} must be numbers up to 1e100 either way, got ${shown(wrong)}`);
}

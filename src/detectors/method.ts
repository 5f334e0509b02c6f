/** A detector as a row of a table: what it is called, what it takes, how it begins and what it does with a value. */
import { shown } from "../statistics/option-checks.js";
import type { Detector, DetectorState, DetectorStatus } from "./detector.js";
import { type OptionRule, type PlainSettings, restoredSettings, settingsOf } from "./options.js";

/**
 * `numbers`: any, up to 1e100 either way, so that no sum of squares overflows. `normal scores`: the same, once standardised. `errors`: 0 where a
 * model was right, 1 where it was wrong. `bounded`: from `low` to `high`.
 */
export type DetectorInput = "numbers" | "normal scores" | "errors" | "bounded";

/** What cannot be kept in a state and is given again when it is restored. */
export interface NotKept {
  /** Numbers from 0 up to, and without, 1. */
  readonly random?: (() => number) | undefined;
}

/** What callers give, before it is checked. */
export type GivenOptions = { readonly [option: string]: unknown };

export interface DetectorMethod<Settings extends object, Saved extends object, Memory extends object = Saved> {
  readonly name: string;
  readonly takes: DetectorInput;
  /** In a sentence. */
  readonly words: string;
  readonly options: { readonly [option: string]: OptionRule };
  /** @throws RangeError for settings that contradict each other, fresh or restored */
  readonly check?: (settings: Settings) => void;
  /** What the options of a new detector mean together: thresholds are computed here, once. */
  readonly settle?: (settings: Settings, given: GivenOptions) => Settings;
  readonly begin: (settings: Settings, given: GivenOptions) => Memory;
  readonly step: (memory: Memory, value: number, settings: Settings) => DetectorStatus;
  /** Plain data to go on from. */
  readonly save: (memory: Memory) => Saved;
  /** @throws RangeError for what `save` does not write */
  readonly load: (saved: GivenOptions, settings: Settings, notKept: NotKept) => Memory;
}

/** A detector that can be made: by its function, by name, from a state. */
export interface DetectorKind<State extends DetectorState = DetectorState> {
  readonly name: string;
  readonly takes: DetectorInput;
  readonly words: string;
  readonly options: { readonly [option: string]: OptionRule };
  /** @throws TypeError, RangeError for options that the method does not take */
  readonly create: (options: object) => Detector<State>;
  /** @throws TypeError, RangeError for what is no state of the method */
  readonly restore: (state: DetectorState, notKept: NotKept) => Detector<State>;
}

const most = 1e100;

export function kindOf<Settings extends object, Saved extends object, Memory extends object = Saved>(
  method: DetectorMethod<Settings, Saved, Memory>,
): DetectorKind<DetectorState & Saved> {
  const { name, takes, words, options: rules } = method;
  return {
    name,
    takes,
    words,
    options: rules,
    create(options) {
      const given = options as GivenOptions;
      const checked = settingsOf(name, given, rules) as Settings;
      const settings = method.settle?.(checked, given) ?? checked;
      method.check?.(settings);
      return detectorOf(method, settings, method.begin(settings, given));
    },
    restore(state, notKept) {
      const settings = restoredSettings(name, state.options, rules) as Settings;
      method.check?.(settings);
      return detectorOf(method, settings, method.load(state, settings, notKept));
    },
  };
}

function detectorOf<Settings extends object, Saved extends object, Memory extends object>(
  { name, takes, step, save }: DetectorMethod<Settings, Saved, Memory>,
  settings: Settings,
  memory: Memory,
): Detector<DetectorState & Saved> {
  const [low, high] = rangeOf(takes, settings);
  const onlyErrors = takes === "errors";
  return {
    name,
    update(value) {
      if (!(value >= low && value <= high) || typeof value !== "number" || (onlyErrors && value !== 0 && value !== 1)) {
        throw refusal(name, takes, low, high, value);
      }
      return step(memory, value, settings);
    },
    state: () => ({ detector: name, options: { ...settings } as PlainSettings, ...save(memory) }),
  };
}

function rangeOf(takes: DetectorInput, settings: { readonly low?: number | null; readonly high?: number | null }) {
  if (takes === "errors") return [0, 1] as const;
  return [settings.low ?? -most, settings.high ?? most] as const;
}

function refusal(name: string, takes: DetectorInput, low: number, high: number, value: unknown): Error {
  const wanted = takes === "errors" ? "0 or 1" : `a number from ${low} to ${high}`;
  const message = `${name}: a value must be ${wanted}, got ${shown(value)}`;
  return typeof value === "number" ? new RangeError(message) : new TypeError(message);
}

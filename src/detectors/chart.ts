/** Control charts of standard scores: what CUSUM, EWMA and Shewhart's chart have in common. */

import type { DetectorState, DetectorStatus } from "./detector.js";
import { type DetectorKind, type GivenOptions, kindOf } from "./method.js";
import type { OptionRule } from "./options.js";
import { plainMemory, type SavedBounds } from "./saved.js";
import {
  beginStandard,
  checkStandardising,
  notBoth,
  type Standard,
  type StandardisingOptions,
  type StandardisingSettings,
  standardBounds,
  standardised,
} from "./standardised.js";

export interface ChartOptions extends StandardisingOptions {
  /** In place of the threshold: values from one false alarm to the next, on average. */
  readonly falseAlarmEvery?: number;
}

export interface ChartSettings extends StandardisingSettings {
  readonly falseAlarmEvery: number | null;
}

export interface ChartMemory extends Standard {
  /** Since the last drift. */
  values: number;
  drifted: boolean;
}

interface Chart<Settings extends ChartSettings, Own extends object> {
  readonly name: string;
  readonly words: string;
  readonly options: { readonly [option: string]: OptionRule };
  /** The option that `falseAlarmEvery` computes. */
  readonly threshold: keyof Settings & string;
  readonly calibrate: (settings: Settings, falseAlarmEvery: number) => number;
  /** What is remembered beside the values that scores come from, before the first of them. */
  readonly begin: () => Own;
  readonly bounds: SavedBounds;
  /** Adds a score, and tells whether it is a drift. */
  readonly drifts: (memory: Own, score: number, settings: Settings) => boolean;
}

/** It begins anew after a drift. */
export function chartOf<Settings extends ChartSettings, Own extends object>(
  chart: Chart<Settings, Own>,
): DetectorKind<DetectorState & ChartMemory & Own> {
  const { name, words, options, threshold } = chart;
  type Memory = ChartMemory & Own;
  const begin = (): Memory => ({ values: 0, ...beginStandard(), ...chart.begin(), drifted: false });
  return kindOf<Settings, Memory>({
    ...{ name, takes: "normal scores", words, options },
    settle(settings: Settings, given: GivenOptions): Settings {
      notBoth(name, given, threshold, "falseAlarmEvery");
      checkStandardising(name, settings, given);
      const { falseAlarmEvery } = settings;
      return falseAlarmEvery === null
        ? settings
        : { ...settings, [threshold]: chart.calibrate(settings, falseAlarmEvery) };
    },
    begin,
    save: (memory) => ({ ...memory }),
    load: (saved) => plainMemory(name, saved, begin(), { ...standardBounds, ...chart.bounds }),
    step(memory: Memory, value: number, settings: Settings): DetectorStatus {
      if (memory.drifted) Object.assign(memory, begin());
      memory.values += 1;
      const score = standardised(memory, value, settings);
      if (score === null) return "stable";
      memory.drifted = chart.drifts(memory, score, settings);
      return memory.drifted ? "drift" : "stable";
    },
  });
}

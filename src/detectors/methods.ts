/** All detectors by name. */

import { shown } from "../statistics/option-checks.js";
import { suggestion } from "../statistics/suggest.js";
import { adwinMethod } from "./adwin.js";
import { cusumMethod } from "./cusum.js";
import { ddmMethod } from "./ddm.js";
import type { Detector, DetectorState } from "./detector.js";
import { eddmMethod } from "./eddm.js";
import { ewmaMethod } from "./ewma.js";
import { hddmAMethod } from "./hddm-a.js";
import { hddmWMethod } from "./hddm-w.js";
import { incrementalKsMethod } from "./incremental-ks.js";
import { kswinMethod } from "./kswin.js";
import type { DetectorInput, DetectorKind, NotKept } from "./method.js";
import type { OptionRule } from "./options.js";
import { pageHinkleyMethod } from "./page-hinkley.js";
import { shewhartMethod } from "./shewhart.js";

const methods = {
  adwin: adwinMethod,
  pageHinkley: pageHinkleyMethod,
  cusum: cusumMethod,
  ewma: ewmaMethod,
  shewhart: shewhartMethod,
  kswin: kswinMethod,
  ddm: ddmMethod,
  eddm: eddmMethod,
  hddmA: hddmAMethod,
  hddmW: hddmWMethod,
  incrementalKs: incrementalKsMethod,
} as const satisfies { readonly [name: string]: DetectorKind };

export type DetectorName = keyof typeof methods;

/** What a detector takes, as plain data. */
export interface DetectorDescription {
  readonly name: DetectorName;
  readonly words: string;
  readonly takes: DetectorInput;
  readonly options: { readonly [option: string]: OptionRule };
}

/** All detectors with their options and bounds: what configuration files are checked against. */
export const detectors: readonly DetectorDescription[] = Object.entries(methods).map(([name, method]) => {
  const { words, takes, options } = method;
  return { name: name as DetectorName, words, takes, options };
});

/**
 * A detector by name: `detector("cusum", { falseAlarmEvery: 1000 })`, or as configurations have it,
 * `detector({ detector: "cusum", falseAlarmEvery: 1000 })`.
 *
 * @throws TypeError, RangeError for names and options that there are not, and values that they do not take
 */
export function detector(
  name: string | { readonly detector: string; readonly [option: string]: unknown },
  options: { readonly [option: string]: unknown } = {},
): Detector {
  if (typeof name === "object" && name !== null) {
    const { detector: its, ...others } = name;
    return methodOf("detector", its).create({ ...others, ...options });
  }
  return methodOf("detector", name).create(options);
}

/**
 * Goes on from what `state()` gave, after JSON too, as if nothing had happened.
 *
 * @param notKept `random` of a kswin that was given one
 * @throws TypeError, RangeError for what is no state
 */
export function restoreDetector(state: DetectorState, notKept: NotKept = {}): Detector {
  if (typeof state !== "object" || state === null) {
    throw new TypeError(`restoreDetector: a state must be an object, got ${shown(state)}`);
  }
  return methodOf("restoreDetector", state.detector).restore(state, notKept);
}

function methodOf(caller: string, name: unknown): DetectorKind {
  if (typeof name !== "string")
    throw new TypeError(`${caller}: a detector's name must be a string, got ${shown(name)}`);
  const names = Object.keys(methods);
  const found = names.find((known) => known === name);
  if (found !== undefined) return methods[found as DetectorName];
  throw new RangeError(
    `${caller}: there is no detector ${JSON.stringify(name)}, but ${names.join(", ")}${suggestion(name, names)}`,
  );
}

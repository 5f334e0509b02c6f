/** What a monitor is told, checked before anything else. */

import { tableOf } from "../column/table-of.js";
import { detector } from "../detectors/methods.js";
import type { Comparable } from "../drift/compare.js";
import { type CompareOptions, checkedOptions } from "../drift/options.js";
import { isPreparedTable } from "../drift/prepare.js";
import { isProfile } from "../drift/profiles/is-profile.js";
import { inSharedMemory } from "../engine/sendable.js";
import { oneOf } from "../statistics/one-of.js";
import { knownOptions, shown } from "../statistics/option-checks.js";
import { wholeNumber } from "../statistics/whole-number.js";
import { type Duration, milliseconds } from "./duration.js";
import type { DetectorOptions, LabelOptions, MonitorOptions } from "./monitor-options.js";
import { type AgainstShape, againstShape, needsRows } from "./reference-shape.js";
import { seasonShape } from "./season.js";
import type { ModelName } from "./window-result.js";
import { type WindowShape, windowShape } from "./window-shape.js";

export interface Settings {
  readonly name: string;
  readonly model: ModelName | null;
  readonly shape: WindowShape;
  readonly against: AgainstShape;
  /** Where a period is known: the window a period before each. */
  readonly season: AgainstShape | null;
  readonly time: string | null;
  /** Columns that are not compared, unless `compare.columns` names them: the time, and the id that labels are joined by. */
  readonly without: readonly string[];
  readonly lateness: number;
  readonly late: "count" | "next";
  /** Infinite where times are not looked at. */
  readonly maximumAhead: number;
  readonly compare: CompareOptions;
  readonly labels: LabelOptions | null;
  readonly detectors: { readonly [series: string]: readonly DetectorOptions[] };
  readonly history: number;
  readonly maximumRows: number;
  readonly onWindow: NonNullable<MonitorOptions["onWindow"]>;
}

const names = [
  "name",
  "model",
  "window",
  "against",
  "reference",
  "time",
  "period",
  "lateness",
  "late",
  "maximumAhead",
  "compare",
  "labels",
  "detectors",
  "history",
  "maximumRows",
  "onWindow",
] as const;

const caller = "Monitor";

/** @throws TypeError for an option of another type, RangeError for what is out of range and for options that there are not */
export function checkedSettings(options: MonitorOptions): Settings {
  knownOptions(caller, options, names);
  const { name, model, time, late = "count", maximumRows = 10_000_000, onWindow = () => {} } = options;
  text("name", name);
  if (name.includes("/")) throw new RangeError(`${caller}: name must be without /, got ${shown(name)}`);
  if (time !== undefined) text("time", time);
  oneOf(caller, "late", late, ["count", "next"]);
  wholeNumber(caller, "maximumRows", maximumRows, 1, 2 ** 31);
  if (typeof onWindow !== "function") {
    throw new TypeError(`${caller}: onWindow must be a function, got ${shown(onWindow)}`);
  }
  const shape = windowShape(options.window);
  const { history = Math.min(4000, Math.max(200, 20 * shape.panes)) } = options;
  wholeNumber(caller, "history", history, 1, 100_000);
  const compare = checkedCompare(options.compare ?? {});
  const against = againstShape(options.against ?? "fixed", shape, compare, options.reference);
  const season = seasonShape(options.period, shape, against, compare, history);
  return {
    name,
    model: model === undefined ? null : checkedModel(model),
    shape,
    against,
    season,
    time: time ?? null,
    without: [time, options.labels?.id].filter(
      (name) => name !== undefined && !compare.columns?.includes(name),
    ) as string[],
    lateness: timeOr(0, "lateness", options.lateness),
    late,
    maximumAhead: timeOr(Number.POSITIVE_INFINITY, "maximumAhead", options.maximumAhead),
    compare,
    labels: options.labels ?? null,
    detectors: checkedDetectors(options.detectors ?? {}),
    history,
    maximumRows,
    onWindow,
  };
}

function timeOr(otherwise: number, name: string, duration: Duration | undefined): number {
  if (duration === undefined) return otherwise;
  return isZero(duration) ? 0 : milliseconds(`${caller}: ${name}`, duration);
}

/** Durations are positive, and no time at all may be told as 0 only where it means something. */
export function isZero(duration: unknown): boolean {
  return duration === 0 || (typeof duration === "string" && /^\s*0\s*(ms|s|m|h|d|w)?\s*$/.test(duration));
}

function text(name: string, value: unknown): asserts value is string {
  if (typeof value !== "string") throw new TypeError(`${caller}: ${name} must be a text, got ${shown(value)}`);
  if (value === "") throw new RangeError(`${caller}: ${name} must not be empty`);
}

function checkedModel(model: NonNullable<MonitorOptions["model"]>): ModelName {
  knownOptions(`${caller}: model`, model, ["name", "version"]);
  text("model.name", model.name);
  if (model.version !== undefined) text("model.version", model.version);
  return { name: model.name, version: model.version ?? null };
}

/** With names of columns, which nobody can know before rows come, taken as they are. */
function checkedCompare(compare: NonNullable<MonitorOptions["compare"]>): CompareOptions {
  knownObject("compare", compare);
  for (const name of ["signal", "onProgress", "pairBy"] as const) {
    if ((compare as CompareOptions)[name] === undefined) continue;
    throw new RangeError(`${caller}: compare.${name} is no option of a monitor's comparisons`);
  }
  const { columns = [], methods, thresholds, clusterBy } = compare as CompareOptions;
  const mentioned = [columns, Object.keys(methods ?? {}), Object.keys(thresholds ?? {}), clusterBy ?? []].flat();
  const unsupported = new Map(mentioned.map((name): [string, string] => [String(name), "unknown"]));
  const none = { rows: 0, columns: new Map(), unsupported };
  rethrown(`${caller}: `, () => checkedOptions(compare, none, none));
  const { startOfServing } = compare;
  // Threads are sent it with every window.
  return startOfServing ? { ...compare, startOfServing: inSharedMemory(tableOf(startOfServing)) } : compare;
}

function knownObject(name: string, value: unknown): void {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return;
  throw new TypeError(`${caller}: ${name} must be an object, got ${shown(value)}`);
}

function checkedDetectors(detectors: NonNullable<MonitorOptions["detectors"]>): Settings["detectors"] {
  knownObject("detectors", detectors);
  for (const [series, chosen] of Object.entries(detectors)) {
    if (!Array.isArray(chosen)) {
      throw new TypeError(`${caller}: detectors.${series} must be an array, got ${shown(chosen)}`);
    }
    for (const [k, one] of chosen.entries()) {
      knownObject(`detectors.${series}[${k}]`, one);
      rethrown(`${caller}: detectors.${series}[${k}]: `, () => detector(one as DetectorOptions));
    }
  }
  return detectors;
}

/** What is refused elsewhere, with where it stands. */
function rethrown(where: string, work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) error.message = `${where}${error.message}`;
    throw error;
  }
}

/** @throws TypeError for what cannot be compared, RangeError where windows are compared with earlier ones */
export function checkReference({ against, compare }: Settings, reference: Comparable): void {
  if (against.kind !== "fixed") {
    throw new RangeError(`${caller}: reference goes with against fixed, got one with ${against.kind}`);
  }
  if (typeof reference !== "object" || reference === null) {
    throw new TypeError(`${caller}: reference must be a table, a prepared one or a profile, got ${shown(reference)}`);
  }
  if (Array.isArray(reference)) {
    throw new TypeError(`${caller}: reference must be a table, got an array: rowsToTable makes one of rows`);
  }
  const asked = needsRows(compare);
  if (asked === undefined || !isWithoutRows(reference)) return;
  throw new TypeError(`${caller}: compare.${asked} needs the rows of the reference, which it has not kept`);
}

/** What has no rows to be looked at together. */
export function isWithoutRows(reference: Comparable): boolean {
  return isPreparedTable(reference) || isProfile(reference);
}

/** Seasonal evidence: each window is compared with the one a period ago too, of which profiles are kept. */
import type { CompareOptions } from "../drift/options.js";
import { shown } from "../statistics/option-checks.js";
import { type AgainstShape, lagOf } from "./reference-shape.js";
import type { SentHistory } from "./score-history.js";
import type { WindowShape } from "./window-shape.js";

/** What threads are sent of it. */
export interface SentSeason {
  /** In windows. */
  readonly period: number;
  /** Of the panes of the window a period ago. */
  readonly profiles: readonly Uint8Array[];
  /** Scores of earlier windows against those a period before them. */
  readonly history: SentHistory;
}

/** Half of the windows that `driftKind` looks at. */
const longest = 200;

/** Options that choose or weigh rows, which profiles have not kept. */
const choosing = ["where", "clusterBy", "blocks"] as const;

/**
 * What windows are compared with a period ago; `null` where no period is known.
 *
 * @throws TypeError for what is no period, RangeError for one that does not go with windows or other options
 */
export function seasonShape(
  period: unknown,
  shape: WindowShape,
  against: AgainstShape,
  compare: CompareOptions,
  history: number,
): AgainstShape | null {
  if (period === undefined) return null;
  if (typeof period !== "number" && typeof period !== "string") {
    throw new TypeError(`Monitor: period must be a number of windows or a time as text, got ${shown(period)}`);
  }
  if (against.kind !== "fixed") {
    throw new RangeError(`Monitor: period goes with against fixed, got one with ${against.kind}`);
  }
  const windows = lagOf("period", period, shape);
  if (windows < 2 || windows > longest) {
    throw new RangeError(`Monitor: period must be 2 to ${longest} windows, got ${windows}`);
  }
  if (history < 2 * windows) {
    throw new RangeError(`Monitor: history must hold two periods, ${2 * windows} windows, got ${history}`);
  }
  const asked = choosing.find((name) => (compare as { readonly [name: string]: unknown })[name] !== undefined);
  if (asked !== undefined) {
    throw new RangeError(`Monitor: compare.${asked} needs rows, and of the windows a period ago profiles are kept`);
  }
  return { kind: "lag", keeps: "profiles", first: windows, last: windows };
}

/** Options of `compare` for scores of columns alone, against profiles. */
export function withoutRowOptions(compare: CompareOptions): CompareOptions {
  const { by, correlations, modelQuality, quality, target, prediction, features, joint, startOfServing, ...rest } =
    compare as CompareOptions & { readonly [name: string]: unknown };
  return rest;
}

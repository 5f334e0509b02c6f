/**
 * What windows are compared with, in panes. Window w holds the panes w to w + n - 1, so the windows before it that it does
 * not overlap are those up to w - n, and their rows lie in panes before w.
 */
import type { Comparable } from "../drift/compare.js";
import type { CompareOptions } from "../drift/options.js";
import { roleNames } from "../drift/roles.js";
import { knownOptions, shown } from "../statistics/option-checks.js";
import { wholeNumber } from "../statistics/whole-number.js";
import { milliseconds } from "./duration.js";
import type { ReferencePolicy } from "./monitor-options.js";
import type { WindowReference } from "./window-result.js";
import type { WindowShape } from "./window-shape.js";

export interface AgainstShape {
  readonly kind: WindowReference["kind"];
  /** Whether rows of earlier windows are kept, or their profiles; fixed ones need neither. */
  readonly keeps: "nothing" | "rows" | "profiles";
  /** The reference's first and last window, counted back from the current one; `null`: the first of all. */
  readonly first: number | null;
  readonly last: number;
}

/** Panes that are kept as rows for a lag at most; of longer lags profiles are. */
const mostLagged = 32;

/** Windows of a rolling reference, whose rows are kept. */
const mostRolling = 1000;

/** Options of `compare` that look at rows, which profiles have not kept. */
const rowOptions = ["by", "where", "correlations", "modelQuality", "clusterBy", "blocks", ...roleNames] as const;

/** @throws TypeError for what is no policy, RangeError for what does not go with windows or other options */
export function againstShape(
  against: ReferencePolicy,
  shape: WindowShape,
  compare: CompareOptions,
  reference: Comparable | undefined,
): AgainstShape {
  const found = shapeOf(against, shape);
  if (reference !== undefined && found.kind !== "fixed") {
    throw new RangeError(`Monitor: reference goes with against fixed, got one with ${found.kind}`);
  }
  const asked = needsRows(compare);
  if (found.keeps !== "profiles" || asked === undefined) return found;
  const why = found.kind === "lag" ? `a lag of more than ${mostLagged} panes` : "against expanding";
  throw new RangeError(`Monitor: compare.${asked} needs the reference's rows, of which ${why} keeps profiles alone`);
}

/** The first option that looks at the reference's rows, if any does. */
export function needsRows(compare: CompareOptions): string | undefined {
  return rowOptions.find((name) => compare[name] !== undefined && compare[name] !== false && compare[name] !== null);
}

function shapeOf(against: ReferencePolicy, shape: WindowShape): AgainstShape {
  const { panes } = shape;
  if (against === "fixed") return { kind: "fixed", keeps: "nothing", first: 0, last: 0 };
  if (against === "previous") return { kind: "previous", keeps: "rows", first: panes, last: panes };
  if (against === "expanding") return { kind: "expanding", keeps: "profiles", first: null, last: panes };
  if (typeof against === "string") {
    throw new RangeError(
      `Monitor: against must be fixed, previous, expanding, { rolling } or { lag }, got ${shown(against)}`,
    );
  }
  if (typeof against !== "object" || against === null || "rolling" in against === "lag" in against) {
    throw new TypeError(`Monitor: against must be a name, { rolling } or { lag }, got ${shown(against)}`);
  }
  if ("rolling" in against) {
    knownOptions("Monitor: against", against, ["rolling"]);
    wholeNumber("Monitor", "against.rolling", against.rolling, 1, mostRolling);
    return { kind: "rolling", keeps: "rows", first: panes + against.rolling - 1, last: panes };
  }
  knownOptions("Monitor: against", against, ["lag"]);
  const lag = lagOf("against.lag", against.lag, shape);
  return { kind: "lag", keeps: lag <= mostLagged ? "rows" : "profiles", first: lag, last: lag };
}

/**
 * In panes. A number is of windows, one beginning `every` after the other.
 *
 * @param name  of the option, in errors
 */
export function lagOf(name: string, lag: number | string, { by, every, panes }: WindowShape): number {
  if (typeof lag === "string" && by === "rows") {
    throw new RangeError(`Monitor: ${name} must be a number of windows where windows are of rows, got ${shown(lag)}`);
  }
  const windows = typeof lag === "string" ? milliseconds(`Monitor: ${name}`, lag) / every : lag;
  if (typeof lag === "string" && !Number.isInteger(windows)) {
    throw new RangeError(`Monitor: ${name} must be a multiple of ${every} ms, from one window to the next, got ${lag}`);
  }
  wholeNumber("Monitor", name, windows, 1, 1_000_000);
  if (windows >= panes) return windows;
  throw new RangeError(`Monitor: ${name} must be at least a window's length, so that they do not overlap, got ${lag}`);
}

/** How many panes before a window are still needed as rows. */
export function rowsReach({ keeps, first }: AgainstShape): number {
  return keeps === "rows" ? (first ?? 0) : 0;
}

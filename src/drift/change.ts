/** What changed in a column, as data and in words. */
import type { Kind } from "../column/column.js";
import type { OneSided } from "../statistics/category-cells.js";
import type { AvailabilityChange } from "./report.js";
import { type MissingState, stateWords } from "./states.js";

/** One thing that changed. Shares are of the values; those of `missing` of the rows. */
export type Change =
  /** Difference of the means in the reference's standard deviations; `null` where it has no spread. */
  | { readonly what: "mean"; readonly from: number; readonly to: number; readonly deviations: number | null }
  /** Standard deviations, and the second over the first; `null` where that is none. */
  | { readonly what: "spread"; readonly from: number; readonly to: number; readonly factor: number | null }
  /** Points in time. */
  | { readonly what: "median"; readonly from: string; readonly to: string; readonly seconds: number }
  | { readonly what: "zeros"; readonly from: number; readonly to: number }
  /** Share of current values beyond all of the reference's. */
  | { readonly what: "above" | "below"; readonly limit: number; readonly share: number }
  /** Share of the values up to a limit, where both sides differ most. */
  | { readonly what: "up-to"; readonly limit: number; readonly from: number; readonly to: number }
  | { readonly what: "category"; readonly category: string; readonly from: number; readonly to: number }
  | ({ readonly what: "new-categories" | "vanished-categories" } & OneSided)
  | {
      readonly what: "missing";
      readonly states: readonly MissingState[];
      readonly from: number;
      readonly to: number;
    };

/** The change of what rows hold in place of values: of what became more and of what became less, the larger first. */
export function missingChange({ reference, current, changed }: AvailabilityChange): Change[] {
  const share = (side: AvailabilityChange["reference"], states: readonly MissingState[]): number =>
    side.rows === 0 ? 0 : states.reduce((sum, state) => sum + side[state], 0) / side.rows;
  const rose = (state: MissingState): boolean => share(current, [state]) > share(reference, [state]);
  const directions = [changed.filter((state) => rose(state)), changed.filter((state) => !rose(state))];
  return directions
    .filter((states) => states.length > 0)
    .map((states) => ({ what: "missing" as const, states, from: share(reference, states), to: share(current, states) }))
    .sort((one, other) => Math.abs(other.to - other.from) - Math.abs(one.to - one.from));
}

/** Changes that a sentence names. */
const mostNamed = 2;

/** The first changes in words: `mean rose by 0.8 σ (3.26 → 9.04); spread grew × 1.5`. Empty without any. */
export function changeInWords(changes: readonly Change[], kind: Kind | null): string {
  return changes
    .slice(0, mostNamed)
    .map((change) => words(change, kind))
    .join("; ");
}

function words(change: Change, kind: Kind | null): string {
  switch (change.what) {
    case "mean":
      return meanWords(change);
    case "spread":
      return spreadWords(change);
    case "median": {
      const { from, to, seconds } = change;
      const by = `${inTime(Math.abs(seconds))} ${seconds < 0 ? "earlier" : "later"}`;
      return `median moved from ${moment(from, seconds)} to ${moment(to, seconds)}, ${by}`;
    }
    case "zeros":
      return `zeros ${shareStep(change.from, change.to)}`;
    case "above":
      return `${percent(change.share)} above the reference's maximum ${significant(change.limit, 3)}`;
    case "below":
      return `${percent(change.share)} below the reference's minimum ${significant(change.limit, 3)}`;
    case "up-to":
      return `values up to ${significant(change.limit, 3)} ${shareStep(change.from, change.to)}`;
    case "category": {
      if (change.category === "") return `empty texts ${shareStep(change.from, change.to)}`;
      const what = kind === "categorical" ? "category" : "share of";
      return `${what} \`${cut(change.category)}\` ${shareStep(change.from, change.to)}`;
    }
    case "new-categories":
      return `${counted(change.count, "new")}, ${percent(change.share)} of the values: ${listed(change)}`;
    case "vanished-categories":
      return `${counted(change.count, "vanished")}, ${percent(change.share)} of the reference: ${listed(change)}`;
    case "missing":
      return `${stateWords(change.states)} ${shareStep(change.from, change.to)}`;
  }
}

function meanWords({ from, to, deviations }: Change & { readonly what: "mean" }): string {
  const verb = to > from ? "rose" : "fell";
  const [before, after] = apart((digits) => [significant(from, digits), significant(to, digits)], 3, 17);
  return deviations === null
    ? `mean ${verb} from ${before} to ${after}`
    : `mean ${verb} by ${significant(Math.abs(deviations), 2)} σ (${before} → ${after})`;
}

function spreadWords({ from, to, factor }: Change & { readonly what: "spread" }): string {
  if (to === 0) return `spread vanished (σ was ${significant(from, 3)})`;
  if (factor === null) return `spread grew from ${significant(from, 3)} to ${significant(to, 3)}`;
  return `spread ${factor > 1 ? "grew" : "shrank"} × ${significant(factor, 2)}`;
}

/** `rose from 1 % to 30 %` */
function shareStep(from: number, to: number): string {
  const [before, after] = apart((digits) => [percent(from, digits), percent(to, digits)], 2, 8);
  return `${to > from ? "rose" : "fell"} from ${before} to ${after}`;
}

/** Two texts with as many digits as it takes to tell them apart. */
export function apart(texts: (digits: number) => [string, string], least: number, most: number): [string, string] {
  for (let digits = least; ; digits++) {
    const pair = texts(digits);
    if (digits >= most || pair[0] !== pair[1]) return pair;
  }
}

/** JavaScript writes smaller numbers with an exponent. */
const leastPercent = 1e-6;

/** `41 %`, `0.0008 %`, `99.97 %`: digits of what is rarer, the share or the rest. */
export function percent(share: number, digits = 2): string {
  if (share > leastPercent / 100 && share < 1e-5) return `${Number((100 * share).toPrecision(digits))} %`;
  if (share <= 0.99 || share >= 1) return `${significant(100 * share, digits)} %`;
  const places = Math.min(12, digits - 1 - Math.floor(Math.log10(100 * (1 - share))));
  return `${(100 * share).toFixed(Math.max(0, places))} %`;
}

/** A number as people read it: `0.0123`, `4.56`, `12300`, `1.23e7`. */
function significant(x: number, digits: number): string {
  const rounded = Number(x.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size === 0 || (size >= 0.001 && size < 10 ** Math.max(6, digits))) return String(rounded);
  return rounded.toExponential().replace("e+", "e");
}

const longestName = 32;

function cut(name: string): string {
  const letters = [...name];
  return letters.length > longestName ? `${letters.slice(0, longestName - 1).join("")}…` : name;
}

const fewNames = 3;

function listed({ names, count }: OneSided): string {
  const shown = names
    .slice(0, fewNames)
    .map((name) => (name === "" ? "empty texts" : cut(name)))
    .join(", ");
  return count > fewNames ? `${shown}, …` : shown;
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString("en-US")} ${what} categor${count === 1 ? "y" : "ies"}`;
}

const units = [
  [365.25 * 86400, "years"],
  [86400, "days"],
  [3600, "hours"],
  [60, "minutes"],
  [1, "seconds"],
] as const;

/** `62 days`: in the largest unit of which there are at least two. */
export function inTime(seconds: number): string {
  const [size, name] = units.find(([size]) => seconds >= 2 * size) ?? units.at(-1)!;
  const count = significant(seconds / size, 2);
  return `${count} ${count === "1" ? name.slice(0, -1) : name}`;
}

/** Without the time of day where the difference is one of days. */
function moment(iso: string, seconds: number): string {
  return Math.abs(seconds) >= 2 * 86400 ? iso.slice(0, iso.indexOf("T")) : iso.replace(/\.000Z$/, "Z");
}

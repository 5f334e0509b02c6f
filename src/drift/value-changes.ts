/** What changed in a column of numbers, most notable first. */
import type { Kind } from "../column/column.js";
import { both, type Plan } from "../source/plan.js";
import { above as doubleAbove } from "../statistics/next-double.js";
import { quantilesPlan } from "../statistics/quantile.js";
import type { Change } from "./change.js";
import type { Shape, Summary } from "./report.js";

/** What a column's numbers mean. */
interface Timed {
  readonly kind: Kind;
  readonly type: string;
  readonly unitsPerSecond: number;
}

/** A change and how notable it is; from 1 on it is named. */
export type Scored = readonly [score: number, change: Change];

/** What a change must reach to be named: in standard deviations, as the logarithm of a factor, as a share. */
const enough = { deviations: 0.05, factor: Math.log(1.1), zeros: 0.02, beyond: 0.02 };

/** @param found  of both sides, in the column's unit */
export function* valueChanges(
  [before, after]: readonly [Summary, Summary],
  column: Timed,
  shape: Shape | null,
): Plan<Change[]> {
  if (column.kind === "temporal") return yield* timeChanges(column);
  return mostNotable(before, after, yield* shareChanges(before), shape);
}

/** Changes of mean, spread and shares that are worth a name; where none is, that of the form. */
export function mostNotable(before: Summary, after: Summary, shares: readonly Scored[], shape: Shape | null): Change[] {
  const scored = [...meanChange(before, after), ...spreadChange(before, after), ...shares];
  const notable = scored.filter(([score]) => score >= 1).sort(([one], [other]) => other - one);
  if (notable.length > 0) return notable.map(([, change]) => change);
  return formChange(shape);
}

function meanChange({ mean: from, standardDeviation }: Summary, { mean: to }: Summary): Scored[] {
  if (from === null || to === null || from === to) return [];
  const deviations = standardDeviation ? (to - from) / standardDeviation : null;
  if (deviations !== null && !Number.isFinite(deviations)) return [];
  const score = deviations === null ? 100 : Math.abs(deviations) / enough.deviations;
  return [[score, { what: "mean", from, to, deviations }]];
}

function spreadChange(before: Summary, after: Summary): Scored[] {
  const [from, to] = [before.standardDeviation, after.standardDeviation];
  if (from === null || to === null || from === to) return [];
  const factor = from > 0 && Number.isFinite(to / from) ? to / from : null;
  const score = factor === null || to === 0 ? 10 : Math.abs(Math.log(factor)) / enough.factor;
  return [[score, { what: "spread", from, to, factor }]];
}

/** Zeros, and what lies beyond all of the reference's values: one look at both sides. */
function* shareChanges({ min, max }: Summary): Plan<Scored[]> {
  if (min === null || max === null) return [];
  const [low, high] = [Number(min), Number(max)];
  // What is above begins after the largest value; the last bin holds its upper edge.
  const above = high < Number.MAX_VALUE ? doubleAbove(high) : high;
  const edges = Float64Array.from(new Set([low, 0, Number.MIN_VALUE, above].map((x) => x + 0))).sort();
  const [x, y] = yield* both("bins", edges, false);
  const shares = [x, y].map(({ counts, under, over }) => {
    const all = under + over + counts.reduce((sum, count) => sum + count, 0);
    const from = edges.indexOf(low);
    const below = counts.reduce((sum, count, bin) => (bin < from ? sum + count : sum), under);
    const to = edges.indexOf(above);
    const beyond = counts.reduce((sum, count, bin) => (bin >= to ? sum + count : sum), over);
    return { zeros: counts[edges.indexOf(0)]! / all, below: below / all, above: beyond / all, all };
  });
  const [one, other] = shares as [(typeof shares)[0], (typeof shares)[0]];
  return one.all === 0 || other.all === 0 ? [] : scoredShares(one, other, low, high);
}

/** Shares of a side's values. */
export interface ValueShares {
  readonly zeros: number;
  /** Beyond the reference's extremes. */
  readonly below: number;
  readonly above: number;
}

export function scoredShares(one: ValueShares, other: ValueShares, low: number, high: number): Scored[] {
  return [
    [Math.abs(other.zeros - one.zeros) / enough.zeros, { what: "zeros", from: one.zeros, to: other.zeros }],
    [other.above / enough.beyond, { what: "above", limit: high, share: other.above }],
    [other.below / enough.beyond, { what: "below", limit: low, share: other.below }],
  ];
}

/** Where the distribution functions differ most, of a change that leaves centre and spread. */
function formChange(shape: Shape | null): Change[] {
  if (!shape?.edges) return [];
  let [from, to] = [0, 0];
  let largest: Change | null = null;
  let gap = 0;
  for (let bin = 0; bin + 1 < shape.reference.length; bin++) {
    from += shape.reference[bin]!;
    to += shape.current[bin]!;
    if (Math.abs(to - from) <= gap) continue;
    gap = Math.abs(to - from);
    largest = { what: "up-to", limit: shape.edges[bin + 1]!, from, to };
  }
  return largest === null ? [] : [largest];
}

function* timeChanges(column: Timed): Plan<Change[]> {
  if (!/^(Date|Timestamp)/.test(column.type)) return [];
  const [before] = (yield* quantilesPlan(0, [0.5])) ?? [];
  const [after] = (yield* quantilesPlan(1, [0.5])) ?? [];
  if (before === undefined || after === undefined || before === null || after === null) return [];
  return medianChange(Number(before), Number(after), column);
}

/** Medians in the column's unit. */
export function medianChange(before: number, after: number, { unitsPerSecond, type }: Timed): Change[] {
  if (!/^(Date|Timestamp)/.test(type)) return [];
  const times = [before, after].map((value) => (value / unitsPerSecond) * 1000);
  if (times[0] === times[1] || !times.every((time) => Math.abs(time) <= 8.64e15)) return [];
  const [from, to] = times.map((time) => new Date(time).toISOString()) as [string, string];
  return [{ what: "median", from, to, seconds: (times[1]! - times[0]!) / 1000 }];
}

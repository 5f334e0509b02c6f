/** Numeric columns in bins: edges from the reference alone, and an outer cell on either side for what it never saw. */
import { both, one, type Plan } from "../source/plan.js";
import { binCountPlan, type WidthRule, widthRules } from "./bin-rules.js";
import type { Cells } from "./category-cells.js";
import { uniformEdges } from "./histogram.js";
import { quantilesPlan } from "./quantile.js";

/**
 * `quantile`: the reference's deciles (equal ones are one edge). A number: bins of equal width over the reference's
 * range. `sturges`: log2(n) + 1 of those, rounded up; `doane`, `scott`, `fd`: as many as NumPy takes, but at most
 * 65 536. Or ascending edges.
 */
export type BinRule = "quantile" | WidthRule | number | readonly number[];

export interface BinnedCells extends Cells {
  /** Cell k lies between edges k - 1 and k; the first and the last are below and above all edges. */
  readonly edges: Float64Array;
}

const deciles = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** Counts both sides in the bins of a rule; bins are half open but the last, which is closed. */
export function* binnedCellsPlan(rule: BinRule = "quantile"): Plan<BinnedCells> {
  const uniform = isWidthRule(rule) || typeof rule === "number";
  const edges = Array.isArray(rule)
    ? Float64Array.from(rule)
    : yield* edgesPlan(rule as Exclude<BinRule, readonly number[]>);
  const [reference, current] = yield* both("bins", edges, uniform && edges.length > 2);
  const cells = (bins: typeof reference) => Float64Array.of(bins.under, ...bins.counts, bins.over);
  return { edges, reference: cells(reference), current: cells(current) };
}

/** @throws RangeError when a rule is none */
export function checkBins(caller: string, rule: BinRule): void {
  if (rule === "quantile" || isWidthRule(rule)) return;
  if (typeof rule === "number") {
    if (Number.isInteger(rule) && rule >= 1 && rule <= 65_536) return;
    throw new RangeError(`${caller}: bins must be a whole number from 1 to 65536, got ${rule}`);
  }
  if (!Array.isArray(rule)) throw new RangeError(`${caller}: bins must be a rule, a number or edges, got ${rule}`);
  if (rule.length < 2) throw new RangeError(`${caller}: bins need at least two edges, got ${rule.length}`);
  rule.forEach((edge, k) => {
    if (!Number.isFinite(edge) || (k > 0 && edge <= rule[k - 1])) {
      throw new RangeError(`${caller}: edges must be finite and ascend, got ${edge} at position ${k}`);
    }
  });
}

function isWidthRule(rule: BinRule): rule is WidthRule {
  return widthRules.some((known) => known === rule);
}

function* edgesPlan(rule: "quantile" | WidthRule | number): Plan<Float64Array> {
  if (rule === "quantile") {
    const found = (yield* quantilesPlan(0, deciles)) ?? [];
    const edges = Float64Array.from(new Set(found.map(Number).filter(Number.isFinite)));
    return edges.length > 1 ? edges : around(edges[0] ?? 0);
  }
  const { count, min, max } = yield* one(0, "moments", 4);
  if (!(min < max)) return around(count > 0 ? min : 0);
  if (typeof rule === "number") return uniformEdges(rule, [min, max]);
  if (rule === "sturges") return uniformEdges(Math.ceil(Math.log2(count) + 1), [min, max]);
  return uniformEdges(Math.min(yield* binCountPlan(0, rule), 65_536), [min, max]);
}

/** Edges around a constant, so that smaller, equal and larger values are told apart. */
function around(value: number): Float64Array {
  return Float64Array.of(value, above(value));
}

const bits = new DataView(new ArrayBuffer(8));

/** The next larger double. */
function above(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return bits.getFloat64(0);
}

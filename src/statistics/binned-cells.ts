/**
 * Numeric columns in bins: edges from the reference alone, and an outer cell on either side.
 *
 * Where the outermost edges are the reference's own extremes, its outer cells are empty by construction, not by chance:
 * one value of the other side beyond them would be evidence that it is not. A p-value needs cells that both sides can
 * fall into, so there the outer cells count with their neighbours.
 */
import { both, one, type Plan } from "../source/plan.js";
import { binCountPlan, type WidthRule, widthRules } from "./bin-rules.js";
import { type Cells, sum } from "./category-cells.js";
import { uniformEdges } from "./histogram.js";
import { above } from "./next-double.js";
import { shown } from "./option-checks.js";
import { quantilesPlan } from "./quantile.js";

/**
 * `quantile`: ten cells, between the reference's nine inner deciles (equal ones are one edge). A number: bins of equal
 * width over the reference's range, and the two outer cells for what lies outside it. `sturges`: log2(n) + 1 of those
 * bins, rounded up; `doane`, `scott`, `fd`: as many as NumPy takes, but at most 65 536. Or ascending edges.
 */
export type BinRule = "quantile" | WidthRule | number | readonly number[];

export interface BinnedCells extends Cells {
  /** Cell k lies between edges k - 1 and k; the first and the last are below and above all edges. */
  readonly edges: Float64Array;
  /** The cells that a p-value is of. */
  readonly tested: Cells;
}

/** Of the smaller side, in an outermost cell that a p-value is of. */
const fewestExpected = 1;

export const innerDeciles = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** Counts both sides in the bins of a rule; bins are half open, but with edges of its own the last one is closed. */
export function* binnedCellsPlan(rule: BinRule = "quantile"): Plan<BinnedCells> {
  if (rule === "quantile") return yield* decileCells();
  const uniform = isWidthRule(rule) || typeof rule === "number";
  const edges = Array.isArray(rule) ? Float64Array.from(rule) : yield* edgesPlan(rule as WidthRule | number);
  const bins = yield* both("bins", edges, uniform && edges.length > 2);
  const [reference, current] = bins.map(({ under, counts, over }) => Float64Array.from([under, ...counts, over]));
  const cells = { reference: reference!, current: current! };
  return { edges, ...cells, tested: uniform && edges.length > 2 ? withoutOuter(cells) : cells };
}

/** All cells but the first are closed below and open above, the last one reaches to infinity. */
function* decileCells(): Plan<BinnedCells> {
  const found = (yield* quantilesPlan(0, innerDeciles)) ?? [];
  const edges = decileEdges(found.map(Number));
  const bins = yield* both("bins", Float64Array.of(...edges, Number.POSITIVE_INFINITY), false);
  const [reference, current] = bins.map(({ under, counts }) => Float64Array.of(under, ...counts));
  const cells = { reference: reference!, current: current! };
  return { edges, ...cells, tested: cells };
}

/** Edges at the deciles: equal ones are one, of a single one values below, equal and above are told apart. */
export function decileEdges(deciles: readonly number[]): Float64Array {
  const distinct = Float64Array.from(new Set(deciles.filter(Number.isFinite)));
  return distinct.length > 1 ? distinct : around(distinct[0] ?? 0);
}

/** The outer cells together with their neighbours, and from outside on all that are too rare for a p-value. */
function withoutOuter({ reference, current }: Cells): Cells {
  const n = sum(reference);
  const m = sum(current);
  const count = (cell: number): number => reference[cell]! + current[cell]!;
  const isRare = (rows: number): boolean => (rows * Math.min(n, m)) / (n + m) < fewestExpected;
  const end = reference.length - 1;
  let first = 1;
  let last = end - 1;
  for (let rows = count(0) + count(1); first < last && isRare(rows); ) rows += count(++first);
  for (let rows = count(end) + count(end - 1); last > first && isRare(rows); ) rows += count(--last);
  const joined = (counts: Float64Array): Float64Array =>
    first === last
      ? Float64Array.of(sum(counts))
      : Float64Array.from([
          sum(counts.subarray(0, first + 1)),
          ...counts.subarray(first + 1, last),
          sum(counts.subarray(last)),
        ]);
  return { reference: joined(reference), current: joined(current) };
}

/** @throws RangeError when a rule is none */
export function checkBins(caller: string, rule: BinRule): void {
  if (rule === "quantile" || isWidthRule(rule)) return;
  if (typeof rule === "number") {
    if (Number.isInteger(rule) && rule >= 1 && rule <= 65_536) return;
    throw new RangeError(`${caller}: bins must be a whole number from 1 to 65536, got ${rule}`);
  }
  if (!Array.isArray(rule)) {
    const message = `${caller}: bins must be a rule, a number or edges, got ${shown(rule)}`;
    throw typeof rule === "string" ? new RangeError(message) : new TypeError(message);
  }
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

function* edgesPlan(rule: WidthRule | number): Plan<Float64Array> {
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

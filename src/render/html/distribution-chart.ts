/** Both sides' histograms above their distribution functions, over one axis, with the largest gap where it is. */
import { scaleLinear } from "d3-scale";
import { area, curveLinear, curveStepAfter, line } from "d3-shape";
import { percent } from "../../drift/change.js";
import { threeDigits } from "../numbers.js";
import { axis, axisMarkup } from "./axis.js";
import { geometry } from "./chart-geometry.js";
import { compactPath } from "./compact-path.js";
import { type Distribution, type Gap, hasValues } from "./distribution.js";
import { moment } from "./figures.js";
import { cut, html, type Markup } from "./markup.js";

const { width, height, left, right, bins, steps } = geometry;

export function distributionChart(distribution: Distribution): Markup {
  const { edges, reference, current, ecdf, gap, temporal } = distribution;
  const domain = [edges[0]!, edges.at(-1)!] as const;
  const x = axis(domain, [left, right], temporal);
  const inside = (value: number): number => x.at(Math.min(domain[1], Math.max(domain[0], value)));
  const densities = [reference, current].map((shares) => densitiesOf(shares, edges));
  const most = Math.max(...densities.flat(), 1e-12);
  const y = scaleLinear([0, most], [bins.bottom, bins.top]);
  const f = scaleLinear([0, 1], [steps.bottom, steps.top]);
  const binLine = (values: readonly number[], filled: boolean): string => {
    if (!hasValues(values)) return "";
    const points = [
      ...values.map((value, k) => [x.at(edges[k]!), y(value)] as const),
      [right, y(values.at(-1)!)] as const,
    ];
    return filled ? filledSteps(points, bins.bottom) : compactPath((path) => stepsOf.context(path)(points));
  };
  const curve = line<readonly [number, number]>().curve(ecdf.straight ? curveLinear : curveStepAfter);
  const shares = (values: readonly number[]): string => {
    if (!hasValues(values)) return "";
    const points = values.map((value, k) => [inside(ecdf.values[k]!), f(value)] as const);
    return compactPath((path) => curve.context(path)(points));
  };
  const ticks = isUniform(edges) ? y.ticks(3).filter((share) => share > 0) : [];
  return html`<svg class="w" viewBox="0 0 ${width} ${height}" role="img" aria-label="${told(distribution)}" data-x="${edges[0]!} ${edges.at(-1)!}"${temporal && html` data-t="1"`}${isUniform(edges) && html` data-y="${Number(most.toPrecision(4))}"`}>${axisMarkup(
    x,
    bins.top,
    steps.bottom,
  )}<path class="g" d="M${left} ${bins.bottom}H${right}M${left} ${steps.top}H${right}M${left} ${steps.bottom}H${right}"/>${ticks.map(
    (share) => html`<text class="y" x="${left - 4}" y="${Math.round(y(share)) + 3}">${percent(share)}</text>`,
  )}<text class="y" x="${left - 4}" y="${steps.top + 4}">100 %</text><text class="y" x="${left - 4}" y="${steps.bottom}">0 %</text><path class="ra" d="${binLine(
    reference,
    true,
  )}"/><path class="cl" d="${binLine(current, false)}"/><path class="rl" d="${shares(ecdf.reference)}"/><path class="cl" d="${shares(
    ecdf.current,
  )}"/>${gap && gapMarkup(gap, inside(gap.value), f(gap.reference), f(gap.current))}</svg>`;
}

const stepsOf = line<readonly [number, number]>().curve(curveStepAfter);

/** The area below steps, down to `bottom`. */
export function filledSteps(points: readonly (readonly [number, number])[], bottom: number): string {
  const shape = area<readonly [number, number]>().curve(curveStepAfter).y0(bottom);
  return compactPath((path) => shape.context(path)(points));
}

/** Heights of the bins: shares where all are equally wide, else so that areas are the shares. */
function densitiesOf(shares: readonly number[], edges: readonly number[]): number[] {
  if (isUniform(edges)) return [...shares];
  const mean = (edges.at(-1)! - edges[0]!) / shares.length;
  return shares.map((share, k) => (share * mean) / Math.max(edges[k + 1]! - edges[k]!, Number.MIN_VALUE));
}

function isUniform(edges: readonly number[]): boolean {
  const width = (edges.at(-1)! - edges[0]!) / (edges.length - 1);
  return edges.slice(1).every((edge, k) => Math.abs(edge - edges[k]! - width) <= 1e-6 * width);
}

function gapMarkup(gap: Gap, x: number, reference: number, current: number): Markup {
  const [at, from, to] = [x, reference, current].map(Math.round) as [number, number, number];
  const size = Math.abs(gap.reference - gap.current);
  const beside = at > (left + right) / 2 ? html`text-anchor="end" x="${at - 7}"` : html`x="${at + 7}"`;
  const y = Math.min(steps.bottom - 4, Math.max(steps.top + 10, Math.round((from + to) / 2) + 3));
  return html`<path class="k" d="M${at - 4} ${from}h8m-4 0V${to}m-4 0h8"/><text class="kt" ${beside} y="${y}">gap ${gap.exact ? "" : "≈ "}${threeDigits(size)}</text>`;
}

function told({ column, gap, temporal, reference, current }: Distribution): string {
  const at = gap && (temporal ? moment(gap.value) : threeDigits(gap.value));
  const apart = gap
    ? ` Distribution functions are farthest apart at ${at}: ${percent(gap.reference)} of the reference's values and ${percent(gap.current)} of the current ones lie at or below it.`
    : "";
  const sides = [hasValues(reference) && "the reference", hasValues(current) && "the current side"].filter(Boolean);
  const on = sides.length === 2 ? "both sides" : `${sides[0] ?? "no side"} only`;
  return `Histograms and distribution functions of ${cut(column, 60)} on ${on}.${apart}`;
}

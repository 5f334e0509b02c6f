/** A picture of both sides as small as a word: the reference filled, the current side as a line. */
import { curveStepAfter, line } from "d3-shape";
import type { Shape } from "../../drift/report.js";
import { compactPath } from "./compact-path.js";
import { hasValues } from "./distribution.js";
import { filledSteps } from "./distribution-chart.js";
import { html, type Markup, nothing } from "./markup.js";

const width = 120;
const height = 28;
/** That shapes name. */
const shownCategories = 12;
const steps = line<readonly [number, number]>().curve(curveStepAfter);

/** It repeats what the row says and the detail shows larger, so that it is no picture of its own to those who listen. */
export function miniChart(shape: Shape | null): Markup {
  if (!shape || shape.reference.length === 0) return nothing;
  const shown = withoutRest(shape);
  const most = Math.max(...shown.reference, ...shown.current, 1e-12);
  return html`<svg class="m" viewBox="0 0 ${width} ${height}" aria-hidden="true">${
    shape.edges ? overlaid(shape, most) : besides(shown, most)
  }</svg>`;
}

/** All that is left of many categories would make the others invisible. */
function withoutRest(shape: Shape): Shape {
  const rest = restOf(shape);
  return rest < 0
    ? shape
    : { ...shape, reference: shape.reference.slice(0, rest), current: shape.current.slice(0, rest) };
}

/** Place of the category that stands for all others; -1 without one. */
export function restOf({ categories = [] }: Shape): number {
  return categories.length > shownCategories && categories.at(-1) === "other" ? categories.length - 1 : -1;
}

function overlaid({ reference, current }: Shape, most: number): Markup {
  const points = (shares: readonly number[]) =>
    [...shares, shares.at(-1)!].map((share, k) => [(k * width) / shares.length, top(share, most)] as const);
  const drawn = compactPath((path) => steps.context(path)(points(current)));
  return html`<path class="ra" d="${filledSteps(points(reference), height)}"/>${hasValues(current) && html`<path class="cl" d="${drawn}"/>`}`;
}

function besides({ reference, current }: Shape, most: number): Markup {
  const slot = Math.min(16, width / reference.length);
  const bar = Math.max(1, Math.round(slot * 0.42));
  const bars = (shares: readonly number[], from: number): string =>
    shares
      .map((share, k) => {
        const size = height - Math.round(top(share, most));
        return size === 0 ? "" : `M${Math.round(k * slot + from)} ${height}v-${size}h${bar}v${size}z`;
      })
      .join("");
  return html`<path class="rb" d="${bars(reference, 0)}"/><path class="cb" d="${bars(current, bar)}"/>`;
}

/** A line at the very top or bottom is not cut in half. */
function top(share: number, most: number): number {
  return height - 1 - (share / most) * (height - 2) + (share === 0 ? 1 : 0);
}

/** Metrics of both sides with their intervals and how much they differ. */

import { scaleLinear } from "d3-scale";
import type { Estimated } from "../../statistics/estimated.js";
import { figure, signed } from "./figures.js";
import { html, type Markup, nothing } from "./markup.js";

export interface MetricRow<M> {
  readonly label: Markup | string;
  readonly read: (side: M) => Estimated | undefined;
}

/** Rows that no side has a value of are left out. */
export function metricTable<M>(
  caption: string,
  rows: readonly MetricRow<M>[],
  [reference, current]: readonly [M | null, M | null],
): Markup {
  const known = rows
    .map(({ label, read }) => ({
      label,
      one: (reference && read(reference)) ?? null,
      other: (current && read(current)) ?? null,
    }))
    .filter(({ one, other }) => one?.value != null || other?.value != null);
  if (known.length === 0) return nothing;
  return html`<table class="l"><caption>${caption}</caption><thead><tr><th scope="col">Metric<th scope="col" class="n">Reference<th scope="col" class="n">Current<th scope="col" class="n">Difference<th scope="col">Intervals</thead>${known.map(
    ({ label, one, other }) =>
      html`<tbody><tr><th scope="row">${label}<td class="n">${estimate(one)}<td class="n">${estimate(other)}<td class="n">${difference(
        one,
        other,
      )}<td>${whiskers(one, other)}</tbody>`,
  )}</table>`;
}

function estimate(estimated: Estimated | null): Markup {
  if (!estimated || estimated.value === null) return html`–`;
  const { value, interval } = estimated;
  return html`${short(value)}${interval && html` <small>[${short(interval[0])}, ${short(interval[1])}]</small>`}`;
}

function difference(one: Estimated | null, other: Estimated | null): Markup {
  if (one?.value == null || other?.value == null) return html`–`;
  const apart =
    one.interval && other.interval && (one.interval[1] < other.interval[0] || other.interval[1] < one.interval[0]);
  const text = signed(Number((other.value - one.value).toPrecision(3)));
  return apart ? html`<b title="the intervals do not overlap">${text}</b>` : html`${text}`;
}

function short(x: number): string {
  return figure(Number(x.toPrecision(4)));
}

/** Both values with their intervals, on a scale of their own. */
function whiskers(one: Estimated | null, other: Estimated | null): Markup {
  const ends = [one, other].flatMap((side) => (side?.value == null ? [] : [side.value, ...(side.interval ?? [])]));
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const x = scaleLinear(low < high ? [low, high] : [low - 1, high + 1], [6, 114]);
  const mark = (side: Estimated | null, y: number, name: "r" | "c"): Markup => {
    if (side?.value == null) return nothing;
    const at = Math.round(x(side.value));
    const line =
      side.interval &&
      html`<path class="${name}l" d="M${Math.round(x(side.interval[0]))} ${y}H${Math.round(x(side.interval[1]))}"/>`;
    return html`${line}<circle class="${name}b" cx="${at}" cy="${y}" r="3"/>`;
  };
  return html`<svg class="p" viewBox="0 0 120 16" aria-hidden="true">${mark(one, 5, "r")}${mark(other, 12, "c")}</svg>`;
}

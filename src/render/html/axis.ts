/** Scales and ticks of pictures. */
import { type ScaleContinuousNumeric, type ScaleTime, scaleLinear, scaleUtc } from "d3-scale";
import { html, type Markup } from "./markup.js";

/** A horizontal axis: where values are, and what stands below it. */
export interface Axis {
  readonly at: (value: number) => number;
  readonly ticks: readonly { readonly x: number; readonly label: string }[];
}

const ticksWanted = 5;
/** Characters that five labels have room for. */
const longestLabel = 8;

export function axis(domain: readonly [number, number], range: readonly [number, number], temporal: boolean): Axis {
  return temporal ? timeAxis(scaleUtc(domain, range)) : numberAxis(scaleLinear(domain, range));
}

function timeAxis(scale: ScaleTime<number, number>): Axis {
  const format = scale.tickFormat();
  const ticks = scale.ticks(ticksWanted - 1).map((date) => ({ x: scale(date), label: format(date) }));
  return { at: (value) => scale(value), ticks };
}

function numberAxis(scale: ScaleContinuousNumeric<number, number>): Axis {
  const values = scale.ticks(ticksWanted);
  const written = [undefined, "~s", ".3~g"]
    .map((specifier) => values.map(scale.tickFormat(ticksWanted, specifier)))
    .map((labels) => labels.map((label, k) => (values[k] === 0 ? label.replace(/[^\d.]/g, "") : label)));
  const fits = (labels: readonly string[]): boolean =>
    new Set(labels).size === labels.length && labels.every((label) => label.length <= longestLabel);
  const labels = written.find(fits) ?? written[0]!;
  const shown = values.map((value, k) => ({ x: scale(value), label: labels[k]! }));
  return { at: (value) => scale(value), ticks: fits(labels) ? shown : shown.filter((_, k) => k % 2 === 0) };
}

/** Lines across the plot and labels below it. */
export function axisMarkup({ ticks }: Axis, top: number, bottom: number): Markup {
  const lines = ticks.map(({ x }) => `M${Math.round(x)} ${top}V${bottom}`).join("");
  return html`<path class="g" d="${lines}"/>${ticks.map(
    ({ x, label }) => html`<text class="a" x="${Math.round(x)}" y="${bottom + 12}">${label}</text>`,
  )}`;
}

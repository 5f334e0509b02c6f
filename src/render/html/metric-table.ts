/** Metrics of both sides with their intervals and how much they differ. */
import { scaleLinear } from "d3-scale";
import type { Estimated } from "../../statistics/estimated.js";
import { figure, signed } from "./figures.js";
import { html, type Markup, nothing } from "./markup.js";
import { signed as told } from "./severity.js";

export interface MetricRow {
  readonly label: Markup | string;
  readonly reference: Estimated | null;
  readonly current: Estimated | null;
  /** Current minus reference; made of both where it is not given. */
  readonly difference?: Estimated | null;
  /** Beyond chance. */
  readonly worse?: boolean;
}

/** Rows that no side has a value of are left out. */
export function metricTable(caption: string, rows: readonly MetricRow[]): Markup {
  const known = rows.filter(({ reference, current }) =>
    [reference, current].some((side) => (side?.value ?? null) !== null),
  );
  if (known.length === 0) return nothing;
  const judged = known.some(({ worse }) => worse);
  return html`<table class="l"><caption>${caption}</caption><thead><tr><th scope="col">Metric<th scope="col" class="n"><span class="kr">Reference</span><th scope="col" class="n"><span class="kc">Current</span><th scope="col" class="n">Difference${judged && html`<th scope="col">Verdict`}<th scope="col">Intervals</thead>${known.map(
    ({ label, reference, current, difference, worse }) =>
      html`<tbody><tr><th scope="row">${label}<td class="n">${estimate(reference)}<td class="n">${estimate(current)}<td class="n">${apart(
        difference ?? plainDifference(reference, current),
      )}${judged && html`<td>${worse && told("drift", "worse")}`}<td>${whiskers(reference, current)}</tbody>`,
  )}</table>`;
}

function estimate(estimated: Estimated | null): Markup {
  if (!estimated || estimated.value === null) return html`–`;
  const { value, interval } = estimated;
  return html`${short(value)}${interval && html` <small>[${short(interval[0])}, ${short(interval[1])}]</small>`}`;
}

function plainDifference(reference: Estimated | null, current: Estimated | null): Estimated | null {
  const [from, to] = [reference?.value ?? null, current?.value ?? null];
  return from === null || to === null ? null : { value: to - from, interval: null, law: null };
}

function apart(difference: Estimated | null): Markup {
  if (!difference || difference.value === null) return html`–`;
  const { value, interval } = difference;
  const within = interval && html` <small>[${signed(digits(interval[0]))}, ${signed(digits(interval[1]))}]</small>`;
  return html`${signed(digits(value))}${within}`;
}

function digits(x: number): number {
  return Number(x.toPrecision(3));
}

function short(x: number): string {
  return figure(Number(x.toPrecision(4)));
}

/** Both values with their intervals, on a scale of their own. */
function whiskers(one: Estimated | null, other: Estimated | null): Markup {
  const ends = [one, other].flatMap((side) =>
    side && side.value !== null ? [side.value, ...(side.interval ?? [])] : [],
  );
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const x = scaleLinear(low < high ? [low, high] : [low - 1, high + 1], [6, 114]);
  const mark = (side: Estimated | null, y: number, name: "r" | "c"): Markup => {
    if (!side || side.value === null) return nothing;
    const [from, to] = (side.interval ?? [side.value, side.value]).map((end) => Math.round(x(end)));
    return html`<path class="${name}l" d="M${from!} ${y}H${to!}"/><circle class="${name}b" cx="${Math.round(
      x(side.value),
    )}" cy="${y}" r="3"/>`;
  };
  return html`<svg class="p" viewBox="0 0 120 16" aria-hidden="true">${mark(one, 5, "r")}${mark(other, 12, "c")}</svg>`;
}

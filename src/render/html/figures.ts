/** Numbers and values as the page shows them. */
import { percent } from "../../drift/change.js";
import type { PlainValue } from "../../drift/quality/quality-report.js";
import { cut, html, type Markup, named } from "./markup.js";

const integers = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const fiveDigits = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 5 });

/** Whole numbers with separators, others with five digits: `518,831`, `3.264`, `2,249.3`, `1.2e-7`. A missing one is `–`. */
export function figure(x: number | null | undefined): string {
  if (x === null || x === undefined) return "–";
  const size = Math.abs(x);
  if (Number.isInteger(x) && size < 1e9) return minus(integers.format(x));
  if (size >= 1e5 && size < 1e9) return minus(integers.format(x));
  if (size >= 1e-4 && size < 1e9) return minus(fiveDigits.format(x));
  return minus(x.toExponential(3).replace(/\.?0*e\+?/, "e"));
}

/** With its sign: `+0.12`, `−0.12`, `0`. */
export function signed(x: number | null): string {
  return x !== null && x > 0 ? `+${figure(x)}` : figure(x);
}

function minus(text: string): string {
  return text.replace(/^-/, "−");
}

export function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** `12 %`; `–` where there is none. */
export function percentage(x: number | null | undefined): string {
  return x === null || x === undefined ? "–" : percent(x);
}

const longestValue = 28;

/** A value of a column. */
export function value(x: PlainValue | null | undefined): Markup {
  if (typeof x === "string") return x === "" ? html`<i>empty text</i>` : named(momentText(x), longestValue);
  return typeof x === "boolean" ? html`${String(x)}` : html`${figure(x)}`;
}

/** A number, which infinities are as texts. */
export function numberValue(x: PlainValue | null | undefined): Markup {
  if (x === "Infinity" || x === "-Infinity") return html`${x === "Infinity" ? "∞" : "−∞"}`;
  return value(x);
}

/** Points in time as `2012-01-04 15:36`, midnights as dates; other texts as they are. */
function momentText(text: string): string {
  const [, date, time, seconds = ""] =
    /^((?:\d{4}|[+-]\d{6})-\d\d-\d\d)T(\d\d:\d\d)(:\d\d(?:\.\d+)?)Z$/.exec(text) ?? [];
  if (date === undefined) return text;
  const rest = Number(seconds.slice(1)) === 0 ? "" : seconds;
  return minus(time === "00:00" && rest === "" ? date : `${date} ${time}${rest}`);
}

/** Milliseconds since 1970 as a point in time; a number where no calendar has one. */
export function moment(milliseconds: number): string {
  return Math.abs(milliseconds) <= 8.64e15
    ? momentText(new Date(milliseconds).toISOString())
    : `${figure(milliseconds)} ms since 1970`;
}

/** Where only text may stand. */
export function valueText(x: PlainValue | null): string {
  return typeof x === "number" ? figure(x) : x === null ? "–" : cut(String(x), longestValue);
}

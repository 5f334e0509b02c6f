/** What a column's line opens to: pictures, figures of both sides, and how the verdict came about. */
import { percent } from "../../drift/change.js";
import type { ColumnQuality, QualityChange, QualityOfBoth } from "../../drift/quality/quality-report.js";
import type { Availability, ColumnReport, Effect, Shape } from "../../drift/report.js";
import { effectMeaning, methodMeaning } from "../names.js";
import { counted, grouped, pValueText, threeDigits } from "../numbers.js";
import type { Distribution } from "./distribution.js";
import { distributionChart } from "./distribution-chart.js";
import { share, value } from "./figures.js";
import { html, type Markup, named, nothing } from "./markup.js";
import { restOf } from "./mini-chart.js";
import { prose, reasonOf, sentence } from "./prose.js";
import { type ShareRow, shareBars } from "./share-bars.js";
import { sideFigures } from "./side-figures.js";

/** Quality of a column on both sides, of those that have it. */
export interface OwnQuality {
  readonly reference: ColumnQuality | null;
  readonly current: ColumnQuality | null;
  readonly change: QualityChange | null;
}

export function columnDetail(column: ColumnReport, quality: OwnQuality, distribution: Distribution | null): Markup {
  const { shape } = column;
  const pictures = [
    distribution &&
      html`<figure>${distributionChart(distribution)}<figcaption><span class="kr">reference</span> <span class="kc">current</span> Shares of the values${
        distribution.open ? ", outliers in the outer bins" : ""
      }; below, shares up to each value.</figcaption></figure>`,
    shape?.categories && shareBars("Shares of the values", categoryRows(shape, shape.categories)),
    shareBars("Missing, infinite or empty: shares of the rows", missingRows(column)),
    shape?.categories
      ? nothing
      : shareBars("Most common values (– where not among the ten of a side)", commonRows(column, quality)),
  ];
  return html`<div class="d"><div>${pictures}</div><div>${sideFigures(column, quality)}</div><div>${verdictOf(
    column,
    quality,
  )}</div></div>`;
}

function categoryRows(shape: Shape, categories: readonly string[]): ShareRow[] {
  const rest = restOf(shape);
  return categories.map((name, k) => ({
    label: named(name === "" ? "empty text" : name, 32),
    reference: shape.reference[k]!,
    current: shape.current[k]!,
    ...(k === rest && { rest: true }),
  }));
}

export function ownQuality(quality: QualityOfBoth | undefined, name: string): OwnQuality {
  const of = <T>(record: { readonly [name: string]: T } | undefined): T | null =>
    record && Object.hasOwn(record, name) ? record[name]! : null;
  return {
    reference: of(quality?.reference.columns),
    current: of(quality?.current.columns),
    change: of(quality?.changes),
  };
}

const missingStates = [
  ["null", "null"],
  ["nan", "NaN"],
  ["positiveInfinity", "+∞"],
  ["negativeInfinity", "−∞"],
  ["empty", "empty text"],
] as const;

/** Without empty texts where the categories have them. */
function missingRows({ availability, shape }: ColumnReport): ShareRow[] {
  if (!availability) return [];
  const { reference, current } = availability;
  const of = (side: Availability, state: (typeof missingStates)[number][0]): number => share(side[state], side.rows);
  return missingStates
    .filter(([state]) => reference[state] > 0 || current[state] > 0)
    .filter(([state]) => state !== "empty" || !shape?.categories?.includes(""))
    .map(([state, word]) => ({
      label: html`${word}`,
      reference: reference.rows === 0 ? null : of(reference, state),
      current: current.rows === 0 ? null : of(current, state),
    }));
}

/** Values shown, the most frequent ones of both sides. */
const mostCommonShown = 6;
const infinities: readonly unknown[] = ["Infinity", "-Infinity"];

/** Infinities are told with what is missing. */
function commonRows({ kind }: ColumnReport, { reference, current }: OwnQuality): ShareRow[] {
  const known = [reference, current].map((side) => {
    const values = side ? side.availability.rows - side.availability.null - side.availability.nan : 0;
    return new Map(side?.mostCommon.map(({ value, count }) => [value, share(count, values)]));
  });
  const [before, after] = known as [Map<string | number | boolean, number>, Map<string | number | boolean, number>];
  const size = (one: string | number | boolean): number => Math.max(before.get(one) ?? 0, after.get(one) ?? 0);
  const values = [...new Set([...before.keys(), ...after.keys()])].sort((one, other) => size(other) - size(one));
  const finite = kind === "numeric" ? values.filter((one) => !infinities.includes(one)) : values;
  return finite.slice(0, mostCommonShown).map((one) => ({
    label: value(one),
    reference: before.get(one) ?? null,
    current: after.get(one) ?? null,
  }));
}

/** Categories that are named. */
const mostNamed = 12;

function verdictOf(column: ColumnReport, { change }: OwnQuality): Markup {
  const { reason, method, statistic, pValue, adjustedPValue, effects, availability, warnings, categories, paired } =
    column;
  const known = [...effects, ...(availability?.effect ? [availability.effect] : [])];
  const range = change?.outOfRange;
  const facts: (Markup | false)[] = [
    method !== null &&
      fact(
        "Method",
        html`${methodMeaning(method)}${statistic === null ? "" : `: ${threeDigits(statistic)}`}${column.exact ? "" : ", within bounds"}`,
      ),
    pValue !== null && fact("p-value", html`${pValueText(pValue)}`),
    adjustedPValue !== null && fact("adjusted p-value", html`${pValueText(adjustedPValue)}`),
    ...known.map((effect) => fact(effectMeaning(effect.name), effectText(effect))),
    !!range &&
      range.share !== null &&
      (range.below > 0 || range.above > 0) &&
      fact(
        "Beyond the reference's range",
        html`${percent(range.share)} of the current values: ${beyond(range.below, range.above)}`,
      ),
    !!categories && fact("Categories", html`${categories.reference} in the reference, ${categories.current} now`),
    !!categories &&
      categories.newCategories.count > 0 &&
      fact(`New, ${percent(categories.newCategories.share)} of the values`, names(categories.newCategories)),
    !!categories &&
      categories.vanishedCategories.count > 0 &&
      fact(
        `Vanished, ${percent(categories.vanishedCategories.share)} of the reference`,
        names(categories.vanishedCategories),
      ),
    !!paired && !reason.includes(paired.words) && fact("Pairs", html`${prose(paired.words, 300)}`),
  ];
  return html`${column.change !== "" && html`<p class="j">${prose(sentence(column.change), 600)}</p>`}<p>${prose(sentence(reasonOf(column)), 600)}</p><dl>${facts}</dl>${warnings.map(
    (warning) => html`<p class="u">${prose(sentence(warning), 600)}</p>`,
  )}`;
}

/** `3 values below, 2 above` */
function beyond(below: number, above: number): string {
  if (below === 0) return `${counted(above, "value")} above`;
  return `${counted(below, "value")} below${above > 0 ? `, ${grouped(above)} above` : ""}`;
}

function effectText({ value, threshold, infinite, interval }: Effect): Markup {
  const within = interval && ` in [${interval.map(threeDigits).join(", ")}]`;
  return html`${infinite ? "∞" : threeDigits(value)}${within} (matters from ${threeDigits(threshold)})`;
}

function names({ names, count }: { readonly names: readonly string[]; readonly count: number }): Markup {
  const shown = names.slice(0, mostNamed);
  const rest = count - shown.length;
  return html`${shown.map((name, k) => html`${k > 0 && ", "}${named(name === "" ? "empty text" : name, 32)}`)}${
    rest > 0 && ` and ${counted(rest, "other")}`
  }`;
}

export function fact(term: string, text: Markup): Markup {
  return html`<dt>${term}<dd>${text}`;
}

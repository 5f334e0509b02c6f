/** A column's figures, both sides beside each other. */
import { percent } from "../../drift/change.js";
import type { ColumnQuality, NumbersQuality } from "../../drift/quality/quality-report.js";
import type { Availability, ColumnReport } from "../../drift/report.js";
import type { OwnQuality } from "./column-detail.js";
import { figure, numberValue, share, value } from "./figures.js";
import { html, type Markup, named } from "./markup.js";

/** A line: what it is, and how it is read from a side; `null` where a side has none. */
type Line = readonly [label: string, reference: Markup | null, current: Markup | null];

export function sideFigures(column: ColumnReport, quality: OwnQuality): Markup {
  const { reference, current } = quality;
  const { availability, type } = column;
  const types: Line = ["Type", typeOf(type[0]), typeOf(type[1])];
  const rows = availability ? availabilityLines(availability.reference, availability.current) : [];
  const figures =
    reference || current
      ? [...qualityLines(reference, current), ...numberLines(reference?.numbers ?? null, current?.numbers ?? null)]
      : summaryLines(column);
  const lines = [types, ...rows, ...figures].filter(([, one, other]) => one !== null || other !== null);
  return html`<table class="y"><caption>Figures</caption><thead><tr><td><th scope="col">Reference<th scope="col">Current</thead><tbody>${lines.map(
    ([label, one, other]) => html`<tr><th scope="row">${label}<td>${one ?? "–"}<td>${other ?? "–"}`,
  )}</table>${notes(quality)}`;
}

function typeOf(type: string | null): Markup | null {
  return type === null ? null : named(type, 24);
}

function availabilityLines(reference: Availability, current: Availability): Line[] {
  const of = (read: (side: Availability) => Markup): [Markup, Markup] => [read(reference), read(current)];
  return [
    ["Rows", ...of(({ rows }) => html`${figure(rows)}`)],
    ["Missing", ...of((side) => missing(side))],
  ];
}

function missing({ rows, ...side }: Availability): Markup {
  const count = side.null + side.nan;
  return count === 0 ? html`0` : html`${figure(count)} (${percent(share(count, rows))})`;
}

function qualityLines(reference: ColumnQuality | null, current: ColumnQuality | null): Line[] {
  const of = (read: (side: ColumnQuality) => Markup | null): [Markup | null, Markup | null] => [
    reference && read(reference),
    current && read(current),
  ];
  return [
    ["Distinct", ...of(({ distinct }) => distinct && html`${distinct.error > 0 && "≈ "}${figure(distinct.count)}`)],
    ["Shortest, bytes", ...of(({ lengths }) => lengths && html`${figure(lengths.min)}`)],
    ["Mean length, bytes", ...of(({ lengths }) => lengths && html`${figure(lengths.mean)}`)],
    ["Longest, bytes", ...of(({ lengths }) => lengths && html`${figure(lengths.max)}`)],
  ];
}

const quantileWords: Readonly<Record<number, string>> = { 0.5: "Median" };

function numberLines(reference: NumbersQuality | null, current: NumbersQuality | null): Line[] {
  const of = (read: (side: NumbersQuality) => Markup | null): [Markup | null, Markup | null] => [
    reference && read(reference),
    current && read(current),
  ];
  const number = (x: number | null): Markup | null => (x === null ? null : html`${figure(x)}`);
  const probabilities = (reference ?? current)?.quantiles.map(({ probability }) => probability) ?? [];
  return [
    ["Mean", ...of(({ mean }) => number(mean))],
    ["Standard deviation", ...of(({ standardDeviation }) => number(standardDeviation))],
    ["Minimum", ...of(({ min }) => (min === null ? null : numberValue(min)))],
    ...probabilities.map((probability): Line => {
      const label = quantileWords[probability] ?? percent(probability);
      return [label, ...of(({ quantiles }) => quantileAt(quantiles, probability))];
    }),
    ["Maximum", ...of(({ max }) => (max === null ? null : numberValue(max)))],
    ["Zeros", ...of(({ zeros, mean }) => (mean === null ? null : number(zeros)))],
    ["Negative", ...of(({ negatives, mean }) => (mean === null ? null : number(negatives)))],
    ["Skewness", ...of(({ skewness }) => number(skewness))],
    ["Excess kurtosis", ...of(({ kurtosis }) => number(kurtosis))],
  ];
}

function quantileAt(quantiles: NumbersQuality["quantiles"], probability: number): Markup | null {
  const found = quantiles.find((one) => one.probability === probability);
  return found && found.value !== null ? numberValue(found.value) : null;
}

function summaryLines({ summary }: ColumnReport): Line[] {
  if (!summary) return [];
  const { reference, current } = summary;
  return [
    ["Mean", some(reference.mean), some(current.mean)],
    ["Standard deviation", some(reference.standardDeviation), some(current.standardDeviation)],
    ["Minimum", some(reference.min), some(current.min)],
    ["Maximum", some(reference.max), some(current.max)],
  ];
}

function some(x: number | string | null): Markup | null {
  return x === null ? null : value(x);
}

/** What else is known of the columns as a whole. */
function notes({ reference, current }: OwnQuality): Markup {
  const sides = [
    ["reference", reference],
    ["current side", current],
  ] as const;
  const told = sides.flatMap(([name, side]) => {
    if (!side) return [];
    if (side.constant) return [`Constant on the ${name}.`];
    return side.almostConstant ? [`Almost constant on the ${name}.`] : [];
  });
  const same = reference?.hash && reference.hash === current?.hash;
  return html`${[...told, ...(same ? ["Both sides hold the same rows in the same order."] : [])].map(
    (note) => html`<p class="u">${note}</p>`,
  )}`;
}

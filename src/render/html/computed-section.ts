/** How it was computed: whoever doubts a verdict finds here what decided it. */
import { columnName } from "../../drift/column-name.js";
import type { DriftReport } from "../../drift/report.js";
import { effectMeaning, methodMeaning } from "../names.js";
import { counted, threeDigits } from "../numbers.js";
import type { SideNames } from "../verdict.js";
import { fact } from "./column-detail.js";
import { figure, percentage } from "./figures.js";
import { cut, html, type Markup, named } from "./markup.js";
import { prose, sentence } from "./prose.js";

export function computedSection(report: DriftReport, names: SideNames | null): Markup {
  const { rows, quality, version, falseAlarms, pairing, settings } = report;
  const side = (name: keyof SideNames): Markup => {
    const hash = quality?.[name].hash;
    return html`${names && html`${named(names[name], 120)}, `}${counted(rows[name], "row")}${hash && html`, hash <code>${hash}</code>`}`;
  };
  return html`<section id="computed" aria-labelledby="computed-title"><h2 id="computed-title">How it was computed</h2><dl class="wide">${fact(
    "Reference",
    side("reference"),
  )}${fact("Current", side("current"))}${quality?.reference.hash && quality.reference.hash === quality.current.hash && fact("Both", html`the same rows in the same order`)}${fact("Methods", methodsUsed(report))}${fact("A change matters from", thresholds(report))}${
    pairing &&
    fact(
      "Pairs",
      html`${counted(pairing.pairs, "pair")} by ${pairing.by.map((name, k) => html`${k > 0 && ", "}${named(columnName(name), 40)}`)}; without a partner: ${figure(pairing.unmatched.reference)} and ${figure(pairing.unmatched.current)} rows`,
    )
  }${fact("False alarms", html`${prose(sentence(falseAlarms.reason), 400)}`)}${settingFacts(settings)}${fact(
    "Made by",
    html`Smirnov ${version}, report format ${report.format}`,
  )}</dl></section>`;
}

/** `Anderson-Darling (3 columns), chi-square (1 column)` */
function methodsUsed({ columns }: DriftReport): Markup {
  const counts = new Map<string, number>();
  for (const { method } of Object.values(columns))
    if (method !== null) counts.set(method, (counts.get(method) ?? 0) + 1);
  const told = [...counts].sort(([, one], [, other]) => other - one);
  if (told.length === 0) return html`none`;
  return html`${told.map(([method, count]) => `${methodMeaning(method)} (${counted(count, "column")})`).join(", ")}`;
}

/** `Jensen-Shannon distance 0.1, change of a share 0.2` */
function thresholds({ columns }: DriftReport): Markup {
  const all = Object.values(columns).flatMap(({ effects, availability }) => [...effects, availability?.effect ?? null]);
  const told = new Set(
    all.flatMap((effect) => (effect ? [`${effectMeaning(effect.name)} ${threeDigits(effect.threshold)}`] : [])),
  );
  if (told.size === 0) return html`–`;
  const shown = [...told].slice(0, mostThresholds);
  const rest = told.size - shown.length;
  return html`${shown.join(", ")}${rest > 0 && ` and ${counted(rest, "other")}`}`;
}

/** Learned thresholds are another for each column. */
const mostThresholds = 8;

const settingWords: Readonly<Record<string, string>> = {
  preset: "Preset",
  level: "Drift: adjusted p up to",
  possibleLevel: "Possible: adjusted p up to",
  correction: "Correction of p-values",
  minimumValues: "Values that a side needs",
  datasetRule: "Rule for the dataset",
  share: "Dataset drifts from this share on",
  weights: "Weights of columns",
  schedule: "Schedule",
  clusterBy: "Rows depend on each other within",
  blocks: "Rows depend on their neighbours",
  learned: "Learned thresholds",
  temporal: "Points in time are judged",
  where: "Only rows with",
};

const rules: Readonly<Record<string, string>> = {
  share: "share of the columns that drifted",
  "weighted-share": "share of the columns' weights that drifted",
  any: "any column that drifted",
};

const corrections: Readonly<Record<string, string>> = {
  none: "none",
  bh: "Benjamini-Hochberg",
  by: "Benjamini-Yekutieli",
  holm: "Holm",
  bonferroni: "Bonferroni",
};

/** Characters that one setting may take. */
const longestSetting = 300;

/** A preset's methods have thresholds of their own. */
const unusedByPresets = ["level", "possibleLevel", "minimumValues"];

/** Settings that are not set are left out. */
function settingFacts(settings: DriftReport["settings"]): Markup[] {
  const unused = settings.preset === null ? [] : unusedByPresets;
  return Object.entries(settings)
    .filter(([name, value]) => value !== null && value !== undefined && !unused.includes(name))
    .map(([name, value]) => fact(settingWords[name] ?? name, html`${cut(settingText(name, value), longestSetting)}`));
}

function settingText(name: string, value: unknown): string {
  if (name === "correction") return corrections[String(value)] ?? String(value);
  if (name === "datasetRule") return rules[String(value)] ?? String(value);
  if (name === "share" && typeof value === "number") return percentage(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

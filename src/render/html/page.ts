/** `renderHtml`: a report as one page that needs nothing else, neither a network nor scripts. */
import type { SuiteResult } from "../../checks/suite-result.js";
import type { DriftReport } from "../../drift/report.js";
import { shown } from "../../statistics/option-checks.js";
import { checkRendering } from "../checked-options.js";
import { counted } from "../numbers.js";
import type { SideNames } from "../verdict.js";
import { checksSection } from "./checks-section.js";
import { columnsSection } from "./columns-section.js";
import { computedSection } from "./computed-section.js";
import { correlationsSection } from "./correlations-section.js";
import { kindSection } from "./kind-section.js";
import { cut, html, type Markup, named, trusted } from "./markup.js";
import { modelSection } from "./model-section.js";
import { pageScript } from "./script.js";
import { segmentsSection } from "./segments-section.js";
import { sha256 } from "./sha-256.js";
import { pageStyle } from "./style.js";
import { tablesSection } from "./tables-section.js";
import { headline, verdictSection } from "./verdict-section.js";

export interface HtmlOptions {
  /** What `check` returned for this report: shown with it. */
  readonly checks?: SuiteResult;
  /** Heading of the page; `Drift report` if not given. */
  readonly title?: string;
  /** What both sides are called, as names of files; none if not given. */
  readonly names?: SideNames;
}

/**
 * One HTML document with everything that a report says: verdict, columns with pictures and figures of both sides,
 * checks, segments, correlations, model quality, and how it was computed. It loads nothing, and its content security
 * policy lets it load nothing; scripts only sort, search and show numbers under the pointer.
 *
 * Its size depends on the columns, not on the rows: about 6 kB a column.
 *
 * @throws TypeError for what is no report or no result of checks, and for a title or names that are no texts; RangeError
 *   for options that there are not
 */
export function renderHtml(report: DriftReport, options: HtmlOptions = {}): string {
  checkRendering("renderHtml", report, options, ["checks", "title", "names"]);
  const { checks = null, title = "Drift report", names = null } = options;
  if (typeof title !== "string") throw new TypeError(`renderHtml: title must be a text, got ${shown(title)}`);
  return document(report, checks, title, names).markup;
}

function document(report: DriftReport, checks: SuiteResult | null, title: string, names: SideNames | null): Markup {
  const sections = [
    [verdictSection(report, checks), "verdict", "Verdict"],
    [checksSection(checks), "checks", "Checks"],
    [columnsSection(report), "columns", "Columns"],
    [kindSection(report), "kind", "Kind of change"],
    [modelSection(report), "model", "Model quality"],
    [correlationsSection(report), "correlations", "Correlations"],
    [segmentsSection(report), "segments", "Segments"],
    [tablesSection(report), "tables", "Table quality"],
    [computedSection(report, names), "computed", "How it was computed"],
  ] as const;
  const present = sections.filter(([{ markup }]) => markup !== "");
  const policy = `default-src 'none'; style-src 'sha256-${sha256(pageStyle)}'; script-src 'sha256-${sha256(pageScript)}'; base-uri 'none'; form-action 'none'`;
  return html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><title>${headline(
    report,
    checks,
  )} · ${cut(title, 120)}</title><style>${trusted(pageStyle)}</style></head><body><a class="skip" href="#columns">To the columns</a><header><div><h1>${named(
    title,
    120,
  )}</h1><p class="sides">${sideLine("reference", report, names)} ${sideLine("current", report, names)}</p></div><button type="button" id="theme" hidden>Dark</button></header><nav aria-label="Sections">${present.map(
    ([, id, name]) => html`<a href="#${id}">${name}</a>`,
  )}</nav><main>${present.map(([section]) => section)}</main><footer>Smirnov ${report.version}. This page holds counts and figures, no rows, and loads nothing.</footer>${script}</body></html>
`;
}

// Not in the template: bundlers take templates with such an end apart.
const script = trusted(`<script>${pageScript}</script>`);

function sideLine(side: keyof SideNames, { rows }: DriftReport, names: SideNames | null): Markup {
  return html`<span class="${side === "reference" ? "kr" : "kc"}">${side}${names && html`: ${named(names[side], 60)}`}, ${counted(rows[side], "row")}</span>`;
}

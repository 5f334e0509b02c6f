/** `renderMarkdown`: a report as a comment on a pull request, in GitHub-flavoured Markdown. */
import type { SuiteResult } from "../checks/suite-result.js";
import type { DriftReport } from "../drift/report.js";
import { wholeNumber } from "../statistics/whole-number.js";
import { countWords } from "./check-words.js";
import { checkRendering } from "./checked-options.js";
import { sentence } from "./lines.js";
import {
  checkPart,
  columnParts,
  modelPart,
  type Part,
  qualityPart,
  segmentPart,
  structuralLine,
  worseLine,
} from "./markdown-parts.js";
import { codeSpan, plainText } from "./markdown-text.js";
import { levelNotes, pairingNotes, rowNotes, type SideNames, verdictOf } from "./verdict.js";

export interface MarkdownOptions {
  /** Results of checks, told before anything else. */
  readonly checks?: SuiteResult;
  /** What both sides are called. */
  readonly names?: SideNames;
  /** Rows of each table; 50 if not given. */
  readonly most?: number;
}

/** Characters that a comment on GitHub may have. */
const longest = 65_536;
const cutNote = "**Cut here:** a comment may have 65,536 characters. The other renderings have the whole report.";

/**
 * The verdict in a sentence, what vanished or appeared and what of the model became worse, the checks that did not pass, a
 * table of the columns that drifted or may have, what is notable of both tables and of the model, and how it was computed.
 * Everything else is folded.
 *
 * Names and categories are shown as they are and cannot act as Markdown or HTML.
 *
 * @throws TypeError for what is no report, no result of checks or no names, RangeError for options that there are not
 * @returns at most 65 536 characters, which is what a comment may have; where something was left out, it says so
 */
export function renderMarkdown(report: DriftReport, options: MarkdownOptions = {}): string {
  checkRendering("renderMarkdown", report, options, ["checks", "names", "most"]);
  const { checks, names, most = 50 } = options;
  wholeNumber("renderMarkdown", "most", most, 1, Number.MAX_SAFE_INTEGER);
  const verdict = verdictOf(report.dataset);
  const sides = names ? ` ${codeSpan(names.reference)} → ${codeSpan(names.current)}.` : "";
  const head = [
    ...(checks ? [`**Checks ${checks.passed ? "passed" : "failed"}.** ${checksOf(checks)}`] : []),
    `**${sentence(verdict)}** ${plainText(sentence(report.dataset.reason))}${sides}`,
    ...[structuralLine(report), worseLine(report)].filter((line) => line !== ""),
  ];
  const parts: readonly Part[] = [
    ...(checks ? checkPart(checks, most) : []),
    ...columnParts(report, most),
    ...segmentPart(report, most),
    ...qualityPart(report, most),
    ...modelPart(report),
    ...warningPart(report, most),
  ];
  const { alarms, notes } = notesOf(report);
  const foot = `<sub>${[...notes, alarms, `Smirnov ${report.version}`].filter(Boolean).map(plainText).join(" · ")}</sub>`;
  return fitting(head.join("\n\n"), parts, foot);
}

function checksOf(checks: SuiteResult): string {
  const of = checks.suite === null ? "" : ` (${codeSpan(checks.suite)})`;
  return `${sentence(countWords(checks))}`.replace(/\.$/, `${of}.`);
}

function notesOf(report: DriftReport): { readonly alarms: string; readonly notes: readonly string[] } {
  const alarms = report.falseAlarms.perComparison === null ? "" : report.falseAlarms.reason;
  return { alarms, notes: [...rowNotes(report), ...pairingNotes(report.pairing), ...levelNotes(report)] };
}

function warningPart({ warnings }: DriftReport, most: number): Part[] {
  if (warnings.length === 0) return [];
  const rows = warnings.slice(0, most).map((warning) => `- Warning: ${plainText(warning)}`);
  return [{ before: [], rows, after: [] }];
}

/** As many rows of the parts as fit, in their order. */
function fitting(head: string, parts: readonly Part[], foot: string): string {
  const blocks = [head];
  let left = longest - head.length - foot.length - cutNote.length - 10;
  let isCut = false;
  for (const { before, rows, after } of parts) {
    const around = [...before, ...after].reduce((sum, line) => sum + line.length + 1, 2);
    if (isCut || around + (rows[0]?.length ?? 0) > left) {
      isCut = true;
      break;
    }
    left -= around;
    const kept: string[] = [];
    for (const row of rows) {
      if (row.length + 1 > left) {
        isCut = true;
        break;
      }
      left -= row.length + 1;
      kept.push(row);
    }
    blocks.push([...before, ...kept, ...after].join("\n"));
  }
  return `${[...blocks, ...(isCut ? [cutNote] : []), foot].join("\n\n")}\n`;
}

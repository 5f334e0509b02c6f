/** What the checks of a suite came to, those that failed first. */
import type { CheckResult, CheckStatus, SuiteResult } from "../../checks/suite-result.js";
import { counted, grouped } from "../numbers.js";
import { controls } from "./controls.js";
import { valueText } from "./figures.js";
import { html, type Markup, named, nothing } from "./markup.js";
import { prose } from "./prose.js";
import { type Sign, signed } from "./severity.js";
import { checksSentence } from "./verdict-section.js";

const statuses: readonly { readonly status: CheckStatus; readonly word: string; readonly sign: Sign }[] = [
  { status: "fail", word: "failed", sign: "drift" },
  { status: "error", word: "could not be told", sign: "structure" },
  { status: "warn", word: "warned", sign: "possible" },
  { status: "skip", word: "skipped", sign: "unjudged" },
  { status: "pass", word: "passed", sign: "none" },
];

/** What the other cells do not say: a reason that is made of them is left out. */
function moreOf({ reason, expected }: CheckResult): string {
  return reason.endsWith(`should be ${expected}`) ? "" : prose(reason, 300);
}

/** Row numbers that are shown. */
const mostRows = 10;

export function checksSection(checks: SuiteResult | null): Markup {
  if (!checks) return nothing;
  const { suite, results, counts } = checks;
  const present = statuses.filter(({ status }) => counts[status] > 0);
  return html`<section id="checks" aria-labelledby="checks-title"><h2 id="checks-title">Checks${
    suite !== null && suite !== "" && html` of ${named(suite, 60)}`
  }</h2><p>${checksSentence(checks)}</p>${
    results.length > 1 &&
    controls({
      table: "checks-table",
      label: "Search checks",
      noun: "check",
      count: results.length,
      choices: {
        label: "Result",
        options: present.map(({ status, word }) => ({ value: status, label: `${word} (${counts[status]})` })),
      },
    })
  }<div id="checks-table">${present.map(({ status, word, sign }) =>
    group(
      results.filter((result) => result.status === status),
      status,
      word,
      sign,
    ),
  )}</div></section>`;
}

function group(results: readonly CheckResult[], status: CheckStatus, word: string, sign: Sign): Markup {
  const open = status === "fail" || status === "error" || status === "warn";
  return html`<details class="z" ${open ? html`open` : nothing}><summary>${signed(sign, `${counted(results.length, "check")} ${word}`)}</summary><table class="l"><thead><tr><th scope="col">Check<th scope="col">Of<th scope="col">Is<th scope="col">Should be<th scope="col">More</thead>${results.map(
    (result) =>
      html`<tbody data-c="${status}"><tr><th scope="row">${named(result.name, 80)}${!result.critical && html` <small>not critical</small>`}<td>${subject(
        result,
      )}<td>${valueText(result.actual)}<td>${prose(result.expected, 60)}<td>${moreOf(result)}${
        result.rows && rowsOf(result.rows)
      }</tbody>`,
  )}</table></details>`;
}

function subject({ column, of, side, segment, where }: CheckResult): Markup {
  const parts = [
    column === null ? html`table` : named(column, 40),
    of !== null && html` · ${named(of, 40)}`,
    side === "reference" && html` · reference`,
    segment !== null && html` · ${named(segment, 40)}`,
    where !== null && html` · where ${named(JSON.stringify(where), 60)}`,
  ];
  return html`${parts}`;
}

function rowsOf({ count, indices }: NonNullable<CheckResult["rows"]>): Markup {
  const shown = indices.slice(0, mostRows).map(grouped).join(", ");
  return html` <small>${counted(count, "row")}: ${shown}${count > mostRows && ", …"}</small>`;
}

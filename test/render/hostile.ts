/** Names and values that act somewhere: on a terminal, in HTML, XML, Markdown, a spreadsheet or a template. */
import type { DriftReport } from "../../dist/drift/report.js";
import { driftedColumn, reportOf, unjudged } from "./fixture.ts";
import { checkResult, qualityOf, regressionModel, suiteResult } from "./quality-fixture.ts";

export const hostile: readonly (readonly [what: string, text: string])[] = [
  ["an end of a script", "</script><script>alert(1)</script>"],
  ["an image", '<img src=x onerror="alert(1)">'],
  ["an attribute's end", `" onmouseover="x" ' y='`],
  ["a template", "{{constructor.constructor('x')()}} <%= x %> #{x}"],
  ["a right-to-left override", "abc\u202egnp.exe\u2066\u200f"],
  ["ten thousand characters", "long ".repeat(2000)],
  ["ten thousand characters without a blank", "x".repeat(10_000)],
  ["emoji", "👩‍👩‍👧‍👦 🇩🇪 e\u0301 ﷽"],
  ["control characters", "\x1b[31m\x1b]0;title\x07\x00\x08\x9b31m\x7f"],
  ["lone surrogates and non-characters", "a\ud800b\udc00c\ufffe\uffff"],
  ["borders of tables", "a | b || c \\| d \\\\| |"],
  ["backticks", "`a` ``b``` c`"],
  ["a backtick alone", "`"],
  ["line ends", "a\nb\r\nc\rd\u2028e\u0085f\tg"],
  ["an end of a section", "]]> <![CDATA[ & &amp; &lt; -->"],
  ["a formula", '=cmd()|"/C calc"!A0'],
  ["another formula", "@SUM(1+1)*cmd|' /C calc'!A0"],
  ["a mention", "@octocat, hello@example.com, @org/team"],
  ["references", "#123 GH-123 org/repo#1 :smile: :+1:"],
  ["links", "[a](javascript:alert(1)) ![b](x.png) <https://x.example> https://y.example www.example.com [^1]"],
  ["Markdown", "# **a** _b_ ~~c~~ > d $x^2$ - 1. \\"],
  ["a comment", "<!-- <details> --> </details></sub></td>"],
  ["blanks", "   "],
  ["nothing", ""],
  ["what every object has", "constructor"],
];

/** A report in which a text stands wherever texts from files can. */
export function reportWith(text: string): DriftReport {
  const drifted = driftedColumn(text);
  const base = reportOf(
    [
      {
        ...drifted,
        type: [`Struct<${text}>`, text],
        change: `category \`${text}\` rose from 1 % to 3 %; 1 new: ${text}`,
        warnings: [`${text} is small`],
        shape: { categories: [text, "other"], reference: [0.5, 0.5], current: [0.2, 0.8] },
      },
      unjudged(`${text} too`, "unsupported", `type ${text} is not supported`),
    ],
    { reason: `1 of 1 judged columns drifted` },
  );
  const key = `country=${text}`;
  const segment = {
    values: { country: text },
    status: "ok" as const,
    reason: text,
    rows: { reference: 10, current: 20 },
    share: { reference: 0.1, current: 0.2 },
    dataset: base.dataset,
    columns: base.columns,
  };
  return {
    ...base,
    warnings: [`${text}: a warning`],
    quality: qualityOf(text, text),
    modelQuality: regressionModel(text),
    pairing: {
      by: [text],
      pairs: 3,
      unmatched: { reference: 0, current: 1 },
      withoutKey: { reference: 0, current: 0 },
    },
    segments: { [key]: segment },
    correlations: {
      ...{ drifted: 1, tested: 1, threshold: 0.25, level: 0.005 },
      pairs: [
        {
          ...{ method: "pearson", columns: [text, "b"], reference: 0.8, current: 0.1 },
          ...{ rows: { reference: 10, current: 10 }, pValue: 0, adjustedPValue: 0, drifted: true },
        },
      ],
    },
  };
}

export function checksWith(text: string) {
  const changes = { name: text, reason: `mean of ${text} is 3, should be ${text}`, column: text, expected: text };
  const statuses = ["fail", "error", "warn", "skip", "pass"] as const;
  return suiteResult(
    statuses.map((status) => checkResult(status, { ...changes, segment: `country=${text}`, actual: text })),
    text,
  );
}

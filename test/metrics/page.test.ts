/** docs/metrics.md, which this test writes with `--update`. */
import { describe, expect, it } from "vitest";
import type { MetricDefinition } from "../../dist/metrics/definition.js";
import { effectNames } from "../../dist/metrics/effect-names.js";
import { metricDefinitions } from "../../dist/metrics/vocabulary.js";

const sides = { each: "reference, current", current: "current", both: "–" };
const needs = {
  rows: "any result",
  quality: "`quality`, a profile, or a report with `quality`",
  drift: "a report",
  change: "a report with `quality`",
  correlations: "a report with `correlations`",
  modelQuality: "`modelQuality`, or a report with it",
  roles: "a report with `target`, `prediction` or `joint`",
  pairBy: "a report with `pairBy`",
  by: "a report with `by`",
};

const sections: readonly (readonly [string, (definition: MetricDefinition) => boolean])[] = [
  ["Of the table", ({ subjects }) => subjects.includes("table")],
  ["Of a column", ({ subjects, name }) => subjects.includes("column") && !effectNames.has(name)],
  ["Of a column: effects", ({ name, subjects }) => effectNames.has(name) && subjects.includes("column")],
  ["Of two columns", ({ subjects }) => subjects.includes("pair")],
  ["Of a model", ({ subjects }) => subjects.includes("model") || subjects.includes("class")],
];

function row({ name, subjects, sides: side, value, needs: need, meaning }: MetricDefinition) {
  const also = subjects.includes("class") ? (subjects.length > 1 ? "; also of each class" : "; of each class") : "";
  return `| \`${name}\` | ${sides[side]} | ${value} | ${needs[need]} | ${meaning}${also} |`;
}

const page = `# Metrics

Every number of a report has one name, whoever asks for it: checks ([checks.md](checks.md)), tables of metrics, monitoring.
\`metricsOf\` lists those of a report, of what \`quality\` or \`modelQuality\` returned, or of a profile: first those of the
table and of the model, then those of each column, of pairs of columns, and of each segment in the same order. This page
is written by a test.

A metric has a \`segment\` (\`country=DE\`, or \`null\` for all rows), a \`column\` (or \`null\`), \`of\` (the class of a classifier, or
the other column of a correlation), a \`side\` (\`reference\`, \`current\`, or \`null\` for both together) and a \`value\`: a finite
number, text, true or false, or \`null\` where there is none. A table or profile by itself is the \`current\` side. What is not
known exactly has an \`interval\`: bounds between profiles, quantiles of sketches, three standard errors of an estimated
number of distinct values.

Kinds of values: \`count\` and \`number\`; \`share\`, from 0 to 1; \`truth\`, true or false; \`text\`; \`value\`, one of the column
(dates as ISO 8601 text, integers beyond 2^53 and infinities as text); \`names\`, a JSON array as text.
${sections
  .map(
    ([title, belongs]) => `
## ${title}

| name | side | kind | where it is | meaning |
|---|---|---|---|---|
${metricDefinitions.filter(belongs).map(row).join("\n")}
`,
  )
  .join("")}
Rankings also have \`ndcg@k\`, \`precision@k\`, \`recall@k\` and \`hitRate@k\` for each k that was asked for, each with \`Low\` and
\`High\`, and with \`Change\` between the sides (\`ndcg@10ChangeLow\`). Quantiles of a regression's errors are \`errorQ05\`,
\`errorQ50\` and so on.
`;

describe("docs/metrics.md", () => {
  it("lists all names of metrics", async () => {
    await expect(page).toMatchFileSnapshot("../../docs/metrics.md");
  });
});

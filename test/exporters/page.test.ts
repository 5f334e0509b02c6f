/** docs/exporters.md, whose list of metrics this test writes with `--update`. */
import { expect, it } from "vitest";
import { processMetrics, windowMetrics } from "../../dist/exporters/all-metrics.js";
import type { ExportedMetric } from "../../dist/exporters/exported-metric.js";
import { text } from "../house/repository.ts";

function row({ name, type, labels, unit, from, help }: ExportedMetric): string {
  const said = help.replaceAll("|", "\\|");
  return `| \`${name}\` | ${type} | ${labels.join(", ") || "–"} | ${unit} | ${said} | ${from} |`;
}

const head = (last: string) => `| name | type | labels | unit | meaning | ${last} |\n|---|---|---|---|---|---|\n`;

const written = `
Of windows; read from a field of the window's result, or, in backticks, by a name of [metrics.md](metrics.md).

${head("from")}${windowMetrics.map(row).join("\n")}

Of the process (\`operations\`), set by the service.

${head("from")}${processMetrics.map(row).join("\n")}

`;

it("docs/exporters.md lists all metrics", async () => {
  const page = text("docs/exporters.md");
  const [start, end] = ["<!-- metrics: written by a test -->\n", "<!-- end of metrics -->"];
  const [before = "", rest = ""] = page.split(start);
  const after = rest.slice(rest.indexOf(end));
  expect(after).toContain(end);
  await expect(`${before}${start}${written}${after}`).toMatchFileSnapshot("../../docs/exporters.md");
});

it("docs/exporters.md lists all options", () => {
  const page = text("docs/exporters.md");
  const optionsIn = (file: string) =>
    Array.from(
      text(`src/exporters/${file}.ts`).matchAll(/^ {2}readonly (\w+)\??: (?!\(\))/gm),
      ([, name = ""]) => name,
    );
  const [prometheus, , mlflow] = page.split(/^## /m).slice(1) as [string, string, string];
  for (const name of ["maximumSeries", "columns", "segments", "registry", "prefix", "operations", "processMetrics"]) {
    expect([...optionsIn("series-options"), ...optionsIn("prometheus")]).toContain(name);
    expect(prometheus).toContain(`| \`${name}\` |`);
  }
  const own = optionsIn("mlflow").filter((name) => !["waiting", "id", "run", "entries"].includes(name));
  expect(own.filter((name) => !mlflow.includes(`\`${name}\``))).toEqual([]);
  expect(own.length).toBeGreaterThan(9);
});

/** docs/examples: what each rendering looks like, of the weather of Seattle in two years. */
import { fileURLToPath } from "node:url";
import { parseSuite, readTable, runSuite, sliceTable } from "smirnov";
import { renderChecks, renderCsv, renderJson, renderJunit, renderMarkdown, renderText } from "smirnov/render";
import { beforeAll, describe, expect, it } from "vitest";

const file = new URL("../data/seattle-weather.csv", import.meta.resolve("vega-datasets"));
const names = { reference: "seattle-2012.csv", current: "seattle-2015.csv" };
/** Of the first three years. */
const days = [366, 365, 365];

const suite = `name: weather
presets: [data-drift]
checks:
  - { name: it rains on some days, metric: mean, column: precipitation, gt: 0, lte: 10 }
  - { metric: missingShare, column: "*", lte: 0 }
  - { metric: max, column: wind, lte: { reference: 1.05 } }
  - { name: as warm as it was, metric: mean, column: temp_max, approx: { value: { reference: 1 }, absolute: 1 } }
  - { metric: outOfRangeShare, column: temp_min, lte: 0, critical: false }
  - { metric: accuracy, gte: 0.9 }
compare:
  columns: [precipitation, temp_max, temp_min, wind, weather]
  quality: true
`;

describe("docs/examples", () => {
  let found: Awaited<ReturnType<typeof runSuite>>;

  beforeAll(async () => {
    const table = await readTable(fileURLToPath(file));
    const third = days.reduce((sum, count) => sum + count, 0);
    const years = [sliceTable(table, 0, days[0]!), sliceTable(table, third, table.rows)] as const;
    found = await runSuite(await parseSuite(suite), ...years, { threads: 1 });
  });

  it.each([
    ["suite.yaml", () => suite],
    ["report.txt", () => renderText(found.report)],
    ["report.json", () => `${renderJson(found.report)}\n`],
    ["report.md", () => renderMarkdown(found.report, { names })],
    ["report.xml", () => renderJunit(found.report, { names })],
    ["report.csv", () => renderCsv(found.report)],
    ["checks.txt", () => renderChecks(found.result)],
    ["checks.json", () => `${JSON.stringify(found.result, null, 2)}\n`],
    ["checks.md", () => renderMarkdown(found.report, { names, checks: found.result })],
    ["checks.xml", () => renderJunit(found.report, { names, checks: found.result })],
  ])("%s is what is rendered now", async (name, render) => {
    await expect(render()).toMatchFileSnapshot(`../../docs/examples/${name}`);
  });
});

/** docs/checks.md: its example runs, and its list of presets is written by this test with `--update`. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseSuite, preset, runSuite } from "smirnov";
import { describe, expect, it } from "vitest";
import { presetNames } from "../../dist/checks/suite-schema.js";
import { conditionWords } from "../../dist/checks/words.js";

const page = readFileSync(fileURLToPath(new URL("../../docs/checks.md", import.meta.url)), "utf8");

const about = {
  "data-drift": "Less than 30 % of the columns drifted, and none is gone. Needs a report.",
  "data-quality": "Nothing is missing, constant, empty or doubled that was not. Needs `quality`.",
  "data-stability": "The same columns, with values where the reference has them. Needs `quality`.",
  "no-target": "For models whose target is not known yet: drift, missing values, columns and ranges. Needs `quality`.",
  classification: "Scores of a classifier are at least four fifths of the reference's. Needs `modelQuality`.",
  regression: "Errors of a regression are at most a tenth larger. Needs `modelQuality`.",
};

function section(name: keyof typeof about) {
  const rows = (preset(name).checks ?? []).map((check) => {
    const where = check.column === undefined ? "" : check.column === "*" ? ", each column" : `, ${check.column}`;
    const failing = check.critical === false ? "warns" : "fails";
    return `| ${check.name} | \`${check.metric}\`${where} | ${conditionWords(check)} | ${failing} |`;
  });
  return `### \`${name}\`\n\n${about[name]}\n\n| check | metric | should be | else |\n|---|---|---|---|\n${rows.join("\n")}\n`;
}

describe("docs/checks.md", () => {
  it("lists the presets", async () => {
    const [start, end] = ["<!-- presets: written by a test -->\n", "<!-- end of presets -->"];
    const [before = "", rest = ""] = page.split(start);
    const after = rest.slice(rest.indexOf(end));
    const written = `${before}${start}\n${presetNames.map(section).join("\n")}\n${after}`;
    await expect(written).toMatchFileSnapshot("../../docs/checks.md");
  });

  it("shows a suite that runs", async () => {
    const [, yaml = ""] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
    const suite = await parseSuite(yaml, "suite.yaml");
    const side = (shift: number) => {
      const rows = Array.from({ length: 300 }, (_, k) => k);
      return {
        price: rows.map((k) => 10 + shift + (k % 37)),
        weight: rows.map((k) => (k % 61) / 2),
        country: rows.map((k) => ["DE", "FR", "PL"][k % 3]!),
      };
    };
    const { result } = await runSuite(suite, side(0), side(0));
    expect(result.counts).toMatchObject({ fail: 0, error: 0 });
    expect(result.suite).toBe("orders");
    expect(result.results.filter(({ segment }) => segment !== null).map(({ segment }) => segment)).toEqual([
      "country=DE",
      "country=FR",
      "country=PL",
    ]);
    const moved = (await runSuite(suite, side(0), side(20))).result;
    expect(moved.passed).toBe(false);
  });
});

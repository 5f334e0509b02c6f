import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSuite, readTable, runSuite, suiteFrom, suiteToYaml } from "smirnov";
import { renderChecks } from "smirnov/render";
import { describe, expect, it } from "vitest";
import { columnsOf, csvOf, scratch, smirnov } from "./command.ts";

const { folder, write } = scratch();
const at = (name: string) => join(folder, name);
const reference = write("reference.csv", csvOf(columnsOf()));
const same = write("same.csv", csvOf(columnsOf({ seed: 2 })));
const drifted = write("drifted.csv", csvOf(columnsOf({ seed: 3, by: 0.5 })));

const suite = write(
  "suite.yaml",
  `name: prices
checks:
  - { metric: max, column: price, lte: 1 }
  - { metric: mean, column: weight, gte: 0.4, lte: 0.6 }
  - { metric: min, column: age, gte: 0.5, critical: false }
`,
);

describe("smirnov check", () => {
  it("prints the checks that do not hold, and fails with 1", async () => {
    const { status, output, errors } = await smirnov(["check", suite, reference, drifted]);
    expect({ status, errors }).toEqual({ status: 1, errors: "" });
    const tables = [await readTable(reference), await readTable(drifted)] as const;
    const { result } = await runSuite(await parseSuite(readFileSync(suite, "utf8")), ...tables);
    expect(output).toBe(renderChecks(result));
    expect(output).toMatch(/^Checks of prices: failed\. 1 failed, 1 warned, 1 passed\.\n\nfail +max of price is /);
  });

  it("passes with 0, warnings or not", async () => {
    const { status, output } = await smirnov(["check", suite, reference, same]);
    expect(status).toBe(0);
    expect(output).toMatch(/^Checks of prices: passed\. 1 warned, 2 passed\.\n/);
  });

  it("fails with 2 where something could not be told, unless a check failed", async () => {
    const check = "  - { metric: accuracy, gte: 0.9 }\n";
    const open = write("open.yaml", `checks:\n${check}`);
    const { status, output } = await smirnov(["check", open, reference, same]);
    expect(status).toBe(2);
    expect(output).toMatch(
      /^Checks of open\.yaml: failed\. 1 could not be told\.\n\nerror +.*accuracy was not computed/,
    );
    const both = write("both.yaml", `${readFileSync(suite, "utf8")}${check}`);
    expect((await smirnov(["check", both, reference, drifted])).status).toBe(1);
  });

  it("cannot tell of a column that there is not, and tells the rest", async () => {
    const strange =
      "checks:\n  - { metric: missingShare, column: prize, lte: 0 }\n  - { metric: max, column: price, lte: 9 }\n";
    const { status, output } = await smirnov(["check", write("strange.yaml", strange), reference, same], {
      COLUMNS: "200",
    });
    expect(status).toBe(2);
    expect(output).toMatch(/^Checks of strange\.yaml: failed\. 1 could not be told, 1 passed\.\n/);
    expect(output).toContain('there is no column "prize"; did you mean "price"?');
  });

  it("writes its results like a comparison", async () => {
    const files = ["--junit", at("c.xml"), "--markdown", at("c.md"), "--html", at("c.html"), "--csv", at("c.csv")];
    const { status, output } = await smirnov(["check", suite, reference, drifted, "--json", ...files]);
    expect(status).toBe(1);
    expect(JSON.parse(output)).toMatchObject({
      format: 1,
      suite: "prices",
      passed: false,
      counts: { fail: 1, warn: 1 },
    });
    expect(readFileSync(at("c.xml"), "utf8")).toContain('<testsuite name="prices" tests="3" failures="1"');
    expect(readFileSync(at("c.md"), "utf8")).toMatch(/^\*\*Checks failed\.\*\* 1 failed, 1 warned, 1 passed/);
    expect(readFileSync(at("c.html"), "utf8")).toContain("prices");
    expect(readFileSync(at("c.csv"), "utf8")).toMatch(/^segment,column/);
  });

  it("names rows by their place in the file, with conditions on rows too", async () => {
    const { price, weight, age } = columnsOf({ seed: 3, by: 0.5 });
    const words = ["check", suite, reference, drifted, "--json", "--where", "price>=1.25"];
    const result = JSON.parse((await smirnov(words)).output);
    const [first] = result.results;
    expect(first.rows.count).toBe(price!.filter((x) => x >= 1.25).length);
    for (const row of first.rows.indices) expect(price![row]).toBeGreaterThanOrEqual(1.25);
    expect([weight!.length, age!.length]).toEqual([400, 400]);
  });

  it("says what is wrong with a suite, a line a problem", async () => {
    const wrong = write("wrong.yaml", "checks:\n  - { metric: mising, lte: 3 }\n  - { column: x }\n");
    const { status, output, errors } = await smirnov(["check", wrong, reference, same]);
    expect({ status, output }).toEqual({ status: 2, output: "" });
    const lines = errors.trimEnd().split("\n");
    expect(lines[0]).toMatch(/^smirnov: \S+wrong\.yaml:2:\d+: unknown metric "mising"; did you mean "missing"\?$/);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line).toMatch(/^smirnov: \S+wrong\.yaml:\d+:\d+: /);
    expect((await smirnov(["check", at("none.yaml"), reference, same])).errors).toMatch(
      /there is no file \S+none\.yaml/,
    );
    expect((await smirnov(["check", folder, reference, same])).errors).toContain("is a directory");
  });

  it("never overwrites the suite", async () => {
    const { errors } = await smirnov(["check", suite, reference, same, "--json", "--markdown", suite]);
    expect(errors).toMatch(/--markdown \S+suite\.yaml would overwrite what is read/);
  });
});

describe("smirnov suite", () => {
  it("writes what suiteFrom makes of the reference, which it then passes", async () => {
    const outcome = await smirnov(["suite", reference, "-o", at("made.yaml")]);
    expect(outcome).toEqual({ status: 0, output: "", errors: "" });
    const own = await suiteFrom(await readTable(reference));
    const comment = [
      expect.stringMatching(
        /^# What \S+ is like, for tables of about [\d,]+ rows: limits allow for chance and 10 % more\.$/,
      ),
      expect.stringContaining("critical: false warns where others fail."),
      `# smirnov check ${at("made.yaml")} ${reference} <current>`,
    ];
    const lines = readFileSync(at("made.yaml"), "utf8").split("\n");
    expect(lines.slice(0, 3)).toEqual(comment);
    expect(lines.slice(3).join("\n")).toBe(suiteToYaml(own));
    expect((await smirnov(["check", at("made.yaml"), reference, same])).status).toBe(0);
    expect((await smirnov(["check", at("made.yaml"), reference, drifted])).status).toBe(1);
  });

  it("prints it without an output, as JSON on request, for rows and columns that are told", async () => {
    const words = ["--columns", "price", "--expected-rows", "1000", "--tolerance", "0.2"];
    const { output } = await smirnov(["suite", reference, ...words]);
    const own = await suiteFrom(await readTable(reference), { columns: ["price"], expectedRows: 1000, tolerance: 0.2 });
    expect(await parseSuite(output)).toEqual(own);
    expect(JSON.parse((await smirnov(["suite", reference, ...words, "--json"])).output)).toEqual(own);
  });

  it("holds presets, alone or beside what the reference is like", async () => {
    const alone = await smirnov(["suite", "--preset", "data-drift,data-quality"]);
    expect(await parseSuite(alone.output)).toEqual({ presets: ["data-drift", "data-quality"] });
    const both = await parseSuite((await smirnov(["suite", reference, "--preset", "data-drift"])).output);
    expect(both.presets).toEqual(["data-drift"]);
    expect(both.checks?.length).toBeGreaterThan(5);
  });

  it("is made of a profile too", async () => {
    await smirnov(["profile", reference, "-o", at("p.smirnov")]);
    const { status, output } = await smirnov(["suite", at("p.smirnov")]);
    expect(status).toBe(0);
    expect((await parseSuite(output)).checks?.length).toBeGreaterThan(5);
  });

  it("never overwrites the reference, nor does a profile", async () => {
    for (const command of ["suite", "profile"]) {
      const { errors } = await smirnov([command, reference, "-o", reference]);
      expect(errors).toMatch(/--output \S+reference\.csv would overwrite what is read/);
    }
  });
});

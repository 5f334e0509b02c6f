/** Files that `smirnov compare` and `smirnov check` write, and how. */
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { compare, filterRows, metricsOf, readTable } from "smirnov";
import { renderCsv, renderHtml, renderJunit, renderMarkdown } from "smirnov/render";
import { describe, expect, it } from "vitest";
import { columnsOf, csvOf, scratch, smirnov } from "./command.ts";

const { folder, write } = scratch();
const at = (name: string) => join(folder, name);
const cities = (rows: number) => Array.from({ length: rows }, (_, row) => ["Oslo", "Rome", "Lima"][row % 3]!);
const reference = write("reference.csv", csvOf({ ...columnsOf(), city: cities(400) }));
const current = write("current.csv", csvOf({ ...columnsOf({ seed: 3, by: 0.5 }), city: cities(400) }));
const text = (name: string) => readFileSync(at(name), "utf8");
const names = { reference, current };

describe("outputs of smirnov compare", () => {
  it("are the renderings, each in its file, besides the text", async () => {
    const files = ["html", "json", "markdown", "junit", "csv"].map((format) => `--${format}=${at(`all.${format}`)}`);
    const outcome = await smirnov(["compare", reference, current, ...files, "--arrow", at("all.arrow")]);
    expect(outcome).toMatchObject({ status: 0, errors: "" });
    expect(outcome.output).toMatch(/^Dataset: no drift/m);
    const tables = [await readTable(reference), await readTable(current)] as const;
    const nothing = { methods: {}, methodByKind: {}, thresholds: {}, thresholdByKind: {} };
    const report = await compare(...tables, { ...nothing, quality: true });
    expect(JSON.parse(text("all.json"))).toEqual(report);
    // Scripts are as whoever compiled the page wrote them.
    const content = (page: string) => page.replace(/<script>[\s\S]*?<\/script>|script-src &#39;[^;]*;/g, "");
    expect(content(text("all.html"))).toBe(content(renderHtml(report, { names })));
    expect(text("all.markdown")).toBe(renderMarkdown(report, { names }));
    expect(text("all.junit")).toBe(renderJunit(report, { names }));
    expect(text("all.csv")).toBe(renderCsv(report));
    expect(tableFromIPC(readFileSync(at("all.arrow"))).numRows).toBe(metricsOf(report).length);
  });

  it("take the place of the text on the standard output", async () => {
    const { status, output, errors } = await smirnov(["compare", reference, current, "--markdown", "-"]);
    expect({ status, errors }).toEqual({ status: 0, errors: "" });
    expect(output).toMatch(/^\*\*No drift\.\*\* 1 of 4 judged columns drifted/);
    expect(output).not.toContain("Dataset:");
  });

  it("replace a file as a whole, through links too, and leave nothing beside it", async () => {
    mkdirSync(at("replaced"));
    writeFileSync(at("replaced/there.csv"), "old");
    symlinkSync("there.csv", at("replaced/link.csv"));
    expect(await smirnov(["compare", reference, current, "--csv", at("replaced/link.csv")])).toMatchObject({
      status: 0,
    });
    expect(readdirSync(at("replaced")).sort()).toEqual(["link.csv", "there.csv"]);
    expect(text("replaced/there.csv")).toMatch(/^segment,column,of,side,metric,value,text,low,high\n/);
  });

  it("never overwrite what is read, by whatever name", async () => {
    const before = statSync(reference).mtimeMs;
    symlinkSync(reference, at("link.csv"));
    for (const path of [reference, at("link.csv"), join(folder, ".", "reference.csv")]) {
      const { status, errors } = await smirnov(["compare", reference, current, "--csv", path]);
      expect(status).toBe(2);
      expect(errors).toMatch(/^smirnov: --csv \S+ would overwrite what is read \(see/);
    }
    const pattern = await smirnov(["compare", current, at("ref*.csv"), "--csv", reference]);
    expect(pattern.errors).toContain("would overwrite what is read");
    expect(statSync(reference).mtimeMs).toBe(before);
  });

  it.each([
    ["a folder that there is not", ["--html", at("none/a.html")], /--html \S+a\.html: there is no folder \S+none/],
    ["a folder", ["--html", folder], /--html \S+ is a folder/],
    ["one file twice", ["--csv", at("a"), "--junit", at("a")], /--junit and --csv both write \S+a/],
  ])("are refused before anything is read: %s", async (_, words, message) => {
    const { status, output, errors } = await smirnov(["compare", "none.csv", "none.csv", ...words]);
    expect({ status, output }).toEqual({ status: 2, output: "" });
    expect(errors).toMatch(message);
  });
});

describe("quality on the command line", () => {
  it("is told where it is asked for, and on pages unless it is refused", async () => {
    const qualityWith = async (...words: string[]) => {
      await smirnov(["compare", reference, current, `--json=${at("q.json")}`, ...words]);
      return JSON.parse(text("q.json")).quality !== undefined;
    };
    expect(await qualityWith()).toBe(false);
    expect(await qualityWith("--quality")).toBe(true);
    expect(await qualityWith("--html", at("q.html"))).toBe(true);
    expect(await qualityWith("--html", at("q.html"), "--no-quality")).toBe(false);
  });
});

describe("--where", () => {
  const rowsWith = async (...conditions: string[]) => {
    const words = conditions.flatMap((condition) => ["--where", condition]);
    const { output, errors } = await smirnov(["compare", reference, current, "--json", ...words]);
    return errors === "" ? JSON.parse(output).rows : errors;
  };

  it("compares the rows that fulfil all conditions", async () => {
    const table = await readTable(reference);
    const other = await readTable(current);
    const filter = { city: { in: ["Oslo", "Lima"] }, age: { gte: 0.25, lt: 0.75 } };
    const rows = { reference: filterRows(table, filter).rows, current: filterRows(other, filter).rows };
    expect(await rowsWith("city in Oslo,Lima", "age>=0.25", "age < 0.75")).toEqual(rows);
    expect(await rowsWith("city!=Oslo")).toEqual({ reference: 266, current: 266 });
    expect(await rowsWith("city not in Oslo", "city is not missing")).toEqual({ reference: 266, current: 266 });
  });

  it("may name a column that is not compared", async () => {
    const words = ["--where", "city=Oslo", "--columns", "price", "--json"];
    const report = JSON.parse((await smirnov(["compare", reference, current, ...words])).output);
    expect(Object.keys(report.columns)).toEqual(["price"]);
    expect(report.rows).toEqual({ reference: 134, current: 134 });
  });

  it("reads values as the column's kind", async () => {
    const truths = write("truths.csv", csvOf({ sold: ["true", "false", "true"], "a=b": [1, 2, 3] }));
    const { output } = await smirnov([
      "compare",
      truths,
      truths,
      "--json",
      "--where",
      "sold=true",
      "--where",
      "a=b<=1",
    ]);
    expect(JSON.parse(output).rows).toEqual({ reference: 1, current: 1 });
    const { errors } = await smirnov(["compare", truths, truths, "--where", "sold=yes"]);
    expect(errors).toContain('--where sold=yes: the column holds true and false, got "yes"');
  });

  it.each([
    ["ctiy=Oslo", '--where ctiy=Oslo: there is no column "ctiy"; did you mean "city"?'],
    ["price>much", '--where price>much: the column holds numbers, got "much"'],
  ])("refuses %s in words", async (condition, message) => {
    expect(await rowsWith(condition)).toContain(message);
  });

  it("refuses the same condition twice, and profiles, and warns where no row is left", async () => {
    expect(await rowsWith("price>1", "price>2")).toContain("--where price>2: there is one like it already");
    await smirnov(["profile", reference, "-o", at("p.smirnov")]);
    const { errors } = await smirnov(["compare", at("p.smirnov"), current, "--where", "price>1"]);
    expect(errors).toMatch(/--where needs rows, and \S+p\.smirnov is a profile/);
    expect(await rowsWith("price>1000")).toMatch(/^smirnov: warning: no row of \S+reference\.csv fulfils --where$/m);
  });
});

describe("--model-quality", () => {
  const rows = 400;
  const scores = columnsOf({ rows }).price!;
  const labels = (seed: number) => columnsOf({ rows, seed }).age!.map((x, row) => (x < scores[row]! ? "yes" : "no"));
  const model = { score: scores, guess: scores.map((x) => (x > 0.5 ? "yes" : "no")) };
  const before = write("model-1.csv", csvOf({ ...model, truth: labels(5) }));
  const after = write("model-2.csv", csvOf({ ...model, truth: labels(6).reverse() }));

  it("judges a model by its predictions or by its scores", async () => {
    const words = ["compare", before, after, "--target", "truth", "--json"];
    const [plain, scored] = await Promise.all([
      smirnov([...words, "--prediction", "guess", "--model-quality", "--columns", "guess,truth"]),
      smirnov([...words, "--scores", "score", "--positive", "yes"]),
    ]);
    expect(plain.errors + scored.errors).toBe("");
    expect(JSON.parse(plain.output).modelQuality).toMatchObject({ task: "classification", target: "truth" });
    const { reference: side } = JSON.parse(scored.output).modelQuality;
    expect(side).toMatchObject({ positive: "yes", rows });
    expect(side.rocAuc.value).toBeGreaterThan(0.7);
    const { output } = await smirnov([...words.slice(0, -1), "--scores", "score", "--positive", "yes"]);
    expect(output).toMatch(/^Model: classification of truth, 400 → 400 rows\.$/m);
  });

  it("goes with rows that depend on each other, of which no kind of change is told", async () => {
    const words = ["compare", before, after, "--target", "truth", "--prediction", "guess", "--model-quality", "--json"];
    const { output, errors } = await smirnov([...words, "--blocks"]);
    expect(errors).toBe("");
    const report = JSON.parse(output);
    expect(report.modelQuality).toMatchObject({ task: "classification", target: "truth" });
    expect(report.kindOfChange).toBeUndefined();
  });

  it("names a column that there is not", async () => {
    const { status, errors } = await smirnov(["compare", before, after, "--target", "truth", "--scores", "scor"]);
    expect(status).toBe(2);
    expect(errors).toContain('there is no column "scor" in either table; did you mean "score"?');
  });
});

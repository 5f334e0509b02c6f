import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { methods } from "../../dist/drift/methods.js";
import { answers } from "../drift/evidently/answers.ts";
import { expectClose } from "../statistics/oracle.ts";
import { arrowOf, columnsOf, csvOf, scratch, smirnov, smirnovUnread } from "./command.ts";

const { folder, write } = scratch();
const reference = write("reference.csv", csvOf(columnsOf()));
const same = write("same.csv", csvOf(columnsOf({ seed: 2 })));
const oneDrifted = write("one.csv", csvOf(columnsOf({ seed: 3, by: 0.5 })));
const allDrifted = write("all.csv", csvOf(columnsOf({ seed: 4, by: 0.5, shifted: ["price", "weight", "age"] })));
const wide = write("wide.csv", csvOf(Object.fromEntries(Array.from({ length: 300 }, (_, k) => [`c${k}`, [1, 2, 3]]))));

describe("smirnov compare", () => {
  it("prints a line a column, the dataset's verdict, and nothing on the error output", async () => {
    const { status, output, errors } = await smirnov(["compare", reference, oneDrifted]);
    expect({ status, errors }).toEqual({ status: 0, errors: "" });
    expect(output).toMatch(/^price .*\bdrift\b/m);
    expect(output).toMatch(/^weight .*–/m);
    expect(output).toMatch(/^Dataset: no drift\. 1 of 3 judged columns drifted/m);
    expect(output).not.toContain("\x1b");
  });

  it("reads Arrow files, and any two formats together", async () => {
    const arrow = write("reference.arrow", arrowOf(columnsOf()));
    const feather = write("one.feather", arrowOf(columnsOf({ seed: 3, by: 0.5 })));
    const [one, other] = await Promise.all([
      smirnov(["compare", arrow, feather, "--json"]),
      smirnov(["compare", arrow, oneDrifted, "--json"]),
    ]);
    expect(one.status).toBe(0);
    expect(JSON.parse(one.output).columns.price.drifted).toBe(true);
    const { statistic, pValue } = JSON.parse(other.output).columns.price;
    expect(JSON.parse(one.output).columns.price).toMatchObject({ statistic, pValue });
  });

  it("writes one JSON document with --json, and nothing else", async () => {
    const { status, output, errors } = await smirnov(["compare", reference, oneDrifted, "--json"], {
      FORCE_COLOR: "1",
    });
    expect({ status, errors }).toEqual({ status: 0, errors: "" });
    const report = JSON.parse(output);
    expect(Object.keys(report.columns)).toEqual(["price", "weight", "age"]);
    expect(report.dataset).toMatchObject({ drifted: false, driftedColumns: 1, judged: 3 });
    expect(output.endsWith("}\n")).toBe(true);
  });

  it("uses the width and the colours that it is told", async () => {
    const narrow = await smirnov(["compare", reference, same], { COLUMNS: "80" });
    expect(Math.max(...narrow.output.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    const { output } = await smirnov(["compare", reference, oneDrifted], { FORCE_COLOR: "1" });
    expect(output).toContain("\x1b[31m");
  });

  it("compares only the columns asked for, in their order", async () => {
    const { output } = await smirnov(["compare", reference, oneDrifted, "--json", "--columns", "weight,price"]);
    expect(Object.keys(JSON.parse(output).columns)).toEqual(["weight", "price"]);
  });

  it("reports a column that one side lacks, asked for or not", async () => {
    const { price } = columnsOf();
    const fewer = write("fewer.csv", csvOf({ price: price! }));
    for (const options of [[], ["--columns", "price,age"]]) {
      const { status, output } = await smirnov(["compare", reference, fewer, "--json", ...options]);
      expect(status).toBe(0);
      expect(JSON.parse(output).columns.age.status).toBe("missing-in-current");
    }
  });

  it("cuts rows into segments and pairs them, by columns that are not compared", async () => {
    const rows = 400;
    const key = Array.from({ length: rows }, (_, k) => k);
    const part = key.map((k) => (k < 200 ? "new" : "old"));
    const before = write("parts.csv", csvOf({ key, part, x: key.map((k) => (k * 37) % 101) }));
    const moved = key.map((k) => ((k * 37) % 101) + (k < 200 ? 60 : 0));
    const after = write("moved.csv", csvOf({ key, part, x: moved }));
    const files = ["compare", before, after, "--columns", "x"];
    const [cut, paired, any, wrong] = await Promise.all([
      smirnov([...files, "--by", "part", "--json"]),
      smirnov([...files, "--pair-by", "key", "--json"]),
      smirnov([...files, "--by", "part", "--fail-on-drift=any"]),
      smirnov([...files, "--by", "prt"]),
    ]);
    const { segments } = JSON.parse(cut.output);
    expect(segments["part=new"].columns.x.drifted).toBe(true);
    expect(segments["part=old"].columns.x.drifted).toBe(false);
    expect(JSON.parse(paired.output)).toMatchObject({ pairing: { pairs: rows }, columns: { x: { method: "paired" } } });
    expect(any.status).toBe(1);
    expect(any.output).toMatch(/^part=new +200 +200 +1 of 1 +drift +x$/m);
    expect(wrong).toMatchObject({ status: 2, output: "" });
    expect(wrong.errors).toContain('there is no column "prt" in either table; did you mean "part"?');
  });

  it("tells of columns that go together in another way, on request", async () => {
    const x = Array.from({ length: 400 }, (_, k) => (k * 37) % 101);
    const before = write("together.csv", csvOf({ x, y: x.map((value, k) => value + (k % 7)) }));
    const after = write("apart.csv", csvOf({ x, y: x.map((value, k) => 100 - value + (k % 7)) }));
    const files = ["compare", before, after, "--columns", "x,y", "--fail-on-drift=any"];
    const { status, output } = await smirnov([...files, "--correlations"]);
    expect(output).toMatch(/^ {2}x ~ y: (1\.00|0\.99) → -(1\.00|0\.99) \(Pearson\)/m);
    expect(status).toBe(1);
    const quiet = await smirnov(files);
    expect(quiet.output).not.toContain("Correlations");
    expect(quiet.status).toBe(0);
  });

  it("cannot rule drift out where no drifted column has a weight", async () => {
    const weights = ["price", "weight", "age"].flatMap((name) => ["--weight", `${name}=0`]);
    const { status, output, errors } = await smirnov(["compare", reference, allDrifted, "--fail-on-drift", ...weights]);
    expect(status).toBe(2);
    expect(output).toContain("Dataset: not judged.");
    expect(errors).toBe(
      "smirnov: 3 of 3 judged columns drifted, but none of them has a weight, so drift cannot be ruled out\n",
    );
  });

  it("takes methods, thresholds, correction and share", async () => {
    const options = [
      "--method",
      "price=ks",
      "--threshold",
      "price=0",
      "--correction",
      "holm",
      "--share",
      "0.9",
      "--json",
    ];
    const { output } = await smirnov(["compare", reference, allDrifted, ...options]);
    const { columns, dataset, settings } = JSON.parse(output);
    expect(columns.price).toMatchObject({ method: "ks", drifted: false });
    expect(columns.weight).toMatchObject({ drifted: true });
    expect(columns.weight.method).not.toBe("ks");
    expect(dataset).toMatchObject({ threshold: 0.9, drifted: false });
    expect(settings.correction).toBe("holm");
  });

  it("decides like Evidently with its preset, by its methods' names", async () => {
    const words = ["compare", reference, allDrifted, "--preset", "evidently"];
    const { output } = await smirnov([...words, "--method", "price=mannw", "--json"]);
    const { columns, settings } = JSON.parse(output);
    expect(columns.price).toMatchObject({ method: "mannw", threshold: 0.05, status: "ok" });
    expect(columns.weight.method).toMatch(/^(ks|wasserstein)$/);
    expect(settings).toMatchObject({ preset: "evidently", correction: "none" });
    expect((await smirnov(words)).output).toContain("preset evidently: each column by its method's threshold");
  });

  it("reads files for Evidently's preset as pandas does: its missing values are missing in text too", async () => {
    for (const { reference, current, columns, count } of answers.csv) {
      const files = [write("theirs-reference.CSV", reference), write("theirs-current.csv", current)];
      const report = JSON.parse((await smirnov(["compare", ...files, "--preset", "evidently", "--json"])).output);
      for (const [name, { method, score }] of Object.entries(columns)) {
        expect(report.columns[name]).toMatchObject({ method, status: "ok" });
        expectClose(report.columns[name].statistic, score, 1e-11, name);
      }
      expect(report.dataset.driftedColumns).toBe(count);
      // Without the preset every field of a text column is a text.
      const own = JSON.parse((await smirnov(["compare", ...files, "--json"])).output);
      expect(own.columns.city.availability.reference).toMatchObject({ null: 0 });
    }
  });

  it("refuses a preset that there is not, and what a preset does not know", async () => {
    const errorsOf = async (...words: string[]) => (await smirnov(["compare", reference, same, ...words])).errors;
    expect(await errorsOf("--preset", "evidentli")).toContain('--preset needs evidently, got "evidentli"');
    expect(await errorsOf("--preset", "evidently", "--correction", "bh")).toContain("do not go together");
    expect(await errorsOf("--preset", "evidently", "--method", "price=t-test")).toContain('no method "t-test"');
  });

  it("gives the columns without a threshold of their own the common one", async () => {
    const options = ["--threshold", "0", "--threshold", "age=0.005", "--json"];
    const { output } = await smirnov(["compare", reference, allDrifted, ...options]);
    const { price, weight, age } = JSON.parse(output).columns;
    expect([price.drifted, weight.drifted, age.drifted]).toEqual([false, false, true]);
  });

  it("takes a method for all columns, for a kind and for a column, the nearest going first", async () => {
    const options = ["--method", "psi", "--method", "numeric=t-test", "--method", "age=ks", "--json"];
    const { output } = await smirnov(["compare", reference, oneDrifted, ...options]);
    const { price, age } = JSON.parse(output).columns;
    expect([price.method, age.method]).toEqual(["t-test", "ks"]);
    const { price: x } = columnsOf();
    const odd = write("numeric.csv", csvOf({ numeric: x!, other: x! }));
    const called = await smirnov(["compare", odd, odd, "--method", "numeric=ks", "--json"]);
    const { columns, settings } = JSON.parse(called.output);
    expect([columns.numeric.method, columns.other.method]).toEqual(["ks", "anderson-darling"]);
    expect(settings.methods).toEqual({ numeric: "ks" });
  });

  it("takes levels, weights, a rule and a schedule, and tells the false alarms to expect", async () => {
    const options = ["--level", "0.001", "--possible-level", "0.01", "--weight", "price=2", "--schedule", "24/day"];
    const { output } = await smirnov(["compare", reference, oneDrifted, ...options]);
    expect(output).toContain("Dataset: drift. 1 of 3 judged columns drifted, 50 % of the weights ≥ 50 %.");
    expect(output).toContain("drift ≤ 0.001, possible ≤ 0.01");
    expect(output).toMatch(/At most 0\.1 % of comparisons .* 8\.77 of 8,766 a year\./s);
    const any = await smirnov(["compare", reference, oneDrifted, "--dataset-rule", "any", "--fail-on-drift"]);
    expect(any.status).toBe(1);
  });

  it("allows for clusters and blocks of rows, also where only some columns are compared", async () => {
    const customers = Array.from({ length: 400 }, (_, row) => `customer ${row >> 2}`);
    const one = write("clusters.csv", csvOf({ ...columnsOf(), customer: customers }));
    const other = write("clusters-2.csv", csvOf({ ...columnsOf({ seed: 3 }), customer: customers }));
    const options = ["--cluster-by", "customer", "--columns", "price", "--json"];
    const clusters = JSON.parse((await smirnov(["compare", one, other, ...options])).output);
    expect(Object.keys(clusters.columns)).toEqual(["price"]);
    expect(clusters.columns.price.dependence).toMatchObject({ by: "clusters" });
    const { output } = await smirnov(["compare", one, other, "--blocks=5", "--json"]);
    expect(JSON.parse(output).columns.price.dependence).toMatchObject({ by: "blocks", reach: 5 });
    expect(JSON.parse(output).settings.blocks).toBe(5);
  });

  it("learns thresholds from the reference", async () => {
    const { output } = await smirnov(["compare", reference, oneDrifted, "--learn", "8", "--json"]);
    const { columns, settings } = JSON.parse(output);
    expect(settings.learned).toMatchObject({ chunks: 8, chunkRows: 50 });
    expect(columns.price.effects[0].threshold).toBe(settings.learned.columns.price.ks.threshold);
  });

  it("copes with columns named like what every object has", async () => {
    const { price } = columnsOf();
    const odd = write("odd.csv", csvOf({ constructor: price!, toString: price!, __proto__x: price! }));
    const { status, output } = await smirnov(["compare", odd, odd, "--json", "--threshold", "toString=0.1"]);
    expect(status).toBe(0);
    expect(Object.keys(JSON.parse(output).columns)).toEqual(["constructor", "toString", "__proto__x"]);
  });
});

describe("the exit status", () => {
  it.each([
    ["nothing was asked", [allDrifted], 0],
    ["the dataset drifted", [allDrifted, "--fail-on-drift"], 1],
    ["a minority of its columns did", [oneDrifted, "--fail-on-drift"], 0],
    ["a minority is enough", [oneDrifted, "--fail-on-drift", "--share", "0.3"], 1],
    ["any column is enough", [oneDrifted, "--fail-on-drift=any"], 1],
    ["no column drifted", [same, "--fail-on-drift=any"], 0],
  ])("when %s", async (_, words, expected) => {
    const { status, output, errors } = await smirnov(["compare", reference, ...words]);
    expect({ status, errors }).toEqual({ status: expected, errors: "" });
    expect(output).toContain("Dataset: ");
  });

  it("is 1 with =any when a column vanished, appeared or changed its type, and the verdict names it", async () => {
    const { price, weight, age } = columnsOf({ seed: 2 });
    const texts = age!.map((x) => `about ${Math.floor(4 * x)}`);
    const changed = write("changed.csv", csvOf({ price: price!, mass: weight!, age: texts }));
    const { status, output } = await smirnov(["compare", reference, changed, "--fail-on-drift=any"]);
    expect(status).toBe(1);
    expect(output).toContain("  vanished: weight\n  appeared: mass\n  new type: age (Float64 → Utf8)\n");
    expect((await smirnov(["compare", reference, changed, "--fail-on-drift"])).status).toBe(0);
  });

  it("is 2 when drift was to be found and no column could be judged", async () => {
    const other = write("other.csv", csvOf({ speed: [1, 2, 3] }));
    const { status, output, errors } = await smirnov(["compare", reference, other, "--fail-on-drift"]);
    expect(status).toBe(2);
    expect(output).toContain("Dataset: not judged");
    expect(errors).toContain("no column could be judged");
  });
});

describe("what goes wrong", () => {
  const empty = write("empty.arrow", "");
  const broken = write("broken.arrow", "ARROW1 and then nothing of the kind");
  const unknown = write("table.xyz", "what is this");

  it.each([
    ["a missing file", [reference, `${folder}/none.csv`], /there is no file .*none\.csv$/],
    ["a directory", [reference, folder], /is a directory/],
    ["an empty file", [reference, empty], /empty\.arrow: expected a table, found an empty file$/],
    ["a broken file", [reference, broken], /broken\.arrow/],
    ["a file of an unknown format", [unknown, reference], /table\.xyz: expected one of \.arrow/],
    ["a misspelt column", [reference, same, "--columns", "prcie"], /no column "prcie" .*did you mean "price"\?/],
    [
      "a method for no column",
      [reference, same, "--method", "pricee=ks"],
      /no column "pricee" .*did you mean "price"\?/,
    ],
    ["a misspelt method", [reference, same, "--method", "price=kss"], /no method "kss"; did you mean "ks"\?/],
    ["an unknown method", [reference, same, "--method", "price=magic"], /no method "magic"; there are .*ks/],
    ["a column left out", [reference, same, "--columns", "age", "--threshold", "price=1"], /among those compared/],
    ["a weight of no column", [reference, same, "--weight", "prize=2"], /no column "prize" .*did you mean "price"\?/],
    ["clusters by no column", [reference, same, "--cluster-by", "ags"], /no column "ags" .*did you mean "age"\?/],
    ["blocks and clusters", [reference, same, "--cluster-by", "age", "--blocks"], /do not go together/],
    ["an unknown method for all", [reference, same, "--method", "kss"], /no method "kss"; did you mean "ks"\?/],
    ["an unknown option", [reference, same, "--fast"], /no option --fast/],
    ["too few files", [reference], /needs two files/],
  ])("%s is one line on the error output and status 2", async (_, words, message) => {
    const { status, output, errors } = await smirnov(["compare", ...words]);
    expect({ status, output }).toEqual({ status: 2, output: "" });
    expect(errors.trimEnd()).toMatch(/^smirnov: [^\n]*$/);
    expect(errors.trimEnd().replace(" (see smirnov --help)", "")).toMatch(message);
  });

  it("comes with a stack for those who ask", async () => {
    const { errors } = await smirnov(["compare", reference, folder], { SMIRNOV_DEBUG: "1" });
    expect(errors).toMatch(/^smirnov: Error: .*\n\s+at /);
  });

  it("is said without obeying control characters in names", async () => {
    const { errors } = await smirnov(["compare", reference, same, "--columns", "\x1b[31m"]);
    expect(errors.trimEnd()).toMatch(/^[^\p{Cc}]+$/u);
  });

  it("is a warning when both files are one, or share no column", async () => {
    const itself = await smirnov(["compare", reference, reference]);
    expect(itself).toMatchObject({ status: 0, errors: "smirnov: warning: reference and current are the same file\n" });
    const other = write("strange.csv", csvOf({ speed: [1, 2, 3] }));
    const strange = await smirnov(["compare", reference, other, "--json"]);
    expect(strange).toMatchObject({ status: 0, errors: "smirnov: warning: the two tables share no column\n" });
    expect(() => JSON.parse(strange.output)).not.toThrow();
  });

  it("is nothing when nobody reads on", async () => {
    for (const words of [["compare", wide, wide, "--json"], ["--help"]]) {
      const { status, errors } = await smirnovUnread(words);
      expect(status).toBe(0);
      expect(errors.replace(/^smirnov: warning: .*\n/, "")).toBe("");
    }
  });
});

describe("smirnov --help", () => {
  it("fits 80 columns and names every option and method, with the exit statuses", async () => {
    const { status, output, errors } = await smirnov(["--help"]);
    expect({ status, errors }).toEqual({ status: 0, errors: "" });
    expect(output).toMatch(/^Usage: smirnov compare \[options\] <reference> <current>\n/);
    expect(Math.max(...output.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    const source = readFileSync(new URL("../../dist/cli/words.js", import.meta.url), "utf8");
    const names = Array.from(source.matchAll(/^ {4}"?([\w-]+)"?: \{ type: /gm), ([, name]) => `--${name}`);
    expect(names.length).toBeGreaterThan(8);
    for (const name of [...names, ...methods.keys()]) expect(output).toContain(name);
    expect(output).toMatch(/Exit status:\n {2}0 .*\n {2}1 .*\n {2}2 /);
  });

  it("is pointed to when a command is missing or wrong", async () => {
    for (const words of [[], ["comapre"]]) {
      const { status, output, errors } = await smirnov(words);
      expect({ status, output }).toEqual({ status: 2, output: "" });
      expect(errors).toMatch(/^smirnov: .*\(see smirnov --help\)\n$/);
    }
  });
});

describe("smirnov --version", () => {
  it("is the package's", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    expect(await smirnov(["--version"])).toEqual({ status: 0, output: `${version}\n`, errors: "" });
  });
});

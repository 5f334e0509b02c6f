import { describe, expect, it } from "vitest";
import { type CompareCommand, parseCommand } from "../../dist/cli/arguments.js";

const compare = (...words: string[]) => parseCommand(["compare", "a.csv", "b.csv", ...words]) as CompareCommand;

describe("the command line", () => {
  it("asks for little when it says little", () => {
    expect(compare()).toEqual({
      command: "compare",
      reference: "a.csv",
      current: "b.csv",
      columns: undefined,
      method: undefined,
      methods: new Map(),
      threshold: undefined,
      thresholds: new Map(),
      temporal: false,
      level: undefined,
      possibleLevel: undefined,
      minimumValues: undefined,
      correction: undefined,
      clusterBy: undefined,
      blocks: undefined,
      learn: undefined,
      share: undefined,
      datasetRule: undefined,
      weights: new Map(),
      schedule: undefined,
      by: undefined,
      pairBy: undefined,
      correlations: false,
      target: undefined,
      prediction: undefined,
      features: undefined,
      joint: false,
      startOfServing: undefined,
      threads: undefined,
      memory: undefined,
      where: [],
      quality: undefined,
      modelQuality: undefined,
      outputs: [],
      failOnDrift: undefined,
    });
  });

  it("may have its options anywhere", () => {
    expect(parseCommand(["--json", "compare", "a", "--share", "1", "b"])).toMatchObject({
      reference: "a",
      current: "b",
      outputs: [{ option: "json", path: "-" }],
      share: 1,
    });
  });

  it("takes keys in lists", () => {
    expect(compare("--by", "a,b", "--by=c").by).toEqual(["a", "b", "c"]);
    expect(compare("--pair-by", "a\\,b,c").pairBy).toEqual(["a,b", "c"]);
    expect(compare("--correlations").correlations).toBe(true);
  });

  it("takes columns in lists, repeated, with escaped commas", () => {
    expect(compare("--columns", "a,b", "--columns", "c\\,d,e\\\\").columns).toEqual(["a", "b", "c,d", "e\\"]);
    expect(compare("--columns=a,,b").columns).toEqual(["a", "b"]);
  });

  it("takes a method a column, the last one of each", () => {
    const { methods } = compare("--method", "a=ks", "--method", "x=y=ks", "--method", "a=t-test");
    expect([...methods]).toEqual([
      ["a", "t-test"],
      ["x=y", "ks"],
    ]);
  });

  it("takes a method for all columns besides those of single ones", () => {
    const { method, methods } = compare("--method", "psi", "--method", "a=ks", "--method", "wasserstein");
    expect(method).toBe("wasserstein");
    expect([...methods]).toEqual([["a", "ks"]]);
  });

  it("takes levels, counts and weights", () => {
    const words = ["--level", "1e-3", "--possible-level", "0.01", "--minimum-values", "50", "--learn", "12"];
    expect(compare(...words, "--weight", "a=2", "--weight", "a=b=0.5", "--dataset-rule", "any")).toMatchObject({
      level: 0.001,
      possibleLevel: 0.01,
      minimumValues: 50,
      learn: 12,
      weights: new Map([
        ["a", 2],
        ["a=b", 0.5],
      ]),
      datasetRule: "any",
    });
  });

  it("takes blocks with and without their length, and a column of clusters", () => {
    expect(compare("--blocks").blocks).toBe(true);
    expect(compare("--blocks=30").blocks).toBe(30);
    expect(parseCommand(["compare", "--blocks", "a", "b"])).toMatchObject({ blocks: true, reference: "a" });
    expect(compare("--cluster-by", "customer").clusterBy).toBe("customer");
  });

  it("takes a schedule by the hour, day, week, month or year", () => {
    expect(compare("--schedule", "24/day").schedule).toEqual({ perDay: 24 });
    expect(compare("--schedule", "0.5/month").schedule).toEqual({ perMonth: 0.5 });
    for (const unit of ["hour", "week", "year"]) expect(compare("--schedule", `1/${unit}`).schedule).toBeDefined();
  });

  it("takes a threshold for all columns and for single ones", () => {
    const { threshold, thresholds } = compare("--threshold", "1e-3", "--threshold", "a=0.2", "--threshold", "0");
    expect(threshold).toBe(0);
    expect([...thresholds]).toEqual([["a", 0.2]]);
  });

  it("fails on a drifted dataset unless any column is asked for", () => {
    expect(compare("--fail-on-drift").failOnDrift).toBe("dataset");
    expect(compare("--fail-on-drift=dataset").failOnDrift).toBe("dataset");
    expect(compare("--fail-on-drift=any").failOnDrift).toBe("any");
    expect(parseCommand(["compare", "--fail-on-drift", "a", "b"])).toMatchObject({ reference: "a", current: "b" });
  });

  it("takes what follows -- as files", () => {
    expect(parseCommand(["compare", "--", "--json", "--fail-on-drift"])).toMatchObject({
      reference: "--json",
      current: "--fail-on-drift",
      correlations: false,
      outputs: [],
    });
  });

  it("knows help and version by several names", () => {
    for (const word of ["help", "--help", "-h"]) expect(parseCommand([word])).toEqual({ command: "help" });
    for (const word of ["version", "--version", "-V"]) expect(parseCommand([word])).toEqual({ command: "version" });
    expect(compare("--help")).toEqual({ command: "help" });
  });

  it.each([
    [[], "no command given"],
    [["comparr", "a", "b"], 'there is no command "comparr"; did you mean "compare"?'],
    [["a.csv", "b.csv"], 'there is no command "a.csv"; there are compare, check, suite, profile, merge'],
    [["compare", "a"], "compare needs two files, reference and current, got 1"],
    [
      ["compare", "a", "b", "c"],
      "compare needs two files, reference and current, got 3; several files of one side are a pattern in quotes",
    ],
    [["compare", "a", "b", "--jsno"], 'there is no option --jsno; did you mean "--json"?'],
    [["compare", "a", "b", "-x"], "there is no option -x"],
    [["compare", "a", "b", "--columns"], "--columns needs a value"],
    [["compare", "a", "b", "--columns", "--json"], "--columns needs a value"],
    [["compare", "a", "b", "--joint=yes"], "--joint takes no value"],
    [["compare", "a", "b", "--html"], "--html needs a value"],
    [["compare", "a", "b", "--csv="], '--csv needs a file, or - for the standard output, got ""'],
    [
      ["compare", "a", "b", "--csv", "-", "--json"],
      "--json and --csv cannot both go to the standard output; name a file",
    ],
    [["compare", "a", "b", "--where", "price"], "--where needs a condition as country=DE, price>=3,"],
    [["compare", "a", "b", "--where", "=3"], '--where needs a condition as country=DE, price>=3, "city in a,b"'],
    [["compare", "a", "b", "--where", "city in "], "--where needs a condition as country=DE"],
    [["compare", "a", "b", "--quality", "--no-quality"], "--quality and --no-quality do not go together"],
    [
      ["compare", "a", "b", "--model-quality"],
      "--model-quality needs --target, the column of what turned out to be true",
    ],
    [["compare", "a", "b", "--scores", "s"], "--scores needs --target"],
    [["compare", "a", "b", "--task", "ranking", "--target", "y"], "--task needs --prediction or --scores"],
    [
      ["compare", "a", "b", "--task", "rankin"],
      '--task needs classification, regression or ranking, got "rankin"; did',
    ],
    [
      ["compare", "a", "b", "--quality", "--preset", "evidently"],
      "--preset evidently and --quality do not go together",
    ],
    [["compare", "a", "b", "--tolerance", "1"], "compare takes no --tolerance"],
    [["compare", "a", "b", "--level", "0"], '--level needs a number between 0 and 1, got "0"'],
    [["compare", "a", "b", "--level", "-1"], '--level needs a number between 0 and 1, got "-1"'],
    [["compare", "a", "b", "--minimum-values", "1.5"], "--minimum-values needs a whole number of at least 1"],
    [["compare", "a", "b", "--learn", "1"], '--learn needs a whole number of at least 2, got "1"'],
    [["compare", "a", "b", "--blocks=few"], '--blocks needs a whole number of at least 1, got "few"'],
    [["compare", "a", "b", "--weight", "2"], '--weight needs column=number, got "2"'],
    [["compare", "a", "b", "--weight", "a=-2"], '--weight needs a number of at least 0, got "-2"'],
    [["compare", "a", "b", "--dataset-rule", "al"], '--dataset-rule needs share or any, got "al"'],
    [["compare", "a", "b", "--schedule", "24"], "--schedule needs a number by hour, day, week, month or year"],
    [["compare", "a", "b", "--schedule", "0/day"], "--schedule needs a number by hour, day, week, month or year"],
    [["compare", "a", "b", "--schedule", "/day"], "--schedule needs a number by hour, day, week, month or year"],
    [["compare", "a", "b", "--schedule", "1/constructor"], "--schedule needs a number by hour"],
    [["compare", "a", "b", "--method", "=ks"], '--method needs column=name, got "=ks"'],
    [["compare", "a", "b", "--threshold", "few"], '--threshold needs a number of at least 0, got "few"'],
    [["compare", "a", "b", "--threshold", "-1"], '--threshold needs a number of at least 0, got "-1"'],
    [["compare", "a", "b", "--threshold", "a=-1"], '--threshold needs a number of at least 0, got "-1"'],
    [["compare", "a", "b", "--threshold", "a="], '--threshold needs column=number, got "a="'],
    [["compare", "a", "b", "--threshold", " "], '--threshold needs a number of at least 0, got " "'],
    [["compare", "a", "b", "--share", "0"], '--share needs a number above 0 and up to 1, got "0"'],
    [["compare", "a", "b", "--share", "NaN"], '--share needs a number above 0 and up to 1, got "NaN"'],
    [
      ["compare", "a", "b", "--correction", "hlom"],
      '--correction needs bh, by, holm or bonferroni, got "hlom"; did you mean "holm"?',
    ],
    [["compare", "a", "b", "--columns="], '--columns needs at least one name, got ""'],
    [["compare", "a", "b", "--by", ","], '--by needs at least one name, got ","'],
    [["compare", "a", "b", "--by", "x", "--pair-by", "y"], "--by and --pair-by do not go together"],
    [["compare", "a", "b", "--blocks", "--pair-by", "y"], "--pair-by and --blocks do not go together"],
    [["compare", "a", "b", "--method", "ks", "--pair-by", "y"], "--pair-by and --method do not go together"],
    [["compare", "a", "b", "--correlations", "--preset", "evidently"], "evidently and --correlations do not go"],
    [["compare", "a", "b", "--fail-on-drift=all"], '--fail-on-drift needs dataset or any, got "all"'],
  ])("is refused in words: %j", (words, message) => {
    expect(() => parseCommand(words)).toThrow(expect.objectContaining({ name: "UsageError" }));
    expect(() => parseCommand(words)).toThrow(message);
  });
});

describe("outputs and conditions", () => {
  it("are files, - for the standard output, which --json alone is", () => {
    expect(compare("--html", "a.html", "--junit=b.xml", "--json").outputs).toEqual([
      { option: "html", path: "a.html" },
      { option: "json", path: "-" },
      { option: "junit", path: "b.xml" },
    ]);
    expect(compare("--json=a.json", "--markdown", "-", "--csv", "c", "--arrow", "d").outputs).toEqual([
      { option: "json", path: "a.json" },
      { option: "markdown", path: "-" },
      { option: "csv", path: "c" },
      { option: "arrow", path: "d" },
    ]);
  });

  it("are read in every way in which a name may hold an operator", () => {
    const readings = (text: string) => compare("--where", text).where[0]!.readings;
    expect(readings("country=DE")).toEqual([{ column: "country", operator: "eq", value: "DE" }]);
    expect(readings("a = b != c")).toEqual([
      { column: "a", operator: "eq", value: "b != c" },
      { column: "a = b", operator: "notEq", value: "c" },
    ]);
    expect(readings("price >= -3")).toEqual([{ column: "price", operator: "gte", value: "-3" }]);
    expect(readings("city not in a,b\\,c")).toEqual([{ column: "city", operator: "notIn", value: "a,b\\,c" }]);
    expect(readings("age is missing")).toEqual([{ column: "age", operator: "missing", value: "" }]);
    expect(readings("age is not missing")).toEqual([{ column: "age", operator: "missing", value: "", negated: true }]);
  });

  it("name how a model is judged", () => {
    expect(compare("--target", "y", "--prediction", "p", "--model-quality").modelQuality).toEqual({});
    const words = ["--target", "y", "--scores", "s", "--task", "classification", "--positive", "yes"];
    expect(compare(...words).modelQuality).toEqual({ task: "classification", scores: "s", positive: "yes" });
    expect(compare("--target", "y", "--prediction", "p").modelQuality).toBeUndefined();
  });
});

describe("the command lines of suites", () => {
  it("take a suite and two tables", () => {
    expect(parseCommand(["check", "s.yaml", "a", "b", "--junit", "j.xml", "--threads", "2"])).toEqual({
      command: "check",
      ...{
        suite: "s.yaml",
        reference: "a",
        current: "b",
        where: [],
        quality: undefined,
        memory: undefined,
        threads: 2,
      },
      outputs: [{ option: "junit", path: "j.xml" }],
    });
  });

  it("take a reference, presets or both, and where the suite goes", () => {
    const words = ["--preset", "data-drift,data-quality", "--expected-rows", "100", "--tolerance", "0"];
    expect(parseCommand(["suite", "a.csv", ...words, "-o", "s.yaml", "--columns", "x"])).toEqual({
      command: "suite",
      reference: "a.csv",
      presets: ["data-drift", "data-quality"],
      ...{ columns: ["x"], expectedRows: 100, tolerance: 0, threads: undefined, memory: undefined },
      ...{ output: "s.yaml", json: false },
    });
    expect(parseCommand(["suite", "--preset", "no-target"])).toMatchObject({ reference: undefined });
  });

  it.each([
    [["check", "s", "a"], "check needs three files, suite, reference and current, got 2"],
    [["check", "s", "a", "b", "c"], "got 4; several files of one side are a pattern in quotes"],
    [["check", "-", "a", "b"], "the suite is a file; - can be a table"],
    [["check", "s", "-", "-"], "the standard input can be one side only, got - twice"],
    [["check", "s", "a", "b", "--level", "0.1"], "check takes no --level"],
    [["suite"], "suite needs a reference, or --preset"],
    [["suite", "a", "b"], "suite needs one reference, got 2; several files of it are a pattern in quotes"],
    [["suite", "a", "--preset", "data-drif"], 'got "data-drif"; did you mean "data-drift"?'],
    [["suite", "a", "--json=x"], '--json takes no file here, got "x"; --output names it'],
    [["suite", "a", "--tolerance", "-1"], '--tolerance needs a number of at least 0, got "-1"'],
    [["sute", "a"], 'there is no command "sute"; did you mean "suite"?'],
  ])("are refused in words: %j", (words, message) => {
    expect(() => parseCommand(words)).toThrow(expect.objectContaining({ name: "UsageError" }));
    expect(() => parseCommand(words)).toThrow(message);
  });
});

describe("the command lines of profiles", () => {
  it("take files, and where the profile goes", () => {
    expect(parseCommand(["profile", "a.csv", "b*.csv", "-o", "p.smirnov", "--threads", "2"])).toEqual({
      command: "profile",
      files: ["a.csv", "b*.csv"],
      columns: undefined,
      threads: 2,
      memory: undefined,
      output: "p.smirnov",
      json: false,
    });
    expect(parseCommand(["merge", "a", "b", "--output=-"])).toEqual({
      command: "merge",
      profiles: ["a", "b"],
      output: "-",
      json: false,
    });
  });

  it("are refused in words", () => {
    expect(() => parseCommand(["profile"])).toThrow("profile needs at least one file");
    expect(() => parseCommand(["merge"])).toThrow("merge needs at least one profile");
    expect(() => parseCommand(["profile", "-", "a"])).toThrow("the standard input is a table of its own");
    expect(() => parseCommand(["profile", "a", "--method", "ks"])).toThrow("profile takes no --method");
    expect(() => parseCommand(["merge", "a", "--columns", "x"])).toThrow("merge takes no --columns");
    expect(() => parseCommand(["merge", "a", "--output="])).toThrow("--output needs a file");
    expect(() => compare("--output", "x")).toThrow("compare takes no --output");
    expect(() => parseCommand(["compare", "a", "b", "c"])).toThrow("several files of one side are a pattern in quotes");
    expect(() => parseCommand(["compare", "-", "-"])).toThrow("the standard input can be one side only");
    expect(() => parseCommand(["profil", "a"])).toThrow('did you mean "profile"?');
  });

  it("take sizes with units", () => {
    const memory = (text: string) => compare("--memory", text).memory;
    expect(memory("512MB")).toBe(512e6);
    expect(memory("2GiB")).toBe(2 ** 31);
    expect(memory("1.5g")).toBe(1.5e9);
    expect(memory("100000000")).toBe(1e8);
    for (const wrong of ["12", "1k", "x", "0", "1GBB", "1e9"]) {
      expect(() => memory(wrong)).toThrow("--memory needs at least 64MB, as 512MB or 2GiB");
    }
    expect(compare("--threads", "3").threads).toBe(3);
    expect(() => compare("--threads", "0")).toThrow("--threads needs a whole number of at least 1");
  });
});

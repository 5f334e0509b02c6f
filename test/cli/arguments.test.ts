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
      json: false,
      failOnDrift: undefined,
    });
  });

  it("may have its options anywhere", () => {
    expect(parseCommand(["--json", "compare", "a", "--share", "1", "b"])).toMatchObject({
      reference: "a",
      current: "b",
      json: true,
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
      json: false,
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
    [["a.csv", "b.csv"], 'there is no command "a.csv"; there are compare, profile, merge'],
    [["compare", "a"], "compare needs two files, reference and current, got 1"],
    [
      ["compare", "a", "b", "c"],
      "compare needs two files, reference and current, got 3; several files of one side are a pattern in quotes",
    ],
    [["compare", "a", "b", "--jsno"], 'there is no option --jsno; did you mean "--json"?'],
    [["compare", "a", "b", "-x"], "there is no option -x"],
    [["compare", "a", "b", "--columns"], "--columns needs a value"],
    [["compare", "a", "b", "--columns", "--json"], "--columns needs a value"],
    [["compare", "a", "b", "--json=yes"], "--json takes no value"],
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

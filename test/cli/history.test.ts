import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type HistoryCommand, parseCommand } from "../../dist/cli/arguments.js";
import { historyOf } from "../../dist/cli/history.js";
import { historyText } from "../../dist/cli/history-text.js";
import { displayWidth } from "../../dist/render/display-width.js";
import { openStore } from "../../dist/store/open-store.js";
import { hour, kind, metric, run } from "../store/runs.ts";
import { columnsOf, csvOf, scratch, smirnov } from "./command.ts";

const { folder, write } = scratch();
const reference = write("reference.csv", csvOf(columnsOf()));
const drifted = write("drifted.csv", csvOf(columnsOf({ seed: 3, by: 0.5 })));
const path = join(folder, "runs.duckdb");
const store = await openStore(path);
for (let index = 0; index < 60; index++) {
  const columns = ["price", "weight"].flatMap((column, k) => {
    const score = k === 0 && index >= 40 ? 6 : 0.5 + (index % 3);
    const severity = score > 5 ? "drift" : "none";
    const pValue = score > 5 ? 9.9e-10 : 0.25;
    return [
      metric({ column, value: 0.125, pValue, severity, effect: score / 10 }),
      metric({ column, name: "score", value: score }),
      metric({ column, name: "mean", side: "current", value: 100 + index }),
    ];
  });
  const table = [
    metric({ column: null, name: "drifted", value: index >= 40 }),
    metric({ column: null, name: "hash", value: "a\x1b[31m" }),
  ];
  const kinds = index >= 45 ? [kind({ column: "price", kind: "instantaneous", confidence: 0.876 })] : [];
  await store.record(run(index, { metrics: [...columns, ...table], kinds }));
}
await store.record(
  run(0, { dataset: "\x1b[31mevil", metrics: [metric({ column: "a\x1b]0;x\x07b", severity: "\x1b[0m" })] }),
);
const longName = "a column with a name that is longer than a table has room for";
await store.record(
  run(0, {
    dataset: "long",
    metrics: ["reference", "current"].map((side) => metric({ column: longName, name: "mean", side, value: 1 })),
  }),
);
await store.record(run(0, { dataset: "idle", status: "empty", reason: "no row came", metrics: [] }));
for (const index of [0, 1, 5, 6]) {
  const metrics = ["price", "weight"].map((column) => metric({ column, name: "mean", value: index - 3 }));
  await store.record(
    run(index, { dataset: "gaps", metrics: [...metrics, metric({ name: "sum", value: (index - 3) * 4e307 })] }),
  );
}
for (const [index, pValue, severity] of [
  [0, 0.5, "none"],
  [1, 0.01, "drift"],
] as const) {
  const segment = "country=DE";
  const mean = metric({ name: "mean", segment, value: 4 });
  const metrics = [metric({ pValue: 1e-9 }), metric({ segment, pValue, severity }), ...(index === 0 ? [mean] : [])];
  await store.record(run(index, { dataset: "parts", metrics: [...metrics, metric({ name: "score", value: 6 })] }));
}
await store.record(run(7, { dataset: "gaps", metrics: [metric({ name: "sum", value: 1.7e308 })] }));
await store.close();

const history = (...words: string[]) => smirnov(["history", ...words, "--store", path]);

describe("smirnov history", () => {
  it("plots a column's scores, and lists its windows with verdicts and kinds", async () => {
    const { status, output, errors } = await history("orders", "price", "--limit", "25");
    expect({ status, errors }).toEqual({ status: 0, errors: "" });
    const lines = output.split("\n");
    expect(lines[0]).toBe("orders: 25 windows, 2026-11-27 21:00 to 2026-11-28 22:00 UTC");
    expect(lines[1]).toBe("price");
    // Five windows of little, twenty of much: three cells each, on 100 cells.
    expect(lines[3]).toBe(`6 │ ${" ".repeat(15)}${"█".repeat(60)}`);
    expect(lines[8]).toBe(`0 │ ███▅▅▅██████▅▅▅${"█".repeat(60)}`);
    expect(lines[10]).toMatch(/^window \(UTC\) +rows +score +p +effect +verdict +kind$/);
    expect(lines[11]).toMatch(/^2026-11-27 21:00 – 22:00 +1,035 +2\.5 +0\.25 +0\.25 +–$/);
    expect(lines[35]).toMatch(/^2026-11-28 21:00 – 22:00 +1,059 +6 +9\.9e-10 +0\.6 +drift +instantaneous 88 %$/);
    expect(output).not.toContain("\x1b");
  });

  it("has a line for each column where none is named", async () => {
    const { output } = await history("orders");
    expect(output).toMatch(/^orders: 60 windows, /);
    expect(output).toMatch(/^price +[▁▂▃▄▅]{17}█{8} +60 +20 +9\.9e-10 +drift +instantaneous 88 %$/m);
    expect(output).toMatch(/^weight +[▁▂▃▄▅]{25} +60 +0 +0\.25 +–$/m);
  });

  it("tells another metric, of a column or of the table", async () => {
    const { output } = await history("orders", "weight", "--metric", "mean", "--limit", "3");
    expect(output).toMatch(/^weight \(current\)$/m);
    expect(output).toMatch(/^2026-11-28 21:00 – 22:00 +1,059 +159$/m);
    const truth = await history("orders", "--metric", "drifted", "--limit", "50");
    expect(truth.output).toMatch(/^table$/m);
    expect(truth.output).toMatch(/^2026-11-28 21:00 – 22:00 +1,059 +true$/m);
    const text = await history("orders", "--metric", "hash", "--limit", "2");
    expect(text.output).toContain("a␛[31m");
    expect(text.output).not.toMatch(/[█▁]/);
  });

  it("draws nothing where windows are missing", async () => {
    const { output } = await history("gaps", "--metric", "mean");
    expect(output).toMatch(/^price +▁▂·▇█ +4 +3$/m);
    const one = await history("gaps", "price", "--metric", "mean");
    expect(one.output).toMatch(/^-3 │ ▁{6}█{6}·{6}█{12}$/m);
  });

  it("draws numbers that are further apart than a number can be", async () => {
    const { output } = await history("gaps", "price", "--metric", "sum");
    const rows = output.split("\n").filter((line) => line.includes("│"));
    expect(rows[0]).toMatch(/^ 1\.70e308 │ {31}█{6}$/);
    expect(rows.at(-1)).toMatch(/^-1\.20e308 │ ▁{6}▇{6}·{6}█{18}$/);
  });

  it("tells a segment, with scores of its own p-values", async () => {
    const { output } = await history("parts", "price", "--segment", "country=DE");
    expect(output).toMatch(/^parts, country=DE: 2 windows, /);
    expect(output).toMatch(/^2026-11-26 10:00 – 11:00 +1,000 +0 +0\.5 +0\.2 +–$/m);
    expect(output).toMatch(/^2026-11-26 11:00 – 12:00 +1,001 +2\.33 +0\.01 +0\.2 +drift$/m);
    const { points, segment } = JSON.parse((await history("parts", "--segment", "country=DE", "--json")).output);
    expect(segment).toBe("country=DE");
    expect(points.map((point: { score: number }) => point.score)).toEqual([0, 2.326347874040841]);
    const mean = await history("parts", "--segment", "country=DE", "--metric", "mean");
    expect(mean.output).toMatch(/^parts, country=DE, mean: 1 window, /);
  });

  it("tells windows that begin within a stretch of time", async () => {
    const { output } = await history("orders", "price", "--from", "2026-11-26T12:00", "--to", "2026-11-26 14:00");
    expect(output).toMatch(/^orders: 2 windows, 2026-11-26 12:00 to 2026-11-26 14:00 UTC$/m);
    const none = await history("orders", "--from", "2030-01-01");
    expect(none).toMatchObject({ status: 2, output: "" });
    expect(none.errors).toBe('smirnov: no run of "orders" began within that time (see smirnov --help)\n');
    const long = await history("orders", "--from", "50000d", "--to", "2026-11-26T11:00+01:00");
    expect(long.errors).toMatch(/began within that time/);
  });

  it("writes one JSON document", async () => {
    const { output } = await history("orders", "price", "--limit", "2", "--json");
    const found = JSON.parse(output);
    expect(found).toMatchObject({ dataset: "orders", column: "price", metric: "drift" });
    expect(found.points).toMatchObject([
      { windowStart: run(58).windowStart, score: 6, value: 0.125, severity: "drift" },
      { windowStart: run(59).windowStart, windowEnd: run(58).windowEnd + hour },
    ]);
    expect(found.kinds).toMatchObject([{ kind: "instantaneous" }, { kind: "instantaneous" }]);
  });

  it("keeps within the width of the terminal", async () => {
    for (const words of [["orders"], ["orders", "price"], ["orders", "price", "--metric", "mean"]]) {
      const command = parseCommand(["history", ...words, "--store", path]) as HistoryCommand;
      const found = await historyOf(command);
      for (let width = 52; width <= 200; width++) {
        const lines = historyText(command, found, { width }).trimEnd().split("\n");
        expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
      }
    }
    const { output } = await smirnov(["history", "orders", "--store", path], { COLUMNS: "60" });
    expect(Math.max(...output.split("\n").map(displayWidth))).toBeLessThanOrEqual(60);
  });

  it("tells sides of a column apart, however long its name is", async () => {
    const { output } = await history("long", "--metric", "mean");
    expect(output).toMatch(/^a column wit… \(reference\) /m);
    expect(output).toMatch(/^a column with … \(current\) /m);
  });

  it("lets no name act on the terminal", async () => {
    const { output } = await history("\x1b[31mevil");
    expect(output).toContain("a␛]0;x␇b");
    expect(output).toMatch(/^␛\[31mevil: 1 window/);
    expect(output).not.toContain("\x1b");
    const coloured = await smirnov(["history", "orders", "price", "--store", path], { FORCE_COLOR: "1" });
    expect(coloured.output).toContain("\x1b[31mdrift");
  });

  it("says what there is in place of what there is not", async () => {
    const messages: [words: string[], message: RegExp][] = [
      [["ordes"], /there is no run of "ordes"; did you mean "orders"\?/],
      [["something else"], /there is no run of "something else"; there are .*orders/],
      [["idle"], /no run of "idle" has a verdict; the last one: empty, no row came/],
      [
        ["parts", "--segment", "DE"],
        /no run of "parts" has verdicts of a segment "DE"; segments are named as country=DE/,
      ],
      [["orders", "prise"], /no run of "orders" has a column "prise"; did you mean "price"\?/],
      [["orders", "--metric", "missingShar"], /has a metric "missingShar"; did you mean "missingShare"\?/],
    ];
    for (const [words, message] of messages) {
      const { status, output, errors } = await history(...words);
      expect({ status, output }).toEqual({ status: 2, output: "" });
      expect(errors).toMatch(message);
    }
  });

  it("refuses what it cannot use, without repeating a password", async () => {
    const refused: [words: string[], message: RegExp][] = [
      [["history", "--store", path], /history needs a dataset/],
      [["history", "a", "b", "c", "--store", path], /history needs a dataset, and perhaps a column, got 3 words/],
      [["history", "a"], /history needs --store/],
      [["history", "a", "--store", "mysql://u:secret@h/d"], /--store needs .*, got mysql:…/],
      [["history", "a", "--store", path, "--limit", "-1"], /--limit needs a whole number/],
      [["history", "a", "--store", path, "--from", "yesterday"], /--from needs a time/],
      [["history", "a", "--store", path, "--from", "2026-13-45"], /--from needs a time/],
      [["history", "a", "--store", path, "--from", "1d", "--to", "2d"], /--from must lie before --to/],
      [["history", "a", "--store", path, "--html", "x"], /history takes no --html/],
      [["history", "a", "--store", path, "--json=x"], /--json takes no file with history/],
      [["compare", reference, drifted, "--dataset", "a"], /--dataset needs --store/],
      [["compare", reference, drifted, "--limit", "3"], /compare takes no --limit/],
      [["compare", "-", drifted, "--store", path], /--store needs --dataset where the reference is the standard input/],
    ];
    for (const [words, message] of refused) {
      expect(() => parseCommand(words)).toThrow(message);
      expect(() => parseCommand(words)).not.toThrow(/secret/);
    }
    const messages: [url: string, message: RegExp][] = [
      ["mysql://u:secret@h/d", /--store needs .*, got mysql:…/],
      [join(folder, "none.duckdb"), /^smirnov: the store: there is no file ".*none\.duckdb"\n$/],
      [`duckdb:${reference}`, /^smirnov: the store: ".*reference\.csv" is not a file of DuckDB\n$/],
      ["postgres://u:secret@127.0.0.1:1/d", /^smirnov: the store: nothing listens at 127\.0\.0\.1:1\n$/],
    ];
    for (const [url, message] of messages) {
      const { status, output, errors } = await smirnov(["history", "a", "--store", url]);
      expect({ url, status, output }).toEqual({ url, status: 2, output: "" });
      expect(errors).toMatch(message);
      expect(errors).not.toContain("secret");
    }
    expect(existsSync(join(folder, "none.duckdb"))).toBe(false);
  });
});

describe("smirnov compare --store", () => {
  it("writes each comparison as a run of its own, beside what it prints", async () => {
    const place = join(folder, "compared.duckdb");
    const words = ["compare", reference, drifted, "--store", place];
    const [plain, ...stored] = [await smirnov(words.slice(0, 3)), await smirnov(words), await smirnov(words)];
    for (const one of stored) expect(one).toEqual(plain);
    const named = await smirnov([...words, "--dataset", "orders", "--fail-on-drift=any", "--json", "--quality"]);
    expect(named.status).toBe(1);
    const opened = await openStore(place, { readOnly: true });
    const runs = await opened.runs();
    expect(runs.map(({ dataset }) => dataset).sort()).toEqual(["orders", "reference", "reference"]);
    const [first, second] = await opened.runs({ dataset: "reference" });
    expect(first!.configHash).toMatch(/^[0-9a-f]{64}$/);
    expect(second!.configHash).toBe(first!.configHash);
    expect(first!.seconds).toBeGreaterThan(0);
    const [withQuality] = await opened.runs({ dataset: "orders" });
    expect([withQuality!.referenceHash, withQuality!.dataHash]).toEqual([
      expect.stringMatching(/^[0-9a-f]{16}$/),
      expect.stringMatching(/^[0-9a-f]{16}$/),
    ]);
    await opened.close();
    const told = await smirnov(["history", "reference", "price", "--store", place]);
    expect(told.output).toMatch(/^reference: 2 windows, /);
    expect(told.output.match(/\bdrift\b/g)).toHaveLength(2);
  });

  it("compares nothing where the run could not be written", async () => {
    const { status, output, errors } = await smirnov([
      ...["compare", reference, drifted, "--store", join(folder, "no", "folder.duckdb")],
    ]);
    expect({ status, output }).toEqual({ status: 2, output: "" });
    expect(errors).toMatch(/^smirnov: the store: there is no folder for the file ".*folder\.duckdb"\n$/);
  });
});

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { fromBytes, fromJson, merge, profile, readTable, toBytes } from "smirnov";
import { describe, expect, it } from "vitest";
import { arrowOf, columnsOf, csvOf, scratch, smirnov } from "./command.ts";

const { folder, write } = scratch();
const reference = write("reference.csv", csvOf({ ...columnsOf({ rows: 3000 }), city: cities(3000) }));
const parts = [0, 1].map((k) => write(`part-${k}.arrow`, arrowOf(columnsOf({ rows: 2000, seed: 7 + k }))));
const drifted = arrowOf({ ...columnsOf({ rows: 2500, seed: 3, by: 0.5 }), city: cities(2500) });

function cities(rows: number): string[] {
  return Array.from({ length: rows }, (_, row) => ["Oslo", "Rome", "Lima"][row % 3]!);
}

const made = (name: string) => join(folder, name);
const bytesOf = async (...files: string[]) => Promise.all(files.map(async (file) => profile(await readTable(file))));

describe("smirnov profile", () => {
  it("writes the profile of a file, and nothing else", async () => {
    const outcome = await smirnov(["profile", reference, "-o", made("one.smirnov")]);
    expect(outcome).toEqual({ status: 0, output: "", errors: "" });
    const [own] = await bytesOf(reference);
    expect(readFileSync(made("one.smirnov"))).toEqual(Buffer.from(toBytes(own!)));
  });

  it("shows it to the reader without an output", async () => {
    const { status, output, errors } = await smirnov(["profile", reference]);
    expect({ status, errors }).toEqual({ status: 0, errors: "" });
    expect(output).toMatch(/^column +type +missing +distinct +mean +sd +min +median +max$/m);
    expect(output).toMatch(/^price +Float64 +– /m);
    expect(output).toMatch(/^city +Utf8 +– +3 {2}"Lima" 33\.3 %, /m);
    expect(output).toContain("3,000 rows, 4 columns\n");
  });

  it("takes several files and patterns as one table, and only some columns", async () => {
    const pattern = join(folder, "part-*.arrow");
    const one = await smirnov(["profile", pattern, "--columns", "age,price", "--json"]);
    const two = await smirnov(["profile", ...parts, "--columns", "age,price", "--json", "--threads", "2"]);
    expect(one.errors).toBe("");
    expect(two.output).toBe(one.output);
    const found = fromJson(JSON.parse(one.output));
    expect(found.rows).toBe(4000);
    expect([...found.columns.keys()]).toEqual(["age", "price"]);
  });

  it("reads an Arrow stream from the standard input", async () => {
    const stream = tableToIPC(tableFromArrays(columnsOf({ rows: 2000, seed: 7 })), "stream");
    const { status, errors } = await smirnov(["profile", "-", "-o", made("stream.smirnov")], {}, stream);
    expect({ status, errors }).toEqual({ status: 0, errors: "" });
    const found = fromBytes(readFileSync(made("stream.smirnov")));
    const [own] = await bytesOf(parts[0]!);
    expect(toBytes(found)).toEqual(toBytes(own!));
  });

  it("shows dates in words that leave numbers their room, and long names shortened, in 80 columns", async () => {
    const days = Array.from({ length: 40 }, (_, k) => `2024-01-${String(1 + (k % 31)).padStart(2, "0")}`);
    const prices = days.map((_, k) => (k % 7) / 4);
    const file = write("days.csv", csvOf({ "the day on which it was sold by the clock": days, price: prices }));
    const { output } = await smirnov(["profile", file], { COLUMNS: "80" });
    expect(output).toMatch(/^the day on whic… +Date32<… +– +31 {2}2024-01-01 to 2024-01-31, m/m);
    expect(output).toMatch(/^price +Float64 +– +7 +0\.7\d* +0\.\d+ +0 +0\.75 +1\.5$/m);
    expect(output.split("\n").every((line) => line.length <= 80)).toBe(true);
  });

  it("says before it reads that its output cannot be written", async () => {
    const outcome = await smirnov(["profile", "none.csv", "-o", made(join("nowhere", "one.smirnov"))]);
    expect(outcome).toMatchObject({ status: 2, output: "" });
    expect(outcome.errors).toMatch(/^smirnov: --output .*one\.smirnov: there is no folder .*nowhere \(see/);
    expect((await smirnov(["profile", reference, "-o", folder])).errors).toMatch(/is a folder \(see/);
  });

  it("says what is wrong with its files", async () => {
    const nothing = await smirnov(["profile", join(folder, "none-*.csv")]);
    expect(nothing).toMatchObject({ status: 2, output: "" });
    expect(nothing.errors).toMatch(/^smirnov: no file matches .*none-\*\.csv\n$/);
    const already = await smirnov(["profile", made("one.smirnov")]);
    expect(already.errors).toMatch(/one\.smirnov is a profile already; merge makes one of several/);
    const mixed = await smirnov(["profile", parts[0]!, reference]);
    expect(mixed).toMatchObject({ status: 2, output: "" });
    expect(mixed.errors).toMatch(/city/);
    expect((await smirnov(["profile", "-"])).errors).toBe(
      "smirnov: the standard input: expected a table, found an empty file\n",
    );
  });
});

describe("smirnov merge", () => {
  it("makes one profile of several", async () => {
    const names = parts.map((part, k) => [part, made(`day-${k}.smirnov`)] as const);
    for (const [part, name] of names) await smirnov(["profile", part, "-o", name]);
    const outcome = await smirnov(["merge", join(folder, "day-*.smirnov"), "--output", made("days.smirnov")]);
    expect(outcome).toEqual({ status: 0, output: "", errors: "" });
    const found = fromBytes(readFileSync(made("days.smirnov")));
    const own = await merge((await bytesOf(...parts)).values());
    expect(toBytes(found)).toEqual(toBytes(own));
  });

  it("takes profiles that were written as JSON, indented or not", async () => {
    await smirnov(["profile", reference, "--json", "-o", made("one.json")]);
    const indented = write(
      "indented.json",
      JSON.stringify(JSON.parse(readFileSync(made("one.json"), "utf8")), null, 4),
    );
    const [one, two] = await Promise.all([
      smirnov(["merge", made("one.smirnov"), made("one.smirnov"), "--json"]),
      smirnov(["merge", made("one.json"), indented, "--json"]),
    ]);
    expect(one.errors).toBe("");
    expect(two).toEqual(one);
    const same = await smirnov(["compare", made("one.json"), reference, "--json"]);
    expect(JSON.parse(same.output).dataset.driftedColumns).toBe(0);
    const cut = write("cut.json", readFileSync(indented).subarray(0, 200));
    expect((await smirnov(["merge", cut])).errors).toMatch(/cut\.json: expected JSON, found other text/);
  });

  it("refuses what is no profile", async () => {
    const { status, errors } = await smirnov(["merge", reference]);
    expect(status).toBe(2);
    expect(errors).toMatch(/reference\.csv is no profile; smirnov profile makes one/);
    const broken = readFileSync(made("one.smirnov"));
    broken[100]! ^= 1;
    writeFileSync(made("broken.smirnov"), broken);
    const hostile = await smirnov(["merge", made("broken.smirnov")]);
    expect(hostile).toMatchObject({ status: 2, output: "" });
    expect(hostile.errors).toMatch(/^smirnov: \S*broken\.smirnov: expected bytes with their own checksum, found .*\n$/);
    const text = write("text.csv", csvOf({ price: ["a", "b"] }));
    await smirnov(["profile", text, "-o", made("text.smirnov")]);
    const mixed = await smirnov(["merge", made("one.smirnov"), made("text.smirnov")]);
    expect(mixed.errors).toMatch(/^smirnov: \S*text\.smirnov: price held numbers \(Float64\), and holds text/);
  });
});

describe("smirnov compare with profiles", () => {
  it("takes a profile on either side", async () => {
    const current = write("current.arrow", drifted);
    await smirnov(["profile", current, "-o", made("current.smirnov")]);
    const [profiles, window] = await Promise.all([
      smirnov(["compare", made("one.smirnov"), made("current.smirnov"), "--json"]),
      smirnov(["compare", made("one.smirnov"), current, "--json"]),
    ]);
    expect(profiles.errors).toBe("");
    expect(window.output).toBe(profiles.output);
    const { columns } = JSON.parse(profiles.output);
    expect(columns.price).toMatchObject({ drifted: true, exact: false });
    expect(columns.weight).toMatchObject({ severity: "none" });
    expect(columns.city).toMatchObject({ severity: "none", exact: true });
  });

  it("takes a pattern of profiles as one side, and no mixture", async () => {
    const [pattern, whole] = await Promise.all([
      smirnov(["compare", join(folder, "day-?.smirnov"), reference, "--json"]),
      smirnov(["compare", made("days.smirnov"), reference, "--json"]),
    ]);
    expect(pattern.errors).toBe("");
    expect(pattern.output).toBe(whole.output);
    const mixture = await smirnov(["compare", join(folder, "{day-0.smirnov,part-0.arrow}"), reference]);
    expect(mixture).toMatchObject({ status: 2, output: "" });
  });

  it("takes the standard input as one side", async () => {
    const stream = tableToIPC(tableFromArrays(columnsOf({ rows: 2000, seed: 3, by: 0.5 })), "stream");
    const { status, output, errors } = await smirnov(["compare", parts[0]!, "-", "--json"], {}, stream);
    expect({ status, errors }).toEqual({ status: 0, errors: "" });
    expect(JSON.parse(output).columns.price.drifted).toBe(true);
  });

  it("takes patterns, also where rows are looked at together", async () => {
    const pattern = join(folder, "part-*.arrow");
    const { status, output, errors } = await smirnov(["compare", pattern, parts[0]!, "--correlations", "--json"]);
    expect({ status, errors }).toEqual({ status: 0, errors: "" });
    expect(JSON.parse(output)).toMatchObject({ rows: { reference: 4000, current: 2000 } });
  });

  it("refuses what needs rows", async () => {
    const { status, errors } = await smirnov(["compare", made("one.smirnov"), reference, "--by", "city"]);
    expect(status).toBe(2);
    expect(errors).toBe("smirnov: by needs the rows of the reference, got a profile\n");
    const learned = await smirnov(["compare", made("one.smirnov"), reference, "--learn", "3"]);
    expect(learned.errors).toMatch(/^smirnov: --learn needs the rows of the reference, got a profile/);
    const evidently = await smirnov(["compare", reference, made("one.smirnov"), "--preset", "evidently"]);
    expect(evidently.errors).toMatch(/preset evidently needs the current side's rows, which a profile has not kept/);
  });
});

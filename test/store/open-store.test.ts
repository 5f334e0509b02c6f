import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { openStore } from "smirnov/store";
import { afterAll, describe, expect, it } from "vitest";
import { hiderOf, storeAddress } from "../../dist/store/store-address.js";
import { blameOf, StoreError, storeError } from "../../dist/store/store-error.js";
import { storedText, toldText } from "../../dist/store/texts.js";

const folder = mkdtempSync(join(tmpdir(), "smirnov-open-store-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("an address", () => {
  it("names a DuckDB file or PostgreSQL", () => {
    const paths: [url: string, path: string][] = [
      ["runs.duckdb", resolve("runs.duckdb")],
      ["a b/Größe.DUCKDB", resolve("a b/Größe.DUCKDB")],
      ["duckdb:runs.db", resolve("runs.db")],
      ["duckdb:/data/runs", resolve("/data/runs")],
      ["duckdb:///data/runs", resolve("/data/runs")],
      ["duckdb::memory:", ":memory:"],
    ];
    for (const [url, path] of paths) expect(storeAddress("f", url)).toEqual({ kind: "duckdb", path });
    for (const url of [
      "postgres://u:p@h:1/d",
      "postgresql:///d?host=/run/socket",
      "postgres://u@/d?host=/run",
      "postgres://h",
    ]) {
      expect(storeAddress("f", url)).toEqual({ kind: "postgres", url, schema: null });
    }
    const withSchema = "postgres://u@h/d?sslmode=require&schema=my%20own";
    expect(storeAddress("f", withSchema)).toEqual({ kind: "postgres", url: withSchema, schema: "my own" });
  });

  it("is refused where it names nothing, and is not repeated", () => {
    const wrong = [
      "",
      "runs.sqlite",
      "duckdb:",
      "mysql://u:secret@h/d",
      "postgres:secret",
      "https://secret/x.duckdb",
      "a\0.duckdb",
    ];
    for (const url of [
      ...wrong,
      "postgres://u:secret@h:port/d",
      "postgres://u:sec ret@h:99999/d",
      "postgres://u:12/secret@h/d",
    ]) {
      expect(() => storeAddress("f", url)).toThrow(RangeError);
      expect(() => storeAddress("f", url)).not.toThrow(/sec/);
    }
    for (const url of [null, undefined, 3, {}]) expect(() => storeAddress("f", url)).toThrow(TypeError);
  });

  it("hides its password in every form", () => {
    const unquoted = hiderOf(storeAddress("f", "postgres://u:p@ss:w@host/d"));
    expect(unquoted("for p@ss:w at host")).toBe("for *** at host");
    const hide = hiderOf(storeAddress("f", "postgres://u:p%40ss@h/d?password=other%20one"));
    expect(hide("p%40ss or p@ss, other%20one or other one: u@h")).toBe("*** or ***, *** or ***: u@h");
    expect(hiderOf(storeAddress("f", "postgres://u@h/d"))("nothing @h")).toBe("nothing @h");
  });

  it("leaves words alone that a short or plain password happens to be in, for *** would tell it", () => {
    const said = 'password authentication failed for user "app", database "postgres", connect 127.0.0.1:5432';
    for (const password of ["r", "a", "postgres", "password", "app", "5432", "p4", "127"]) {
      const url = `postgres://app:${password}@127.0.0.1:5432/postgres`;
      const hide = hiderOf(storeAddress("f", url));
      expect(hide(said)).toBe(said);
      expect(hide(`of ${url}, of password=${password}`)).toBe(
        "of postgres://app:***@127.0.0.1:5432/postgres, of password=***",
      );
    }
  });
});

describe("openStore", () => {
  it("says what is wrong with its options", async () => {
    const wrong: [options: unknown, error: Error][] = [
      [null, new TypeError("openStore: options must be an object, got null")],
      [
        { other: 1 },
        new RangeError('openStore: there is no option "other", but schema, readOnly, timeout, connections'),
      ],
      [{ schema: 3 }, new TypeError("openStore: schema must be a text, got 3")],
      [{ schema: "" }, new RangeError("openStore: schema must be a name")],
      [{ readOnly: 1 }, new TypeError("openStore: readOnly must be true or false, got 1")],
      [{ timeout: "1s" }, new TypeError('openStore: timeout must be a number, got "1s"')],
      [{ connections: 0 }, new RangeError("openStore: connections must be a whole number of at least 1, got 0")],
    ];
    for (const [options, error] of wrong)
      await expect(openStore("duckdb::memory:", options as never)).rejects.toThrow(error);
    await expect(openStore("nothing")).rejects.toThrow(RangeError);
  });

  it("says what is wrong with a file, and makes none to read from", async () => {
    const at = (name: string) => join(folder, name);
    writeFileSync(at("text.duckdb"), "a text ".repeat(100));
    writeFileSync(at("empty.duckdb"), "");
    mkdirSync(at("folder.duckdb"));
    writeFileSync(at("table.csv"), "price\n1\n");
    const wrong: [name: string, readOnly: boolean, message: string][] = [
      ["none.duckdb", true, `there is no file "${at("none.duckdb")}"`],
      [join("no", "none.duckdb"), true, `there is no file "${at(join("no", "none.duckdb"))}"`],
      [join("no", "none.duckdb"), false, `there is no folder for the file "${at(join("no", "none.duckdb"))}"`],
      ["text.duckdb", true, `"${at("text.duckdb")}" is not a file of DuckDB`],
      ["text.duckdb", false, `"${at("text.duckdb")}" is not a file of DuckDB`],
      ["duckdb:table.csv", true, `"${at("table.csv")}" is not a file of DuckDB`],
      ["duckdb:table.csv", false, `"${at("table.csv")}" is not a file of DuckDB`],
      ["empty.duckdb", true, `"${at("empty.duckdb")}" is not a file of DuckDB`],
      ["folder.duckdb", true, `"${at("folder.duckdb")}" is a folder, not a file`],
      ["folder.duckdb", false, `"${at("folder.duckdb")}" is a folder, not a file`],
    ];
    const before = readdirSync(folder).sort();
    for (const [name, readOnly, message] of wrong) {
      const url = name.replace(/^(duckdb:)?/, `$1${folder}${sep}`);
      const opened = openStore(url, { readOnly });
      await expect(opened).rejects.toMatchObject({ name: "StoreError", message: `openStore: ${message}` });
    }
    expect(readdirSync(folder).sort()).toEqual(before);
    expect(readFileSync(at("text.duckdb"), "utf8")).toBe("a text ".repeat(100));
  });

  it("says who holds a file", async () => {
    const path = join(folder, "held.duckdb");
    await (await openStore(path)).close();
    const script = `
      import { DuckDBInstance } from "@duckdb/node-api";
      const instance = await DuckDBInstance.create(process.argv[1]);
      console.log("held");
      setInterval(() => instance, 1_000);`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script, path]);
    try {
      await once(child.stdout, "data");
      await expect(openStore(path, { readOnly: true, timeout: 100 })).rejects.toThrow(
        `openStore: "${path}" is held by process ${child.pid} (`,
      );
    } finally {
      child.kill("SIGKILL");
    }
  });

  it("names the packages that are missing", () => {
    const bundle = fileURLToPath(new URL("../../dist/bundle", import.meta.url));
    const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));
    cpSync(bundle, join(folder, "bundle"), { recursive: true });
    mkdirSync(join(folder, "node_modules"));
    const messageOf = (url: string) => {
      const script = `
        const { openStore } = await import("./bundle/store.js");
        await openStore(process.argv[1]).catch((error) => console.log(error.message));`;
      const words = ["--input-type=module", "--eval", script, url];
      const { stdout, stderr } = spawnSync(process.execPath, words, { cwd: folder, encoding: "utf8" });
      return stdout.trim() + stderr;
    };
    symlinkSync(join(modules, "@assemblyscript"), join(folder, "node_modules", "@assemblyscript"));
    const duckDb =
      "openStore: needs the packages kysely and @duckdb/node-api: npm install kysely@0.28 @duckdb/node-api";
    const postgres = "openStore: needs the packages kysely and pg: npm install kysely@0.28 pg@8";
    expect([messageOf("a.duckdb"), messageOf("postgres://h/d")]).toEqual([duckDb, postgres]);
    symlinkSync(join(modules, "kysely"), join(folder, "node_modules", "kysely"));
    expect([messageOf("a.duckdb"), messageOf("postgres://h/d")]).toEqual([duckDb, postgres]);
  });
});

describe("the blame for an error", () => {
  it("is the database's, the record's, or not known", () => {
    const withCode = (code: string, message = "words") => Object.assign(new Error(message), { code });
    const cases: [error: unknown, blame: string][] = [
      [withCode("ECONNREFUSED"), "database"],
      [withCode("ENOSPC"), "database"],
      [new AggregateError([withCode("ECONNREFUSED")], ""), "database"],
      [withCode("57P01"), "database"],
      [withCode("28P01"), "database"],
      [withCode("53100"), "database"],
      [withCode("40001"), "database"],
      [withCode("22003"), "record"],
      [withCode("23505"), "record"],
      [withCode("54000"), "record"],
      [withCode("P0001"), "unknown"],
      [new Error("Connection terminated unexpectedly"), "database"],
      [new Error("timeout exceeded when trying to connect"), "database"],
      [new Error("IO Error: Could not set lock on file"), "database"],
      [new Error("Constraint Error: Duplicate key"), "record"],
      [new Error("Conversion Error: Type INT64 with value 1 can't be cast"), "record"],
      [new TypeError("record: needs a run"), "record"],
      [new StoreError("x", "record"), "record"],
      [new Error("something"), "unknown"],
      ["something", "unknown"],
      [undefined, "unknown"],
    ];
    expect(cases.map(([error]) => blameOf(error))).toEqual(cases.map(([, blame]) => blame));
  });

  it("comes with words, also of an error without any, and with the code", () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED ::1:5432"), { code: "ECONNREFUSED" });
    const found = storeError("record", new AggregateError([refused], ""), (text) => text.replace("::1", "***"));
    expect(found).toMatchObject({
      ...{
        name: "StoreError",
        message: "record: nothing listens at ***:5432",
        blame: "database",
        code: "ECONNREFUSED",
      },
    });
    expect(found.cause).toBeUndefined();
  });
});

describe("what is said of a database that cannot be reached", () => {
  it("is in plain words, and as it was where these are not known", () => {
    const cases: [said: string, told: string][] = [
      ["connect ECONNREFUSED 127.0.0.1:5432", "nothing listens at 127.0.0.1:5432"],
      ["connect ENOENT /run/.s.PGSQL.5432", "nothing listens at /run/.s.PGSQL.5432"],
      ["getaddrinfo ENOTFOUND db.invalid", "there is no host db.invalid"],
      ["getaddrinfo EAI_AGAIN db", "no name server knows the host db now"],
      ["connect ETIMEDOUT 10.0.0.1:5432", "10.0.0.1:5432 cannot be reached (ETIMEDOUT)"],
      ["connect ENETUNREACH ::1:5432 - Local (:::0)", "::1:5432 cannot be reached (ENETUNREACH)"],
      ["timeout exceeded when trying to connect", "the server did not answer in time"],
      ["Connection terminated due to connection timeout", "the server did not answer in time"],
      ['IO Error: Cannot open file "/r.duckdb": Permission denied', 'this process may not open the file "/r.duckdb"'],
      [
        "IO Error: Trying to read a database file with version number 99, but we can only read version 64.",
        "the file is of a version of DuckDB that this one cannot read (storage version 99)",
      ],
      ['database "d" does not exist', 'database "d" does not exist'],
      ["IO Error: something new", "IO Error: something new"],
    ];
    const same = (text: string) => text;
    const told = cases.map(([said]) => storeError("openStore", new Error(said), same).message);
    expect(told).toEqual(cases.map(([, words]) => `openStore: ${words}`));
  });
});

describe("a text as it is stored", () => {
  it("is the text, where every database takes it", () => {
    for (const text of ["", "price", "Größe", "价格 👩‍👩‍👧", "\u0001\n", "\uffff"]) expect(storedText(text)).toBe(text);
    expect(storedText("a\0b")).toBe("a\ufffe0000b");
  });

  it("is told again whatever it was, and no two texts are stored as one", () => {
    const unit = fc.constantFrom("\0", "\ufffe", "\ud800", "\udc00", "0", "a", "\u{1f600}");
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit }));
    fc.assert(
      fc.property(text, text, (one, other) => {
        const stored = storedText(one);
        expect(toldText(stored)).toBe(one);
        expect(stored).not.toContain("\0");
        expect(Buffer.from(stored).toString()).toBe(stored);
        expect(stored === storedText(other)).toBe(one === other);
      }),
      { numRuns: 500 },
    );
  });
});

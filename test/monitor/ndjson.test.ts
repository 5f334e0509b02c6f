import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError } from "../../dist/index.js";
import { jsonToTable, ndjsonToTable, rowsToTable } from "../../dist/monitor/index.js";
import { elementsOf, membersOf } from "../../dist/monitor/json-parts.js";
import type { BatchSchema } from "../../src/monitor/batch-schema.js";
import { contents } from "./tables.js";

const utf8 = new TextEncoder();
const schemaOf = (...entries: [string, unknown][]) => new Map(entries) as BatchSchema;
const ids = () => schemaOf(["id", "id"]);

const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null));
const rows = fc.array(
  fc.record(
    { a: value, 'b\n"': fc.option(fc.string({ unit: "grapheme" })), c: fc.option(fc.boolean()) },
    { requiredKeys: [] },
  ),
  { maxLength: 80 },
);

describe("ndjsonToTable", () => {
  it("reads what JSON.parse reads, with any ends of lines and empty lines between", () => {
    const ends = fc.constantFrom("\n", "\r\n", "\n\n", "\n \t\r\n");
    fc.assert(
      fc.property(rows, fc.array(ends, { minLength: 80, maxLength: 80 }), fc.boolean(), (all, between, mark) => {
        const lines = all.map((row, k) => JSON.stringify(row) + between[k]).join("");
        const text = (mark ? "\uFEFF" : "") + lines;
        const expected = contents(rowsToTable(JSON.parse(JSON.stringify(all))));
        expect(contents(ndjsonToTable(text))).toEqual(expected);
        expect(contents(ndjsonToTable(utf8.encode(text)))).toEqual(expected);
        expect(contents(jsonToTable(utf8.encode(JSON.stringify(all))))).toEqual(expected);
        expect(contents(jsonToTable(JSON.stringify({ rows: all })))).toEqual(expected);
      }),
    );
  });

  it("names the line of what is wrong, empty lines counted", () => {
    const cases: [string, string][] = [
      ['{"a":1}\n\n{"a":', "line 3: expected JSON"],
      ['{"a":1}\r\n\r\n{"a":"x"}', 'line 3, column "a": expected a number, found the text "x"'],
      ["{}\n3", "line 2: expected an object, its columns by name, found the number 3"],
      ['{"a":1},{"a":2}', "line 1: expected JSON"],
      ['{"a":[1\n2]}', "line 1: expected JSON"],
      ['{"a":NaN}', "line 1: expected JSON"],
      ['{"a":{"b":1}}', 'line 1, column "a": expected a number, true or false'],
    ];
    for (const [text, message] of cases) {
      expect(() => ndjsonToTable(text)).toThrow(message);
      expect(() => ndjsonToTable(utf8.encode(text))).toThrow(message);
    }
  });

  it("counts lines over the pieces in which bytes are decoded, and takes lines longer than one", () => {
    const long = JSON.stringify({ a: "ä".repeat(700_000), b: 1 });
    const text = [long, ...new Array(30_000).fill('{"a":"€","b":2}'), long, "", '{"b":"x"}'].join("\n");
    expect(() => ndjsonToTable(utf8.encode(text))).toThrow('line 30004, column "b"');
    const table = ndjsonToTable(utf8.encode(text.slice(0, -9)));
    expect(table.rows).toBe(30_002);
    expect(contents(table)[0]![1][30_001]).toBe("ä".repeat(700_000));
  });

  it("of members of one name takes the last, and of 1e400 infinity; -0 stays", () => {
    expect(contents(ndjsonToTable('{"a":1,"a":2}\n{"a":1e400}\n{"a":-1e400}\n{"a":-0}'))).toEqual([
      ["a", [2, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0]],
    ]);
  });

  it("reads all digits of ids, however the rows come", () => {
    const big = ["9007199254740993", "-9223372036854775808", "7", "9223372036854775807"];
    const expected = [
      ["id", big.map(BigInt)],
      ["note", [":1,", '"id":5', null, "}{"]],
    ];
    const notes = ['":1,"', '"\\"id\\":5"', "null", '"}{"'];
    const lines = big.map((id, k) => `{"id":1, "note" : ${notes[k]},\t"i\\u0064": ${id} }`);
    expect(contents(ndjsonToTable(lines.join("\n"), ids()))).toEqual(expected);
    expect(contents(jsonToTable(`[ ${lines.join(" ,\n")}]`, ids()))).toEqual(expected);
    expect(contents(jsonToTable(`{"rows":[${lines}]}`, ids()))).toEqual(expected);
    const columns = `{"columns" : {"id": [${big}], "note":[${notes}]}}`;
    expect(contents(jsonToTable(columns, ids()))).toEqual(expected);
    expect(() => ndjsonToTable('{"id":9223372036854775808}', ids())).toThrow("expected an integer of 64 bits");
    expect(() => ndjsonToTable('{"id":1e400}', ids())).toThrow("found the number Infinity");
    expect(contents(ndjsonToTable('{"id":1e17}', ids()))).toEqual([["id", [10n ** 17n]]]);
    const written = [
      "9007199254740993.0",
      "90071992547409930e-1",
      "9007199254740.993E+3",
      "-900719925474099.3e1",
      "1e18",
    ];
    expect(contents(ndjsonToTable(written.map((id) => `{"id":${id}}`).join("\n"), ids()))).toEqual([
      ["id", [2n ** 53n + 1n, 2n ** 53n + 1n, 2n ** 53n + 1n, -(2n ** 53n) - 1n, 10n ** 18n]],
    ]);
    for (const id of ["9007199254740993.5", `9007199254740993.${"0".repeat(1e6)}`]) {
      expect(() => ndjsonToTable(`{"id":${id}}`, ids())).toThrow("which a double does not hold exactly");
    }
    expect(contents(ndjsonToTable('{"id":9007199254740993}'))).toEqual([["id", [2 ** 53]]]);
  });

  it("looks at a row once for all of its integers, whatever stands in the next ones", () => {
    const names = Array.from({ length: 2000 }, (_, k) => `c${k}`);
    const kinds = () => new Map(names.map((name) => [name, "integer"] as const));
    const line = (first: bigint) => `{${names.map((name, k) => `"${name}":${first + BigInt(k)}`)}}`;
    const lines = [2n ** 60n, 2n ** 61n, 2n ** 60n].map(line);
    const expected = names.map((name, k) => [name, [60n, 61n, 60n].map((power) => 2n ** power + BigInt(k))]);
    expect(contents(ndjsonToTable(lines.join("\n"), kinds()))).toEqual(expected);
    expect(contents(jsonToTable(`[${lines}]`, kinds()))).toEqual(expected);
  });

  it("refuses bytes that are no UTF-8, and takes half surrogate pairs as they are", () => {
    expect(() => ndjsonToTable(Uint8Array.of(0x7b, 0x22, 0xff))).toThrow(
      "ndjsonToTable: expected UTF-8, found other bytes",
    );
    expect(() => jsonToTable(Uint8Array.of(0xff))).toThrow("jsonToTable: expected UTF-8");
    expect(contents(ndjsonToTable('{"a":"\\ud800"}'))).toEqual([["a", ["\ud800"]]]);
  });

  it("withstands hostile depth, names and lengths", () => {
    const deep = `${'{"a":'.repeat(200_000)}1${"}".repeat(200_000)}`;
    expect(() => ndjsonToTable(deep)).toThrow(/line 1/);
    expect(() => jsonToTable("[".repeat(200_000))).toThrow(/expected JSON/);
    expect(() => jsonToTable(`${"[".repeat(200_000)}${"]".repeat(200_000)}`)).toThrow("row 0: expected an object");
    const name = "x".repeat(1e6);
    expect(() => ndjsonToTable(`{"${name}":{}}`)).toThrow(/^.{0,300}$/);
    expect(ndjsonToTable(`{"${name}":1}`).columns.has(name)).toBe(true);
    expect(contents(ndjsonToTable('{"__proto__":1}\n{"constructor":2}\n{}'))).toEqual([
      ["__proto__", [1, null, null]],
      ["constructor", [null, 2, null]],
    ]);
  });

  it("makes a table of any bytes, or refuses them with FormatError", () => {
    const letter = fc.constantFrom(...'{}[]:,"\\0123456789.eE+-truefalsn \n\r\t\ud83d\u00e9'.split(""));
    const text = fc.array(letter, { maxLength: 60 }).map((letters) => letters.join(""));
    const line = fc.oneof(
      text,
      fc.jsonValue().map((value) => JSON.stringify(value)),
      fc.constant('{"a":1}'),
    );
    const lines = fc.array(line, { maxLength: 5 }).map((all) => utf8.encode(all.join("\n")));
    fc.assert(
      fc.property(fc.oneof(lines, fc.uint8Array({ maxLength: 40 })), fc.boolean(), (bytes, known) => {
        for (const read of [ndjsonToTable, jsonToTable]) {
          const schema = known ? schemaOf(["a", "id"]) : schemaOf();
          const before = [...schema];
          try {
            const table = read(bytes, schema);
            for (const [, values] of contents(table)) expect(values.length).toBe(table.rows);
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
            expect([...schema]).toEqual(before);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it("reads nothing from nothing", () => {
    for (const text of ["", "\n", "\uFEFF\r\n"]) expect(ndjsonToTable(text).rows).toBe(0);
    expect(ndjsonToTable(new Uint8Array(0)).rows).toBe(0);
    expect(() => ndjsonToTable(5 as never)).toThrow(
      new TypeError("ndjsonToTable: needs a Uint8Array or a text, got 5"),
    );
  });
});

describe("the parts of a JSON text", () => {
  it("are those that JSON.parse reads, with any blanks between", () => {
    const blanks = fc.constantFrom(undefined, 1, "\t", " \n\r");
    const text = (value: unknown, blank: string | number | undefined) => JSON.stringify(value, null, blank);
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue()), blanks, (record, blank) => {
        const found = Array.from(membersOf(text(record, blank)), ([name, part]) => [name, JSON.parse(part)]);
        expect(found).toEqual(Object.entries(JSON.parse(JSON.stringify(record))));
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), blanks, (list, blank) => {
        expect(elementsOf(text(list, blank)).map((part) => JSON.parse(part))).toEqual(JSON.parse(JSON.stringify(list)));
      }),
    );
  });
});

describe("jsonToTable", () => {
  it("takes rows or columns and nothing else", () => {
    expect(contents(jsonToTable('{"columns":{"a":[1,null],"b":["x","y"]}}'))).toEqual([
      ["a", [1, null]],
      ["b", ["x", "y"]],
    ]);
    for (const text of ["3", "null", "{}", '{"a":1}', '{"rows":{}}', '{"columns":[]}', '{"rows":[],"columns":{}}']) {
      expect(() => jsonToTable(text)).toThrow(
        "jsonToTable: expected an array of rows, { rows: [] } or { columns: {} }",
      );
    }
    expect(() => jsonToTable('{"columns":{"a":[1],"b":[]}}')).toThrow('column "b": expected 1 values');
    expect(() => jsonToTable('[{"a":1},{"a":"x"}]')).toThrow('row 1, column "a"');
    expect(() => jsonToTable("[1,")).toThrow("jsonToTable: expected JSON, found");
  });
});

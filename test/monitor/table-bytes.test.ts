import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError } from "../../dist/index.js";
import { rowsToTable } from "../../dist/monitor/index.js";
import { RowStore } from "../../dist/monitor/row-store.js";
import { tableFromBytes, tableToBytes } from "../../dist/monitor/table-bytes.js";
import { contents, everyKind, refusedDamages, sealed, types } from "./tables.js";

const sample = () => rowsToTable([{ a: 1, b: "x", c: true, v: [1, 2], n: null }, { b: "yä", v: [3, 4] }, { a: -0 }]);

describe("tableToBytes and tableFromBytes", () => {
  it("give back columns of every kind, with types and units", () => {
    fc.assert(
      fc.property(fc.nat(20).chain(everyKind), (table) => {
        const read = tableFromBytes(tableToBytes(table));
        expect(contents(read)).toEqual(contents(table));
        expect(read.unsupported).toEqual(table.unsupported);
        const about = ([name, { kind, type }]: [string, { kind: string; type: string }]) => [
          name,
          kind,
          type.replace("Dictionary<Int32, Utf8>", "Utf8"),
        ];
        expect([...read.columns].map(about)).toEqual([...table.columns].map(about));
        const units = (found: typeof table) =>
          [...found.columns.values()].map((column) => "unitsPerSecond" in column && column.unitsPerSecond);
        expect(units(read)).toEqual(units(table));
      }),
      { numRuns: 60 },
    );
  });

  it("give back what a store holds, and hostile names", () => {
    const store = new RowStore("test");
    for (let k = 0; k < 600; k++) store.append(rowsToTable([JSON.parse(`{"__proto__":${k},"\\ud800":"\\ud800${k}"}`)]));
    const table = store.take(100, 555);
    const read = tableFromBytes(tableToBytes(table));
    expect(contents(read)).toEqual(contents(table));
    expect(types(read)).toEqual([
      ["__proto__", "Float64"],
      ["\ud800", "Utf8"],
    ]);
    expect(tableToBytes(read)).toEqual(tableToBytes(tableFromBytes(tableToBytes(read))));
  });

  it("write the same bytes for the same table, empty ones too", () => {
    expect(tableToBytes(sample())).toEqual(tableToBytes(sample()));
    const empty = { rows: 0, columns: new Map(), unsupported: new Map() };
    expect(tableFromBytes(tableToBytes(empty))).toEqual(empty);
  });

  it("refuse bytes in which anything was changed or that were cut", () => {
    const bytes = tableToBytes(sample());
    const at = fc.nat(bytes.length - 1);
    fc.assert(
      fc.property(at, fc.integer({ min: 1, max: 255 }), (place, change) => {
        const damaged = bytes.slice();
        damaged[place]! ^= change;
        expect(() => tableFromBytes(damaged)).toThrow(FormatError);
      }),
    );
    fc.assert(
      fc.property(at, (length) => {
        expect(() => tableFromBytes(bytes.slice(0, length))).toThrow(FormatError);
      }),
    );
  });

  it("read a table or refuse with FormatError when the checksum is right and the rest is not", () => {
    const bytes = tableToBytes(sample());
    const refused = refusedDamages(bytes, 2000, (damaged) => {
      const table = tableFromBytes(damaged);
      try {
        for (const [, values] of contents(table)) expect(values.length).toBe(table.rows);
      } catch (error) {
        // What stands in a text is not looked at, as in Arrow files; the naive reader of this test does.
        if (!(error instanceof TypeError && error.message.includes("encoded data was not valid"))) throw error;
      }
    });
    expect(refused).toBeGreaterThan(500);
  });

  it("refuse heads that promise what is not there", () => {
    const [head, rest] = headAndRest(tableToBytes(sample()));
    const wrong: [string, string][] = [
      ['"rows":3', '"rows":4'],
      ['"rows":3', '"rows":-1'],
      ['"kind":"numeric"', '"kind":"numbers"'],
      ['"layout":"f64"', '"layout":"f65"'],
      ['"layout":"f64"', '"layout":"constructor"'],
      ['"unitsPerSecond":1', '"unitsPerSecond":0'],
      ['"dimension":2', '"dimension":3'],
      ['"dimension":2', '"dimension":2147483648'],
      ['"name":"b"', '"name":"a"'],
      ['"unsupported":[]', '"unsupported":[1]'],
      ["{", "["],
    ];
    for (const [from, to] of wrong) {
      expect(head).toContain(from);
      expect(() => tableFromBytes(bytesOf(head.replace(from, to), rest))).toThrow(FormatError);
    }
    expect(contents(tableFromBytes(bytesOf(head, rest)))).toEqual(contents(sample()));
  });
});

function headAndRest(bytes: Uint8Array): [string, Uint8Array] {
  const length = new DataView(bytes.buffer).getUint32(12, true);
  const head = new TextDecoder().decode(bytes.subarray(16, 16 + length));
  return [head, bytes.subarray(16 + Math.ceil(length / 8) * 8)];
}

function bytesOf(head: string, rest: Uint8Array): Uint8Array {
  const encoded = new TextEncoder().encode(head);
  const bytes = new Uint8Array(16 + Math.ceil(encoded.length / 8) * 8 + rest.length);
  bytes.set(new TextEncoder().encode("SMIRNOVT"));
  new DataView(bytes.buffer).setUint32(8, 1, true);
  new DataView(bytes.buffer).setUint32(12, encoded.length, true);
  bytes.set(encoded, 16);
  bytes.set(rest, bytes.length - rest.length);
  return sealed(bytes);
}

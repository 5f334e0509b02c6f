import { describe, expect, it } from "vitest";
import { FormatError, fromJson, profile, toBytes, toJson } from "../../dist/index.js";
import { cut, mixedTable } from "./tables.ts";

/** What tests change. */
interface Written {
  readonly columns: readonly {
    readonly cells: { counts: object };
    readonly distinct: object;
    readonly quantiles: object;
  }[];
}

const written = async (rows: number) => {
  const found = await profile({ ...cut(mixedTable(rows, 2), 0, rows) }, { categories: 300 });
  return { found, json: JSON.parse(JSON.stringify(toJson(found))) };
};

describe("the JSON form of a profile", () => {
  it("is read as the profile that was written", async () => {
    for (const rows of [0, 1, 3, 1500]) {
      const { found, json } = await written(rows);
      const read = fromJson(json);
      if (rows < 1500) expect(read).toEqual(found);
      expect(Buffer.compare(toBytes(read), toBytes(found))).toBe(0);
    }
    const vectors = await profile({ v: { values: new Float32Array(2), dimension: 2 } });
    expect(fromJson(toJson(vectors))).toEqual(vectors);
  });

  it("is refused with a word on where it is wrong", async () => {
    const { json } = await written(300);
    const refused: readonly [(json: Written) => void, RegExp][] = [
      [(all) => Object.assign(all, { format: "other" }), /expected "smirnov profile", found "other"/],
      [(all) => Object.assign(all, { version: 2 }), /expected version 1, found version 2/],
      [(all) => Object.assign(all, { rows: -1 }), /the profile\.rows: expected a whole number, found -1/],
      [(all) => Object.assign(all, { columns: null }), /the profile\.columns: expected a list, found null/],
      [(all) => Object.assign(all.columns![0]!, { kind: "odd" }), /columns\.0\.kind: expected a kind of column/],
      [(all) => Object.assign(all.columns![0]!, { nan: 1 }), /expected/],
      [(all) => Object.assign(all.columns![0]!.cells, { shift: 3 }), /columns\.0\.cells: expected the smallest/],
      [(all) => Object.assign(all.columns![0]!.cells.counts, [0]), /cells: expected cells that rise/],
      [(all) => Object.assign(all.columns![0]!.distinct, { registers: "!" }), /expected 4096 bytes in base64/],
      [(all) => Object.assign(all.columns![0]!.quantiles, { values: [3, 1] }), /expected/],
    ];
    for (const [change, message] of refused) {
      const changed = structuredClone(json);
      change(changed);
      expect(() => fromJson(changed)).toThrow(message);
      expect(() => fromJson(changed)).toThrow(FormatError);
    }
    for (const odd of [null, undefined, 3, "text", [], {}]) expect(() => fromJson(odd)).toThrow(FormatError);
    expect(() => toJson({} as never)).toThrow("toJson: needs a profile, got an object");
  });
});

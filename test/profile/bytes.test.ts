import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashOf } from "../../dist/engine/key-cells.js";
import { FormatError, fromBytes, merge, type NumberProfile, type Profile, profile, toBytes } from "../../dist/index.js";
import { randomFrom } from "../statistics/samples.ts";
import { cut, mixedTable } from "./tables.ts";

const vectors = { values: new Float32Array(8), dimension: 2 };

describe("the bytes of a profile", () => {
  it("are read as the profile that was written", async () => {
    for (const rows of [0, 1, 4, 3000, 70_000]) {
      const found = await profile({ ...cut(mixedTable(rows, 2), 0, rows) });
      const bytes = toBytes(found);
      const read = fromBytes(bytes);
      if (rows < 3000) expect(read).toEqual(found);
      expect(Buffer.compare(toBytes(read), bytes)).toBe(0);
    }
    const others = await profile({ vectors, "ein Name ä€😀": [1, 2, 3, 4], "": ["a", "b", "c", "d"] });
    expect(fromBytes(toBytes(others))).toEqual(others);
    const heavy = await profile(cut(mixedTable(2000, 2), 0, 2000), { categories: 50 });
    expect(fromBytes(toBytes(heavy))).toEqual(heavy);
  });

  it("are read wherever they lie, and are not needed afterwards", async () => {
    const found = await profile(cut(mixedTable(5000, 2), 0, 5000));
    const bytes = toBytes(found);
    for (let offset = 0; offset < 8; offset++) {
      const moved = new Uint8Array(bytes.length + 8).subarray(offset, offset + bytes.length);
      moved.set(bytes);
      const read = fromBytes(moved);
      moved.fill(0);
      expect(Buffer.compare(toBytes(read), bytes)).toBe(0);
      moved.set(bytes);
      expect(Buffer.compare(toBytes(await merge([moved])), bytes)).toBe(0);
    }
  });

  it("are few: some 20 KB for a column of numbers, and hundreds for one of few values", async () => {
    const table = mixedTable(200_000, 3);
    const size = async (name: string) => toBytes(await profile({ [name]: table[name] } as never)).length;
    expect(await size("normal")).toBeLessThan(21_000);
    expect(await size("whole")).toBeLessThan(16_500);
    expect(await size("truth")).toBeLessThan(12_000);
    expect(await size("few")).toBeLessThan(400);
    expect(toBytes(await profile({ a: [1, 2, 3], b: ["x", "y", null] })).length).toBeLessThan(800);
    expect(toBytes(await merge([])).length).toBe(48);
  });

  it("are refused where truth values or points in time are other numbers", async () => {
    const half = await profile({ x: [0.5, 1, 0.5] });
    const as = (kind: "boolean" | "temporal"): Profile => {
      const column = half.columns.get("x")!;
      return { ...half, columns: new Map([["x", { ...column, kind } as typeof column]]) };
    };
    expect(() => fromBytes(toBytes(as("boolean")))).toThrow(new FormatError("the profile", "truth values", "0.5"));
    expect(() => fromBytes(toBytes(as("temporal")))).toThrow(
      new FormatError("the profile", "whole numbers of time", "0.5"),
    );
  });

  it("have the layout that is documented", async () => {
    const bytes = toBytes(await profile({ ab: [true, null, true] }));
    const view = new DataView(bytes.buffer);
    expect(String.fromCharCode(...bytes.subarray(0, 8))).toBe("SMIRNOVP");
    expect([view.getUint32(8, true), view.getUint32(12, true), view.getFloat64(16, true)]).toEqual([1, 1, 3]);
    expect([view.getUint32(24, true), view.getUint32(28, true), view.getFloat64(32, true)]).toEqual([
      0,
      0,
      bytes.length,
    ]);
    // Kind, lengths of "ab" and "Bool", the names; null, nan, units, count.
    expect([40, 44, 48, 52].map((at) => view.getUint32(at, true))).toEqual([1, 2, 4, 0]);
    expect(String.fromCharCode(...bytes.subarray(56, 62))).toBe("abBool");
    expect([64, 72, 80, 88].map((at) => view.getFloat64(at, true))).toEqual([1, 0, 1, 2]);
    // Shift, one cell, the key of 1, ten bytes: nothing before it, and two values.
    expect([view.getUint32(200, true), view.getUint32(204, true)]).toEqual([0, 1]);
    expect(view.getBigInt64(208, true)).toBe(0x3ff0_0000_0000_0000n);
    expect([view.getUint32(216, true), bytes[232], bytes[233]]).toEqual([10, 0, 2]);
    const end = bytes.length - 8;
    expect(view.getBigUint64(end, true)).toBe(hashOf(bytes.subarray(0, end)));
  });
});

describe("fromBytes", () => {
  const small = async () =>
    profile({
      a: [1, 2.5, null, Number.NaN, Number.POSITIVE_INFINITY, -3, 2.5, 1e300],
      b: ["x", "y", null, "", "x", "ä", "z", "x"],
      c: [true, false, true, null, null, true, true, true],
      v: { values: new Float32Array(16), dimension: 2 },
    });

  /** Bytes with a checksum of their own, whatever they are. */
  function signed(bytes: Uint8Array): Uint8Array {
    const end = bytes.length - 8;
    new DataView(bytes.buffer, bytes.byteOffset).setBigUint64(end, hashOf(bytes.subarray(0, end)), true);
    return bytes;
  }

  /** The profile, or null where the bytes are refused; anything else is a failure. */
  function read(bytes: Uint8Array): Profile | null {
    try {
      return fromBytes(bytes);
    } catch (error) {
      if (error instanceof FormatError) return null;
      throw error;
    }
  }

  it("refuses every single byte that was changed", async () => {
    const bytes = toBytes(await small());
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      changed[at]! ^= 1 << (at & 7);
      expect(read(changed)).toBeNull();
    }
  });

  it("refuses bytes that were cut or lengthened", async () => {
    const bytes = toBytes(await small());
    for (let length = 0; length < bytes.length; length++) expect(read(bytes.slice(0, length))).toBeNull();
    for (let length = 0; length + 48 < bytes.length; length += 8) {
      expect(read(signed(bytes.slice(0, length + 48)))).toBeNull();
    }
    const longer = new Uint8Array(bytes.length + 8);
    longer.set(bytes);
    expect(read(signed(longer))).toBeNull();
  });

  it("takes changed bytes with a good checksum for what they say, or refuses them", async () => {
    for (const given of [await small(), await profile(cut(mixedTable(3000, 4), 0, 3000), { categories: 40 })]) {
      const bytes = toBytes(given);
      const random = randomFrom(bytes.length);
      const interesting = [0, 1, 2, 127, 128, 254, 255];
      let taken = 0;
      for (let k = 0; k < 1000; k++) {
        const changed = bytes.slice();
        const changes = 1 + Math.floor(random() * 3);
        for (let i = 0; i < changes; i++) {
          const at = Math.floor(random() ** 2 * (bytes.length - 8));
          changed[at] = random() < 0.5 ? interesting[Math.floor(random() * 7)]! : Math.floor(256 * random());
        }
        const found = read(signed(changed));
        if (!found) continue;
        taken++;
        // There is one form: what was taken is written as it was.
        expect(Buffer.compare(toBytes(found), changed)).toBe(0);
      }
      expect(taken).toBeGreaterThan(0);
    }
  });

  it("refuses random bytes, and random numbers in places of lengths", async () => {
    const bytes = toBytes(await small());
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: bytes.length / 4 - 3 }),
        fc.constantFrom(0, 1, 2, 8, 255, 65_536, 0x7fff_ffff, 0x8000_0000, 0xffff_fff8, 0xffff_ffff),
        (word, value) => {
          const changed = bytes.slice();
          new DataView(changed.buffer).setUint32(4 * word, value, true);
          const found = read(signed(changed));
          if (found) expect(toBytes(found)).toEqual(changed);
        },
      ),
      { numRuns: 1000 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (random) => read(random) === null));
  });

  it("says what is wrong", async () => {
    const bytes = toBytes(await small());
    const later = bytes.slice();
    later[8] = 2;
    expect(() => fromBytes(later, "ref.smirnov")).toThrow(
      "ref.smirnov: expected version 1 of the format, found version 2",
    );
    const changed = bytes.slice();
    changed[90]! ^= 1;
    expect(() => fromBytes(changed)).toThrow(
      "the profile: expected bytes with their own checksum, found bytes that were changed",
    );
    expect(() => fromBytes(new Uint8Array(64))).toThrow(/expected bytes that begin with SMIRNOVP/);
    expect(() => fromBytes([1, 2] as never)).toThrow("fromBytes: needs a Uint8Array, got an array");
    expect(() => toBytes({} as never)).toThrow("toBytes: needs a profile, got an object");
  });

  it("are not written of columns that nobody could read, which are named", async () => {
    const found = await profile({ ab: [1, 2, 3], text: ["x", "y", null] });
    const numbers = found.columns.get("ab") as NumberProfile;
    const { cells, quantiles } = numbers;
    const texts = found.columns.get("text")!;
    const written = (name: string, column: unknown) => () =>
      toBytes({ ...found, columns: new Map(found.columns).set(name, column as never) });
    const wrongCells = (change: object) => written("ab", { ...numbers, cells: { ...cells, ...change } });
    for (const bad of [Number.NaN, -1, 0, 0.5, 2 ** 64, Number.POSITIVE_INFINITY]) {
      const wrong = wrongCells({ counts: cells.counts.with(1, bad) });
      expect(wrong).toThrow(new RangeError(`toBytes: ab needs counts from 1 to 2^53 in its cells, got ${bad}`));
    }
    expect(wrongCells({ starts: cells.starts.with(2, 0) })).toThrow("ab needs cells that ascend, got 0 at 2");
    expect(wrongCells({ starts: cells.starts.with(0, Number.NaN) })).toThrow(
      "ab needs cells that ascend, got NaN at 0",
    );
    expect(wrongCells({ starts: cells.starts.slice(1) })).toThrow("ab needs as many counts as starts");
    expect(wrongCells({ starts: [1, 2, 3] })).toThrow("ab needs cells with starts and counts as Float64Arrays");
    expect(wrongCells({ shift: 64 })).toThrow(new RangeError("toBytes: ab needs a shift from 0 to 63, got 64"));
    expect(written("ab", { ...numbers, cells: undefined })).toThrow(TypeError);
    const short = { ...quantiles, values: quantiles.values.slice(1) };
    expect(written("ab", { ...numbers, quantiles: short })).toThrow("as its levels have, got 2 of 3");
    expect(written("ab", { ...numbers, quantiles: { ...quantiles, values: [1, 2, 3] } })).toThrow(TypeError);
    const few = { precision: 12, registers: new Uint8Array(7) };
    expect(written("text", { ...texts, distinct: few })).toThrow("toBytes: text needs 4096 registers, got 7");
    expect(written("text", { ...texts, distinct: { precision: 12, registers: [] } })).toThrow(TypeError);
    expect(written("text", { ...texts, categories: { counts: {} } })).toThrow("text needs a Map of counts");
    expect(written("text", { ...texts, kind: "vector" })).toThrow("toBytes: text needs a kind");
  });
});

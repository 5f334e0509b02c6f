import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnOf } from "../../dist/column/column-of.js";
import { fromBytes, merge, type Profile, profile, toBytes } from "../../dist/index.js";
import { accumulatorOfCells, addCells, emptyCells, keyCellsOf, mostCells } from "../../dist/profile/cells.js";
import type { KeyCells, NumberProfile, TextProfile } from "../../dist/profile/profile.js";
import { profileColumn } from "../../dist/profile/profile-column.js";
import { rankError } from "../../dist/sketch/rank-error.js";
import { sketchRank } from "../../dist/sketch/sorted-view.js";
import { randomFrom, sample } from "../statistics/samples.ts";
import { doubles, naiveCells } from "./naive.ts";
import { cut, mixedTable } from "./tables.ts";

const numbers = (of: Profile, name: string) => of.columns.get(name) as NumberProfile;
const texts = (of: Profile, name: string) => of.columns.get(name) as TextProfile;
const same = (x: Profile, y: Profile) => expect(Buffer.compare(toBytes(x), toBytes(y))).toBe(0);

const bytesOf = (values: Float64Array) => Buffer.from(values.buffer, values.byteOffset, values.byteLength);

/** Merges as they come, whatever their hashes. */
const asTheyCome = (profiles: readonly (Profile | Uint8Array)[]) => merge(profiles.values());

describe("merged cells", () => {
  const cells = (values: Iterable<number>) => {
    const column = columnOf(Float64Array.from(values));
    if (column.kind !== "numeric") throw new TypeError("numbers");
    return (profileColumn(column) as NumberProfile).cells;
  };
  const merged = (...parts: KeyCells[]): KeyCells => {
    const all = emptyCells();
    for (const part of parts) addCells(all, part);
    return keyCellsOf(all);
  };
  const plain = ({ shift, starts, counts }: KeyCells) => ({
    shift,
    starts: Array.from(starts),
    counts: Array.from(counts),
  });

  it("are those of all values, for any parts in any order", () => {
    // Enough different values that the shift rises, of scales that raise it differently.
    const part = fc
      .tuple(fc.integer({ min: 0, max: 3000 }), fc.constantFrom(0, 4, 900), fc.array(doubles, { maxLength: 30 }))
      .map(([length, scale, some]) => [
        ...some,
        ...Array.from({ length }, (_, k) => 2 ** (((k * 7919) % 1000) / 1000 - 0.5 + ((scale * k) % 1009) / 10)),
      ]);
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const expected = naiveCells(parts.flat(), mostCells);
        const all = parts.map(cells);
        expect(plain(merged(...all))).toEqual(expected);
        expect(plain(merged(...all.toReversed()))).toEqual(expected);
        const half = all.length >> 1;
        expect(plain(merged(merged(...all.slice(half)), merged(...all.slice(0, half))))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  it("leave those that were added as they are", () => {
    const [x, y] = [cells([1, 2, 3]), cells(sample("normal", 5000, 1))];
    const before = [plain(x), plain(y)];
    const accumulator = accumulatorOfCells(x);
    addCells(accumulator, y);
    addCells(accumulator, x);
    expect([plain(x), plain(y)]).toEqual(before);
  });
});

describe("merge", () => {
  const rows = 76_000;
  const table = mixedTable(rows, 5);
  const ends = [0, 10, 3_000, 3_001, 70_000, rows];
  const parts = () =>
    Promise.all(ends.slice(1).map((end, k) => profile(cut(table, ends[k]!, end), { categories: 100_000 })));

  it("has counts, cells, categories and distinct values of all rows at once, and moments to 1e-13", async () => {
    const whole = await profile(cut(table, 0, rows), { categories: 100_000 });
    const all = await parts();
    for (const order of [all, all.toReversed(), [...all.slice(2), ...all.slice(0, 2)]]) {
      const found = await asTheyCome(order);
      expect([...found.columns.keys()]).toEqual([...whole.columns.keys()]);
      for (const [name, expected] of whole.columns) {
        const column = found.columns.get(name)!;
        expect(column).toMatchObject({ kind: expected.kind, type: expected.type, missing: expected.missing });
        expect(Buffer.compare(column.distinct.registers, expected.distinct.registers)).toBe(0);
        if (expected.kind === "categorical") {
          const { counts, ...others } = (column as TextProfile).categories;
          const { counts: wanted, ...rest } = expected.categories;
          expect(others).toEqual(rest);
          expect(JSON.stringify([...counts])).toBe(JSON.stringify([...wanted]));
          expect((column as TextProfile).error).toBe(0);
          continue;
        }
        const { cells, moments, quantiles } = column as NumberProfile;
        expect(cells.shift).toBe(expected.cells.shift);
        expect(bytesOf(cells.starts).equals(bytesOf(expected.cells.starts))).toBe(true);
        expect(bytesOf(cells.counts).equals(bytesOf(expected.cells.counts))).toBe(true);
        expect(moments.count).toBe(expected.moments.count);
        expect([moments.min, moments.max, moments.exponent]).toEqual([
          expected.moments.min,
          expected.moments.max,
          expected.moments.exponent,
        ]);
        const { m2, m4, count, mean } = expected.moments;
        const near = (found: number, wanted: number, scale: number) =>
          expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-13 * scale);
        near(moments.mean, mean, Math.max(Math.abs(mean), Math.sqrt(m2 / Math.max(count, 1))));
        near(moments.m2, m2, m2);
        near(moments.m3, expected.moments.m3, Math.sqrt(m2) * Math.sqrt(m4));
        near(moments.m4, m4, m4);
        expect(quantiles.count).toBe(expected.quantiles.count);
      }
    }
  });

  it("keeps quantile sketches within their bound", async () => {
    const all = await parts();
    const { quantiles } = numbers(await merge(all), "normal");
    const sorted = Float64Array.from(table.normal as Float64Array).sort();
    const bound = rankError(quantiles);
    expect(bound).toBeLessThan(0.02);
    for (let k = 500; k < rows; k += 1000) {
      expect(Math.abs(sketchRank(quantiles, sorted[k]!) - (k + 1) / rows)).toBeLessThanOrEqual(bound);
    }
  });

  it("gives an array's profiles the same bytes in every order, be they profiles or bytes", async () => {
    const all = await parts();
    const expected = await merge(all);
    const random = randomFrom(7);
    for (let k = 0; k < 4; k++) {
      const order = all
        .map((one) => [random(), random() < 0.5 ? one : toBytes(one)] as const)
        .sort(([x], [y]) => x - y)
        .map(([, one]) => one);
      same(await merge(order), expected);
    }
  });

  it("takes what is iterated as it comes, asynchronously too", async () => {
    const all = await parts();
    async function* coming() {
      for (const one of all) {
        await Promise.resolve();
        yield toBytes(one);
      }
    }
    same(await merge(coming()), await asTheyCome(all));
    same(await merge(new Set(all)), await asTheyCome(all));
  });

  it("changes nothing that it was given", async () => {
    const all = await parts();
    const before = all.map(toBytes);
    const bytes = before.map((one) => one.slice());
    await merge(all);
    await asTheyCome(all);
    await merge(bytes);
    for (const [k, one] of before.entries()) {
      expect(Buffer.compare(toBytes(all[k]!), one)).toBe(0);
      expect(Buffer.compare(bytes[k]!, one)).toBe(0);
    }
  });

  it("of bytes is good after these were changed", async () => {
    const bytes = toBytes((await parts())[2]!);
    const own = bytes.slice();
    function* one() {
      yield own;
      own.fill(0);
    }
    same(await merge(one()), fromBytes(bytes));
  });

  it("takes an empty profile for nothing", async () => {
    const none = await merge([]);
    expect(none).toEqual({ profile: true, rows: 0, columns: new Map(), unsupported: new Map() });
    const one = (await parts())[2]!;
    const noRows = await profile(cut(table, 0, 0));
    for (const order of [[none, one], [one, none], [one], [noRows, one], [one, noRows]]) {
      same(await asTheyCome(order), one);
      same(await merge(order), one);
    }
  });

  it("takes rows of a profile without a column for nulls", async () => {
    const found = await asTheyCome([
      await profile({ a: [1, 2], t: ["x", "x"] }),
      await profile({ b: [true] }),
      await profile({ a: [null, 4, 5], t: [null, "y", "x"] }),
    ]);
    expect(found.rows).toBe(6);
    expect(numbers(found, "a").missing).toEqual({ rows: 6, null: 2, nan: 0 });
    expect(numbers(found, "b").missing).toEqual({ rows: 6, null: 5, nan: 0 });
    expect(texts(found, "t").missing).toEqual({ rows: 6, null: 2, nan: 0 });
    same(fromBytes(toBytes(found)), found);
  });

  it("is what profile makes of all rows where columns come and go", async () => {
    const found = await asTheyCome([
      await profile({ a: [null] }),
      await profile({ a: ["x"] }),
      await profile({ b: [1] }),
    ]);
    expect(texts(found, "a").missing).toEqual({ rows: 3, null: 2, nan: 0 });
    same(found, await profile({ a: [null, "x", null], b: [null, null, 1] }));
  });

  it("merges heavy hitters within the bound of all together", async () => {
    const random = randomFrom(4);
    const words = Array.from({ length: 60_000 }, () => `w${Math.floor(Math.exp(random() * Math.log(20_000)))}`);
    const exact = new Map<string, number>();
    for (const word of words) exact.set(word, (exact.get(word) ?? 0) + 1);
    const all: Profile[] = [];
    for (let at = 0; at < words.length; at += 2500) {
      all.push(await profile({ words: words.slice(at, at + 2500) }, { categories: 200 }));
    }
    for (const order of [all, all.toReversed()]) {
      const { categories, error } = texts(await asTheyCome(order), "words");
      let kept = 0;
      for (const [word, count] of categories.counts) {
        kept += count;
        expect(count).toBeLessThanOrEqual(exact.get(word)!);
        expect(count + error).toBeGreaterThanOrEqual(exact.get(word)!);
      }
      for (const [word, count] of exact) if (count > error) expect(categories.counts.has(word)).toBe(true);
      expect(error).toBeLessThanOrEqual((words.length - kept) / 201);
      expect(categories.other).toBe(words.length - kept);
    }
  });

  it("refuses columns of different kinds or units, naming them, and what is no profile", async () => {
    const numbers = await profile({ a: [1] });
    const text = await profile({ a: ["x"] });
    await expect(asTheyCome([numbers, text])).rejects.toThrow(
      "merge: a held numbers (Float64), and holds text (Utf8) in another profile",
    );
    const vectors = await profile({ a: { values: new Float32Array(2), dimension: 2 } });
    await expect(asTheyCome([numbers, vectors])).rejects.toThrow(
      "merge: a held numbers (Float64), and holds FixedSizeList[2]<Float32>, which is not supported, in another profile",
    );
    await expect(asTheyCome([vectors, toBytes(numbers)])).rejects.toThrow(
      "merge: a held FixedSizeList[2]<Float32>, which is not supported, and holds numbers (Float64) in another profile",
    );
    await expect(merge([{ a: 1 }] as never)).rejects.toThrow(TypeError);
    await expect(merge(numbers as never)).rejects.toThrow("merge: needs profiles, got an object");
    await expect(merge(new Uint8Array(8) as never)).rejects.toThrow("merge: needs profiles, got an array");
    await expect(merge([new Uint8Array(8)])).rejects.toThrow("merge: a profile: expected a profile, found 8 bytes");
    await expect(merge([numbers], { signal: AbortSignal.abort(new Error("stop")) })).rejects.toThrow("stop");
  });
});

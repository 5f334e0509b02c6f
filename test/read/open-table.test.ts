/** Tables that stay in their files give what tables in memory do. */
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as arrow from "apache-arrow";
import fc from "fast-check";
import {
  compare,
  domainClassifier,
  energy,
  FormatError,
  ksTest,
  kuiperTest,
  openTable,
  pearson,
  prepare,
  psi,
  quantiles,
  readTable,
  sliceTable,
  sort,
  summary,
  type Table,
  tTest,
  wasserstein,
} from "smirnov";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Column } from "../../dist/column/column.js";
import { methods } from "../../dist/drift/methods.js";
import { told } from "../../dist/drift/told-columns.js";
import type { Chunk, TextChunk } from "../../dist/engine/chunk.js";
import { copyOf } from "../../dist/engine/in-memory.js";
import { openTable as openHere } from "../../dist/read/open-table.js";
import { storedFrom } from "../../dist/read/stored-chunks.js";
import { valuesOf } from "../column/naive.ts";
import { corpus, hasCorpus } from "./corpus.ts";
import { writeManyTypes } from "./many-types.ts";

const folder = mkdtempSync(join(tmpdir(), "smirnov-open-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const MiB = 2 ** 20;

const inMemory = (column: Column): Column =>
  ({ ...column, chunks: Array.from(column.chunks as Iterable<Chunk>, copyOf) }) as Column;
const allValues = ({ columns }: Table) =>
  Object.fromEntries([...columns].map(([name, column]) => [name, valuesOf(inMemory(column as Column))]));
/** Temporary files of this process that have a name. */
const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`smirnov-${process.pid}-`));
/** Files in the folder for temporary ones that are open; threads have other descriptors of their own. */
const openFiles = () =>
  process.platform !== "linux"
    ? 0
    : readdirSync("/proc/self/fd").filter((descriptor) => {
        try {
          return readlinkSync(`/proc/self/fd/${descriptor}`).startsWith(tmpdir());
        } catch {
          return false; // that of the folder that was read
        }
      }).length;

let reference = "";
let current = "";
/** Has batches that are read in several pieces. */
let long = "";
beforeAll(() => {
  reference = at("reference.arrow");
  current = at("current.arrow");
  writeManyTypes(reference, [10_000, 1, 0, 9, 12_000], 1);
  writeManyTypes(current, [20_000, 3000], 2);
  long = at("long.arrow");
  writeManyTypes(long, [30_000, 1, 0, 9, 140_000], 3);
});

describe("openTable of Arrow files", () => {
  it("has the rows, columns and values of the table in memory", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 5 }),
        fc.integer(),
        fc.constantFrom(0, 0.3, 1),
        async (batches, seed, nulls) => {
          const path = at("law.arrow");
          writeManyTypes(path, batches, seed, nulls);
          const [read, opened] = [await readTable(path), await openTable(path)];
          expect(opened.rows).toBe(read.rows);
          expect(opened.unsupported).toEqual(read.unsupported);
          expect([...opened.columns.keys()]).toEqual([...read.columns.keys()]);
          expect(allValues(opened)).toEqual(allValues(read));
          for (const [name, { type, kind, rows }] of read.columns) {
            expect(opened.columns.get(name)).toMatchObject({ type, kind, rows });
          }
        },
      ),
      { numRuns: 15 },
    ));

  it.skipIf(!hasCorpus("arrow-golden"))(
    "reads what many writers wrote, compressed or not",
    async () => {
      const { files } = JSON.parse(readFileSync(corpus("arrow-golden/golden-stats.json"), "utf8"));
      let compared = 0;
      for (const { file } of files as { file: string }[]) {
        const path = corpus(`arrow-golden/${file}`);
        const options = { format: "arrow" } as const;
        if (file.includes("bigendian")) {
          await expect(openTable(path, options)).rejects.toThrow("found big-endian data");
          continue;
        }
        const [read, opened] = [await readTable(path, options), await openTable(path, options)];
        expect(allValues(opened)).toEqual(allValues(read));
        expect(await compare(opened, opened)).toEqual(await compare(read, read));
        compared++;
      }
      expect(compared).toBeGreaterThan(100);
    },
    60_000,
  );

  const names = [...methods.keys()];
  for (const [what, memory] of [
    ["resident", 512 * MiB],
    ["streamed, with its walks on disk", MiB],
  ] as const) {
    it.each(names)(
      `gives the report of tables in memory by %s, ${what}`,
      async (method) => {
        const before = openFiles();
        const slow = /resampled|mmd|domain/.test(method);
        const options = { method, temporal: true, ...(slow ? { columns: ["f64", "ties", "coded", "vectors"] } : {}) };
        const read = await compare(await readTable(reference), await readTable(current), options);
        const [one, other] = [await openTable(reference, { memory }), await openTable(current, { memory })];
        expect(await compare(one, other, options)).toEqual(read);
        expect(await compare(one, await readTable(current), options)).toEqual(read);
        expect(leftovers()).toEqual([]);
        expect(openFiles()).toBeLessThanOrEqual(before);
      },
      60_000,
    );
  }

  it("gives the default report, also prepared and by blocks", async () => {
    const columns = ["f64", "plain", "wide", "ties", "time", "text", "coded"];
    const memory = MiB;
    const [x, y] = [await readTable(long, { columns }), await readTable(current, { columns })];
    const [one, other] = [await openTable(long, { memory, columns }), await openTable(current, { memory, columns })];
    expect(await compare(one, other)).toEqual(await compare(x, y));
    expect(await compare(prepare(one), other)).toEqual(await compare(prepare(x), y));
    expect(await compare(one, other, { blocks: true })).toEqual(await compare(x, y, { blocks: true }));
  });

  it("gives the results of single columns in memory", async () => {
    const [x, y] = [await readTable(reference), await readTable(current)];
    const [one, other] = [await openTable(reference, { memory: MiB }), await openTable(current, { memory: MiB })];
    const functions = { ksTest, wasserstein, tTest, energy, kuiperTest, psi };
    for (const name of ["f64", "plain", "wide", "unsigned", "ties", "numbers", "truth"]) {
      const [a, b, c, d] = [x, y, one, other].map(({ columns }) => columns.get(name)!) as [
        Column,
        Column,
        Column,
        Column,
      ];
      for (const call of Object.values(functions)) expect(call(c, d)).toEqual(call(a, b));
      expect(summary(c)).toEqual(summary(a));
      expect(sort(c)).toEqual(sort(a));
      expect(quantiles(c, [0.1, 0.5, 0.99])).toEqual(quantiles(a, [0.1, 0.5, 0.99]));
      expect(
        pearson(sliceTable(one, 0, 20_000).columns.get(name)!, sliceTable(other, 0, 20_000).columns.get(name)!),
      ).toEqual(pearson(sliceTable(x, 0, 20_000).columns.get(name)!, sliceTable(y, 0, 20_000).columns.get(name)!));
    }
    for (const name of ["text", "large", "coded"])
      expect(summary(one.columns.get(name)!)).toEqual(summary(x.columns.get(name)!));
  });

  it("cuts rows out wherever they lie", async () => {
    const columns = ["f64", "plain", "truth", "text", "coded", "vectors"];
    const [read, opened] = [await readTable(long, { columns }), await openTable(long, { columns })];
    expect(allValues(opened)).toEqual(allValues(read));
    for (const [start, end] of [
      [29_990, 30_020],
      [0, 3],
      [65_530, 65_560],
      [100_009, 100_010],
      [7, 7],
    ] as const) {
      expect(allValues(sliceTable(opened, start, end))).toEqual(allValues(sliceTable(read, start, end)));
    }
  });

  it("reads a column two or three times for exact KS and Wasserstein", async () => {
    for (const [call, most] of [
      [ksTest, 2],
      [wasserstein, 3],
    ] as const) {
      for (const name of ["plain", "f64"]) {
        const passes = [0, 0];
        const counting = (side: number, read: () => unknown) => {
          passes[side]!++;
          return read();
        };
        const sides = await Promise.all(
          [long, current].map(async (path, side) => {
            const { columns } = await openTable(path, { memory: MiB });
            const column = columns.get(name)!;
            const chunks = column.chunks as never as { plain: unknown };
            const counted = Object.create(chunks, {
              plain: { value: chunks.plain && (() => counting(side, chunks.plain as () => unknown)) },
              [Symbol.iterator]: {
                value: () => counting(side, () => (chunks as never as Iterable<unknown>)[Symbol.iterator]()),
              },
            });
            return { ...column, chunks: counted } as Column;
          }),
        );
        call(sides[0]!, sides[1]!);
        expect(Math.max(...passes)).toBeGreaterThan(1);
        expect(Math.max(...passes)).toBeLessThanOrEqual(most);
      }
    }
  });

  it("can be described to another thread", async () => {
    const table = await openHere(reference);
    for (const column of table.columns.values()) {
      const again = storedFrom(structuredClone(told(column)) as never) as Column;
      expect(again.rows).toBe(column.rows);
      expect(valuesOf(inMemory(again))).toEqual(valuesOf(inMemory(column)));
    }
    const held = (await readTable(reference)).columns.get("f64") as Column;
    expect(told(held)).toBe(held);
  });
});

describe("openTable of several files", () => {
  it("is one table, by list or pattern, in the order of names", async () => {
    mkdirSync(at("parts/deep"), { recursive: true });
    for (const [k, rows] of [20, 3, 11].entries()) writeManyTypes(at(`parts/2026-0${k + 1}.arrow`), [rows], k);
    writeManyTypes(at("parts/deep/2026-04.arrow"), [5], 9);
    const paths = [1, 2, 3].map((k) => at(`parts/2026-0${k}.arrow`));
    const tables = await Promise.all(paths.map((path) => readTable(path)));
    const values = tables.map(allValues);
    const joined = Object.fromEntries(
      Object.keys(values[0]!).map((name) => [name, values.flatMap((one) => one[name]!)]),
    );
    for (const input of [
      paths,
      at("parts/2026-*.arrow"),
      [at("parts/2026-0[12].arrow"), at("parts/2026-0{3,9}.arrow")],
    ]) {
      const table = await openTable(input);
      expect(table.rows).toBe(34);
      expect(allValues(table)).toEqual(joined);
    }
    expect((await openTable(at("parts/**/*.arrow"))).rows).toBe(39);
    expect((await openTable(at("parts/2026-0?.arrow"), { columns: ["f64"] })).columns.size).toBe(1);
    copyFileSync(paths[0]!, at("parts/odd[1].arrow"));
    expect((await openTable(at("parts/odd[1].arrow"))).rows).toBe(20);
    expect((await openTable(at("parts/{2026-0*,none}.arrow"))).rows).toBe(34);
    expect((await openTable(at("parts/{deep/2026-04,2026-0[23]}.arrow"))).rows).toBe(19);
    expect((await openTable(at("{parts/{deep,none},none}/2026-04.arrow"))).rows).toBe(5);
    await expect(openTable(at("parts/2026-0[3-1].arrow"))).rejects.toThrow("openTable: no file matches");
    symlinkSync(at("parts/deep"), at("parts/2026-05.arrow"));
    expect((await openTable(at("parts/2026-*.arrow"))).rows).toBe(34);
  });

  it("names the file and the column that differ", async () => {
    const file = (name: string, columns: Record<string, unknown>) => {
      writeFileSync(at(name), arrow.tableToIPC(arrow.tableFromArrays(columns as Record<string, Float64Array>), "file"));
      return at(name);
    };
    const first = file("first.arrow", { a: Int32Array.of(1), b: Int32Array.of(1) });
    const other = file("other.arrow", { a: Int32Array.of(1), b: Float64Array.of(1) });
    await expect(openTable([first, other])).rejects.toThrow(
      `openTable: b is Int32 in ${first}, and ${other} has Float64`,
    );
    const fewer = file("fewer.arrow", { a: Int32Array.of(1) });
    await expect(openTable([first, fewer])).rejects.toThrow(`${fewer} has no such column`);
    await expect(openTable([fewer, first])).rejects.toThrow(`${first} has b, and ${fewer} has no such column`);
    const turned = file("turned.arrow", { b: Int32Array.of(2), a: Int32Array.of(3) });
    expect(allValues(await openTable([first, turned]))).toEqual({ a: [1, 3], b: [1, 2] });
  });

  it("refuses what is no table, and options out of range", async () => {
    await expect(openTable(at("none-*.arrow"))).rejects.toThrow(`openTable: no file matches ${at("none-*.arrow")}`);
    await expect(openTable(at("missing.arrow"))).rejects.toThrow(`openTable: there is no file ${at("missing.arrow")}`);
    await expect(openTable(folder)).rejects.toThrow("is a directory");
    await expect(openTable([])).rejects.toThrow(RangeError);
    await expect(openTable(7 as never)).rejects.toThrow(TypeError);
    await expect(openTable(null as never)).rejects.toThrow("got null");
    await expect(openTable(reference, { columns: ["x"] })).rejects.toThrow("openTable: there is no column x");
    await expect(openTable(reference, { columns: "f64" as never })).rejects.toThrow(TypeError);
    const one = arrow.tableFromArrays({ a: Int32Array.of(1) });
    await expect(openTable(one as never)).rejects.toThrow(
      "openTable: needs paths or an iterable of batches, got one table",
    );
    await expect(openTable(reference, { memory: 1000 })).rejects.toThrow("openTable: memory must be at least 1048576");
    await expect(openTable(reference, { format: "xls" as never })).rejects.toThrow("openTable: format needs to be");
    writeFileSync(at("empty.arrow"), "");
    await expect(openTable(at("empty.arrow"))).rejects.toThrow(FormatError);
  });

  it("is refused by name where rows are needed", async () => {
    const opened = await openTable(reference);
    const read = await readTable(reference);
    for (const options of [
      { by: "text" },
      { pairBy: "i64" },
      { correlations: true },
      { target: "f64" },
      { clusterBy: "coded" },
    ]) {
      const refused = (side: string) =>
        `compare: ${Object.keys(options)[0]} needs the rows of the ${side} in memory, got an opened table (readTable)`;
      await expect(compare(opened, read, options)).rejects.toThrow(refused("reference"));
      await expect(compare(read, opened, options)).rejects.toThrow(refused("current side"));
    }
    await expect(compare(opened, read, { preset: "evidently" })).rejects.toThrow("needs the rows of a table in memory");
    await expect(domainClassifier(opened, read)).rejects.toThrow(
      "domainClassifier: needs the rows of a table in memory",
    );
    const { f64 } = Object.fromEntries((await openTable(reference, { memory: MiB })).columns);
    const large = (await openTable(long, { memory: MiB, columns: ["plain"] })).columns.get("plain")!;
    expect(() => pearson(large, large)).toThrow("is needed row by row");
    expect(pearson(f64!, f64!).n).toBeGreaterThan(15_000);
  });
});

describe("openTable of files that change", () => {
  it("refuses a file that was written to, touched or cut since", async () => {
    for (const change of [
      (path: string) => appendFileSync(path, "x"),
      (path: string) => utimesSync(path, 1, 1),
      (path: string) => truncateSync(path, 2000),
    ]) {
      const path = at("changing.arrow");
      copyFileSync(reference, path);
      const { columns } = await openTable(path);
      const column = columns.get("f64")!;
      expect(ksTest(column, column).statistic).toBe(0);
      change(path);
      const before = openFiles();
      expect(() => ksTest(column, column)).toThrow(`openTable: ${path} has changed since it was opened`);
      expect(openFiles()).toBe(before);
    }
  });

  it("refuses buffers that are not what the metadata says when they are read", async () => {
    const text = arrow.vectorFromArray(["one", "two", "three"], new arrow.Utf8());
    const bytes = arrow.tableToIPC(new arrow.Table({ text }), "file");
    const place = Buffer.from(bytes).indexOf("onetwothree");
    bytes[place] = 0xff;
    writeFileSync(at("broken.arrow"), bytes);
    await expect(readTable(at("broken.arrow"))).rejects.toThrow(FormatError);
    const { columns } = await openTable(at("broken.arrow"));
    expect(() => summary(columns.get("text")!)).toThrow(FormatError);
  });
});

describe("openTable of what has to be decoded", () => {
  const csv = (rows: number, seed: number) =>
    `a,b,t\n${Array.from({ length: rows }, (_, k) => `${(k * 7919 * seed) % 1000},${((k * seed) % 77) / 8},t${k % 7}`).join("\n")}\n`;

  it("reads CSV files, in memory or spilled", async () => {
    writeFileSync(at("one.csv"), csv(200_000, 1));
    writeFileSync(at("two.csv"), csv(70_000, 3));
    const [x, y] = [await readTable(at("one.csv")), await readTable(at("two.csv"))];
    for (const memory of [512 * MiB, MiB]) {
      const [one, other] = [await openTable(at("one.csv"), { memory }), await openTable(at("two.csv"), { memory })];
      expect(Array.isArray(one.columns.get("a")!.chunks)).toBe(memory > MiB);
      expect(allValues(one)).toEqual(allValues(x));
      expect(await compare(one, other)).toEqual(await compare(x, y));
    }
    expect(leftovers()).toEqual([]);
  });

  it("gives CSV files the types that all of their fields allow", async () => {
    writeFileSync(at("types-1.csv"), `a,b\n${"1,x\n".repeat(2000)}`);
    writeFileSync(at("types-2.csv"), `b,a\n${"y,2\n".repeat(1500)}y,2.5\n`);
    const table = await openTable(at("types-*.csv"));
    expect([...table.columns].map(([name, { type, rows }]) => [name, type, rows])).toEqual([
      ["a", "Float64", 3501],
      ["b", "Utf8", 3501],
    ]);
    expect(valuesOf(inMemory(table.columns.get("a") as Column)).at(-1)).toBe(2.5);
    writeFileSync(at("types-3.csv"), "a,b\n");
    expect((await openTable([at("types-3.csv"), at("types-1.csv")])).rows).toBe(2000);
  });

  it("takes batches as they come", async () => {
    const read = await readTable(reference, { columns: ["f64", "text", "coded", "vectors", "truth", "wide"] });
    const bytes = readFileSync(reference);
    const cuts = [0, 1, 1, 17, 3000, 17_003, read.rows];
    const slices = cuts.slice(1).map((end, k) => sliceTable(read, cuts[k]!, end));
    async function* batches() {
      for (const slice of slices) yield slice;
    }
    for (const memory of [512 * MiB, MiB]) {
      for (const input of [batches(), slices])
        expect(allValues(await openTable(input, { memory }))).toEqual(allValues(read));
      const whole = await openTable(arrow.tableFromIPC(bytes).batches as never, { memory });
      expect(allValues(whole)).toEqual(allValues(await readTable(reference)));
    }
    const records = [
      { a: Float64Array.of(1, 2), b: ["x", null] },
      { a: [3], b: ["y"] },
    ];
    expect(allValues(await openTable(records as never))).toEqual({ a: [1, 2, 3], b: ["x", null, "y"] });
    await expect(openTable([{ a: [1] }, { a: ["x"] }] as never)).rejects.toThrow(
      "openTable: a is Float64 in the first batch, and batch 2 has Utf8",
    );
    await expect(openTable([{ a: [1] }, { a: [1], b: [1] }] as never)).rejects.toThrow("batch 2 has b");
    await expect(openTable((async function* () {})())).rejects.toThrow("needs at least one batch");
    const failing = (async function* () {
      yield { a: new Float64Array(MiB) };
      throw new Error("no more");
    })();
    const before = openFiles();
    await expect(openTable(failing, { memory: MiB })).rejects.toThrow("no more");
    expect(openFiles()).toBe(before);
    expect(leftovers()).toEqual([]);
  });

  it("does not depend on memory that a batch used", async () => {
    const values = new Float64Array(1000);
    async function* batches() {
      for (let k = 0; k < 5; k++) yield { a: values.fill(k) };
    }
    const column = (await openTable(batches())).columns.get("a") as Column;
    expect(new Set(valuesOf(inMemory(column)))).toEqual(new Set([0, 1, 2, 3, 4]));
    const texts = ["a", "b"];
    async function* batchesOfText() {
      yield { t: texts };
      texts[0] = "c";
      yield { t: texts };
    }
    expect(allValues(await openTable(batchesOfText()))).toEqual({ t: ["a", "b", "c", "b"] });
  });

  it("keeps of a batch that is a slice only its own rows", async () => {
    const text = arrow.vectorFromArray(
      Array.from({ length: 1000 }, (_, k) => (k % 7 === 0 ? null : `text ${k}`)),
      new arrow.Utf8(),
    );
    const slices = Array.from({ length: 10 }, (_, k) => ({ text: text.slice(100 * k + 3, 100 * k + 53) }));
    const column = (await openTable(slices)).columns.get("text") as Column;
    const sizes = [...(column.chunks as Iterable<TextChunk>)].map(({ bytes, validity }) => [
      bytes.length,
      validity!.length,
    ]);
    expect(sizes.flat().reduce((sum, size) => sum + size)).toBeLessThan(5000);
    expect(valuesOf(inMemory(column))).toEqual(slices.flatMap((slice) => [...slice.text]));
  });
});

/** Reports are the same, bit for bit, on however many threads, and however the columns are cut into chunks. */

import { deepStrictEqual } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as later } from "node:timers/promises";
import * as arrow from "apache-arrow";
import type { CompareOptions, DriftReport, EvidentlyOptions } from "smirnov";
import { afterAll, describe, expect, it } from "vitest";
import type { Column, Table } from "../../dist/column/column.js";
import { FormatError } from "../../dist/column/format-error.js";
import { sliceColumn } from "../../dist/column/slice.js";
import { tableOf } from "../../dist/column/table-of.js";
import { compare } from "../../dist/drift/compare.js";
import { evidentlyMethods } from "../../dist/drift/evidently/methods.js";
import { learnThresholds } from "../../dist/drift/learn-thresholds.js";
import { methods } from "../../dist/drift/methods.js";
import { prepare } from "../../dist/drift/prepare.js";
import { profile } from "../../dist/drift/profile-table.js";
import type { Chunk } from "../../dist/engine/chunk.js";
import { theRegions } from "../../dist/engine/job.js";
import { memoryEnd } from "../../dist/engine/memory.js";
import { closeThreads, threadsInUse } from "../../dist/engine/pool.js";
import { inSharedMemory } from "../../dist/engine/sendable.js";
import { openTable } from "../../dist/read/open-table.js";
import { run } from "../house/repository.ts";
import { normals, uniforms } from "./samples.ts";

afterAll(closeThreads);

/** Columns of every kind, large enough for threads; what drifts, drifts by half a standard deviation. */
function columns(rows: number, seed: number, shift: number): Record<string, Column> {
  const x = normals(rows, seed, shift, 1);
  const u = uniforms(rows, seed + 1);
  const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0];
  const words = u.map((v) => (v < 0.02 ? null : v < 0.04 ? "" : `word ${Math.floor((v + shift / 8) * 20)}`));
  const text = arrow.vectorFromArray(words, new arrow.Utf8());
  const record = {
    doubles: Float64Array.from(x),
    "with odd ones": Float64Array.from(x, (v, k) => (u[k]! < 0.05 ? odd[k % odd.length]! : v)),
    "with nulls": arrow.vectorFromArray(
      x.map((v, k) => (u[k]! < 0.1 ? null : v)),
      new arrow.Float32(),
    ),
    "beyond 2^53": BigInt64Array.from(x, (v) => 2n ** 60n + BigInt(Math.round(300 * v))),
    "few integers": Int8Array.from(x, (v) => Math.round(2 * v)),
    "truth values": arrow.vectorFromArray(
      x.map((v) => v > 0.3),
      new arrow.Bool(),
    ),
    times: arrow.vectorFromArray(
      x.map((v) => Math.round(1e12 + 1e9 * v)),
      new arrow.TimestampMillisecond(),
    ),
    text,
    dictionary: arrow.vectorFromArray(words, new arrow.Dictionary(new arrow.Utf8(), new arrow.Int16())),
    vectors: { values: Float32Array.from([...x, ...u]), dimension: 2 },
  };
  return Object.fromEntries(tableOf(record as never).columns);
}

function tableFrom(entries: [string, Column][]): Table {
  return { rows: entries[0]![1].rows, columns: new Map(entries), unsupported: new Map() };
}

/** Every column so many times, under names of their own. */
function wide(of: Record<string, Column>, copies: number): Table {
  const entries = Array.from({ length: copies }, (_, k) =>
    Object.entries(of).map(([name, column]): [string, Column] => [`${name} ${k}`, column]),
  );
  return tableFrom(entries.flat());
}

/** Every column under the name of every method, and the method of each. */
function withMethods(of: Record<string, Column>, names: readonly string[]) {
  const entries: [string, Column][] = [];
  const chosen: Record<string, string> = {};
  for (const method of names) {
    for (const [name, column] of Object.entries(of)) {
      entries.push([`${name}, ${method}`, column]);
      chosen[`${name}, ${method}`] = method;
    }
  }
  return { table: tableFrom(entries), chosen };
}

/** Whether a method is one for a kind of columns; many distinct values take long to count. */
function isOf(name: string, method: string): boolean {
  const { values, categories, vectors } = methods.get(method)!;
  const [kind] = name.split(",");
  if (kind === "vectors") return vectors !== undefined;
  if (["few integers", "truth values", "text", "dictionary"].includes(kind!)) return categories !== undefined;
  return values !== undefined;
}

type Chosen = ReturnType<typeof withMethods>;

/** The same rows in chunks that end anywhere. */
function inChunks(table: Table, lengths: readonly number[]): Table {
  const cut = (column: Column): Column => {
    const chunks: Chunk[] = [];
    for (let from = 0, k = 0; from < column.rows; k++) {
      const to = Math.min(column.rows, from + lengths[k % lengths.length]!);
      chunks.push(...sliceColumn(column, from, to).chunks);
      from = to;
    }
    return { ...column, chunks } as Column;
  };
  return { ...table, columns: new Map([...table.columns].map(([name, column]) => [name, cut(column)])) };
}

const rows = 8000;
const before = columns(rows, 1, 0);
const after = columns(rows - 2000, 2, 0.4);

/** Whole reports on 2, 4 and 8 threads as on one, each cut in its own way; in memory of all threads and of one. */
async function expectOneReport(reference: Table, current: Table, options: CompareOptions | EvidentlyOptions) {
  const wanted = await compare(reference, current, { ...options, threads: 1 });
  const cuts: [number, number[], boolean][] = [
    [2, [rows], false],
    [4, [1000, 1, 5555], true],
    [8, [777, 2048], false],
  ];
  for (const [threads, lengths, shared] of cuts) {
    const [x, y] = [reference, current].map((table) => {
      const cut = inChunks(table, lengths);
      return shared ? inSharedMemory(cut) : cut;
    }) as [Table, Table];
    await closeThreads();
    const found = await compare(x, y, { ...options, threads });
    deepStrictEqual(found, wanted, `${threads} threads`);
    expect((await threadsInUse())?.size).toBe(threads);
  }
  return wanted;
}

/** Methods of Evidently's that take seconds for thousands of rows. */
const slow = ["empirical_mmd", "TVD", "perc_text_content_drift", "abs_text_content_drift"];

const judged = ({ columns }: DriftReport) => Object.values(columns).filter(({ status }) => status === "ok");

describe("a report is the same on 1, 2, 4 and 8 threads, for any chunks", { timeout: 600_000 }, () => {
  it("by every method, of every kind of column", async () => {
    const [x, y] = [before, after].map((of) => {
      const { table, chosen } = withMethods(of, [...methods.keys()]);
      return { table: tableFrom([...table.columns].filter(([name]) => isOf(name, chosen[name]!))), chosen };
    }) as [Chosen, Chosen];
    for (const name of Object.keys(x.chosen)) if (!x.table.columns.has(name)) delete x.chosen[name];
    const report = await expectOneReport(x.table, y.table, { methods: x.chosen });
    const used = new Set(judged(report).map(({ method }) => method));
    expect(used).toEqual(new Set(methods.keys()));
  });

  it("with the defaults, for rows that depend on each other and in clusters, by segments and with learned thresholds", async () => {
    const [x, y] = [wide(before, 4), wide(after, 4)];
    await expectOneReport(x, y, {});
    // What is resampled takes long: enough columns for eight threads.
    const [few, others] = [wide(before, 2), wide(after, 2)];
    await expectOneReport(few, others, { blocks: 20 });
    await expectOneReport(few, others, { clusterBy: "text 0", minimumValues: 30 });
    const learned = await learnThresholds(x, { chunks: 2, threads: 2 });
    expect(learned).toEqual(await learnThresholds(x, { chunks: 2, threads: 1 }));
    await expectOneReport(x, y, { learned, by: "truth values 0" });
  });

  it("with preset evidently, by each of its methods", async () => {
    const names = [...evidentlyMethods.keys()].filter((name) => !slow.includes(name));
    const kinds = ["doubles", "with odd ones", "with nulls", "few integers", "truth values", "text"];
    const [x, y] = [before, after].map((of) => {
      const { table, chosen } = withMethods(Object.fromEntries(kinds.map((kind) => [kind, of[kind]!])), names);
      const parts = ["doubles", "few integers", "vectors"].map((name): [string, Column] => [name, of[name]!]);
      return { table: tableFrom([...table.columns, ...parts]), chosen };
    }) as [Chosen, Chosen];
    const report = await expectOneReport(x.table, y.table, {
      preset: "evidently",
      methods: x.chosen,
      embeddings: { pair: ["doubles", "few integers"] },
      embeddingMethods: { pair: { method: "distance" }, vectors: { method: "distance" } },
    });
    const used = new Set(judged(report).map(({ method }) => method));
    expect(names.filter((name) => !used.has(name))).toEqual(["fisher_exact", "g_test"]);
  });

  it.each(slow)("with preset evidently, by what takes long on few rows: %s", async (method) => {
    const [x, y] = [
      [1, 0],
      [2, 0.4],
    ].map(([seed, shift]) => {
      const { doubles, text, vectors, "few integers": few } = columns(400, seed!, shift!);
      const copies = ["distance", "model", "ratio", "mmd"].map((name): [string, Column] => [name, vectors!]);
      return tableFrom([["doubles", doubles!], ["few", few!], ["text", text!], ["more text", text!], ...copies]);
    }) as [Table, Table];
    const report = await expectOneReport(x, y, {
      preset: "evidently",
      method,
      kinds: method === "TVD" ? {} : { text: "text", "more text": "text" },
      embeddingMethods: Object.fromEntries(
        (["distance", "model", "ratio", "mmd"] as const).map((method) => [method, { method }]),
      ),
    });
    expect(judged(report).map((column) => column.method)).toContain(method);
  });

  it("from a prepared reference, to which several comparisons at a time do no harm", async () => {
    const reference = prepare(wide(before, 8));
    const windows = [0, 0.1, 0.5].map((shift, k) => wide(columns(rows + 1000 * k, 10 + k, shift), 8));
    const wanted = [];
    for (const window of windows) wanted.push(await compare(reference, window, { threads: 1 }));
    const found = await Promise.all(windows.map((window, k) => compare(reference, window, { threads: 2 + k })));
    deepStrictEqual(found, wanted);
  });
});

describe("compare on threads", () => {
  const [x, y] = [wide(before, 8), wide(after, 8)];

  it("reports each column once, whatever their order, and gives them in order", async () => {
    const seen: string[] = [];
    const counts: number[] = [];
    const report = await compare(x, y, {
      threads: 2,
      onProgress: ({ done, total, column }) => {
        seen.push(column);
        counts.push(done);
        expect(total).toBe(x.columns.size);
      },
    });
    expect(counts).toEqual(Array.from(x.columns.keys(), (_, k) => k + 1));
    expect([...seen].sort()).toEqual([...x.columns.keys()].sort());
    expect(seen).not.toEqual([...x.columns.keys()]);
    expect(Object.keys(report.columns)).toEqual([...x.columns.keys()]);
  });

  it("stops at once when told to, with the reason that was given, and gives its memory back", async () => {
    const stop = new AbortController();
    const reason = new Error("enough");
    let done = 0;
    const comparing = compare(x, y, {
      threads: 2,
      signal: stop.signal,
      onProgress: () => {
        if (++done === 3) stop.abort(reason);
      },
    });
    await expect(comparing).rejects.toBe(reason);
    const after = done;
    while (theRegions().lowest() !== memoryEnd) await later(1);
    expect(done).toBe(after);
    await expect(compare(x, y, { threads: 2, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    deepStrictEqual(await compare(x, y, { threads: 2 }), await compare(x, y, { threads: 1 }));
  });

  it("throws what a callback throws, and stops", async () => {
    const comparing = compare(x, y, {
      threads: 2,
      onProgress: () => {
        throw new TypeError("no");
      },
    });
    await expect(comparing).rejects.toThrow("no");
    while (theRegions().lowest() !== memoryEnd) await later(1);
  });

  it("gives the same report when its threads are lost in the middle", async () => {
    const wanted = await compare(x, y, { threads: 1 });
    let done = 0;
    const found = await compare(x, y, {
      threads: 2,
      onProgress: () => {
        // Once: a task that is lost on a second thread is an error.
        if (++done !== 20) return;
        void threadsInUse().then((threads) => threads?.workers().map((thread) => thread.terminate()));
      },
    });
    deepStrictEqual(found, wanted);
  });

  it("starts no threads where little is to be done", async () => {
    await closeThreads();
    const few = wide(before, 1);
    await compare(few, few, { threads: 4, columns: ["doubles 0", "text 0"] });
    expect(await threadsInUse()).toBe(null);
  });

  it("takes whole numbers of threads", async () => {
    await expect(compare(x, y, { threads: 0 })).rejects.toThrow(
      new RangeError("compare: threads must be a whole number from 1 to 64, got 0"),
    );
    await expect(compare(x, y, { threads: 1.5 })).rejects.toThrow(RangeError);
    await expect(compare(x, y, { threads: "2" as never })).rejects.toThrow(TypeError);
    await expect(compare(x, y, { preset: "evidently", threads: 65 })).rejects.toThrow(RangeError);
    await expect(learnThresholds(x, { threads: -1 })).rejects.toThrow(RangeError);
    await expect(profile(x, { threads: 0 })).rejects.toThrow(
      new RangeError("profile: threads must be a whole number from 1 to 64, got 0"),
    );
    await expect(profile(x, { threads: "2" as never })).rejects.toThrow(TypeError);
  });

  it("looks at what it is told before it looks at the work", async () => {
    const little = { a: Float64Array.of(1, 2) };
    const before = process.env.SMIRNOV_THREADS;
    try {
      process.env.SMIRNOV_THREADS = "many";
      await expect(compare(little, little)).rejects.toThrow("SMIRNOV_THREADS must be a whole number");
      await compare(little, little, { threads: 1 });
    } finally {
      if (before === undefined) delete process.env.SMIRNOV_THREADS;
      else process.env.SMIRNOV_THREADS = before;
    }
    const reason = new Error("enough");
    await expect(compare({}, {}, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it("throws the same error on a thread as on this one", async () => {
    const folder = mkdtempSync(join(tmpdir(), "smirnov-threads-"));
    try {
      const text = arrow.vectorFromArray(
        Array.from({ length: 200_000 }, (_, k) => `w${k % 7}`),
        new arrow.Utf8(),
      );
      const names = Array.from({ length: 10 }, (_, k) => {
        const numbers = Float64Array.from({ length: 200_000 }, (_, row) => (row * (0.618 + k)) % 1);
        return [`n${k}`, arrow.makeVector(numbers)] as const;
      });
      const bytes = arrow.tableToIPC(new arrow.Table({ text, ...Object.fromEntries(names) }), "file");
      bytes[Buffer.from(bytes).indexOf("w0w1w2w3")] = 0xff;
      writeFileSync(join(folder, "broken.arrow"), bytes);
      const broken = await openTable(join(folder, "broken.arrow"));
      // Threads that have started are not waited for: they get the texts, which take longest.
      await compare(x, y, { threads: 2 });
      const [wanted, found] = [
        await compare(broken, broken, { threads: 1 }).catch((error: unknown) => error),
        await compare(broken, broken, { threads: 2 }).catch((error: unknown) => error),
      ];
      expect(found).toBeInstanceOf(FormatError);
      expect({ ...(found as Error) }).toEqual({ ...(wanted as Error) });
      expect((found as Error).message).toBe((wanted as Error).message);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("a process that compared on threads", () => {
  const script = (last: string) => `
    import { closeThreads, compare } from "./dist/bundle/index.js";
    const column = (seed) => Float64Array.from({ length: 60_000 }, (_, k) => (k * seed) % 1);
    const table = (seed) => Object.fromEntries(Array.from({ length: 20 }, (_, k) => ["c" + k, column(seed + k)]));
    const report = await compare(table(0.618), table(0.414));
    console.log(Object.keys(report.columns).length);
    ${last}`;
  const told = (last: string, threads: string) => {
    const code = `process.env.SMIRNOV_THREADS = ${JSON.stringify(threads)};${script(last)}`;
    return run(process.execPath, ["--input-type=module", "--eval", code]);
  };

  it.each([
    ["", "ends by itself"],
    ["await closeThreads();", "ends after it has closed them"],
    ["process.exit(0);", "ends when told to"],
  ])("%s %s", async (last) => {
    expect(await told(last, "3")).toEqual({ status: 0, output: "20\n", errors: "" });
  });

  it("is told of a SMIRNOV_THREADS that is no number", async () => {
    const { status, errors } = await told("", "many");
    expect(status).toBe(1);
    expect(errors).toContain('SMIRNOV_THREADS must be a whole number from 1 to 64, got "many"');
  });
});

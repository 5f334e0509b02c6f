import { type ColumnInput, compare, type LearnedThresholds, learnThresholds } from "smirnov";
import { describe, expect, it } from "vitest";
import { thresholdOf } from "../../dist/drift/learn-thresholds.js";
import { normals, uniforms } from "./samples.ts";

const rows = 2000;
/** A level that wanders, a level that does not, and shares. */
const reference = {
  wandering: normals(rows, 1, 0, 1).map((value, row) => value + Math.sin(row / 80)),
  steady: normals(rows, 2, 0, 1),
  channel: uniforms(rows, 3).map((value) => (value < 0.1 ? null : value < 0.5 ? "web" : "shop")),
  when: Array.from({ length: rows }, (_, row) => new Date(row * 1000)),
};
type Record = { readonly [name: string]: ColumnInput };
const part = (from: number, to: number): Record =>
  Object.fromEntries(Object.entries(reference).map(([name, values]) => [name, values.slice(from, to) as ColumnInput]));
const rest = (from: number, to: number): Record =>
  Object.fromEntries(
    Object.entries(reference).map(([name, values]) => [
      name,
      [...values.slice(0, from), ...values.slice(to)] as ColumnInput,
    ]),
  );

describe("learnThresholds", () => {
  it("is mean + 3 standard deviations of what compare finds between each chunk and the rest", async () => {
    const learned = await learnThresholds(reference, { chunks: 8 });
    expect(learned).toMatchObject({ format: 1, chunks: 8, chunkRows: 250, deviations: 3, against: "rest" });
    const found: number[] = [];
    for (let from = 0; from < rows; from += 250) {
      const { columns } = await compare(rest(from, from + 250), part(from, from + 250));
      found.push(columns.wandering!.effects.find(({ name }) => name === "ks")!.value!);
    }
    const mean = found.reduce((sum, value) => sum + value, 0) / 8;
    const deviation = Math.sqrt(found.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 8);
    const { ks } = learned.columns.wandering!;
    expect(ks).toMatchObject({ chunks: 8, mean: expect.closeTo(mean, 12) });
    expect(ks!.threshold).toBeCloseTo(mean + 3 * deviation, 12);
    expect(Object.keys(learned.columns.wandering!)).toEqual(["ks", "wasserstein/std"]);
    expect(Object.keys(learned.columns.channel!)).toEqual(["jensen-shannon", "cohens-h"]);
    expect(learned.columns.when).toBeUndefined();
    expect(JSON.parse(JSON.stringify(learned))).toEqual(learned);
  });

  it("follows the population's standard deviation and stops at 0", () => {
    expect(thresholdOf([1, 2, 3, 4], 3)).toEqual({
      ...{ mean: 2.5, standardDeviation: Math.sqrt(1.25), chunks: 4 },
      threshold: 2.5 + 3 * Math.sqrt(1.25),
    });
    expect(thresholdOf([0, 0], 3).threshold).toBe(0);
  });

  it("makes what the reference itself shows no drift, and more than that still one", async () => {
    const learned = await learnThresholds(reference, { chunkRows: 250 });
    const usual = part(500, 750);
    expect((await compare(reference, usual)).columns.wandering!.severity).toBe("drift");
    const { columns, settings } = await compare(reference, usual, { learned });
    expect(columns.wandering!.severity).toBe("none");
    expect(columns.wandering!.reason).toContain("too little to matter");
    expect(settings.learned).toEqual(learned);
    const moved = { ...usual, wandering: normals(250, 9, 3, 1) };
    const after = (await compare(reference, moved, { learned })).columns.wandering!;
    expect(after).toMatchObject({
      severity: "drift",
      threshold: learned.columns.wandering![after.effectName!]!.threshold,
    });
  });

  it("leaves a threshold that was set for a distance", async () => {
    const options = { methods: { steady: "wasserstein" } };
    const learned = await learnThresholds(reference, options);
    const current = part(0, 250);
    const set = await compare(reference, current, { ...options, learned, thresholds: { steady: 0.7 } });
    expect(set.columns.steady!.threshold).toBe(0.7);
    const free = await compare(reference, current, { ...options, learned });
    expect(free.columns.steady!.threshold).toBe(learned.columns.steady!["wasserstein/std"]!.threshold);
  });

  it("takes chunks by rows and leaves a shorter last one out; by number all rows are used", async () => {
    expect(await learnThresholds(reference, { chunkRows: 300 })).toMatchObject({ chunks: 6, chunkRows: 300 });
    expect(await learnThresholds(reference, { chunks: 3 })).toMatchObject({ chunks: 3, chunkRows: 667 });
    expect((await learnThresholds(reference)).chunks).toBe(10);
  });

  it("compares with the whole reference where told, which makes effects smaller", async () => {
    const { columns } = await learnThresholds(reference, { chunks: 4, against: "whole", columns: ["wandering"] });
    const others = (await learnThresholds(reference, { chunks: 4, columns: ["wandering"] })).columns;
    expect(columns.wandering!.ks!.mean).toBeCloseTo(others.wandering!.ks!.mean * 0.75, 10);
  });

  it("is refused in words", async () => {
    const refused = async (options: object, message: string) =>
      expect(learnThresholds(reference, options)).rejects.toThrow(message);
    await refused({ chunks: 1 }, "learnThresholds: at least 2 chunks are needed, got 1 of 2000 rows from 2000 rows");
    await refused({ chunks: 2.5 }, "chunks must be a whole number, got 2.5");
    await refused({ chunkRows: "9" }, 'chunkRows must be a number, got "9"');
    await refused({ chunkRows: 1500 }, "at least 2 chunks are needed");
    await refused({ chunks: 4, chunkRows: 100 }, "not both");
    await refused({ deviations: -1 }, "deviations must be at least 0, got -1");
    await refused({ against: "all" }, 'against must be rest or whole, got "all"');
    await refused({ chunk: 4 }, 'learnThresholds: there is no option "chunk"');
    await refused({ methods: { b: "ks" } }, 'methods names "b", no such column');
    const bad = (learned: unknown) => compare(reference, reference, { learned: learned as LearnedThresholds });
    await expect(bad({ columns: {} })).rejects.toThrow("compare: learned must be what learnThresholds returned");
    await expect(bad({ format: 1, columns: { a: { ks: { threshold: -1 } } } })).rejects.toThrow(TypeError);
  });
});

import { describe, expect, it } from "vitest";
import { compare, prepare, profile } from "../../../dist/index.js";
import { normals } from "../samples.ts";

const rows = { x: normals(60, 1, 0, 1), id: Array.from({ length: 60 }, (_, row) => row) };
const stored = await profile(rows);
const prepared = prepare(rows);

describe("options that need rows", () => {
  const asked = [
    ["by", { by: "id" }],
    ["pairBy", { pairBy: "id" }],
    ["correlations", { correlations: true }],
    ["target", { target: "x" }],
    ["joint", { joint: true }],
  ] as const;
  for (const [name, options] of asked) {
    it(`refuse a side that has none: ${name}`, async () => {
      for (const [reference, current, message] of [
        [stored, rows, `compare: ${name} needs the rows of the reference, got a profile`],
        [rows, stored, `compare: ${name} needs the rows of the current side, got a profile`],
        [prepared, rows, `compare: ${name} needs the rows of the reference, got a prepared table`],
        [rows, prepared, `compare: ${name} needs the rows of the current side, got a prepared table`],
        [stored, prepared, `compare: ${name} needs the rows of the reference, got a profile`],
      ] as const) {
        await expect(compare(reference, current, options as never)).rejects.toThrow(new TypeError(message));
      }
    });
  }

  it("refuse it where rows depend on each other", async () => {
    const message = (option: string, side: string, what: string) =>
      new TypeError(`compare: ${option} needs the ${side}'s rows in their order, which ${what} has not kept`);
    await expect(compare(stored, rows, { blocks: true })).rejects.toThrow(message("blocks", "reference", "a profile"));
    await expect(compare(rows, stored, { clusterBy: "id" })).rejects.toThrow(
      message("clusterBy", "current side", "a profile"),
    );
    await expect(compare(rows, prepared, { blocks: 3 })).rejects.toThrow(
      message("blocks", "current side", "a prepared one"),
    );
  });

  it("are all of preset evidently", async () => {
    for (const [reference, current, message] of [
      [stored, rows, "the reference's rows, which a profile has not kept"],
      [rows, stored, "the current side's rows, which a profile has not kept"],
      [prepared, rows, "the reference's rows, which a prepared one has not kept"],
      [rows, prepared, "the current side's rows, which a prepared one has not kept"],
    ] as const) {
      await expect(compare(reference, current, { preset: "evidently" })).rejects.toThrow(
        new TypeError(`compare: preset evidently needs ${message}`),
      );
    }
  });
});

describe("all other options", () => {
  it("do with profiles what they do with tables", async () => {
    const progress: string[] = [];
    const report = await compare(stored, stored, {
      columns: ["x"],
      level: 0.01,
      onProgress: ({ column }) => progress.push(column),
    });
    expect([Object.keys(report.columns), progress, report.settings.level]).toEqual([["x"], ["x"], 0.01]);
    await expect(compare(stored, rows, { columns: ["y"] })).rejects.toThrow('compare: no column "y"; there are x, id');
    expect(report.rows).toEqual({ reference: 60, current: 60 });
  });

  it("do so on any number of threads", async () => {
    const table = (seed: number) =>
      Object.fromEntries(Array.from({ length: 24 }, (_, k) => [`c${k}`, normals(4000, seed + k, 0.02 * k, 1)]));
    const sides = [await profile(table(1)), await profile(table(100))] as const;
    const alone = await compare(...sides, { threads: 1 });
    expect(Object.values(alone.columns).some(({ exact }) => !exact)).toBe(true);
    expect(await compare(...sides, { threads: 2 })).toEqual(alone);
  });

  it("do not take for a profile what is none", async () => {
    await expect(compare({ profile: true, rows: 3 } as never, rows)).rejects.toThrow(TypeError);
    await expect(compare(JSON.parse(JSON.stringify(stored)), rows)).rejects.toThrow(TypeError);
  });
});

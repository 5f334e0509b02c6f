import { describe, expect, it } from "vitest";
import { Disagreement, harness } from "../../bench/harness.js";
import { noPeers } from "../../bench/peer.js";
import { benchmarks, run } from "../../bench/run.js";
import { table } from "../../bench/table.js";

const tiny = { peers: noPeers, size: 20_000, rounds: 1, time: 0 };

describe("the benchmarks", () => {
  // The others start programs of their own or last a minute, which the sizes here do not make quick.
  const slow = ["startup", "memory", "scale", "store", "windows", "serve"];
  for (const name of Object.keys(benchmarks).filter((name) => !slow.includes(name))) {
    it(`agree with naive statistics, and give rows of figures: ${name}`, async () => {
      const { rows, disagreements } = await run([name], tiny);
      expect(disagreements).toEqual([]);
      expect(rows.length).toBeGreaterThan(0);
      for (const { median, perValue } of rows) {
        expect(median).toBeGreaterThan(0);
        expect(perValue).toBeGreaterThan(0);
      }
    });
  }

  it("take no figure where answers disagree", () => {
    const { agree } = harness({ ...tiny, onRow: () => {} });
    expect(() => agree("x", { statistic: 1 }, { statistic: 1 + 1e-9 }, 1e-8)).not.toThrow();
    expect(() => agree("x", { statistic: 1 }, { statistic: 2 }, 1e-8)).toThrow(Disagreement);
    expect(() => agree("x", { counts: [1, 2] }, { counts: [1, 3] })).toThrow(Disagreement);
  });

  it("print a table for the README", () => {
    const row = { name: "ksTest", median: 5e6, min: 4e6, perValue: 2.5, target: "≥ 25× faster", reached: true };
    expect(table([row], true).split("\n")).toHaveLength(3);
    expect(table([row], true)).toMatch(/\| ksTest +\| +5\.00 ms \| +4\.00 ms \|/);
  });
});

import { DurationMillisecond, DurationSecond, Table, vectorFromArray } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { compare, prepare, profile } from "../../dist/index.js";

const numbers = Float64Array.from({ length: 300 }, (_, k) => (k * 5) / 4);
const counts = Array.from(numbers, (x) => BigInt(Math.round(x)));
const duration = (type: DurationMillisecond | DurationSecond) => new Table({ x: vectorFromArray(counts, type) });
const milliseconds = duration(new DurationMillisecond());

describe("durations", () => {
  it("are compared with other numbers as they are, prepared and profiled too", async () => {
    const plain = { x: numbers };
    const pairs = [
      [plain, milliseconds],
      [milliseconds, plain],
      [prepare(plain), milliseconds],
      [milliseconds, prepare(plain)],
      [await profile(plain), milliseconds],
      [await profile(milliseconds), plain],
    ] as const;
    for (const [reference, current] of pairs) {
      const { x } = (await compare(reference, current, { method: "ks" })).columns;
      expect(x).toMatchObject({ status: "ok", severity: "none", kind: "numeric" });
      expect(x!.statistic).toBeLessThan(0.01);
    }
  });

  it("of different units are brought to one", async () => {
    const { x } = (await compare(duration(new DurationSecond()), milliseconds, { method: "ks" })).columns;
    expect(x!.statistic).toBeGreaterThan(0.9);
  });
});

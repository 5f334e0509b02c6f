import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { regionsOf } from "../../dist/engine/regions.js";

const page = 65_536;
const pages = 16;

interface Held {
  readonly start: number;
  readonly end: number;
}

/** The highest run of free pages of a size, found page by page; `null` where there is none. */
function naiveStart(held: readonly Held[], count: number): number | null {
  const free = (at: number) => held.every(({ start, end }) => (at + 1) * page <= start || at * page >= end);
  for (let first = pages - count; first >= 0; first--) {
    if (Array.from({ length: count }, (_, k) => first + k).every(free)) return first * page;
  }
  return null;
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("regions", () => {
  it("are disjoint, as large as asked for, and the highest there are, in the order in which they were asked for", async () => {
    const step = fc.oneof(
      fc.record({ take: fc.integer({ min: 1, max: pages * page }) }),
      fc.record({ free: fc.nat() }),
      fc.constant({ all: true }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        let told = pages * page;
        const regions = regionsOf(0, pages * page, (lowest) => {
          told = lowest;
        });
        const held: Held[] = [];
        const given: Held[] = [];
        /** What waits, in order; `null` waits for everything. */
        const waiting: (number | null)[] = [];
        let exclusive = 0;
        let wantedExclusive = 0;
        const serve = () => {
          while (waiting.length > 0) {
            const [bytes] = waiting;
            if (bytes === null) {
              if (held.length > 0) return;
              wantedExclusive++;
            } else {
              const start = naiveStart(held, Math.ceil(bytes! / page));
              if (start === null) return;
              held.push({ start, end: start + Math.ceil(bytes! / page) * page });
            }
            waiting.shift();
          }
        };
        for (const one of steps) {
          if ("take" in one) {
            waiting.push(one.take);
            void regions.take(one.take).then((region) => given.push(region));
          } else if ("all" in one) {
            waiting.push(null);
            void regions.takeAll(() => {
              exclusive++;
              expect(regions.lowest()).toBe(pages * page);
            });
          } else if (held.length > 0) {
            const [gone] = held.splice(one.free % held.length, 1);
            const at = given.findIndex(({ start }) => start === gone!.start);
            const [region] = given.splice(at, 1);
            regions.free(region!);
          }
          serve();
          await settled();
          expect(given).toEqual(held);
          expect(exclusive).toBe(wantedExclusive);
          expect(told).toBe(Math.min(pages * page, ...held.map(({ start }) => start)));
          expect(regions.lowest()).toBe(told);
        }
        while (given.length > 0) {
          const region = given.shift()!;
          held.splice(
            held.findIndex(({ start }) => start === region.start),
            1,
          );
          regions.free(region);
          serve();
          await settled();
        }
        expect(waiting).toEqual([]);
        expect(regions.lowest()).toBe(pages * page);
      }),
      { numRuns: 200 },
    );
  });

  it("leave out what no page fits into, and tell how large one can be", async () => {
    const regions = regionsOf(page - 1, 5 * page + 7);
    expect(regions.capacity).toBe(4 * page);
    const all = await regions.take(4 * page);
    expect(all).toEqual({ start: page, end: 5 * page });
    await expect(regions.take(4 * page + 1)).rejects.toThrow(RangeError);
    regions.free(all);
  });

  it("can be given back once, and only where they came from", async () => {
    const [regions, others] = [regionsOf(0, page), regionsOf(0, page)];
    const region = await regions.take(1);
    expect(() => others.free(region)).toThrow("where it came from");
    regions.free(region);
    expect(() => regions.free(region)).toThrow("once");
  });

  it("are not held up by work that throws while it has everything", async () => {
    const regions = regionsOf(0, page);
    const failing = regions.takeAll(() => {
      throw new RangeError("not today");
    });
    await expect(failing).rejects.toThrow("not today");
    expect(await regions.take(1)).toEqual({ start: 0, end: page });
  });
});

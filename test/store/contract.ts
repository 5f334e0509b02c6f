/** What every store does, whatever its database. */
import { inspect } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MetricStore, RunRecord } from "../../dist/store/metric-store.js";
import { openStore, type StoreOptions } from "../../dist/store/open-store.js";
import { alert, headOf, hour, kind, metric, run, start } from "./runs.ts";

export interface Place {
  readonly url: string;
  readonly options?: StoreOptions;
}

/** @param place makes a database without tables each time */
export function storeContract(place: () => Place): void {
  const open = (): Promise<MetricStore> => {
    const { url, options } = place();
    return openStore(url, options);
  };
  const withStore = async (work: (store: MetricStore) => Promise<void>) => {
    const store = await open();
    try {
      await work(store);
    } finally {
      await store.close();
    }
  };

  describe("record", () => {
    it("keeps everything of a run", () =>
      withStore(async (store) => {
        const metrics = [
          metric(),
          metric({ name: "missingShare", side: "current", method: null, value: 0.25, pValue: null, severity: null }),
          metric({ name: "kind", value: "numeric" }),
          metric({ name: "drifted", value: true }),
          metric({ name: "exact", value: false }),
          metric({ name: "text", value: "" }),
          metric({ name: "nothing", value: null, effect: null, threshold: null, status: null, n: null }),
        ];
        const whole = run(0, {
          metrics,
          kinds: [kind({ amplitude: -0 })],
          alerts: [alert(), alert({ status: "resolved", endsAt: start + hour })],
        });
        await store.record(whole);
        expect(await store.runs()).toEqual([headOf(whole)]);
        for (const one of metrics) {
          const [{ run: id, windowStart, windowEnd, revision, rows, ...found } = {} as never, ...more] =
            await store.history({
              dataset: "orders",
              name: one.name,
            });
          expect(more).toEqual([]);
          expect(found).toEqual(one);
          expect({ id, windowStart, windowEnd, revision, rows }).toEqual({
            ...{ id: whole.id, windowStart: start, windowEnd: start + hour, revision: 1, rows: 1000 },
          });
        }
        const [found, ...others] = await store.kinds({ dataset: "orders" });
        expect(others).toEqual([]);
        expect(found).toEqual({
          run: whole.id,
          windowStart: start,
          windowEnd: start + hour,
          revision: 1,
          ...kind({ amplitude: -0 }),
        });
        expect(await store.alerts()).toEqual([...whole.alerts].reverse());
      }));

    it("keeps every finite number to its last bit", () =>
      withStore(async (store) => {
        const values = [
          0,
          -0,
          1e-300,
          -5e-324,
          2 ** 53,
          2 ** 53 - 1,
          0.1,
          1 / 3,
          Number.MAX_VALUE,
          -1e22,
          123456789.125,
        ];
        const metrics = values.map((value, k) =>
          metric({ column: String(k), value, pValue: value, effect: value, threshold: value, n: value }),
        );
        await store.record(run(0, { metrics, seconds: -0, driftedShare: 1e-300 }));
        const found = await store.history({ dataset: "orders" });
        for (const field of ["value", "pValue", "effect", "threshold", "n"] as const) {
          // toEqual tells 0 from -0.
          expect(found.map((point) => point[field])).toEqual(values);
        }
        const [head] = await store.runs();
        expect([head!.seconds, head!.driftedShare]).toEqual([-0, 1e-300]);
      }));

    it("keeps texts of any characters, of any length", () =>
      withStore(async (store) => {
        const texts = [
          ...[
            "'); drop table run; --",
            '"quoted" \\ {a,b} $1 %s ?',
            "NULL",
            "",
            " ",
            "Größe",
            "价格",
            "👩‍👩‍👧",
            "\u202e",
          ],
          ...["nul\0within", "\0", "half \ud800 a pair", "\udc00", "\ufffe", "\ufffe0000", "\uffff", "a\nb\tc\r"],
          ...[
            "x".repeat(10_000),
            Array.from({ length: 10_000 }, (_, k) => String.fromCodePoint(0x4e00 + ((k * 7919) % 20_000))).join(""),
          ],
        ];
        for (const [k, text] of texts.entries()) {
          const id = `${text}/${k}`;
          const whole = run(k, {
            ...{ id, dataset: text, model: text, modelVersion: text, reason: text, status: text, dataHash: text },
            metrics: [
              metric({ column: text, segment: text, of: text, side: text, method: text, value: text, status: text }),
            ],
            kinds: [kind({ column: text })],
            alerts: [alert({ id, subject: text, window: id, summary: text, digest: text, evidence: { [text]: text } })],
          });
          await store.record(whole);
          const [{ run: told, windowStart: _s, windowEnd: _e, revision: _r, rows: _n, ...found } = {} as never] =
            await store.history({ dataset: text, column: text, segment: text, of: text, side: text });
          expect(told).toBe(id);
          expect(found).toEqual(whole.metrics[0]);
          expect(await store.runs({ dataset: text })).toEqual([headOf(whole)]);
          expect((await store.kinds({ dataset: text, column: text }))[0]).toMatchObject(kind({ column: text }));
          expect(await store.alerts({ dataset: text })).toEqual(whole.alerts);
        }
        expect(await store.runs({ limit: 1000 })).toHaveLength(texts.length);
      }));

    it("keeps any text and number", () =>
      withStore(async (store) => {
        let index = 0;
        const text = fc.string({ unit: "binary" });
        const value = fc.oneof(
          text,
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.boolean(),
          fc.constant(null),
        );
        await fc.assert(
          fc.asyncProperty(text, value, async (column, one) => {
            await store.record(run(index, { metrics: [metric({ column, value: one })] }));
            const from = start + index++ * hour;
            const [found] = await store.history({ dataset: "orders", from });
            expect([found!.column, found!.value]).toEqual([column, one]);
          }),
          { numRuns: 60 },
        );
      }));

    it("keeps times to the millisecond, of the years 1 to 9999", () =>
      withStore(async (store) => {
        const times = [
          Date.parse("0001-01-01T00:00:00.000Z"),
          -1,
          0,
          1,
          start + 1,
          Date.parse("9999-12-31T23:59:59.999Z"),
        ];
        for (const time of times) {
          await store.record(run(0, { id: String(time), windowStart: time, windowEnd: time, asOf: time }));
        }
        const found = await store.runs();
        expect(found.map(({ windowStart, windowEnd, asOf }) => [windowStart, windowEnd, asOf])).toEqual(
          [...times].reverse().map((time) => [time, time, time]),
        );
        await expect(store.record(run(0, { asOf: times[0]! - 1 }))).rejects.toThrow(
          new RangeError("record: asOf must be milliseconds since 1970 in the years 1 to 9999, got -62135596800001"),
        );
      }));

    it("writes an id once, whatever comes under it later, one after the other or together", () =>
      withStore(async (store) => {
        await store.record(run(0));
        await store.record(run(0, { rows: 5, metrics: [metric(), metric()] }));
        await Promise.all(Array.from({ length: 8 }, () => store.record(run(1))));
        const found = await store.history({ dataset: "orders" });
        expect(found.map(({ rows, value }) => [rows, value])).toEqual([
          [1000, 0],
          [1001, 1],
        ]);
      }));

    it("takes a run without metrics, and one with many thousands", () =>
      withStore(async (store) => {
        await store.record(run(0, { metrics: [] }));
        const metrics = Array.from({ length: 20_001 }, (_, k) => metric({ column: `c${k}`, value: k }));
        const kinds = metrics.slice(0, 1501).map(({ column }) => kind({ column: column! }));
        await store.record(run(1, { metrics, kinds }));
        const found = await store.history({ dataset: "orders" });
        expect(found.map(({ value }) => value)).toEqual(metrics.map(({ value }) => value));
        expect(await store.kinds({ dataset: "orders" })).toHaveLength(1501);
      }));

    it("writes nothing of a run that the database refuses", () =>
      withStore(async (store) => {
        // Whole numbers of 32 bits are counted in revisions.
        await expect(store.record(run(0, { revision: 2 ** 40 }))).rejects.toMatchObject({
          name: "StoreError",
          blame: "record",
        });
        expect(await store.runs()).toEqual([]);
        await store.record(run(0));
        expect(await store.history({ dataset: "orders" })).toHaveLength(1);
      }));

    it("says what is wrong with what is no run", () =>
      withStore(async (store) => {
        const wrong: [fields: Partial<Record<keyof RunRecord, unknown>>, message: Error][] = [
          [{ id: 3 }, new TypeError("record: id must be a text, got 3")],
          [{ id: "" }, new RangeError("record: id must not be empty")],
          [{ rows: 1.5 }, new RangeError("record: rows must be a whole number of at least 0, got 1.5")],
          [{ seconds: Number.NaN }, new RangeError("record: seconds must be a finite number or null, got NaN")],
          [
            { metrics: [metric({ value: Number.POSITIVE_INFINITY })] },
            new RangeError("record: metrics[0].value must be a finite number or null, got Infinity"),
          ],
          [
            { metrics: [metric(), metric({ name: "" })] },
            new RangeError("record: metrics[1].name must have 1 to 500 characters, got 0"),
          ],
          [{ kinds: [{}] }, new TypeError("record: kinds[0].column must be a text, got undefined")],
          [{ alerts: [null] }, new TypeError("record: alerts[0] must be an object, got null")],
        ];
        for (const [fields, error] of wrong) {
          await expect(store.record({ ...run(0), ...fields } as RunRecord)).rejects.toThrow(error);
        }
      }));
  });

  describe("history", () => {
    let store: MetricStore;
    beforeAll(async () => {
      store = await open();
      for (let index = 0; index < 10; index++) {
        const columns = ["price", "weight"].flatMap((column) => [
          metric({ column, value: index }),
          metric({ column, name: "missingShare", side: "reference", value: 0 }),
          metric({ column, name: "missingShare", side: "current", value: index / 10 }),
          metric({ column, segment: "country=DE", value: -index }),
        ]);
        const metrics = [...columns, metric({ column: null, name: "drifted", value: true })];
        await store.record(run(index, { metrics, kinds: [kind({ onset: index })] }));
      }
      await store.record(run(3, { revision: 2, metrics: [metric({ value: 333 })], kinds: [] }));
      await store.record(run(3, { dataset: "other", metrics: [metric({ value: -1 })] }));
    });
    afterAll(() => store.close());

    it("tells the verdicts of a column over all rows, oldest first, of the last revision", async () => {
      const found = await store.history({ dataset: "orders", column: "price" });
      expect(found.map(({ value }) => value)).toEqual([0, 1, 2, 333, 4, 5, 6, 7, 8, 9]);
      expect(found.map(({ windowStart }) => windowStart)).toEqual(found.map((_, k) => start + k * hour));
      expect(found[3]).toMatchObject({ revision: 2, run: "orders/2026-11-26T13:00:00.000Z/2" });
    });

    it("tells the last revision that says something of what was asked", async () => {
      const found = await store.history({ dataset: "orders", column: "weight" });
      expect(found[3]).toMatchObject({ revision: 1, value: 3 });
      expect((await store.kinds({ dataset: "orders" })).map(({ onset }) => onset)).toEqual([
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
      ]);
    });

    it("tells all columns where none is named, and the table where it is null", async () => {
      const all = await store.history({ dataset: "orders", limit: 2 });
      expect(all.map(({ column, value }) => [column, value])).toEqual([
        ...[
          ["price", 8],
          ["weight", 8],
          ["price", 9],
          ["weight", 9],
        ],
      ]);
      const table = await store.history({ dataset: "orders", column: null, name: "drifted" });
      expect(table.map(({ value }) => value)).toEqual(Array(10).fill(true));
      expect(await store.history({ dataset: "orders", column: null })).toEqual([]);
    });

    it("tells a segment, a side", async () => {
      const segment = await store.history({ dataset: "orders", column: "price", segment: "country=DE", limit: 3 });
      expect(segment.map(({ value }) => value)).toEqual([-7, -8, -9]);
      const side = await store.history({
        dataset: "orders",
        column: "price",
        name: "missingShare",
        side: "current",
        limit: 1,
      });
      expect(side.map(({ value }) => value)).toEqual([0.9]);
      expect(await store.history({ dataset: "orders", column: "price", name: "missingShare", limit: 1 })).toHaveLength(
        2,
      );
      expect(await store.history({ dataset: "orders", column: "price", side: "current" })).toEqual([]);
    });

    it("tells windows that begin within a stretch of time", async () => {
      const found = await store.history({
        dataset: "orders",
        column: "price",
        from: start + hour,
        to: start + 3 * hour,
      });
      expect(found.map(({ value }) => value)).toEqual([1, 2]);
      expect(await store.kinds({ dataset: "orders", from: start + 8 * hour, limit: 1 })).toMatchObject([{ onset: 9 }]);
      const early = { dataset: "orders", column: "price", to: start + 2 * hour, limit: 1 };
      expect((await store.history(early)).map(({ value }) => value)).toEqual([1]);
      expect(await store.history({ dataset: "nothing" })).toEqual([]);
      expect(await store.history({ dataset: "orders", limit: 0 })).toEqual([]);
    });

    it("tells runs, the latest first", async () => {
      expect((await store.runs({ limit: 2 })).map(({ id }) => id)).toEqual([run(9).id, run(8).id]);
      const found = await store.runs({ dataset: "orders" });
      expect(found.map(({ revision }) => revision)).toEqual([1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1]);
    });

    it("says what is wrong with a question", async () => {
      await expect(store.history({} as never)).rejects.toThrow(
        new TypeError("history: dataset must be a text, got undefined"),
      );
      await expect(store.history({ dataset: "a", limit: -1 })).rejects.toThrow(RangeError);
      await expect(store.kinds({ dataset: "a", from: Number.NaN })).rejects.toThrow(RangeError);
      await expect(store.runs({ limit: 0.5 })).rejects.toThrow(RangeError);
      await expect(store.alerts({ from: 1e300 })).rejects.toThrow(RangeError);
      await expect(store.prune(Number.NaN)).rejects.toThrow(RangeError);
    });
  });

  describe("prune", () => {
    it("forgets windows that ended before, with all that belongs to them, and says how many", () =>
      withStore(async (store) => {
        for (let index = 0; index < 220; index++) {
          await store.record(run(index, { kinds: [kind()], alerts: [alert()] }));
        }
        expect(await store.prune(start)).toBe(0);
        expect(await store.prune(start + 211 * hour)).toBe(210);
        const history = await store.history({ dataset: "orders" });
        expect(history.map(({ value }) => value)).toEqual([210, 211, 212, 213, 214, 215, 216, 217, 218, 219]);
        expect(await store.kinds({ dataset: "orders" })).toHaveLength(10);
        expect(await store.alerts({ limit: 1000 })).toHaveLength(10);
        expect(await store.runs({ limit: 1000 })).toHaveLength(10);
        // What was forgotten may come again.
        await store.record(run(0));
        expect(await store.history({ dataset: "orders" })).toHaveLength(11);
      }));
  });

  describe("openStore", () => {
    it("finds what was written before, and takes more", async () => {
      const { url, options } = place();
      if (url.endsWith(":memory:")) return;
      for (let index = 0; index < 3; index++) {
        const store = await openStore(url, options);
        await store.record(run(index));
        expect(await store.history({ dataset: "orders" })).toHaveLength(index + 1);
        await store.close();
      }
    });

    it("may be called by several at once on a database without tables, and all write", async () => {
      const { url, options } = place();
      const stores = await Promise.all(Array.from({ length: 6 }, () => openStore(url, options)));
      await Promise.all(
        stores.flatMap((store, k) =>
          Array.from({ length: 5 }, (_, index) => store.record(run(index, { dataset: `d${k}` }))),
        ),
      );
      const [first] = stores;
      expect(await first!.runs()).toHaveLength(30);
      await Promise.all(stores.map((store) => store.close()));
    });

    it("reads only, where that was asked for", async () => {
      const { url, options } = place();
      await expect(openStore(url, { ...options, readOnly: true })).rejects.toThrow(/^openStore: /);
      const store = await openStore(url, options);
      await store.record(run(0));
      await store.close();
      const reader = await openStore(url, { ...options, readOnly: true });
      expect(await reader.history({ dataset: "orders" })).toHaveLength(1);
      await expect(reader.record(run(1))).rejects.toThrow("record: the store was opened for reading only");
      await expect(reader.prune(0)).rejects.toThrow("prune: the store was opened for reading only");
      await reader.close();
    });

    it("is over when it is closed", async () => {
      const store = await open();
      await store.close();
      await store.close();
      await expect(store.record(run(0))).rejects.toThrow("record: the store is closed");
      await expect(store.history({ dataset: "a" })).rejects.toThrow("history: the store is closed");
    });
  });
}

/** Everything that an error could print. */
export const printed = (error: unknown): string => inspect(error, { depth: 20, showHidden: true });

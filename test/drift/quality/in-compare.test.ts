/** Quality beside drift: it is that of each table alone, whatever a column is compared by, and pictures are exact. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as arrow from "apache-arrow";
import fc from "fast-check";
import {
  type CompareOptions,
  closeThreads,
  compare,
  openTable,
  prepare,
  profile,
  type QualityChange,
  quality,
  type TableInput,
} from "smirnov";
import { afterAll, describe, expect, it } from "vitest";
import { generator, normals, uniforms } from "../samples.ts";
import { rowsForgotten } from "./rows-forgotten.js";

afterAll(closeThreads);

const folder = mkdtempSync(join(tmpdir(), "smirnov-"));
afterAll(() => rmSync(folder, { recursive: true }));

const odd = [null, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0];

/** Columns of every kind. */
function side(rows: number, seed: number, shift: number) {
  const x = normals(rows, seed, shift, 1);
  const u = uniforms(rows, seed + 1);
  const times = BigInt64Array.from(u, (v) => BigInt(Math.round((v + shift) * 1e15)));
  const stamp = (type: arrow.Timestamp) => arrow.makeVector(arrow.makeData({ type, length: rows, data: times }));
  return {
    doubles: Float64Array.from(x),
    odd: x.map((v, k) => (k % 9 === 0 ? odd[(k / 9) % odd.length]! : v)),
    tied: Float64Array.from(x, (v) => Math.round(v * 10) / 4),
    many: Int32Array.from(u, (v) => Math.round((v + shift) * 500)),
    codes: Int8Array.from(u, (v) => Math.round(v * 4 + shift)),
    wide: BigInt64Array.from(u, (v) => 2n ** 60n + 1024n * BigInt(Math.round((v + shift) * 1e6))),
    flags: u.map((v) => v < 0.3 + shift),
    words: u.map((v) => (v < 0.05 ? null : v < 0.1 ? "" : `word ${Math.floor((v + shift) * 40)}`)),
    names: u.map((_, k) => `row ${seed} ${k}`),
    times: stamp(new arrow.TimestampMicrosecond()),
    // Comparing many takes seconds.
    ...(rows < 100 ? { vectors: { values: Float64Array.from([...x, ...x]), dimension: 2 } } : {}),
    ...(shift === 0 ? { gone: Float64Array.from(x) } : { added: u.map((v) => `a${Math.round(v * 5)}`) }),
    changed: shift === 0 ? Float64Array.from(x) : u.map((v) => `c${Math.round(v * 3)}`),
  };
}

const finite = (values: Iterable<unknown>): number[] =>
  Array.from(values, (v) => (v === null ? Number.NaN : Number(v))).filter(Number.isFinite);

/** Counted in the plainest way. */
function expectPictures(
  { histogram, ecdf, gap }: QualityChange,
  before: Iterable<unknown>,
  after: Iterable<unknown>,
  what: string,
) {
  const sides = [finite(before), finite(after)] as const;
  const ordered = new Map(
    sides.map((side) => [side, Float64Array.from(side).sort()] as [readonly number[], Float64Array]),
  );
  const shareUpTo = (side: readonly number[], at: number): number => {
    const values = ordered.get(side)!;
    let [low, high] = [0, values.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[middle]! <= at) low = middle + 1;
      else high = middle;
    }
    return low / values.length;
  };
  const { values, reference, current } = ecdf!;
  expect(values.length, what).toBeLessThanOrEqual(65);
  for (const [k, at] of values.entries()) {
    if (k > 0) expect(at, what).toBeGreaterThan(values[k - 1]!);
    expect([reference[k], current[k]], `${what} at ${at}`).toEqual(sides.map((side) => shareUpTo(side, at)));
  }
  const all = [...new Set([...sides[0], ...sides[1]])].sort((a, b) => a - b);
  if (all.length <= 64) expect(values, what).toEqual(all.map((v) => v + 0));
  const gaps = all.map((at) => Math.abs(shareUpTo(sides[0], at) - shareUpTo(sides[1], at)));
  if (gap) {
    expect(gap.exact, what).toBe(true);
    expect(Math.abs(gap.reference - gap.current), what).toBeCloseTo(Math.max(...gaps), 12);
    expect([gap.reference, gap.current], what).toEqual(sides.map((side) => shareUpTo(side, gap.value)));
    expect(values).toContain(gap.value);
  } else expect(Math.max(...gaps), what).toBe(0);
  if (!histogram) return;
  const { edges } = histogram;
  expect(edges.length - 1, what).toBeLessThanOrEqual(32);
  for (const [s, counts] of [histogram.reference, histogram.current].entries()) {
    const wanted = new Array<number>(edges.length - 1).fill(0);
    for (const v of sides[s]!) {
      const after = edges.findIndex((edge) => edge > v);
      wanted[after < 0 ? edges.length - 2 : Math.max(0, after - 1)]!++;
    }
    expect(counts, what).toEqual(wanted);
  }
}

describe("quality in compare", () => {
  for (const rows of [40, 3000, 12_000]) {
    it(`is that of each table alone, by every method: ${rows} rows`, async () => {
      const [before, after] = [side(rows, 1, 0), side(rows - 7, 100, 0.2)];
      const alone = { reference: await quality(before as never), current: await quality(after as never) };
      const choices: CompareOptions[] = [
        {},
        { threads: 2 },
        { methodByKind: { numeric: "ks" }, temporal: true },
        { methodByKind: { numeric: "wasserstein", boolean: "ks" } },
        { methodByKind: { numeric: "t-test" } },
        { methodByKind: { numeric: "psi" } },
        { minimumValues: 100_000 },
      ];
      const found: unknown[] = [];
      for (const choice of choices) {
        const { quality: both, columns } = await compare(before as never, after as never, { ...choice, quality: true });
        const { reference, current, changes } = both!;
        expect({ reference, current }).toEqual(alone);
        found.push(changes);
        expect(changes).toEqual(found[0]);
        expect(Object.keys(changes)).toEqual(Object.keys(before).filter((name) => !["gone", "changed"].includes(name)));
        // The evidence without quality is the same.
        const without = await compare(before as never, after as never, choice);
        expect(without.columns).toEqual(columns);
        expect(without.quality).toBeUndefined();
      }
      const { changes } = (await compare(before as never, after as never, { quality: true })).quality!;
      for (const name of ["doubles", "odd", "tied", "many", "codes", "wide"] as const) {
        expectPictures(changes[name]!, before[name], after[name], name);
      }
      expectPictures(
        changes.times!,
        ...([before, after].map(({ times }) => Array.from(times, Number)) as [number[], number[]]),
        "times",
      );
      for (const name of ["flags", "words", "names", ...(rows < 100 ? ["vectors"] : [])]) {
        expect(changes[name]).toMatchObject({ histogram: null, ecdf: null, gap: null, outOfRange: null });
      }
      expect(changes.names!.outOfList).toMatchObject({ rows: rows - 7, share: 1, categories: { count: rows - 7 } });
    });
  }

  it("has the Kolmogorov-Smirnov effect as its gap, where that was the effect", async () => {
    const [before, after] = [side(9000, 3, 0), side(8000, 4, 0.1)];
    const report = await compare(before as never, after as never, { quality: true });
    for (const name of ["doubles", "odd", "tied", "many", "wide"]) {
      const { reference, current, exact } = report.quality!.changes[name]!.gap!;
      const { value } = report.columns[name]!.effects.find((effect) => effect.name === "ks")!;
      expect(exact).toBe(true);
      expect(Math.abs(reference - current)).toBeCloseTo(value!, 14);
    }
  });

  it("is the same against prepared tables, of windows of every size", async () => {
    const before = side(20_000, 5, 0);
    const prepared = prepare(before as TableInput);
    for (const rows of [30, 700, 6000]) {
      const window = side(rows, 6 + rows, 0.3);
      const known = (await compare(before as never, window as never, { quality: true })).quality!;
      const wanted = { ...known, reference: rowsForgotten(known.reference) };
      expect((await compare(prepared, window as never, { quality: true })).quality).toEqual(wanted);
      expect(
        (await compare(prepared, window as never, { quality: true, methodByKind: { numeric: "ks" } })).quality,
      ).toEqual(wanted);
    }
  });

  it("is the same of opened tables", async () => {
    const sides = [side(5000, 7, 0), side(4000, 8, 0.2)].map(({ doubles, odd, tied, wide, words, times }, k) => {
      const table = new arrow.Table({
        doubles: arrow.vectorFromArray(Array.from<number>(doubles), new arrow.Float64()),
        odd: arrow.vectorFromArray(odd, new arrow.Float64()),
        tied: arrow.vectorFromArray(Array.from<number>(tied), new arrow.Float64()),
        wide: arrow.vectorFromArray(Array.from<bigint>(wide), new arrow.Int64()),
        words: arrow.vectorFromArray(words, new arrow.Utf8()),
        times,
      });
      const file = join(folder, `${k}.arrow`);
      writeFileSync(file, arrow.tableToIPC(table, "file"));
      return { table, file };
    });
    const wanted = await compare(sides[0]!.table, sides[1]!.table, { quality: true });
    const [x, y] = [await openTable(sides[0]!.file), await openTable(sides[1]!.file)];
    const found = await compare(x, y, { quality: true });
    expect(found.quality).toEqual(wanted.quality);
    expect(await quality(x)).toEqual(wanted.quality!.reference);
  });

  it("keeps each side's own unit and type where both were brought to one", async () => {
    const seconds = Array.from({ length: 300 }, (_, k) => BigInt(k * 1000));
    const column = (type: arrow.Timestamp, values: bigint[]) =>
      arrow.makeVector(arrow.makeData({ type, length: values.length, data: BigInt64Array.from(values) }));
    const before = {
      time: column(new arrow.TimestampSecond(), seconds),
      mixed: BigInt64Array.from(seconds, (v) => 2n ** 60n + v),
    };
    const after = {
      time: column(
        new arrow.TimestampMillisecond(),
        seconds.map((v) => v * 1000n + 500n),
      ),
      mixed: Float64Array.from(seconds, (v) => 2 ** 60 + Number(v) + 0.5),
    };
    const report = await compare(before, after, { quality: true, temporal: true });
    expect(report.quality!.reference).toEqual(await quality(before));
    expect(report.quality!.current).toEqual(await quality(after));
    expectPictures(
      report.quality!.changes.time!,
      seconds.map((v) => Number(v) * 1000),
      seconds.map((v) => Number(v) * 1000 + 500),
      "time",
    );
    expect(report.quality!.changes.time!.outOfRange).toEqual({ below: 0, above: 1, share: 1 / 300 });
  });

  it("has times that the finer unit cannot count beyond all that it can", async () => {
    const column = (type: arrow.Timestamp, values: bigint[]) =>
      arrow.makeVector(arrow.makeData({ type, length: values.length, data: BigInt64Array.from(values) }));
    const days = Array.from({ length: 100 }, (_, k) => BigInt(k * 86_400));
    const endOf9999 = 253_402_300_799n;
    const before = {
      late: column(
        new arrow.TimestampSecond(),
        days.map((day, k) => (k % 10 === 0 ? endOf9999 : day)),
      ),
      early: column(
        new arrow.TimestampSecond(),
        days.map((day, k) => (k % 10 === 0 ? -endOf9999 : day)),
      ),
    };
    const nanoseconds = column(
      new arrow.TimestampNanosecond(),
      days.map((day) => day * 10n ** 9n),
    );
    const after = { late: nanoseconds, early: nanoseconds };
    const { quality: found, columns } = await compare(before, after, { quality: true, temporal: true });
    expect(found!.changes.late!.outOfRange).toEqual({ below: 1, above: 0, share: 0.01 });
    expect(found!.changes.early!.outOfRange).toEqual({ below: 0, above: 0, share: 0 });
    for (const name of ["late", "early"]) {
      expect(columns[name]!.effects.find((effect) => effect.name === "ks")!.value).toBeCloseTo(0.1, 12);
    }
  });

  it("tells of each segment what it is like, also of few rows", async () => {
    const country = Array.from({ length: 600 }, (_, k) => (k < 10 ? "IT" : k % 2 ? "DE" : "FR"));
    const [x, y] = [normals(600, 11, 0, 1), normals(600, 12, 0.5, 1)];
    const report = await compare({ country, x }, { country, x: y }, { by: "country", quality: true });
    expect(
      Object.values(report.segments!)
        .map(({ status }) => status)
        .sort(),
    ).toEqual(["ok", "ok", "too-few"]);
    for (const name of ["IT", "DE", "FR"]) {
      const rows = (values: number[]) => ({ x: values.filter((_, k) => country[k] === name) });
      const found = report.segments![`country=${name}`]!.quality!;
      expect(found.reference).toEqual(await quality(rows(x)));
      expect(found.current).toEqual(await quality(rows(y)));
      expectPictures(found.changes.x!, rows(x).x, rows(y).x, name);
    }
    const { country: _, ...others } = report.quality!.changes;
    expect(Object.keys(others)).toEqual(["x"]);
    const without = await compare({ country, x }, { country, x: y }, { by: "country" });
    const judged = (segments: typeof report.segments) =>
      Object.values(segments!).map(({ quality: _, ...segment }) => segment);
    expect(judged(report.segments)).toEqual(judged(without.segments));
  });

  it("tells of pairs what the tables are like, rows without a partner among them", async () => {
    const id = Array.from({ length: 300 }, (_, k) => k);
    const before = { id, x: normals(300, 13, 0, 1) };
    const after = { id: id.map((k) => k + 50), x: normals(300, 14, 0, 1) };
    const report = await compare(before, after, { pairBy: "id", quality: true });
    expect(report.pairing).toMatchObject({ pairs: 250 });
    expect(report.quality!.reference).toEqual(await quality(before, { columns: ["x"] }));
    expect(report.quality!.current).toEqual(await quality(after, { columns: ["x"] }));
  });

  it("counts add up, of small samples of whatever values", async () => {
    const values = fc.array(fc.oneof(fc.constantFrom(...odd, 0, 1, 2, 1e308, -1e308, 5e-324), fc.double()), {
      minLength: 1,
      maxLength: 80,
    });
    await fc.assert(
      fc.asyncProperty(values, values, async (x, y) => {
        const report = await compare({ x }, { x: y }, { quality: true, minimumValues: 1 });
        const { reference, current, changes } = report.quality!;
        expect({ reference, current }).toEqual({ reference: await quality({ x }), current: await quality({ x: y }) });
        for (const [side, rows] of [
          [reference, x],
          [current, y],
        ] as const) {
          const { availability, numbers, mostCommon, distinct } = side.columns.x!;
          const { rows: all, ...parts } = availability;
          expect(Object.values(parts).reduce((sum, count) => sum + count, 0)).toBe(all);
          expect(all).toBe(rows.length);
          const listed = mostCommon.reduce((sum, { count }) => sum + count, 0);
          const present = rows.filter((v) => v !== null && !Number.isNaN(v)).map((v) => v! + 0);
          expect(distinct!.count).toBe(new Set(present).size);
          expect(listed).toBeLessThanOrEqual(present.length);
          expect(numbers!.zeros).toBe(present.filter((v) => v === 0).length);
          expect(numbers!.negatives).toBe(present.filter((v) => v < 0 && Number.isFinite(v)).length);
        }
        const [n, m] = [finite(x), finite(y)];
        const change = changes.x!;
        if (n.length === 0 || m.length === 0) {
          expect(change).toMatchObject({ histogram: null, ecdf: null, gap: null });
          return;
        }
        expectPictures(change, x, y, "x");
        const below = m.filter((v) => v < Math.min(...n)).length;
        const above = m.filter((v) => v > Math.max(...n)).length;
        expect(change.outOfRange).toEqual({ below, above, share: (below + above) / m.length });
      }),
      { numRuns: 150 },
    );
  });
});

describe("quality of profiles in compare", () => {
  it("is that of each alone, with pictures whose counts and shares are true", async () => {
    const [before, after] = [side(30_000, 15, 0), side(20_000, 16, 0.2)];
    const [p, q] = [await profile(before as never), await profile(after as never)];
    for (const [one, other] of [
      [p, q],
      [p, after],
      [before, q],
    ] as const) {
      const report = await compare(one as never, other as never, { quality: true });
      const { reference, current, changes } = report.quality!;
      expect(reference).toEqual(await quality(one as never));
      expect(current).toEqual(await quality(other as never));
      for (const name of ["doubles", "tied", "many", "codes", "odd"] as const) {
        const { histogram, ecdf, outOfRange, gap } = changes[name]!;
        const sides = [finite(before[name]), finite(after[name])];
        expect(histogram!.reference.reduce((a, b) => a + b)).toBe(sides[0]!.length);
        expect(histogram!.current.reduce((a, b) => a + b)).toBe(sides[1]!.length);
        expect(ecdf!.values.length).toBeLessThanOrEqual(65);
        for (const [k, at] of ecdf!.values.entries()) {
          const shares = sides.map((side) => side.filter((v) => v <= at).length / side.length);
          expect(ecdf!.reference[k], `${name} at ${at}`).toBe(shares[0]);
          expect(ecdf!.current[k], `${name} at ${at}`).toBe(shares[1]);
        }
        expect(gap!.exact).toBe(["tied", "many", "codes"].includes(name));
        const low = Math.min(...sides[0]!);
        expect(outOfRange!.below).toBeLessThanOrEqual(sides[1]!.filter((v) => v < low).length);
      }
    }
  });

  it("knows distinct values, quantiles and lengths within the errors it tells", async () => {
    const random = generator(17);
    const table = {
      x: Float64Array.from({ length: 50_000 }, () => random() ** 3 - 0.1),
      spiked: Float64Array.from({ length: 50_000 }, () => (random() < 0.3 ? 0 : random() * 100 - 50)),
      t: Array.from({ length: 50_000 }, () => `k${Math.floor(random() ** 2 * 40_000)}`),
    };
    const [found, exact] = [await quality(await profile(table)), await quality(table)];
    for (const name of ["x", "spiked", "t"] as const) {
      const [one, other] = [found.columns[name]!, exact.columns[name]!];
      expect(one.distinct!.error).toBeGreaterThan(0);
      expect(Math.abs(one.distinct!.count / other.distinct!.count - 1)).toBeLessThan(5 * one.distinct!.error);
      expect(one.availability).toEqual(other.availability);
    }
    for (const name of ["x", "spiked"] as const) {
      const [one, other] = [found.columns[name]!.numbers!, exact.columns[name]!.numbers!];
      expect([one.min, one.max, one.zeros, one.negatives]).toEqual([
        other.min,
        other.max,
        other.zeros,
        other.negatives,
      ]);
      const sorted = table[name].slice().sort();
      for (const { probability, value } of one.quantiles) {
        const low = sorted.findIndex((v) => v >= Number(value)) / sorted.length;
        const high = sorted.filter((v) => v <= Number(value)).length / sorted.length;
        expect(low - one.rankError).toBeLessThanOrEqual(probability);
        expect(high + one.rankError).toBeGreaterThanOrEqual(probability);
      }
    }
    expect(found.columns.spiked!.mostCommon).toEqual(exact.columns.spiked!.mostCommon.slice(0, 1));
    expect(found.columns.t!.lengths).toBeNull();
  });
});

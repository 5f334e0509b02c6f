import fc from "fast-check";
import { type Alternative, kolmogorovN, ksAsymptotic, ksExact, ksExactCells, smirnovN } from "smirnov/distributions";
import { describe, expect, test } from "vitest";
import { fromCorpus, hasCorpus, table } from "./reference.js";

const off = (actual: number, expected: number) => (expected === 0 ? actual : Math.abs(actual / expected - 1));

describe("ksExact", () => {
  type Row = [n: number, m: number, gap: number, alternative: Alternative, ends: number[] | null, p: number];

  test("is the share of lattice paths, with and without ties", () => {
    for (const [n, m, gap, alternative, ends, p] of table<Row[]>("ks-exact")) {
      const actual = ksExact(n, m, gap, ends && Uint32Array.from(ends), alternative);
      expect(off(actual, p), JSON.stringify([n, m, gap, alternative, ends, p])).toBeLessThan(1e-13);
    }
  });

  test("blocks of one value each are no ties", () => {
    const ends = Uint32Array.from({ length: 27 }, (_, i) => i + 1);
    for (const [n, m] of [
      [12, 15],
      [9, 18],
    ] as const) {
      for (let gap = 1; gap <= n * m; gap += 7) expect(ksExact(n, m, gap, ends)).toBe(ksExact(n, m, gap));
    }
  });

  test("equal sizes by reflection agree with the recurrence over blocks of one and a tie that cannot matter", () => {
    // a path cannot have a gap of h after h + 1 steps of which two are tied unless h is small
    for (const h of [20, 60, 100, 200, 380]) {
      const ends = Uint32Array.from({ length: 999 }, (_, i) => i + 2);
      expect(off(ksExact(500, 500, 500 * h, ends), ksExact(500, 500, 500 * h))).toBeLessThan(1e-12);
    }
  });

  test("reaches 1e-300 by both ways", () => {
    for (const [n, m] of [
      [505, 505],
      [400, 600],
      [70, 100_000],
    ] as const) {
      let log = Math.log(2);
      for (let i = 1; i <= n; i++) log += Math.log(i) - Math.log(m + i);
      expect(off(ksExact(n, m, n * m), Math.exp(log)), `${n}, ${m}`).toBeLessThan(1e-11);
    }
  });

  test("constant-time at any size", () => {
    // the limit law at z = 1.36 and a million times a million paths
    const h = Math.round(1.36 * Math.sqrt(2e6));
    expect(off(ksExact(1e6, 1e6, h * 1e6), 2 * Math.exp((-h * h) / 1e6))).toBeLessThan(1e-3);
  });

  test("swapping the samples swaps the one-sided alternatives", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.nat(1600), (n, m, gap) => {
        expect(off(ksExact(n, m, gap, null, "less"), ksExact(m, n, gap, null, "greater"))).toBeLessThan(1e-13);
        expect(off(ksExact(n, m, gap), ksExact(m, n, gap))).toBeLessThan(1e-13);
      }),
    );
  });

  test("falls as the gap grows, and ties never make it larger", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(1600),
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 80, maxLength: 80 }),
        (n, m, gap, blocks) => {
          const ends: number[] = [];
          for (const block of blocks) {
            const last = ends.at(-1) ?? 0;
            if (last < n + m) ends.push(Math.min(n + m, last + block));
          }
          const tied = ksExact(n, m, gap, Uint32Array.from(ends));
          const free = ksExact(n, m, gap);
          expect(tied).toBeLessThanOrEqual(free * (1 + 1e-13));
          expect(ksExact(n, m, gap + 1)).toBeLessThanOrEqual(free * (1 + 1e-13));
        },
      ),
    );
  });

  test("edges: no gap is certain, more than all is impossible, one block has no gap", () => {
    expect([ksExact(3, 4, 0), ksExact(3, 4, 13), ksExact(1, 1, 1)]).toEqual([1, 0, 1]);
    expect(ksExact(3, 4, 1, Uint32Array.of(7))).toBe(0);
  });

  test("wrong arguments are named", () => {
    expect(() => ksExact(0, 4, 1)).toThrow("ksExact: n must be a positive integer, got 0");
    expect(() => ksExact(3, 4, 1, Uint32Array.of(3, 3, 7))).toThrow("ksExact: tieEnds must rise, got 3 after 3");
    expect(() => ksExact(3, 4, 1, Uint32Array.of(3))).toThrow("ksExact: tieEnds must end at n + m = 7, got 3");
  });
});

describe("ksAsymptotic", () => {
  test.each([50, 200, 1000])("is within 0.1 % of the exact p down to 1e-6 for 20 000 against %d", (m) => {
    const n = 20_000;
    const effective = (n * m) / (n + m);
    for (const z of [0.5, 0.8, 1, 1.3, 1.6, 2, 2.3, 2.4]) {
      const step = m === 1000 ? 1000 : m;
      const gap = Math.round(((z / Math.sqrt(effective)) * n * m) / step) * step;
      expect(off(ksAsymptotic(n, m, gap), ksExact(n, m, gap)), `${z}`).toBeLessThan(1e-3);
      expect(off(ksAsymptotic(n, m, gap, "less"), ksExact(n, m, gap, null, "less")), `${z}`).toBeLessThan(1e-3);
    }
  });
});

describe("ksExactCells", () => {
  test("is 0 for equal sizes without ties, and counts cells and rows otherwise", () => {
    expect(ksExactCells(500, 500, 20_000)).toBe(0);
    expect(ksExactCells(500, 500, 20_000, "less")).toBe(0);
    expect(ksExactCells(20_000, 50, 200_000)).toBe(200_000 + 25 * 20_050);
    expect(ksExactCells(2, 3, 6)).toBeLessThanOrEqual(12 + 25 * 5);
  });

  test("one side is cheap in far tails, and wide blocks are", () => {
    const [n, m] = [10_000, 9999];
    const cells = (d: number) => ksExactCells(n, m, Math.round(d * n * m), "less");
    expect(cells(0.2)).toBeLessThan(cells(0.02) / 1.8);
    const zeros = Uint32Array.from({ length: n + m - 15_999 }, (_, k) => 16_000 + k);
    expect(ksExactCells(n, m, 2_000_000, "two-sided", zeros)).toBeLessThan(ksExactCells(n, m, 2_000_000));
    expect(() => ksExactCells(n, m, 1, "less", Uint32Array.of(5))).toThrow("ksExactCells: tieEnds must end at");
  });
});

describe.skipIf(!hasCorpus("ks-exact/ks-exact.json"))("Apache Commons' exact rational p-values", () => {
  type Tables = Record<string, { rows: string[][]; exact_rational_as_binary64: Record<string, string>[] }>;

  test("agree to 1e-12 in 1 425 two-sample rows", () => {
    const { tables } = fromCorpus<{ tables: Tables }>("ks-exact/ks-exact.json");
    let rows = 0;
    for (const name of Object.keys(tables).filter((table) => table.includes("twosample"))) {
      const { rows: given, exact_rational_as_binary64: exact } = tables[name]!;
      given.forEach(([n, m, gap], i) => {
        rows++;
        for (const [key, more, alternative] of [
          ["P(D>=d)", 0, "two-sided"],
          ["P(D>d)", 1, "two-sided"],
          ["P(D+>=d)", 0, "greater"],
          ["P(D+>d)", 1, "greater"],
        ] as const) {
          const expected = exact[i]![key];
          if (expected === undefined) continue;
          const actual = ksExact(Number(n), Number(m), Number(gap) + more, null, alternative);
          expect(off(actual, Number(expected)), `${name} ${n} ${m} ${gap} ${key}`).toBeLessThan(1e-12);
        }
      });
    }
    expect(rows).toBe(1425);
  });

  test("agree to 1e-12 in 2 408 one-sample rows, but where they are approximations", () => {
    const { tables } = fromCorpus<{ tables: Tables }>("ks-exact/ks-exact.json");
    const rows = Object.keys(tables).flatMap((name) => (name.includes("onesample") ? tables[name]!.rows : []));
    expect(rows.length).toBe(2408);
    const apart: number[] = [];
    for (const [d, n, twoSided, oneSided] of rows) {
      const [x, size, expected] = [Number(d), Number(n), Number(twoSided)];
      if (Number(oneSided) > 1e-300) expect(off(smirnovN.sf(x, size), Number(oneSided)), `${d}`).toBeLessThan(1e-12);
      const error = expected > 1e-300 ? off(kolmogorovN.sf(x, size), expected) : 0;
      if (error < 1e-12) continue;
      // Pelz and Good's expansion for n = 1000, and twice the one-sided law, in the program that made the rows
      expect(error, `${d}, ${n}`).toBeLessThan(size === 1000 ? 2e-6 : 1e-11);
      apart.push(x);
    }
    expect(apart.length).toBeLessThanOrEqual(121);
  });
});

describe("kolmogorovN against Durbin's matrix in 400-bit arithmetic", () => {
  test.each([
    [0.047023511755877934, 1000, 0.02324106187563939],
    [0.013006503251625811, 1000, 0.9951062106101327],
    [0.04302151075537768, 1000, 0.04793247059031563],
    [0.14336917562724014, 140, 0.00565263519126149],
    [0.17562724014336917, 140, 0.00030118039750298676],
  ])("at %d and %d, which Apache Commons approximates", (d, n, p) => {
    expect(off(kolmogorovN.sf(d, n), p)).toBeLessThan(5e-14);
  });

  test("both tails add up to 1 and meet the expansion where they end", () => {
    for (const n of [3, 40, 700, 3000]) {
      for (const z of [0.4, 0.8, 1.2, 1.9, 2.25]) {
        const d = z / Math.sqrt(n);
        expect(Math.abs(kolmogorovN.sf(d, n) + kolmogorovN.cdf(d, n) - 1)).toBeLessThan(1e-12);
        if (n > 500) expect(off(kolmogorovN.sf(d, n), kolmogorovN.sf(d, n + 1e-9))).toBeLessThan(1e-4);
      }
    }
  });
});

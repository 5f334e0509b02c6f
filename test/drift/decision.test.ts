/** The rules around verdicts: levels, dataset rules, weights, schedules, warnings, what a report records. */
import fc from "fast-check";
import { type ColumnReport, type CompareOptions, compare } from "smirnov";
import { describe, expect, it } from "vitest";
import { datasetVerdict } from "../../dist/drift/dataset.js";
import { decide, type Signals } from "../../dist/drift/decide.js";
import { comparisonsPerYear, decisionSettings } from "../../dist/drift/decision-options.js";
import { falseAlarmsOf } from "../../dist/drift/false-alarms.js";
import { warningsOf } from "../../dist/drift/warnings.js";
import { column, driftedColumn, unjudged } from "../render/fixture.ts";
import { normals, uniforms } from "./samples.ts";

const share = { datasetRule: "share", share: 0.5, weights: null } as const;

describe("a dataset's verdict", () => {
  const columns = [driftedColumn("a"), column("b"), column("c"), unjudged("d", "empty", "no values")];

  it("is by the share of judged columns", () => {
    expect(datasetVerdict(columns, share)).toMatchObject({
      ...{ drifted: false, rule: "share", share: 1 / 3, threshold: 0.5, columns: 4, judged: 3, driftedColumns: 1 },
      reason: "1 of 3 judged columns drifted, 33.3 % < 50 %; 1 not judged",
    });
    expect(datasetVerdict(columns, { ...share, share: 0.3 }).drifted).toBe(true);
  });

  it("is by any column that drifted", () => {
    const any = { ...share, datasetRule: "any" } as const;
    expect(datasetVerdict(columns, any)).toMatchObject({
      ...{ drifted: true, rule: "any", threshold: null },
      reason: "1 of 3 judged columns drifted; 1 not judged",
    });
    expect(datasetVerdict([column("b")], any).drifted).toBe(false);
    expect(datasetVerdict([], any)).toMatchObject({ drifted: false, share: null });
  });

  it("is by weights, 1 where none is given", () => {
    const verdict = datasetVerdict(columns, { ...share, weights: { a: 2, d: 100 } });
    expect(verdict).toMatchObject({ drifted: true, rule: "weighted-share", share: 0.5, driftedColumns: 1 });
    expect(verdict.reason).toBe("1 of 3 judged columns drifted, 50 % of the weights ≥ 50 %; 1 not judged");
    expect(datasetVerdict(columns, { ...share, weights: { a: 0 } }).share).toBe(0);
    expect(datasetVerdict(columns, { ...share, weights: { a: 0, b: 0, c: 0 } })).toMatchObject({
      ...{ drifted: false, share: null },
      reason: "1 of 3 judged columns drifted, but none of them has a weight; 1 not judged",
    });
  });

  it("is by weights of any size", () => {
    expect(datasetVerdict(columns, { ...share, weights: { a: 1e308, b: 1e308, c: 1e308 } }).share).toBeCloseTo(
      1 / 3,
      15,
    );
    expect(datasetVerdict(columns, { ...share, weights: { a: 5e-324, b: 0, c: 0 } }).share).toBe(1);
  });

  it("shows as many digits as it takes to see on which side of the threshold a share lies", () => {
    const verdict = datasetVerdict(columns, { ...share, weights: { a: 0.49996, b: 0.25002, c: 0.25002 } });
    expect(verdict.reason).toContain(", 49.996 % of the weights < 50 %;");
  });

  it("says so where columns that profiles leave open could change it", () => {
    const open = (name: string) =>
      column(name, { severity: "unresolved", exact: false, bounds: { adjustedPValue: [0, 1] } });
    const reports = [driftedColumn("a"), column("b"), open("c"), column("d")];
    const told = "; with 1 left open by profiles it may be drift";
    expect(datasetVerdict(reports, share)).toMatchObject({ drifted: false });
    expect(datasetVerdict(reports, share).reason).toMatch(told);
    expect(datasetVerdict([...reports, column("e")], share).reason).not.toMatch("profiles");
    expect(datasetVerdict([driftedColumn("f"), driftedColumn("g"), ...reports], share).reason).not.toMatch("profiles");
    expect(datasetVerdict([column("b"), open("c")], { ...share, datasetRule: "any" }).reason).toMatch(told);
    const resampled = column("c", { severity: "unresolved" });
    expect(datasetVerdict([driftedColumn("a"), resampled], { ...share, share: 0.9 }).reason).not.toMatch("profiles");
  });

  it("does not depend on the unit of weights or the order of columns", () => {
    const severity = fc.constantFrom("none", "possible", "drift" as const);
    const judged = fc.array(fc.tuple(severity, fc.integer({ min: 0, max: 20 })), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        judged,
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (list, unit, enough) => {
          const reports = list.map(([severity], k) =>
            column(`c${k}`, { severity: severity as ColumnReport["severity"] }),
          );
          const weights = (factor: number) =>
            Object.fromEntries(list.map(([, weight], k) => [`c${k}`, weight * factor]));
          const plain = datasetVerdict(reports, { ...share, share: enough, weights: weights(1) });
          const scaled = datasetVerdict([...reports].reverse(), { ...share, share: enough, weights: weights(unit) });
          expect(scaled.drifted).toBe(plain.drifted);
          expect(scaled.share ?? -1).toBeCloseTo(plain.share ?? -1, 12);
        },
      ),
    );
  });
});

describe("verdicts of columns", () => {
  const levels = { level: 0.005, possibleLevel: 0.05, correction: "bh" } as const;
  const signals = (pValue: number | null, value: number | null, resolution?: number): Signals => ({
    value: {
      ...{ statistic: null, pValue, effects: [{ name: "any", value, threshold: 0.5 }], status: "ok" as const },
      ...(resolution !== undefined && { resolution }),
    },
    availability: null,
    level: undefined,
  });
  const pValue = fc.option(
    fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1e-300, 1e-4, 0.005)),
  );
  const column = fc.tuple(pValue, fc.double({ min: 0, max: 2, noNaN: true })).map(([p, value]) => signals(p, value));
  const correction = fc.constantFrom("bh", "by", "holm", "bonferroni" as const);
  const rank = { none: 0, unresolved: 1, possible: 2, drift: 3 };

  it("do not depend on the order of columns", () => {
    fc.assert(
      fc.property(fc.array(column, { maxLength: 15 }), correction, (columns, correction) => {
        const settings = { ...levels, correction: correction as "bh" };
        const plain = decide(columns, settings).map(({ severity, adjustedPValue }) => ({ severity, adjustedPValue }));
        const turned = decide([...columns].reverse(), settings).map(({ severity, adjustedPValue }) => ({
          severity,
          adjustedPValue,
        }));
        expect(turned.reverse()).toEqual(plain);
      }),
    );
  });

  it("do not become worse by another column that has not changed", () => {
    fc.assert(
      fc.property(fc.array(column, { maxLength: 15 }), correction, (columns, correction) => {
        const settings = { ...levels, correction: correction as "bh" };
        const before = decide(columns, settings);
        const after = decide([...columns, signals(1, 0)], settings);
        for (const [k, { severity }] of before.entries()) {
          expect(rank[after[k]!.severity]).toBeLessThanOrEqual(rank[severity]);
        }
        expect(after.at(-1)!.severity).toBe("none");
      }),
    );
  });

  it("do not become worse by stricter levels or corrections", () => {
    fc.assert(
      fc.property(fc.array(column, { maxLength: 15 }), (columns) => {
        const of = (changes: object) =>
          decide(columns, { ...levels, ...changes }).map(({ severity }) => rank[severity]);
        const plain = of({});
        const strict = of({ level: 0.001 });
        const bonferroni = of({ correction: "bonferroni" });
        for (const [k, severity] of plain.entries()) {
          expect(strict[k]).toBeLessThanOrEqual(severity);
          expect(bonferroni[k]).toBeLessThanOrEqual(severity);
        }
      }),
    );
  });

  it("are unresolved where a resampled p-value is as small as it can be and that is not enough", () => {
    const floor = 1 / 1000;
    const many = [signals(floor, 0.9, floor), ...Array.from({ length: 99 }, () => signals(0.5, 0.1))];
    const [unresolved] = decide(many, levels);
    expect(unresolved).toMatchObject({ severity: "unresolved" });
    expect(unresolved!.reason).toBe(
      "any 0.9 ≥ 0.5, but resampled p-values cannot be below 0.001, 0.1 after correction: more than 0.005",
    );
    // Some relabellings reached the statistic: that is an answer.
    expect(decide([signals(2 * floor, 0.9, floor), ...many.slice(1)], levels)[0]!.severity).toBe("none");
    expect(decide([signals(floor, 0.4, floor), ...many.slice(1)], levels)[0]!.severity).toBe("none");
    expect(decide([signals(floor, 0.9, floor)], levels)[0]!.severity).toBe("drift");
    const few = [signals(floor, 0.9, floor), ...many.slice(1, 20)];
    expect(decide(few, levels)[0]).toMatchObject({
      severity: "possible",
      reason: expect.stringContaining("cannot be below"),
    });
  });
});

describe("expected false alarms", () => {
  const tested = (level?: number) => ({ column: "a", pValue: 0.3, level });

  it("are at most the level a comparison, and so many a year", () => {
    expect(falseAlarmsOf([[tested()]], { level: 0.005, schedule: null })).toEqual({
      ...{ perComparison: 0.005, perYear: null, comparisonsPerYear: null },
      reason: "at most 0.5 % of comparisons of unchanged tables call any column drifted",
    });
    const daily = falseAlarmsOf([[tested()]], { level: 0.005, schedule: { perDay: 24 } });
    expect(daily).toMatchObject({ perComparison: 0.005, comparisonsPerYear: 8766 });
    expect(daily.perYear).toBeCloseTo(43.83, 10);
    expect(daily.reason).toContain(": 43.8 of 8,766 a year");
  });

  it("are by the highest level of a column", () => {
    expect(falseAlarmsOf([[tested(), tested(0.1), tested(0.01)]], { level: 0.005, schedule: null }).perComparison).toBe(
      0.1,
    );
  });

  it("have no bound where an effect alone decides, or nothing was tested", () => {
    const alone = { column: "b", pValue: null, level: undefined };
    expect(falseAlarmsOf([[tested(), alone]], { level: 0.005, schedule: { perYear: 2 } })).toEqual({
      ...{ perComparison: null, perYear: null, comparisonsPerYear: 2 },
      reason: "false alarms have no bound: b is judged by its effect alone",
    });
    expect(falseAlarmsOf([[]], { level: 0.005, schedule: null }).perComparison).toBeNull();
  });

  it("are told of schedules of any length", () => {
    const reason = (schedule: object) => falseAlarmsOf([[tested()]], { level: 0.005, schedule }).reason;
    expect(reason({ perYear: 0.5 })).toMatch(/: 0\.0025 of 0\.5 a year$/);
    expect(reason({ perHour: 60 })).toMatch(/: 2630 of 525,960 a year$/);
  });

  it("add up over families, and say when p-values are in doubt", () => {
    const found = falseAlarmsOf([[tested()], [tested(0.01), { ...tested(), doubtful: true }]], {
      level: 0.005,
      schedule: null,
    });
    expect(found.perComparison).toBeCloseTo(0.015, 15);
    expect(found.reason).toBe(
      "were all p-values valid, at most 1.5 % of comparisons of unchanged tables call any column drifted, " +
        "as a whole or in a segment",
    );
    expect(falseAlarmsOf([[tested()], []], { level: 0.005, schedule: null }).perComparison).toBe(0.005);
  });

  it("are kept: unchanged tables are called drifted no more often than they say", async () => {
    let alarms = 0;
    const repetitions = 60;
    for (let k = 0; k < repetitions; k++) {
      const table = (rows: number, seed: number) =>
        Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`c${at}`, normals(rows, 100 * seed + at, 0, 1)]));
      const report = await compare(table(600, 2 * k + 1), table(60, 2 * k + 2), { level: 0.1, datasetRule: "any" });
      expect(report.falseAlarms.perComparison).toBe(0.1);
      if (report.dataset.drifted) alarms++;
    }
    // Binomial(60, 0.1) exceeds 14 in 1 of 1 000 cases.
    expect(alarms).toBeLessThanOrEqual(14);
  });

  it("know the units of a schedule", () => {
    expect(comparisonsPerYear({ perHour: 1 })).toBe(8766);
    expect(comparisonsPerYear({ perWeek: 7 })).toBe(365.25);
    expect(comparisonsPerYear({ perMonth: 2 })).toBe(24);
    expect(() => comparisonsPerYear({})).toThrow(TypeError);
    expect(() => comparisonsPerYear({ perDay: 1, perYear: 1 })).toThrow(TypeError);
    expect(() => comparisonsPerYear({ perDay: 0 })).toThrow(RangeError);
    expect(() => comparisonsPerYear({ perDay: Infinity })).toThrow(RangeError);
    expect(() => comparisonsPerYear({ perFortnight: 1 } as never)).toThrow('there is no option "perFortnight"');
    expect(() => comparisonsPerYear(5 as never)).toThrow(TypeError);
  });
});

describe("warnings", () => {
  it("tell of a reference that is not several times larger than the window", () => {
    const rows = { reference: 2000, current: 1000 };
    expect(warningsOf({ rows }, [column("a")])).toEqual([
      "the reference (2,000 rows) is not several times larger than the current side (1,000): what chance did to it, " +
        "every comparison with it will see again",
    ]);
    expect(warningsOf({ rows: { reference: 3000, current: 1000 } }, [column("a")])).toEqual([]);
    expect(warningsOf({ rows }, [unjudged("a", "empty", "")])).toEqual([]);
  });

  it("leave no gap where a column has no name", () => {
    const rows = { reference: 10, current: 1 };
    expect(warningsOf({ rows }, [column("", { warnings: ["too small"] })])).toEqual(['"": too small']);
  });

  it("of columns are summed up by what they say", () => {
    const warned = Array.from({ length: 7 }, (_, k) => column(`c${k}`, { warnings: ["too small"] }));
    const rows = { reference: 10, current: 1 };
    expect(warningsOf({ rows }, warned)).toEqual(["c0, c1, c2, c3, c4 and 2 more columns: too small"]);
    expect(warningsOf({ rows }, warned.slice(0, 1))).toEqual(["c0: too small"]);
  });
});

describe("the options of a decision", () => {
  const one = { a: normals(50, 1, 0, 1), b: normals(50, 2, 0, 1) };

  it("are recorded with the methods and thresholds, as plain data", async () => {
    const options: CompareOptions = {
      level: 0.01,
      correction: "holm",
      weights: { a: 3 },
      schedule: { perDay: 1 },
      datasetRule: "any",
      method: "ks",
      methods: { b: "t-test" },
      thresholds: { a: 0.02 },
      temporal: true,
      minimumValues: 5,
    };
    const report = await compare(one, one, options);
    expect(report.settings).toEqual({
      preset: null,
      ...options,
      ...{ possibleLevel: 0.05, share: 0.5, clusterBy: null, blocks: null, learned: null },
    });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(structuredClone(report)).toEqual(report);
  });

  it("may say that there is no preset", async () => {
    const plain = await compare(one, one);
    expect(await compare(one, one, { preset: undefined })).toEqual(plain);
    expect(await compare(one, one, { preset: null })).toEqual(plain);
  });

  it("raise the possible level with the level", () => {
    expect(decisionSettings({ level: 0.1 }, []).possibleLevel).toBe(0.1);
    expect(decisionSettings({}, [])).toMatchObject({ level: 0.005, possibleLevel: 0.05 });
  });

  it("decide: the same columns are drift, possible or nothing by their levels", async () => {
    const [x, y] = [normals(400, 1, 0, 1), normals(100, 2, 0.35, 1)];
    const severity = async (options: object) => (await compare({ x }, { x: y }, options)).columns.x!.severity;
    const { pValue } = (await compare({ x }, { x: y })).columns.x!;
    expect(pValue).toBeGreaterThan(1e-6);
    expect(await severity({ level: pValue! * 1.01 })).toBe("drift");
    expect(await severity({ level: pValue! / 2, possibleLevel: pValue! * 1.01 })).toBe("possible");
    expect(await severity({ level: pValue! / 4, possibleLevel: pValue! / 2 })).toBe("none");
  });

  it.each([
    [{ level: 0 }, RangeError, "level must lie between 0 and 1, got 0"],
    [{ level: "0.1" }, TypeError, 'level must be a number, got "0.1"'],
    [{ possibleLevel: 0.001 }, RangeError, "possibleLevel must be at least the level 0.005, got 0.001"],
    [{ datasetRule: "all" }, RangeError, "datasetRule must be share or any"],
    [{ weights: { c: 1 } }, RangeError, 'weights names "c", no such column'],
    [{ weights: { a: -1 } }, RangeError, "the weight of a must be at least 0, got -1"],
    [{ weights: { a: "1" } }, TypeError, "the weight of a must be a number"],
    [{ weights: [1] }, TypeError, "weights must be an object, got an array"],
    [{ threshold: Infinity }, RangeError, "threshold must be finite, got Infinity"],
    [{ thresholds: { a: NaN } }, RangeError, "threshold for a must be at least 0, got NaN"],
    [{ minimumValues: Infinity }, RangeError, "minimumValues must be at least 1, got Infinity"],
    [{ minimumValues: "5" }, TypeError, 'minimumValues must be a number, got "5"'],
    [{ share: "0.5" }, TypeError, 'share must be a number, got "0.5"'],
    [{ temporal: "yes" }, TypeError, 'temporal must be true or false, got "yes"'],
    [{ onProgress: 5 }, TypeError, "onProgress must be a function, got 5"],
    [{ signal: {} }, TypeError, "signal must be an AbortSignal, got an object"],
    [{ preset: "x" }, RangeError, 'preset must be evidently, got "x"'],
    [{ correlations: { threshold: Infinity } }, RangeError, "threshold must be finite, got Infinity"],
    [
      { learned: { format: 1, columns: { a: { ks: { threshold: Infinity } } } } },
      TypeError,
      "learned needs a threshold of ks of a, got Infinity",
    ],
    [{ schedule: { perDay: -1 } }, RangeError, "schedule needs a number of comparisons above 0, got -1"],
  ])("are refused in words: %j", async (options, kind, message) => {
    await expect(compare(one, one, options as never)).rejects.toThrow(kind);
    await expect(compare(one, one, options as never)).rejects.toThrow(message);
  });
});

describe("reports", () => {
  const table = (rows: number, seed: number, by = 0) => ({
    a: normals(rows, seed, by, 1),
    b: uniforms(rows, seed + 1).map((value) => (value < 0.3 + by / 4 ? "x" : value < 0.6 ? "y" : "z")),
    c: normals(rows, seed + 2, 0, 1 + by).map((value, row) => (row % 10 < 5 * by ? null : value)),
  });

  it("do not depend on the order of columns", async () => {
    const [before, after] = [table(800, 1), table(300, 10, 0.5)];
    const turned = (record: object) => Object.fromEntries(Object.entries(record).reverse());
    const plain = await compare(before, after);
    const other = await compare(turned(before), turned(after));
    expect(other.columns).toEqual(plain.columns);
    expect(other.dataset).toEqual(plain.dataset);
  });

  it("keep severities when sides are swapped, where effects have no unit of one side", async () => {
    for (let seed = 1; seed < 30; seed++) {
      const [before, after] = [table(300, 10 * seed), table(300, 10 * seed + 5, (seed % 5) / 10)];
      const options = { methods: { a: "ks", c: "ks" } };
      const there = await compare(before, after, options);
      const back = await compare(after, before, options);
      for (const name of ["a", "b", "c"]) expect(back.columns[name]!.severity).toBe(there.columns[name]!.severity);
    }
  });
});

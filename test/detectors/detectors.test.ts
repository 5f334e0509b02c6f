/** What all detectors have in common: names, options, states, refusals. */
import { readFileSync } from "node:fs";
import {
  adwin,
  cusum,
  type Detector,
  type DetectorName,
  type DetectorState,
  ddm,
  detector,
  detectors,
  eddm,
  hddmA,
  kswin,
  restoreDetector,
} from "smirnov/monitor";
import { describe, expect, it } from "vitest";
import { seeded, type Words } from "../../dist/detectors/draws.js";
import { type Stream, scoreOf, valuesOf } from "./streams.ts";

/** Several settings of each, so that every branch of a state is met. */
const settings: { readonly [name in DetectorName]: readonly object[] } = {
  adwin: [{}, { clock: 1, variant: "river" }, { low: -10, high: 10, maxBuckets: 2 }],
  pageHinkley: [{}, { threshold: 8 }, { falseAlarmEvery: 200 }, { warmUp: 50, threshold: 6 }],
  cusum: [{}, { falseAlarmEvery: 200, direction: "down" }, { warmUp: 40, k: 0.25 }],
  ewma: [{}, { falseAlarmEvery: 200, lambda: 0.05 }, { warmUp: 40 }],
  shewhart: [{}, { falseAlarmEvery: 50, direction: "up" }, { warmUp: 40 }],
  kswin: [{}, { seed: 5, windowSize: 60, statSize: 25, alpha: 0.05 }, { variant: "river", alpha: 0.05 }],
  ddm: [{}, { driftThreshold: 2 }],
  eddm: [{}, { variant: "river", alpha: 0.99, beta: 0.95 }],
  hddmA: [{}, { direction: "both", warningConfidence: 0.1, driftConfidence: 0.05 }],
  hddmW: [{}, { direction: "both", variant: "river" }, { direction: "down", low: 0, high: 1.1 }],
  incrementalKs: [{}, { against: "previous", windowSize: 40, alpha: 0.01 }, { windowSize: 30, referenceSize: 77 }],
};

const scores: Stream = {
  name: "scores",
  seed: 21,
  parts: [
    { kind: "normal", length: 700, from: 0, to: 0, scale: 1 },
    { kind: "normal", length: 500, from: 1.5, to: 1.5, scale: 1 },
    { kind: "normal", length: 500, from: 1.5, to: -1, scale: 2 },
  ],
};
const errors: Stream = {
  name: "errors",
  seed: 22,
  parts: [
    { kind: "errors", length: 800, from: 0.1, to: 0.1, scale: 1 },
    { kind: "errors", length: 900, from: 0.4, to: 0.4, scale: 1 },
    { kind: "errors", length: 400, from: 0.02, to: 0.02, scale: 1 },
  ],
};

const isShare = (name: string) =>
  detectors.some((one) => one.name === name && one.takes === "errors") || /^hddm/.test(name);
const streamOf = (name: string) => valuesOf(isShare(name) ? errors : scores);
const throughJson = (state: DetectorState): DetectorState => JSON.parse(JSON.stringify(state));
/** A copy with another value in one place. */
function replaced(whole: object, part: string, value: unknown): unknown {
  const copy = structuredClone(whole) as { [part: string]: unknown };
  copy[part] = value;
  return copy;
}

const cases = Object.entries(settings).flatMap(([name, all]) => all.map((options) => ({ name, options })));

describe.each(cases)("$name with $options", ({ name, options }) => {
  it("goes on from a state that went through JSON as if nothing had happened, from any value on", () => {
    const values = streamOf(name);
    const whole = detector(name, { ...options });
    let pieces: Detector = detector(name, { ...options });
    const found = new Set<string>();
    for (const [k, value] of values.entries()) {
      const status = whole.update(value);
      found.add(status);
      if (k % 37 < 2 || status === "drift" || k < 5) {
        pieces = restoreDetector(throughJson(pieces.state()));
        expect(pieces.name).toBe(name);
      }
      expect(pieces.update(value), `value ${k}`).toBe(status);
      if (k % 50 === 0 || status === "drift") expect(throughJson(pieces.state())).toEqual(throughJson(whole.state()));
    }
    expect([...found]).toContain("drift");
  });

  it("has states of plain data, which later values do not change", () => {
    const one = detector(name, { ...options });
    for (const [k, value] of streamOf(name).entries()) {
      const before = one.state();
      if (k % 100 !== 0) {
        one.update(value);
        continue;
      }
      const text = JSON.stringify(before);
      expect(JSON.parse(text)).toEqual(before);
      expect(structuredClone(before)).toEqual(before);
      one.update(value);
      expect(JSON.stringify(before)).toBe(text);
    }
  });

  it("refuses what is no finite number, by its name, and is as it was", () => {
    const one = detector(name, { ...options });
    for (const value of streamOf(name).slice(0, 120)) one.update(value);
    const before = one.state();
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e101]) {
      expect(() => one.update(value)).toThrow(RangeError);
      expect(() => one.update(value)).toThrow(`${name}: a value must be `);
    }
    for (const value of ["1", null, undefined, true, [1], 1n] as unknown as number[]) {
      expect(() => one.update(value)).toThrow(TypeError);
    }
    expect(one.state()).toEqual(before);
  });

  it("refuses states with numbers that it never has, or goes on with numbers from them", () => {
    const one = detector(name, { ...options });
    const values = streamOf(name);
    for (const value of values.slice(0, 300)) one.update(value);
    const state = throughJson(one.state());
    const wrong = [null, -1, 0, 0.5, 1.5, 1e308, -1e308, 5e-324, 1e100, 2 ** 53, [], [-1], [0, 0], [1e308, 1e308]];
    const changed = wrong.flatMap((value) => [
      ...Object.keys(state).map((field) => ({ ...state, [field]: value })),
      ...Object.entries(state).flatMap(([field, own]) =>
        typeof own === "object" && own !== null && !["options", "detector"].includes(field)
          ? Object.keys(own)
              .slice(0, 5)
              .map((part) => ({ ...state, [field]: replaced(own, part, value) }))
          : [],
      ),
    ]) as DetectorState[];
    for (const hostile of changed) {
      let restored: Detector;
      try {
        restored = restoreDetector(hostile);
      } catch (error) {
        expect((error as Error).message).toMatch(/^restoreDetector: /);
        continue;
      }
      for (const value of values.slice(300, 400))
        expect(["stable", "warning", "drift"]).toContain(restored.update(value));
      const after = restored.state();
      expect(throughJson(after)).toEqual(after);
    }
  });

  it("refuses states that are damaged", () => {
    const one = detector(name, { ...options });
    for (const value of streamOf(name).slice(0, 300)) one.update(value);
    const state = throughJson(one.state());
    for (const field of Object.keys(state)) {
      for (const wrong of [undefined, "x", { a: 1 }, [[]]]) {
        expect(() => restoreDetector({ ...state, [field]: wrong } as DetectorState), `${field}: ${wrong}`).toThrow(
          /^(restoreDetector|\w+): /,
        );
      }
    }
    for (const option of Object.keys(state.options)) {
      const { [option]: _, ...others } = state.options;
      expect(() => restoreDetector({ ...state, options: others })).toThrow(`this one no ${option}`);
    }
  });
});

describe("states", () => {
  it("stay small over 100 000 values", () => {
    const most = { adwin: 8000, kswin: 3000, incrementalKs: 6000 } as const;
    for (const { name } of detectors) {
      const one = detector(name);
      const words: Words = seeded(99);
      for (let k = 0; k < 1e5; k++) one.update(isShare(name) ? Number(scoreOf(words) > 1) : scoreOf(words));
      const bound = most[name as keyof typeof most] ?? 800;
      expect(JSON.stringify(one.state()).length, name).toBeLessThan(bound);
    }
  });

  it("survive the largest values that are taken", () => {
    for (const { name, takes } of detectors.filter(({ takes }) => takes !== "errors")) {
      const one = detector(name);
      const [low, high] = takes === "bounded" && name !== "adwin" ? [0, 1] : [-1e100, 1e100];
      for (let k = 0; k < 1000; k++) one.update(k % 7 < 3 ? low : high);
      expect(JSON.parse(JSON.stringify(one.state())), name).toEqual(one.state());
    }
  });

  it("are refused with an option that is null where a number is needed", () => {
    const state = throughJson(cusum({ falseAlarmEvery: 500 }).state());
    const damaged = { ...state, options: { ...state.options, h: null } };
    expect(() => restoreDetector(damaged)).toThrow(
      "restoreDetector: cusum: a state has all options, and this one no h",
    );
  });

  it("are refused where a window's sum is not that of its buckets", () => {
    const one = adwin();
    for (const value of streamOf("adwin")) one.update(value);
    const state = one.state();
    expect(() => restoreDetector({ ...state, total: state.total + 50 })).toThrow("adwin: a state has no total such as");
    expect(() => restoreDetector({ ...state, counts: [...state.counts, 0] })).toThrow("a state has no counts");
  });

  it("are named by their detector, and refused when there is none of that name", () => {
    expect(() => restoreDetector({ detector: "adwim", options: {} })).toThrow('did you mean "adwin"?');
    expect(() => restoreDetector(null as never)).toThrow("restoreDetector: a state must be an object, got null");
    expect(() => restoreDetector({} as never)).toThrow("restoreDetector: a detector's name must be a string");
  });

  it("do not hold a random generator that was given, which is given again", () => {
    const random = () => 0.25;
    const one = kswin({ random, windowSize: 20, statSize: 8 });
    for (let k = 0; k < 50; k++) one.update(k % 5);
    const state = throughJson(one.state());
    expect(() => restoreDetector(state)).toThrow("random was given, and is needed again");
    const again = restoreDetector(state, { random });
    for (let k = 50; k < 200; k++) expect(again.update(k % 9)).toBe(one.update(k % 9));
  });
});

describe("docs/detectors.md", () => {
  const page = readFileSync(new URL("../../docs/detectors.md", import.meta.url), "utf8");
  const rows = page.slice(page.indexOf("## Options"), page.indexOf("## A stated")).split("\n");

  it("names every detector, and in its row every option with its default", () => {
    for (const { name, options } of detectors) {
      const row = rows.find((line) => line.startsWith(`| \`${name}\` |`));
      const shared = name === "hddmW" ? rows.find((line) => line.startsWith("| `hddmA` |")) : "";
      expect(page, name).toContain(`\`${name}\``);
      for (const [option, rule] of Object.entries(options)) {
        const usual = rule.default === null ? "" : ` ${JSON.stringify(rule.default)}`;
        expect(`${row}${shared}`, `${name}: ${option}`).toContain(`\`${option}\`${usual}`);
      }
    }
  });
});

describe("detector", () => {
  it("makes each by its name, and from a configuration's object", () => {
    expect(detectors.map(({ name }) => name)).toEqual(Object.keys(settings));
    for (const { name, options } of cases) {
      expect(detector({ detector: name, ...options }).state()).toEqual(detector(name, { ...options }).state());
    }
    expect(detector("cusum", { k: 1 }).state()).toEqual(cusum({ k: 1 }).state());
  });

  it("refuses names and options that there are not, with what was meant", () => {
    expect(() => detector("pageHinkly")).toThrow(
      /^detector: there is no detector "pageHinkly", but adwin, .*; did you mean "pageHinkley"\?$/,
    );
    expect(() => detector("toString")).toThrow("there is no detector");
    expect(() => detector(7 as never)).toThrow("detector: a detector's name must be a string, got 7");
    expect(() => adwin({ dleta: 0.1 } as never)).toThrow(
      /^adwin: there is no option "dleta", .*did you mean "delta"\?$/,
    );
    expect(() => adwin(null as never)).toThrow("adwin: options must be an object, got null");
    expect(() => detector("ddm", [] as never)).toThrow(TypeError);
  });

  it("tells of all options what they are, and takes their bounds and nothing beyond", () => {
    for (const { name, options } of detectors) {
      for (const [option, rule] of Object.entries(options)) {
        expect(rule.words, `${name}: ${option}`).toMatch(/^\S.*[^.]$/);
        const wrong =
          rule.kind === "one of"
            ? ["x", 1]
            : rule.kind === "numbers"
              ? [1, ["x"]]
              : rule.kind === "function"
                ? [1]
                : [];
        for (const value of wrong)
          expect(() => detector(name, { [option]: value })).toThrow(`${name}: ${option} must be `);
        if (rule.kind !== "number" && rule.kind !== "whole number") continue;
        const beyond = [rule.least - 1 - Math.abs(rule.least), rule.most * 2 + 1, Number.NaN, "1", true];
        if (rule.kind === "whole number") beyond.push(rule.least + 0.5);
        if (rule.open === "least" || rule.open === "both") beyond.push(rule.least);
        if (rule.open === "most" || rule.open === "both") beyond.push(rule.most);
        for (const value of beyond) {
          expect(() => detector(name, { [option]: value }), `${name}: ${option} ${value}`).toThrow(
            `${name}: ${option} must be `,
          );
        }
      }
    }
  });

  it("refuses options that exclude each other", () => {
    expect(() => cusum({ h: 4, falseAlarmEvery: 100 })).toThrow("cusum: h and falseAlarmEvery exclude each other");
    expect(() => cusum({ warmUp: 10, mean: 3 })).toThrow("cusum: warmUp estimates the mean, which is given too");
    expect(() => cusum({ warmUp: 1 })).toThrow("at least 2 values");
    expect(() => detector("pageHinkley", { alpha: 0.9, mean: 0 })).toThrow("alpha belongs to a running mean");
    expect(() => eddm({ alpha: 0.5, beta: 0.6 })).toThrow("eddm: alpha must be at least beta");
    expect(() => hddmA({ driftConfidence: 0.1 })).toThrow("driftConfidence must be at most warningConfidence");
    expect(() => adwin({ low: 3 })).toThrow("adwin: low and high are given together");
    expect(() => adwin({ low: 3, high: 3 })).toThrow("adwin: low must be less than high");
    expect(() => kswin({ windowSize: 50, statSize: 30 })).toThrow("kswin: windowSize must be at least twice statSize");
    expect(() => kswin({ statSize: 3, alpha: 0.001 })).toThrow("can never differ");
    expect(() => ddm().update(0.5)).toThrow("ddm: a value must be 0 or 1, got 0.5");
    expect(() => hddmA().update(1.5)).toThrow("hddmA: a value must be a number from 0 to 1, got 1.5");
  });
});

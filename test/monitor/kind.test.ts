import { readFileSync } from "node:fs";
import { type DriftKind, type DriftKindOptions, driftKind } from "smirnov/monitor";
import { describe, expect, it } from "vitest";
import { normals, sample } from "../../bench/data.js";
import { draw, kinds } from "../../bench/kinds/generator.js";

interface Case {
  readonly name: string;
  readonly scores: readonly (number | null)[];
  readonly options: DriftKindOptions;
  readonly probabilities: DriftKind["probabilities"];
  readonly step: { readonly onset: number; readonly amplitude: number };
}

const { cases } = JSON.parse(readFileSync(new URL("../oracle/kinds/drift-kind.json", import.meta.url), "utf8")) as {
  cases: Case[];
};

/** Noise with an amplitude times a template. */
function history(windows: number, valueAt: (t: number) => number, seed = 1): number[] {
  return Array.from(sample(windows, normals(seed)), (z, t) => z + valueAt(t));
}

const step = (onset: number, amplitude: number) => (t: number) => (t >= onset ? amplitude : 0);
const ramp = (onset: number, width: number, amplitude: number) => (t: number) =>
  amplitude * Math.min(1, Math.max(0, (t - onset + 1) / width));
const stretch = (onset: number, duration: number, amplitude: number) => (t: number) =>
  t >= onset && t < onset + duration ? amplitude : 0;
const wave = (period: number, amplitude: number) => (t: number) =>
  (amplitude * (1 + Math.cos((2 * Math.PI * t) / period))) / 2;

describe("driftKind agrees with dense covariances and numerical integration", () => {
  for (const { name, scores, options, probabilities, step: expected } of cases) {
    it(name, () => {
      const found = driftKind(scores, options);
      for (const [kind, probability] of Object.entries(probabilities)) {
        expect(found.probabilities[kind as keyof typeof probabilities], kind).toBeCloseTo(probability, 7);
      }
      if (found.kind !== "instantaneous") return;
      expect(found.onset).toBe(expected.onset);
      expect(found.amplitude).toBeCloseTo(expected.amplitude, 2);
    });
  }
});

describe("driftKind", () => {
  it("calls noise none, with nothing else to tell", () => {
    expect(driftKind(history(80, () => 0))).toMatchObject({
      kind: "none",
      onset: null,
      width: null,
      duration: null,
      period: null,
      amplitude: null,
      windows: 80,
      words: "no drift",
    });
  });

  it("finds a step where it is", () => {
    const found = driftKind(history(80, step(41, 5)));
    expect(found).toMatchObject({ kind: "instantaneous", onset: 41, width: 0, duration: null, period: null });
    expect(found.amplitude).toBeCloseTo(5, 0);
    expect(found.words).toBe(`rose at once at window 41, to ${found.amplitude!.toFixed(1)} σ`);
  });

  it("finds a ramp, its width, and the level it reached", () => {
    const found = driftKind(history(80, ramp(31, 20, 6)));
    expect(found).toMatchObject({ kind: "gradual", duration: null, period: null });
    expect(Math.abs(found.onset! - 31)).toBeLessThanOrEqual(3);
    expect(Math.abs(found.width! - 20)).toBeLessThanOrEqual(5);
    expect(Math.abs(found.amplitude! - 6)).toBeLessThan(0.7);
    expect(found.words).toMatch(/^rose gradually over about \d+ windows from window \d+ on, to \d\.\d σ$/);
  });

  it("tells of a ramp that goes on how far it came, not how far it may go", () => {
    const found = driftKind(history(80, ramp(50, 60, 12)));
    expect(found.kind).toBe("gradual");
    expect(found.onset! + found.width!).toBe(80);
    expect(Math.abs(found.amplitude! - 6)).toBeLessThan(1.2);
    expect(found.words).toMatch(/^rose gradually from window \d+ on, to \d\.\d σ so far$/);
  });

  it("finds a stretch that is over", () => {
    const found = driftKind(history(80, stretch(30, 7, 5)));
    expect(found).toMatchObject({ kind: "temporary", onset: 30, duration: 7, width: null, period: null });
    expect(found.words).toMatch(/^rose to \d\.\d σ for 7 windows from window 30 on, and came back$/);
  });

  it("finds rhythms of cosines and squares, and their period", () => {
    expect(driftKind(history(80, wave(12, 4)))).toMatchObject({ kind: "periodic", period: 12, onset: 0, width: null });
    const nights = driftKind(history(80, (t) => (t % 24 < 6 ? 4 : 0)));
    expect(nights).toMatchObject({ kind: "periodic", period: 24 });
    expect(nights.words).toMatch(/^comes and goes every 24 windows from window 0 on, up to \d\.\d σ$/);
  });

  it("finds a rhythm that began late, and where", () => {
    const found = driftKind(history(160, (t) => (t >= 60 && t % 10 < 5 ? 4 : 0)));
    expect(found).toMatchObject({ kind: "periodic", period: 10, onset: 60 });
  });

  it("is undecided where no kind is as likely as it must be, and says which are", () => {
    const found = driftKind(history(24, step(21, 4)), { confidence: 0.99 });
    expect(found).toMatchObject({ kind: "undecided", onset: null, amplitude: null });
    expect(found.confidence).toBeCloseTo(1 - found.probabilities.none, 12);
    expect(found.words).toMatch(/^changed, and it is open how: gradual \d+ %, instantaneous \d+ %$/);
  });

  it("tells the likeliest of the five, and none where it is that, however unlikely", () => {
    for (let seed = 1; seed < 300; seed++) {
      const found = driftKind(history(12, step(8, 1.2), seed));
      const most = Math.max(...Object.values(found.probabilities));
      expect(found.kind === "none").toBe(found.probabilities.none === most);
      if (found.kind === "none") expect(found.confidence).toBe(most);
      else if (found.kind !== "undecided") expect(found.probabilities[found.kind]).toBe(most);
      else if (found.words !== "changed more than once, in no regular way") expect(most).toBeLessThan(0.5);
    }
  });

  it("is undecided where it changed more than once", () => {
    const found = driftKind(history(80, (t) => stretch(12, 9, 5)(t) + stretch(55, 14, 5)(t)));
    expect(found).toMatchObject({ kind: "undecided", words: "changed more than once, in no regular way" });
  });

  it("needs ten scores to tell a kind, or as many as it is told", () => {
    const scores = history(9, step(4, 8));
    expect(driftKind(scores).kind).toBe("undecided");
    expect(driftKind(scores, { minimum: 9 }).kind).toBe("instantaneous");
    expect(driftKind([]).kind).toBe("none");
    expect(driftKind([null, Number.NaN])).toMatchObject({ kind: "none", windows: 0 });
    expect(driftKind([0.3])).toMatchObject({ kind: "none", windows: 1 });
  });

  it("keeps the place of windows without a score", () => {
    const scores: (number | null)[] = history(80, stretch(30, 10, 5));
    for (const t of [2, 29, 33, 40, 79]) scores[t] = t === 33 ? Number.NaN : null;
    expect(driftKind(scores)).toMatchObject({ kind: "temporary", onset: 30, duration: 10, windows: 75 });
  });

  it("looks for falls only when asked", () => {
    const scores = history(60, step(30, -4));
    expect(driftKind(scores).kind).toBe("none");
    const found = driftKind(scores, { twoSided: true });
    expect(found).toMatchObject({ kind: "instantaneous", onset: 30 });
    expect(found.amplitude).toBeLessThan(-3);
    expect(found.words).toMatch(/^fell at once at window 30, by \d\.\d σ$/);
  });

  it("is not misled by p-values of 0 and 1", () => {
    const scores = history(80, () => 0);
    scores[7] = Number.NEGATIVE_INFINITY;
    expect(driftKind(scores).kind).toBe("none");
    const huge = scores.map((z, t) => (t < 40 ? z : t % 3 === 0 ? Number.POSITIVE_INFINITY : 36 + z));
    expect(driftKind(huge)).toMatchObject({ kind: "instantaneous", onset: 40 });
  });

  it("judges scores that spread more after a change by what they spread", () => {
    const noise = sample(80, normals(5));
    const spread = history(80, (t) => (t < 40 ? 0 : 20 + 5 * noise[t]!));
    expect(driftKind(spread)).toMatchObject({ kind: "instantaneous", onset: 40 });
    const over = history(80, (t) => (t < 30 || t >= 45 ? 0 : 20 + 5 * noise[t]!));
    expect(driftKind(over)).toMatchObject({ kind: "temporary", onset: 30, duration: 15 });
  });

  it("allows for the autocorrelation of unchanged scores, given or estimated", () => {
    const draw = normals(4);
    const correlated = (windows: number, phi: number) => {
      const scores = [draw()];
      while (scores.length < windows) scores.push(phi * scores.at(-1)! + Math.sqrt(1 - phi * phi) * draw());
      return scores;
    };
    const labels = (options: (reference: number[]) => DriftKindOptions) =>
      Array.from({ length: 60 }, () => {
        const reference = correlated(100, 0.7);
        return driftKind(correlated(80, 0.7), options(reference)).kind;
      }).filter((kind) => kind !== "none").length;
    expect(labels(() => ({}))).toBeGreaterThan(20);
    expect(labels(() => ({ autocorrelation: 0.7 }))).toBeLessThan(6);
    expect(labels((reference) => ({ reference }))).toBeLessThan(6);
  });

  it("allows for what scores of one reference share", () => {
    const scores = history(80, () => 0.7);
    expect(driftKind(scores).kind).not.toBe("none");
    expect(driftKind(scores, { level: 0.4 }).kind).toBe("none");
    expect(
      driftKind(
        history(80, (t) => 0.7 + step(40, 3)(t)),
        { level: 0.4 },
      ),
    ).toMatchObject({
      kind: "instantaneous",
      onset: 40,
    });
  });

  it("takes windows against those a period ago as evidence for a rhythm, or against it", () => {
    const scores = history(30, (t) => (t % 12 < 6 ? 0 : 3));
    const nulls = Array<null>(12).fill(null);
    const alike = [...nulls, ...history(18, () => 0, 7)];
    const unlike = [...nulls, ...history(18, () => 3, 7)];
    const alone = driftKind(scores, { period: 12 }).probabilities.periodic;
    const supported = driftKind(scores, { period: 12, seasonal: alike }).probabilities.periodic;
    const denied = driftKind(scores, { period: 12, seasonal: unlike }).probabilities.periodic;
    expect(supported).toBeGreaterThan(alone);
    expect(denied).toBeLessThan(alone);
  });

  it("looks at periods that are given only", () => {
    const scores = history(80, wave(11, 5));
    expect(driftKind(scores, { period: [7, 11] })).toMatchObject({ kind: "periodic", period: 11 });
    expect(driftKind(scores, { period: 7 }).period).not.toBe(11);
    expect(driftKind(scores, { period: 60 }).probabilities.periodic).toBe(0);
  });

  it("finds a period of two windows where it is given", () => {
    const found = driftKind(
      history(40, (t) => (t % 2 === 0 ? 5 : 0)),
      { period: 2 },
    );
    expect(found).toMatchObject({ kind: "periodic", period: 2, onset: 0 });
  });

  it("tells a long stretch from a step as soon as it is over", () => {
    for (const duration of [17, 31, 45, 55]) {
      const scores = history(80, stretch(8, duration, 8)).slice(0, 8 + duration + 2);
      expect(driftKind(scores)).toMatchObject({ kind: "temporary", onset: 8, duration });
    }
  });

  it("follows the probabilities that kinds have beforehand", () => {
    const scores = history(80, step(40, 5));
    expect(driftKind(scores, { prior: { instantaneous: 0 } }).kind).not.toBe("instantaneous");
    expect(driftKind(scores, { prior: { instantaneous: 0 } }).probabilities.instantaneous).toBe(0);
    const certain = driftKind(scores, { prior: { instantaneous: 0, gradual: 0, temporary: 0, periodic: 0 } });
    expect(certain).toMatchObject({ kind: "none", confidence: 1 });
  });

  it("looks at the latest 400 windows, and tells onsets of the whole history", () => {
    const found = driftKind(history(700, (t) => step(100, 3)(t) + step(600, 5)(t) - (t >= 300 ? 3 : 0)));
    expect(found).toMatchObject({ kind: "instantaneous", onset: 600, windows: 400 });
  });
});

describe("driftKind is right", () => {
  const share = (
    histories: number,
    kindOf: (k: number) => string,
    amplitude: number,
    phi: number,
    wanted: (found: string, drawn: string) => boolean,
  ) => {
    let count = 0;
    for (let k = 0; k < histories; k++) {
      const { scores, reference } = draw(kindOf(k), amplitude, phi, 600_000_001 + 7 * k);
      if (wanted(driftKind(scores, phi === 0 ? {} : { reference }).kind, kindOf(k))) count++;
    }
    return count / histories;
  };
  const right = (amplitude: number, phi: number) =>
    share(
      400,
      (k) => kinds[k % kinds.length]!,
      amplitude,
      phi,
      (found, drawn) => found === drawn,
    );
  const labelled = (phi: number) =>
    share(
      500,
      () => "none",
      0,
      phi,
      (found) => found !== "none" && found !== "undecided",
    );

  it("as often as npm run kinds says, less three standard errors: independent noise", () => {
    expect(right(2, 0)).toBeGreaterThan(0.86 - 0.052);
    expect(right(3, 0)).toBeGreaterThan(0.95 - 0.033);
    expect(right(5, 0)).toBeGreaterThan(0.98 - 0.021);
    expect(labelled(0)).toBeLessThan(0.02);
  });

  it("as often as npm run kinds says, less three standard errors: estimated autocorrelation", () => {
    expect(right(2, 0.5)).toBeGreaterThan(0.72 - 0.067);
    expect(right(3, 0.5)).toBeGreaterThan(0.88 - 0.049);
    expect(right(5, 0.5)).toBeGreaterThan(0.98 - 0.021);
    expect(labelled(0.5)).toBeLessThan(0.03);
  });
});

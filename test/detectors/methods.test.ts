/** Each detector against its definition, written to be obviously right. */
import fc from "fast-check";
import { ksTest } from "smirnov";
import {
  type AdwinOptions,
  adwin,
  cusum,
  type Detector,
  ddm,
  eddm,
  ewma,
  hddmA,
  hddmW,
  kswin,
  pageHinkley,
  shewhart,
} from "smirnov/monitor";
import { describe, expect, it } from "vitest";
import { normals, uniforms } from "../../bench/data.js";
import { mark, nextBits, nextUniform, seeded } from "../../dist/detectors/draws.js";

const statuses = (one: Detector, values: readonly number[]) => values.map((value) => one.update(value));
const numbers = (count: number, seed: number, after = count, shift = 0) => {
  const next = normals(seed);
  return Array.from({ length: count }, (_, k) => next() + (k >= after ? shift : 0));
};
const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
const spread = (values: readonly number[]) => values.reduce((sum, x) => sum + (x - mean(values)) ** 2, 0);

describe("adwin", () => {
  /** All values of the window are kept, with the sizes of the buckets that they are in. */
  function naive(values: readonly number[], { delta = 0.002, clock = 32, maxBuckets = 5 }: AdwinOptions) {
    let window: number[] = [];
    let sizes: number[] = [];
    return values.map((value, index) => {
      window.push(value);
      sizes.push(1);
      for (let size = 1; sizes.filter((one) => one === size).length > maxBuckets; size *= 2) {
        sizes.splice(sizes.indexOf(size), 2, 2 * size);
      }
      let drifted = false;
      while ((index + 1) % clock === 0 && window.length > 10 && isCut()) {
        drifted = true;
        window = window.slice(sizes[0]);
        sizes = sizes.slice(1);
      }
      return { status: drifted ? "drift" : "stable", width: window.length, mean: mean(window) };
    });

    function isCut() {
      const logarithm = Math.log((2 * Math.log(window.length)) / delta);
      let border = 0;
      return sizes.some((size) => {
        border += size;
        const [older, newer] = [window.slice(0, border), window.slice(border)];
        if (older.length < 5 || newer.length < 5) return false;
        const weight = 1 / older.length + 1 / newer.length;
        const variance = spread(window) / window.length;
        const bound = Math.sqrt(2 * weight * variance * logarithm) + (2 / 3) * weight * logarithm;
        return Math.abs(mean(older) - mean(newer)) > bound;
      });
    }
  }

  for (const options of [{}, { clock: 4, maxBuckets: 3, delta: 0.05 }]) {
    it(`keeps the window of its paper: ${JSON.stringify(options)}`, () => {
      const next = uniforms(12);
      const values = Array.from({ length: 1500 }, (_, k) => next() * (k < 600 ? 0.5 : k < 1100 ? 1 : 0.2));
      const one = adwin(options);
      const found = naive(values, options);
      for (const [k, value] of values.entries()) {
        expect(one.update(value), `value ${k}`).toBe(found[k].status);
        const { width, total } = one.state();
        expect(width).toBe(found[k].width);
        expect(total / width).toBeCloseTo(found[k].mean, 10);
      }
      expect(found.some(({ status }) => status === "drift")).toBe(true);
    });
  }

  it("finds the same in values of another scale, when it is told the bounds", () => {
    const next = uniforms(13);
    const shares = Array.from({ length: 2000 }, (_, k) => Math.round(256 * next() * (k < 900 ? 0.5 : 1)) / 256);
    const one = statuses(adwin({ low: 0, high: 1 }), shares);
    expect(
      statuses(
        adwin({ low: -64, high: 64 }),
        shares.map((x) => 128 * x - 64),
      ),
    ).toEqual(one);
    expect(one).toContain("drift");
  });

  it("holds buckets by the logarithm of the values that it has seen", () => {
    const one = adwin({ delta: 1e-9 });
    const next = uniforms(14);
    for (let k = 0; k < 2 ** 17; k++) one.update(next());
    expect(one.state().width).toBe(2 ** 17);
    expect(one.state().totals.length).toBeLessThan(6 * 17);
  });
});

describe("cusum, ewma, shewhart", () => {
  const values = numbers(3000, 31, 1500, 0.7);

  it("are sums and weighted means in plain words", () => {
    let [high, low] = [0, 0];
    const sums = values.map((z) => {
      [high, low] = [Math.max(0, high + z - 0.4), Math.max(0, low - z - 0.4)];
      const status = high > 4 || low > 4 ? "drift" : "stable";
      if (status === "drift") [high, low] = [0, 0];
      return status;
    });
    expect(statuses(cusum({ k: 0.4, h: 4 }), values)).toEqual(sums);

    let since: number[] = [];
    const weighted = values.map((z) => {
      since.push(z);
      const weights = since.map((_, k) => 0.15 * 0.85 ** (since.length - 1 - k));
      const level = since.reduce((sum, x, k) => sum + weights[k] * x, 0);
      const deviation = Math.sqrt(weights.reduce((sum, w) => sum + w * w, 0));
      const status = Math.abs(level) > 2.6 * deviation ? "drift" : "stable";
      if (status === "drift") since = [];
      return status;
    });
    expect(statuses(ewma({ lambda: 0.15, limit: 2.6 }), values)).toEqual(weighted);
    expect(weighted).toContain("drift");

    expect(statuses(shewhart({ limit: 2.5 }), values)).toEqual(
      values.map((z) => (Math.abs(z) > 2.5 ? "drift" : "stable")),
    );
  });

  it("find the same in values of any mean and standard deviation that they are told", () => {
    const others = values.map((z) => 64 * z + 1024);
    const scale = { mean: 1024, standardDeviation: 64 };
    expect(statuses(cusum({ ...scale, falseAlarmEvery: 300 }), others)).toEqual(
      statuses(cusum({ falseAlarmEvery: 300 }), values),
    );
    expect(statuses(ewma(scale), others)).toEqual(statuses(ewma(), values));
    expect(statuses(shewhart(scale), others)).toEqual(statuses(shewhart(), values));
    expect(statuses(pageHinkley({ ...scale, threshold: 6 }), others)).toEqual(
      statuses(pageHinkley({ mean: 0, threshold: 6 }), values),
    );
  });

  it("look the other way for falls", () => {
    const mirrored = values.map((z) => -z);
    for (const make of [cusum, shewhart]) {
      expect(statuses(make({ direction: "down" }), mirrored)).toEqual(statuses(make({ direction: "up" }), values));
    }
    expect(statuses(pageHinkley({ direction: "down", threshold: 9 }), mirrored)).toEqual(
      statuses(pageHinkley({ direction: "up", threshold: 9 }), values),
    );
  });

  it("estimate mean and standard deviation from a warm-up, which goes on until two values differ", () => {
    const others = values.map((z) => 7 * z - 100);
    const first = others.slice(0, 200);
    const told = { mean: mean(first), standardDeviation: Math.sqrt(spread(first) / 199) };
    for (const make of [cusum, ewma, shewhart] as const) {
      const warmed = make({ warmUp: 200 });
      const found = statuses(warmed, others);
      const until = found.indexOf("drift") + 1;
      expect(until).toBeGreaterThan(200);
      expect(found.slice(200, until)).toEqual(statuses(make(told), others.slice(200, until)));
      expect(found.slice(until, until + 200)).toEqual(
        Array.from({ length: Math.min(200, 3000 - until) }, () => "stable"),
      );
    }
    const constant = shewhart({ warmUp: 10 });
    for (let k = 0; k < 50; k++) expect(constant.update(3)).toBe("stable");
    expect(constant.update(5)).toBe("stable");
    expect(constant.state().squares).toBeGreaterThan(0);
    expect(constant.update(500)).toBe("drift");
  });
});

describe("pageHinkley", () => {
  it("finds changes in either direction, where river's first versions found rises only", () => {
    const rises = numbers(900, 41, 500, 2);
    const falls = numbers(900, 41, 500, -2);
    const first = (direction: "up" | "down" | "both", values: number[]) =>
      statuses(pageHinkley({ direction, delta: 0.5, threshold: 30 }), values).indexOf("drift");
    for (const [seen, unseen, values] of [["up", "down", rises] as const, ["down", "up", falls] as const]) {
      expect(first(seen, values)).toBeGreaterThan(500);
      expect(first(seen, values)).toBeLessThan(560);
      expect(first("both", values)).toBe(first(seen, values));
      expect(first(unseen, values)).toBe(-1);
    }
  });
});

describe("ddm, eddm, hddmA, hddmW", () => {
  const errors = (rates: readonly number[], seed: number) => {
    const next = uniforms(seed);
    return rates.flatMap((rate) => Array.from({ length: 1000 }, () => Number(next() < rate)));
  };

  it("warn before they find a drift where errors become more", () => {
    const values = errors([0.1, 0.45], 51);
    for (const one of [ddm(), hddmA(), hddmW()]) {
      const found = statuses(one, values);
      const drift = found.indexOf("drift", 1000);
      expect(drift, one.name).toBeGreaterThan(1000);
      expect(drift, one.name).toBeLessThan(1300);
      expect(found.slice(1000, drift), one.name).toContain("warning");
    }
    const found = statuses(eddm({ alpha: 0.8, beta: 0.6 }), values);
    expect(found.indexOf("drift", 1000)).toBeLessThan(1300);
  });

  it("ddm calls the first error after a faultless warm-up a drift, as published", () => {
    const one = ddm();
    for (let k = 0; k < 500; k++) expect(one.update(0)).toBe("stable");
    expect(one.update(1)).toBe("drift");
  });

  it("eddm drops a warning when errors are rarer than ever, which river keeps", () => {
    // spread shrinks, which warns, and then there is a distance as none before
    const distances = Array.from({ length: 80 }, (_, k) => (k < 40 ? 2 + 16 * (k % 2) : 10));
    const values = [...distances, 2000].flatMap((distance) => [...Array.from({ length: distance - 1 }, () => 0), 1]);
    const [ours, rivers] = [eddm({ beta: 0.5 }), eddm({ beta: 0.5, variant: "river" })];
    const [published, river] = [statuses(ours, values), statuses(rivers, values)];
    expect(published.slice(0, -1)).toEqual(river.slice(0, -1));
    expect([published.at(-2), published.at(-1), river.at(-1)]).toEqual(["warning", "stable", "warning"]);
    expect({ ...ours.state(), options: 0, warned: 0 }).toEqual({ ...rivers.state(), options: 0, warned: 0 });
  });

  it("hddmW keeps a weighted mean of 0, which river forgets", () => {
    const [ours, rivers] = [hddmW(), hddmW({ variant: "river" })];
    for (const value of [0, 0, 0, 0, 1]) {
      ours.update(value);
      rivers.update(value);
    }
    expect(ours.state().total.mean).toBe(0.05);
    expect(rivers.state().total.mean).toBe(1);
  });

  it("hddmA finds falls when it looks for them", () => {
    const values = errors([0.5, 0.1], 53);
    expect(statuses(hddmA(), values)).not.toContain("drift");
    expect(statuses(hddmA({ direction: "down" }), values).indexOf("drift")).toBeLessThan(1100);
    expect(statuses(hddmA({ direction: "both" }), values).indexOf("drift")).toBeLessThan(1100);
  });
});

describe("kswin", () => {
  it("is ksTest of the latest values and those that were drawn", () => {
    const draws = uniforms(61);
    const drawn: number[] = [];
    const random = () => {
      drawn.push(draws());
      return drawn.at(-1)!;
    };
    const values = numbers(700, 62, 400, 1.2).map((x) => Math.round(4 * x) / 4);
    const one = kswin({ windowSize: 60, statSize: 20, random });
    let window: number[] = [];
    const found = values.map((value) => {
      window = [...window, value].slice(-60);
      drawn.length = 0;
      const status = one.update(value);
      if (window.length < 60) return status;
      const chosen = new Set<number>();
      for (const [k, u] of drawn.entries()) {
        const place = Math.floor(u * (21 + k));
        chosen.add(chosen.has(place) ? 20 + k : place);
      }
      const latest = window.slice(40);
      const { statistic, pValue } = ksTest(
        Array.from(chosen, (place) => window[place]),
        latest,
        { ties: "ignore" },
      );
      expect(one.state().statistic).toBe(statistic);
      expect(status).toBe(pValue <= 0.005 ? "drift" : "stable");
      if (status === "drift") window = latest;
      return status;
    });
    expect(found).toContain("drift");
  });

  it("draws the same for the same seed, and other values for another", () => {
    const values = numbers(2000, 63);
    const of = (seed: number) => statuses(kswin({ seed, alpha: 0.05 }), values);
    expect(of(4)).toEqual(of(4));
    expect(of(4)).not.toEqual(of(5));
  });

  it("refuses draws outside of [0, 1)", () => {
    const one = kswin({ windowSize: 20, statSize: 8, random: () => 1 });
    for (let k = 0; k < 19; k++) one.update(k);
    expect(() => one.update(0)).toThrow("kswin: random must give numbers from 0 up to, and without, 1, got 1");
  });
});

describe("draws", () => {
  it("are those of the kernels' generator", () => {
    const words = seeded(77);
    const known = uniforms(77);
    for (let k = 0; k < 1000; k++) expect(Math.abs(nextUniform(words) - known())).toBeLessThan(1e-15);
    expect(nextBits(seeded(2 ** 40 + 3))).not.toBe(nextBits(seeded(3)));
  });

  it("mark as many places as they are asked to, each as often", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), fc.nat(), (size, some, seed) => {
        const words = seeded(seed);
        const marks = new Uint8Array(size);
        mark(marks, some % (size + 1), () => nextUniform(words), "x");
        expect(marks.reduce((sum, one) => sum + one, 0)).toBe(some % (size + 1));
      }),
    );
    const words = seeded(8);
    const counts = Array.from({ length: 10 }, () => 0);
    for (let round = 0; round < 20_000; round++) {
      const marks = new Uint8Array(10);
      mark(marks, 3, () => nextUniform(words), "x");
      for (const [place, one] of marks.entries()) counts[place] += one;
    }
    // 6000 each, standard deviation 65
    for (const count of counts) expect(Math.abs(count - 6000)).toBeLessThan(270);
  });
});

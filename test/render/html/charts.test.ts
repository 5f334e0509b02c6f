import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { axis } from "../../../dist/render/html/axis.js";
import { distributionOf } from "../../../dist/render/html/distribution.js";
import { effectBar, effectRatio } from "../../../dist/render/html/effect-bar.js";
import { figure, percentage, value } from "../../../dist/render/html/figures.js";
import { miniChart } from "../../../dist/render/html/mini-chart.js";
import { column, driftedColumn } from "../fixture.ts";
import { numbersChange, textColumn } from "./fixture.ts";

describe("axis", () => {
  it("has ticks within its range, with labels that differ and have room", () => {
    const double = fc.double({ min: -1e12, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(double, fc.double({ min: 1e-9, max: 1e12, noNaN: true }), (low, span) => {
        fc.pre(low + span > low + 1e-9 * Math.abs(low));
        const { ticks } = axis([low, low + span], [34, 350], false);
        for (const { x } of ticks) expect(x >= 34 - 1e-6 && x <= 350 + 1e-6).toBe(true);
        expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
      }),
    );
  });

  it("writes large and small numbers short, and points in time as dates", () => {
    const labels = (low: number, high: number, temporal = false) =>
      axis([low, high], [0, 300], temporal).ticks.map(({ label }) => label);
    expect(labels(0, 1)).toEqual(["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
    expect(labels(0, 1e9)).toEqual(["0", "0.2G", "0.4G", "0.6G", "0.8G", "1G"]);
    expect(labels(Date.UTC(2012, 0, 1), Date.UTC(2015, 11, 31), true)).toEqual(["2012", "2013", "2014", "2015"]);
  });
});

describe("distributionOf", () => {
  it("takes the counts of quality, and the gap as it was found", () => {
    const { reference, gap, ecdf, open } = distributionOf(driftedColumn("a"), numbersChange)!;
    expect(reference.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(gap).toEqual(numbersChange.gap);
    expect(ecdf).toEqual({ ...numbersChange.ecdf, straight: false });
    expect(open).toBe(true);
  });

  it("adds the shares of a shape up where there is no quality, and takes the largest gap at an edge", () => {
    const { ecdf, gap } = distributionOf(driftedColumn("a"), null)!;
    expect(ecdf.values).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(ecdf.reference.at(-1)).toBeCloseTo(1, 12);
    const sums = [0, 0.05, 0.15, 0.35, 0.65, 0.85, 0.95, 1, 1].map((sum, k) => [k, sum] as const);
    for (const [k, sum] of sums) expect(ecdf.reference[k]).toBeCloseTo(sum, 12);
    expect(gap).toMatchObject({ value: 4, exact: false });
    expect(gap!.reference - gap!.current).toBeCloseTo(0.3, 12);
  });

  it("is nothing for categories, for what has no shape, and for a single value", () => {
    const single = { edges: [1, 1], reference: [1], current: [1] };
    expect(distributionOf(textColumn("a"), null)).toBe(null);
    expect(distributionOf(column("a", { shape: null }), null)).toBe(null);
    expect(distributionOf(column("a", { shape: single }), null)).toBe(null);
  });
});

describe("effects", () => {
  const effect = { name: "ks", value: 0.08, threshold: 0.04 };

  it("are compared over their thresholds, infinite ones last and unknown ones first", () => {
    expect(effectRatio(effect)).toBe(2);
    expect(effectRatio({ ...effect, value: null, infinite: true })).toBe(Number.MAX_VALUE);
    expect(effectRatio({ ...effect, value: null })).toBe(-1);
    expect(effectRatio(null)).toBe(-1);
    expect(effectRatio({ ...effect, threshold: 0 })).toBe(Number.MAX_VALUE);
    expect(effectRatio({ ...effect, value: 0, threshold: 0 })).toBe(0);
  });

  it("fill half of the bar at their threshold, and are coloured only where there is evidence", () => {
    const width = (value: number, alarming = true) =>
      /class="(\w+)" width="(\d+)%"/.exec(effectBar({ ...effect, value }, alarming).markup)?.slice(1);
    expect(width(0.04)).toEqual(["fl", "50"]);
    expect(width(0.12)).toEqual(["fl", "75"]);
    expect(width(0.12, false)).toEqual(["fb", "75"]);
    expect(width(0)).toEqual(["fb", "0"]);
  });
});

describe("miniChart", () => {
  it("draws a bin's share as high as it is", () => {
    const shape = { edges: [0, 1, 2], reference: [0.5, 1], current: [1, 0] };
    expect(miniChart(shape).markup).toContain('<path class="cl" d="M0 1h60v27h60"/>');
  });

  it("leaves out what is left of many categories, but not a category that is called other", () => {
    const bars = (count: number) => {
      const categories = [...Array.from({ length: count - 1 }, (_, k) => `c${k}`), "other"];
      const shares = categories.map(() => 1 / count);
      return miniChart({ categories, reference: shares, current: shares }).markup.match(/v-/g)!.length / 2;
    };
    expect([bars(13), bars(12), bars(2)]).toEqual([12, 12, 2]);
  });
});

describe("figures", () => {
  it.each([
    [518_831, "518,831"],
    [-75, "−75"],
    [3.2640166, "3.264"],
    [123_456.789, "123,457"],
    [1e-7, "1e-7"],
    [1.234567e300, "1.235e300"],
    [2249.27, "2,249.3"],
    [0, "0"],
    [null, "–"],
  ])("shows %d as %s", (x, text) => {
    expect(figure(x)).toBe(text);
  });

  it.each([
    [8e-6, "0.0008 %"],
    [1.25e-7, "0.000012 %"],
    [1e-10, "1e-8 %"],
  ])("shows a share of %d as %s", (share, text) => {
    expect(percentage(share)).toBe(text);
  });

  it("shows points in time without what is zero at their end", () => {
    const shown = (text: string) => value(text).markup;
    expect(shown("2012-01-04T00:00:00.000Z")).toBe("<bdi>2012-01-04</bdi>");
    expect(shown("2012-01-04T15:36:00Z")).toBe("<bdi>2012-01-04 15:36</bdi>");
    expect(shown("2012-01-04T15:36:07.250Z")).toBe("<bdi>2012-01-04 15:36:07.250</bdi>");
    expect(shown("-270554-11-06T23:06:00.000Z")).toBe("<bdi>−270554-11-06 23:06</bdi>");
    expect(shown("ATL")).toBe("<bdi>ATL</bdi>");
    expect(shown("")).toBe("<i>empty text</i>");
  });
});

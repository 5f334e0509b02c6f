import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError, moments, quantiles } from "../../dist/index.js";
import { SeriesValues, seriesFromBytes, seriesToBytes, summaryOfSeries } from "../../dist/monitor/series-values.js";

type Values = InstanceType<typeof SeriesValues>;
const seriesOf = (values: readonly (number | null)[]): Values => {
  const series = new SeriesValues();
  for (const value of values) series.add(value);
  return series;
};
const anyValue = fc.oneof(fc.double({ noDefaultInfinity: true }), fc.integer(), fc.constantFrom(null, Number.NaN, -0));

describe("a series", () => {
  it("is summed up exactly, however it is cut into places", () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyValue, { maxLength: 40 }), { maxLength: 5 }), (parts) => {
        const found = summaryOfSeries(parts.map(seriesOf));
        const values = parts.flat().filter((value): value is number => value !== null && !Number.isNaN(value));
        expect(found.missing).toBe(parts.flat().length - values.length);
        expect(found.values).toBe(values.length);
        const [min, q50, q95, q99, max] = quantiles(Float64Array.from(values), [0, 0.5, 0.95, 0.99, 1]).values;
        expect(found).toMatchObject({ min, q50, q95, q99, max });
        expect(summaryOfSeries([seriesOf(parts.flat())])).toEqual(found);
        expect(found.mean).toBe(moments(Float64Array.from(values)).mean);
      }),
    );
  });

  it("has the numbers of a textbook", () => {
    const found = summaryOfSeries([seriesOf([4, 1, null]), seriesOf([3, 2, Number.NaN])]);
    expect(found).toMatchObject({ values: 4, mean: 2.5, min: 1, max: 4, q50: 2.5, missing: 2 });
    expect(found.q95).toBeCloseTo(3.85, 12);
  });

  it("says null in place of what is infinite", () => {
    const found = summaryOfSeries([seriesOf([1, 3, Number.POSITIVE_INFINITY])]);
    expect(found).toMatchObject({ values: 3, mean: 2, min: 1, q50: 3, max: null, q99: null });
    expect(summaryOfSeries([])).toEqual({
      ...{ values: 0, mean: null, min: null, max: null, q50: null, q95: null, q99: null, missing: 0 },
    });
  });

  it("refuses more values than it may hold", () => {
    const series = new SeriesValues(20);
    for (let k = 0; k < 20; k++) series.add(k);
    expect(() => series.add(20)).toThrow(new RangeError("a series holds at most 20 values at a time"));
    series.add(null);
    expect([series.count, series.missing]).toEqual([20, 1]);
  });

  it("survives being saved, and goes on", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.array(anyValue)), (all) => {
        const series = new Map(Object.entries(all).map(([name, values]) => [name, seriesOf(values)]));
        const restored = seriesFromBytes(seriesToBytes(series), "Monitor.restore");
        expect([...restored.keys()]).toEqual([...series.keys()]);
        for (const [name, values] of restored) {
          const before = series.get(name)!;
          for (const each of [before, values]) each.add(5);
          expect(values.values()).toEqual(before.values());
          expect(values.missing).toBe(before.missing);
        }
      }),
    );
  });

  it("is refused when its bytes were changed", () => {
    const bytes = seriesToBytes(new Map([["latency", seriesOf([1, 2, null])]]));
    for (let at = 0; at < bytes.length; at++) {
      const damaged = bytes.slice();
      damaged[at]! ^= 16;
      expect(() => seriesFromBytes(damaged, "Monitor.restore")).toThrow(FormatError);
      expect(() => seriesFromBytes(bytes.slice(0, at), "Monitor.restore")).toThrow(FormatError);
    }
    expect(() => seriesFromBytes(bytes, "Monitor.restore", 1)).toThrow(FormatError);
  });
});

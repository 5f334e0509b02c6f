/** Value by value what river 0.21.2 finds and knows. */

import { ksExact } from "smirnov/distributions";
import { detector } from "smirnov/monitor";
import { describe, expect, it } from "vitest";
import { oracle, type Stream, valuesOf } from "./streams.ts";

interface Case {
  readonly detector: string;
  readonly options: { readonly [option: string]: unknown };
  readonly stream: string;
  readonly runs: readonly (readonly [length: number, status: string])[];
  readonly checks: readonly (readonly [index: number, knows: { readonly [field: string]: unknown }])[];
}

const { streams, cases } = oracle<{ streams: readonly Stream[]; cases: readonly Case[] }>("drifts");
const values = new Map(streams.map((stream) => [stream.name, valuesOf(stream)]));

describe("river's detectors", () => {
  for (const { detector: name, options, stream, runs, checks } of cases) {
    it(`find and know the same: ${name} ${JSON.stringify(options)}, ${stream}`, () => {
      const wanted = runs.flatMap(([length, status]) => Array.from({ length }, () => status));
      const known = new Map(checks);
      const ours = detector(name, options);
      const found = values.get(stream)!.map((value, index) => {
        const status = ours.update(value);
        const knows = known.get(index);
        if (knows) expect(toldBy(ours.state(), options), `after ${index}`).toMatchObject(knows);
        return status;
      });
      expect(found).toEqual(wanted);
    });
  }

  it("find something, and not always, in the streams of this test", () => {
    for (const name of new Set(cases.map((one) => one.detector))) {
      const those = cases.filter((one) => one.detector === name);
      expect(
        those.some(({ runs }) => runs.some(([, status]) => status === "drift")),
        name,
      ).toBe(true);
      expect(
        those.some(({ checks }) => checks.length > 5),
        name,
      ).toBe(true);
    }
  });
});

/**
 * river knows a p-value where we know D. Of the least D, 1/size, it is exactly 1, which SciPy's exact series can miss by a
 * rounding; it then takes that of the limit law.
 */
function toldBy(state: { readonly [field: string]: unknown }, { statSize = 30 }: { readonly statSize?: unknown }) {
  if (state.detector !== "kswin") return state;
  const size = statSize as number;
  const steps = Math.round((state.statistic as number) * size);
  return { pValue: expect.closeTo(ksExact(size, size, steps * size), steps < 2 ? 3 : 11) };
}

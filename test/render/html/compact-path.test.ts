import { curveStepAfter, line } from "d3-shape";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compactPath } from "../../../dist/render/html/compact-path.js";

type Point = readonly [number, number];

/** Where a path of absolute and relative steps goes, point by point. */
function walked(path: string): Point[] {
  let [x, y] = [0, 0];
  return Array.from(path.matchAll(/([Mhvl])(-?\d+) ?(-?\d+)?/g), ([, step, one, other]) => {
    const [a, b] = [Number(one), Number(other)];
    if (step === "M") [x, y] = [a, b];
    if (step === "h") x += a;
    if (step === "v") y += a;
    if (step === "l") [x, y] = [x + a, y + b];
    return [x, y] as const;
  });
}

/** Points without those that stand still or lie on a horizontal or vertical line that goes on. */
function corners(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const [px, py] of points) {
    const point = [Math.round(px) + 0, Math.round(py) + 0] as const;
    const [last, before] = [kept.at(-1), kept.at(-2)];
    if (last && last[0] === point[0] && last[1] === point[1]) continue;
    const goesOn = (k: 0 | 1): boolean =>
      before !== undefined &&
      last !== undefined &&
      before[k] === last[k] &&
      last[k] === point[k] &&
      Math.sign(last[1 - k] - before[1 - k]) === Math.sign(point[1 - k] - last[1 - k]);
    if (goesOn(0) || goesOn(1)) kept.pop();
    kept.push(point);
  }
  return kept;
}

const coordinate = fc.double({ min: -300, max: 300, noNaN: true });

describe("compactPath", () => {
  it("goes through every corner in whole units", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 40 }), (points) => {
        const path = compactPath((context) => line().context(context)(points));
        if (points.length > 1) expect(walked(path)).toEqual(corners(points));
      }),
    );
  });

  it("writes the steps of a histogram as horizontal and vertical ones", () => {
    const steps = line().curve(curveStepAfter);
    const points: [number, number][] = [[0, 10], [5, 4], [10, 4.2], [15, 9]]; // biome-ignore format: a line
    expect(compactPath((context) => steps.context(context)(points))).toBe("M0 10h5v-6h10v5");
  });
});

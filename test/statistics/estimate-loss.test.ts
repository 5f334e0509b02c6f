import * as arrow from "apache-arrow";
import { describe, expect, it } from "vitest";
import { estimateLoss } from "../../dist/statistics/estimate-loss.js";
import { oracle } from "./oracle.ts";
import { randomFrom } from "./samples.ts";

type Columns = Record<string, number[]>;
type Metrics = { readonly mae: number; readonly mse: number; readonly rmse: number };
interface Case {
  readonly reference: Columns;
  readonly current: Columns;
  readonly estimates: Metrics;
  readonly exact: Metrics;
  readonly realised: Metrics;
  readonly onReference: Metrics;
}
const { cases, tolerance } = oracle<{ tolerance: number; cases: [Case] }>("estimate-loss");
const [given] = cases;
const names = { target: "target", prediction: "prediction" };
const metrics = ["mae", "mse", "rmse"] as const;

/** Errors grow with x: N(0, (0.2 + 2x)²). */
function side(rows: number, low: number, seed: number) {
  const random = randomFrom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const x = Array.from({ length: rows }, () => low + (1 - low) * random());
  const noise = Array.from({ length: rows }, normal);
  const prediction = x.map((value, k) => 2 * value + noise[k]!);
  const target = prediction.map((value, k) => value + (0.2 + 2 * x[k]!) * normal());
  return { x, noise, prediction, target };
}

const absoluteError = ({ target, prediction }: { target: number[]; prediction: number[] }) =>
  target.reduce((sum, y, k) => sum + Math.abs(y - prediction[k]!) / target.length, 0);

describe("estimateLoss", () => {
  it("is what scikit-learn's trees say, and near the exact expectation", async () => {
    const { estimates } = await estimateLoss(given.reference, given.current, names);
    for (const metric of metrics) {
      const { value, standardError, reference } = estimates[metric]!;
      expect(Math.abs(value! / given.estimates[metric] - 1), metric).toBeLessThan(tolerance);
      expect(Math.abs(value! - given.exact[metric]), metric).toBeLessThan(3 * standardError!);
      expect(Math.abs(value! - given.realised[metric]), metric).toBeLessThan(3 * standardError!);
      expect(reference, metric).toBeCloseTo(given.onReference[metric], 9);
    }
  });

  it("beats the reference's error where rows with larger errors have become more, and covers what comes", {
    timeout: 120_000,
  }, async () => {
    let [ours, constant, covered] = [0, 0, 0];
    for (let seed = 1; seed <= 15; seed++) {
      const current = side(400, 0.5, 1000 + seed);
      const { target, ...scored } = current;
      const { estimates } = await estimateLoss(side(1000, 0, seed), scored, {
        ...names,
        metrics: ["mae"],
        trees: 60,
        seed,
      });
      const { value, interval, reference, skill } = estimates.mae!;
      const real = absoluteError(current);
      ours += (value! - real) ** 2;
      constant += (reference! - real) ** 2;
      covered += Number(interval![0] <= real && real <= interval![1]);
      expect(skill).toBeGreaterThan(0.05);
    }
    expect(Math.sqrt(ours)).toBeLessThan(Math.sqrt(constant) / 5);
    // 14 of 15 at 95 %: at least 12 with a probability of 0.995.
    expect(covered).toBeGreaterThanOrEqual(12);
  });

  it("stays at the reference's error where features tell nothing, and says so", async () => {
    const random = randomFrom(5);
    const draw = (rows: number) => Array.from({ length: rows }, random);
    const reference = { x: draw(800), prediction: draw(800), target: draw(800) };
    const independent = {
      ...reference,
      target: reference.prediction.map((p) => p + (random() < 0.5 ? 1 : -1) * random()),
    };
    const { estimates } = await estimateLoss(independent, { x: draw(400), prediction: draw(400) }, names);
    expect(estimates.mae!.skill).toBeLessThan(0.02);
    expect(Math.abs(estimates.mae!.value! - estimates.mae!.reference!)).toBeLessThan(0.05);
  });

  it("gives all metrics of the field, null where a reference row has no finite loss", async () => {
    const reference = side(400, 0, 1);
    const positive = Object.fromEntries(
      Object.entries(reference).map(([name, values]) => [name, values.map((x) => x + 20)]),
    );
    const wanted = { ...names, metrics: ["mae", "mse", "rmse", "mape", "msle", "rmsle"] as const };
    const { estimates } = await estimateLoss(positive, positive, wanted);
    expect(Object.keys(estimates)).toEqual(wanted.metrics);
    for (const { value, interval, reference, status } of Object.values(estimates)) {
      expect(status).toBe("ok");
      expect(value).toBeGreaterThan(interval![0]);
      expect(value).toBeLessThan(interval![1]);
      expect(Math.abs(value! / reference! - 1)).toBeLessThan(0.05);
    }
    expect(estimates.rmse!.value! ** 2).toBeCloseTo(estimates.mse!.value!, 12);
    const rows = positive.target!.map((y, k) => [y, positive.prediction![k]!] as const);
    const mean = (loss: (y: number, p: number) => number) =>
      rows.reduce((sum, [y, p]) => sum + loss(y, p) / rows.length, 0);
    expect(estimates.mape!.reference).toBeCloseTo(
      mean((y, p) => Math.abs((y - p) / y)),
      12,
    );
    expect(estimates.msle!.reference).toBeCloseTo(
      mean((y, p) => Math.log((1 + y) / (1 + p)) ** 2),
      12,
    );
    const zero = { ...positive, target: [0, ...positive.target!.slice(1)] };
    const found = await estimateLoss(zero, positive, wanted);
    expect(found.estimates.mape).toEqual({
      value: null,
      standardError: null,
      interval: null,
      reference: null,
      skill: null,
      status: "infinite",
    });
    expect(found.estimates.mae!.status).toBe("ok");
  });

  it("gives the same for the same seed, in chunks too, without looking at the current target", async () => {
    const [reference, current] = [side(600, 0, 1), side(400, 0, 2)];
    const options = { ...names, sample: 300, seed: 4, trees: 20 };
    const expected = await estimateLoss(reference, current, options);
    expect(expected).toMatchObject({ n: 600, m: 400, sampled: { reference: 300, current: 300 }, status: "ok" });
    const { target, ...scored } = current;
    const withoutTarget = await estimateLoss(reference, scored, options);
    expect(withoutTarget.estimates).toEqual(expected.estimates);
    const chunked = (columns: Columns) =>
      Object.fromEntries(
        Object.entries(columns).map(([name, values]) => {
          const [first, second] = [values.slice(0, 111), values.slice(111)].map((part) =>
            arrow.vectorFromArray(part, new arrow.Float64()),
          );
          return [name, first!.concat(second!)];
        }),
      );
    expect(await estimateLoss(chunked(reference), chunked(current), options)).toEqual(expected);
    expect(JSON.parse(JSON.stringify(expected))).toEqual(expected);
  });

  it("leaves rows without target or prediction out and counts them; missing features are none of these", async () => {
    const reference = side(300, 0, 1);
    const blank = <T>(values: readonly T[], every: number, by: T | null) =>
      values.map((value, k) => (k % every === 0 ? by : value));
    const found = await estimateLoss(
      { ...reference, x: blank(reference.x, 3, null), target: blank(reference.target, 10, null) },
      { ...reference, prediction: blank(reference.prediction, 5, Number.NaN) },
      names,
    );
    expect(found).toMatchObject({ n: 270, m: 240, status: "ok", features: ["x", "noise", "prediction"] });
    expect(found.missing).toEqual({
      reference: { rows: 300, null: 30, nan: 0 },
      current: { rows: 300, null: 0, nan: 60 },
    });
  });

  it("has a status with few rows and without features that vary", async () => {
    const reference = side(99, 0, 1);
    expect(await estimateLoss(reference, reference, names)).toMatchObject({ status: "few", estimates: {} });
    const more = side(200, 0, 1);
    expect(await estimateLoss(more, { ...reference, prediction: reference.x.map(() => null) }, names)).toMatchObject({
      status: "few",
      m: 0,
    });
    const constant = { prediction: more.x.map(() => 1), target: more.target };
    expect(await estimateLoss(constant, constant, names)).toMatchObject({
      status: "no-column",
      skipped: [{ column: "prediction", reason: "constant" }],
    });
  });

  it("refuses other columns and options", async () => {
    const x = side(120, 0, 1);
    const refused = (options: object) => expect(estimateLoss(x, x, { ...names, ...options })).rejects;
    await refused({ target: undefined }).toThrow("estimateLoss: target must be a column's name");
    await refused({ target: "y" }).toThrow('estimateLoss: the reference has no column "y"');
    await refused({ features: ["target"] }).toThrow("must not hold the target");
    await refused({ features: ["z"] }).toThrow("no column");
    await refused({ features: "x" }).toThrow(TypeError);
    await refused({ metrics: ["r2"] }).toThrow(RangeError);
    await refused({ metrics: "mae" }).toThrow(TypeError);
    await refused({ sample: 10 }).toThrow(RangeError);
    await refused({ leaves: 3 }).toThrow("there is no option");
    await expect(estimateLoss({ ...x, target: x.x.map(String) }, x, names)).rejects.toThrow(TypeError);
  });
});

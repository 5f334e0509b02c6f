/**
 * Methods on columns of vectors, such as embeddings: MMD, the means, their directions, and component by component. All look
 * at rows drawn with a fixed seed where there are many.
 */
import { columnOf } from "../column/column-of.js";
import { answerNow } from "../source/plan.js";
import { withSides } from "../source/sides.js";
import { adjust } from "../statistics/adjust.js";
import { classifiedRows } from "../statistics/domain-classifier.js";
import { mmdOfRows } from "../statistics/mmd.js";
import { directionsOfRows, meansOfRows, type VectorMeans } from "../statistics/vector-means.js";
import { andersonDarling } from "./anderson-darling-method.js";
import { isLarge, mostNotable } from "./effects.js";
import type { Finding, Method } from "./methods.js";

/** Rows of both sides, one after the other. */
export interface VectorRows {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly dimension: number;
}

export interface VectorsMethod {
  /** The most rows of a side. */
  readonly sample: (dimension: number) => number;
  readonly judge: (rows: VectorRows, threshold?: number) => Finding;
}

const thresholds = {
  /** Root of MMD²: every component shifted by 0.07 standard deviations; of one component by 0.1. */
  mmd: 0.042,
  /** Distance of the means over the root of the summed variances: every component shifted by 0.1 standard deviations. */
  means: 0.1,
  /** 1 - cos of the mean directions: eight degrees. */
  directions: 0.01,
  /** Area under the ROC curve of a classifier that tells the sides apart. */
  area: 0.55,
  /** Share of the components that drifted. */
  components: 0.2,
};

/** Enough for the least p-value to pass the correction over fifty columns. */
const resampling = { permutations: 9999, seed: 0, confidence: 0.95 };

/** A matrix of a thousand rows. */
const fewRows = () => 500;

/** Per component as a numeric column: adjusted p-value. */
const componentLevel = 0.005;

function discrepancy({ x, y, dimension }: VectorRows, threshold = thresholds.mmd): Finding {
  const { statistic, pValue, status } = mmdOfRows(x, y, dimension, null, resampling, true);
  const resolution = 1 / (resampling.permutations + 1);
  return { statistic, pValue, resolution, effects: [{ name: "mmd", value: rootOf(statistic), threshold }], status };
}

function means({ x, y, dimension }: VectorRows, threshold = thresholds.means): Finding {
  const found = meansOfRows(x, y, dimension, resampling);
  const value = rootOf(found.square);
  // Rows that differ on the current side only: there is nothing to measure by.
  const effect = { name: "mean-distance/std", value, threshold };
  const differs = found.status === "ok" && found.square === null;
  return findingOf(found, value, differs ? { ...effect, infinite: true } : effect);
}

function meanDirections({ x, y, dimension }: VectorRows, threshold = thresholds.directions): Finding {
  const found = directionsOfRows(x, y, dimension, resampling);
  const value = found.cosine === null ? null : Math.max(0, found.cosine);
  const effect = { name: "cosine-distance", value, threshold };
  // Directions that cancel on a side have no mean to take an angle from.
  return findingOf(found, value, found.status === "ok" && value === null ? { ...effect, infinite: true } : effect);
}

function findingOf(
  { pValue, resolution, status }: VectorMeans,
  statistic: number | null,
  effect: Finding["effects"][0],
) {
  return { statistic, pValue, resolution, effects: [effect], status: status === "zero" ? "constant" : status } as const;
}

function rootOf(square: number | null): number | null {
  return square === null ? null : Math.sqrt(Math.max(square, 0));
}

/** Each component judged as a column of numbers; the evidence is the smallest p-value times the number of components. */
function components({ x, y, dimension }: VectorRows, threshold = thresholds.components): Finding {
  const findings = Array.from({ length: dimension }, (_, component) => {
    const [one, other] = [x, y].map((rows) => columnOf(componentOf(rows, component, dimension)));
    return withSides("compare", one as never, other as never, (before, after) =>
      answerNow(andersonDarling(), before, after),
    );
  });
  const pValues = findings.map(({ pValue }) => pValue ?? 1);
  const adjusted = adjust(pValues, "holm");
  const drifted = findings.filter(
    ({ effects }, k) => adjusted[k]! <= componentLevel && isLarge(mostNotable(effects)),
  ).length;
  const share = drifted / dimension;
  const pValue = Math.min(1, dimension * Math.min(...pValues));
  return { statistic: share, pValue, effects: [{ name: "drifted-components", value: share, threshold }], status: "ok" };
}

function classified({ x, y, dimension }: VectorRows, threshold = thresholds.area): Finding {
  const { auc, pValue } = classifiedRows(x, y, dimension, resampling.seed);
  const status = auc === null ? "constant" : "ok";
  return { statistic: auc, pValue, effects: [{ name: "auc", value: auc, threshold }], status };
}

function componentOf(rows: Float64Array, component: number, dimension: number): Float64Array {
  return Float64Array.from({ length: rows.length / dimension }, (_, row) => rows[row * dimension + component]!);
}

const ofEffect = (name: string, judge: VectorsMethod["judge"], sample: VectorsMethod["sample"]): Method => ({
  name,
  threshold: "effect",
  vectors: { sample, judge },
});

/** Default for vectors. */
export const vectorDiscrepancy: VectorsMethod = { sample: fewRows, judge: discrepancy };

export const vectorMethods: readonly Method[] = [
  ofEffect("domain-classifier", classified, (dimension) =>
    Math.max(500, Math.min(2000, Math.floor(2 ** 18 / dimension))),
  ),
  ofEffect("mean-distance", means, fewRows),
  ofEffect("cosine-distance", meanDirections, fewRows),
  ofEffect("drifted-components", components, (dimension) =>
    Math.max(500, Math.min(10_000, Math.floor(2 ** 22 / dimension))),
  ),
];

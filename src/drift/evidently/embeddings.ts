/**
 * Evidently's four methods for embeddings, by its names: `distance` between mean vectors, `model` (a domain classifier),
 * `ratio` (share of components that drifted), `mmd` (maximum mean discrepancy). Source: Evidently 0.7.21,
 * legacy/metrics/data_drift/embedding_drift_methods.
 */
import { cosine } from "../../statistics/cosine.js";
import { chebyshev, euclidean, manhattan } from "../../statistics/distances.js";
import { decisions } from "../../statistics/linear-classifier.js";
import { everyEntry } from "../../statistics/sparse-rows.js";
import { pooled } from "./distinct.js";
import { areaUnderCurve, classifierOf, halves, isMixed, percentile, randomArea } from "./domain-classifier.js";
import { embeddingDiscrepancy } from "./embedding-discrepancy.js";
import { judge } from "./methods.js";
import { numpyRandom } from "./numpy-random.js";
import { type Refusal, refused } from "./score.js";
import { numberSide } from "./side.js";

/** Rows of vectors, one after the other. */
export interface Vectors {
  readonly values: Float64Array;
  readonly rows: number;
  readonly dimension: number;
}

export type VectorDistanceName = "euclidean" | "cosine" | "cityblock" | "chebyshev";

/** How columns of vectors are compared. `bootstrap`: the limit is a quantile of what chance gives, not the threshold. */
export type EmbeddingMethod =
  | {
      readonly method: "distance";
      /** `euclidean` if not given. */
      readonly distance?: VectorDistanceName;
      /** 0.2 if not given. */
      readonly threshold?: number;
      readonly bootstrap?: boolean;
      /** 0.95 if not given. */
      readonly quantile?: number;
    }
  | {
      readonly method: "model";
      /** Area under the ROC curve; 0.55 if not given. */
      readonly threshold?: number;
      /** By default for references of less than 1 000 rows, where the method was not chosen. */
      readonly bootstrap?: boolean;
      readonly quantile?: number;
    }
  | {
      readonly method: "ratio";
      /** Of each component; `wasserstein` at 0.1 if not given. */
      readonly componentMethod?: string;
      readonly componentThreshold?: number;
      /** 0.2 if not given. */
      readonly threshold?: number;
    }
  | {
      readonly method: "mmd";
      /** 0.015 if not given. */
      readonly threshold?: number;
      readonly bootstrap?: boolean;
      /** 0.05 if not given. */
      readonly quantile?: number;
    };

export interface EmbeddingDrift {
  readonly method: EmbeddingMethod["method"];
  readonly score: number;
  readonly threshold: number;
  readonly limit: number;
  readonly drifted: boolean;
}

const resamplings = 100;

/** Applies a method; by default `model`, with `bootstrap` below 1 000 rows of the reference. */
export function embeddingDrift(
  reference: Vectors,
  current: Vectors,
  chosen: EmbeddingMethod = { method: "model", bootstrap: reference.rows < 1000 },
): EmbeddingDrift | Refusal {
  switch (chosen.method) {
    case "distance":
      return meanDistance(reference, current, chosen);
    case "model":
      return modelArea(reference, current, chosen);
    case "ratio":
      return driftedShare(reference, current, chosen);
    case "mmd":
      return discrepancy(reference, current, chosen);
  }
}

type Chosen<M> = Extract<EmbeddingMethod, { method: M }>;

const distances = {
  euclidean,
  cosine,
  cityblock: manhattan,
  chebyshev,
} as const;

function meanDistance(reference: Vectors, current: Vectors, chosen: Chosen<"distance">): EmbeddingDrift | Refusal {
  const { distance = "euclidean", threshold = 0.2, bootstrap = false, quantile = 0.95 } = chosen;
  const between = (x: Vectors, inX: ArrayLike<number> | null, y: Vectors, inY: ArrayLike<number> | null) =>
    distances[distance](meanOf(x, inX), meanOf(y, inY)).distance;
  const score = between(reference, null, current, null);
  if (score === null) return refused(`the ${distance} distance of the mean vectors is no number`);
  const found = { method: "distance", score, threshold } as const;
  if (!bootstrap) return { ...found, limit: threshold, drifted: score > threshold };
  const [n, m] = [reference.rows, current.rows];
  const sizes = [Math.floor(n ** 2 / (n + m)), Math.floor((m * n) / (n + m))] as const;
  const drawn = Float64Array.from({ length: resamplings }, (_, seed) => {
    const random = numpyRandom(seed);
    const [one, other] = sizes.map((size) => random.integers(n, size));
    return between(reference, one!, reference, other!) ?? Number.NaN;
  });
  const limit = percentile(drawn, 100 * quantile);
  return { ...found, limit, drifted: score > limit };
}

/** Of chosen rows, or all. */
function meanOf({ values, rows, dimension }: Vectors, chosen: ArrayLike<number> | null): Float64Array {
  const count = chosen?.length ?? rows;
  const mean = new Float64Array(dimension);
  for (let k = 0; k < count; k++) {
    const start = (chosen ? chosen[k]! : k) * dimension;
    for (let c = 0; c < dimension; c++) mean[c]! += values[start + c]!;
  }
  return mean.map((sum) => sum / count);
}

function modelArea(reference: Vectors, current: Vectors, chosen: Chosen<"model">): EmbeddingDrift | Refusal {
  const { threshold = 0.55, bootstrap = false, quantile = 0.95 } = chosen;
  const { dimension } = reference;
  const all = pooled(reference.values, current.values);
  const { train, test } = halves(reference.rows + current.rows);
  // Class 1 is the reference.
  const [learnt, classes] = [train, test].map((rows) => Uint8Array.from(rows, (row) => Number(row < reference.rows)));
  if (!isMixed(learnt!) || !isMixed(classes!)) {
    return refused("Evidently's model needs rows of both sides in both halves: there are too few");
  }
  const pick = (rows: Uint32Array) => {
    const picked = new Float64Array(rows.length * dimension);
    rows.forEach((row, k) => {
      picked.set(all.subarray(row * dimension, (row + 1) * dimension), k * dimension);
    });
    return everyEntry(picked, dimension);
  };
  const options = { loss: "logistic", penalty: "l2", mostEpochs: 1000, sparse: false } as const;
  const found = classifierOf(pick(train), learnt!, options);
  if (!found.finite) return refused("Evidently's classifier left the range of doubles");
  // Probabilities: decisions beyond 37 are tied at 1, those below -745 at 0.
  const scores = decisions(pick(test), found).map((z) => 1 / (1 + Math.exp(-z)));
  const score = areaUnderCurve(scores, classes!);
  const limit = bootstrap ? randomArea(classes!, Array(resamplings).keys(), quantile) : threshold;
  return { method: "model", score, threshold, limit, drifted: score > limit };
}

function driftedShare(reference: Vectors, current: Vectors, chosen: Chosen<"ratio">): EmbeddingDrift | Refusal {
  const { componentMethod = "wasserstein", componentThreshold = 0.1, threshold = 0.2 } = chosen;
  const component = ({ values, dimension, rows }: Vectors, at: number) =>
    numberSide(Float64Array.from({ length: rows }, (_, row) => values[row * dimension + at]!));
  const { dimension } = reference;
  let drifted = 0;
  for (let at = 0; at < dimension; at++) {
    const found = judge(componentMethod, component(reference, at), component(current, at), "num", {
      threshold: componentThreshold,
      byName: true,
    });
    if ("refused" in found) return found;
    if (found.drifted) drifted++;
  }
  const score = drifted / dimension;
  return { method: "ratio", score, threshold, limit: threshold, drifted: score > threshold };
}

function discrepancy(reference: Vectors, current: Vectors, chosen: Chosen<"mmd">): EmbeddingDrift | Refusal {
  const { threshold = 0.015, bootstrap = false, quantile = 0.05 } = chosen;
  if (reference.rows < 2 || current.rows < 2) return refused("Evidently's mmd needs at least two rows a side");
  const least = Math.min(reference.rows, current.rows) * (reference.rows / (reference.rows + current.rows));
  if (bootstrap && least < 2) return refused("Evidently's mmd with bootstrap needs at least two rows a draw");
  const { squared, drawn } = embeddingDiscrepancy(reference, current, bootstrap ? resamplings : 0);
  const limit = bootstrap ? percentile(drawn, 100 * quantile) : threshold;
  return { method: "mmd", score: Math.max(squared, 0), threshold, limit, drifted: squared > limit };
}

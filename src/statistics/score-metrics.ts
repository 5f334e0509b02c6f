/**
 * Metrics of the scores of a classifier, all at once as an array of numbers (NaN where one is not defined), and their
 * intervals by formula. Areas: delta method, symmetric in log-odds. Log loss and Brier score, which are means of what each
 * row costs: normal.
 */
import { normal } from "../distributions/index.js";
import { type ClassLosses, lossesOfSeveral, lossesOfTwo } from "../engine/class-losses.js";
import type { ClassifiedRows } from "./classified-rows.js";
import { insideOdds, type Range } from "./confusion-intervals.js";
import {
  precisionRecallArea,
  type RankedArea,
  type RankedClass,
  rankedOf,
  reversed,
  rocArea,
  varianceOf,
} from "./ranked-scores.js";
import { sortedOf } from "./roc-auc.js";
import { scoreGroups } from "./score-groups.js";

/** Where the metrics are in the array, of `classes` classes. */
export const scorePlaces = {
  rocAucOf: (k: number) => 2 * k,
  averagePrecisionOf: (k: number) => 2 * k + 1,
  rocAuc: (classes: number) => 2 * classes,
  averagePrecision: (classes: number) => 2 * classes + 1,
  logLoss: (classes: number) => 2 * classes + 2,
  brier: (classes: number) => 2 * classes + 3,
  count: (classes: number) => 2 * classes + 4,
} as const;

/** Rows by their score for a class. */
export interface RankedScores {
  readonly which: number;
  readonly scores: Float64Array;
  /** By group of equal scores. */
  readonly counts: RankedClass;
  /** The group of each row, if it was looked for. */
  readonly groupOf: Uint32Array | null;
}

export interface MeasuredScores {
  readonly values: Float64Array;
  readonly intervals: readonly (Range | null)[];
  /** Of two classes that of the positive one, else of all that have scores. */
  readonly ranked: readonly RankedScores[];
  readonly losses: ClassLosses;
}

/** @param rows at least one, with scores @param keep whether the losses of each row are wanted */
export function measureScores(rows: ClassifiedRows, confidence: number, keep: boolean): MeasuredScores {
  const { classes, labels, positive } = rows;
  const scores = rows.scores!;
  const size = classes.length;
  const values = new Float64Array(scorePlaces.count(size)).fill(Number.NaN);
  const intervals: (Range | null)[] = new Array(values.length).fill(null);
  const put = (place: number, value: number, variance: number): void => {
    values[place] = value;
    intervals[place] = insideOdds(value, Math.sqrt(variance), confidence);
  };
  const ranked = rankedScores(rows);
  const means = [meanOfAreas(labels), meanOfAreas(labels)] as const;
  for (const each of ranked) {
    [rocArea(each.counts), precisionRecallArea(each.counts)].forEach((area, m) => {
      if (!area) return;
      const variance = varianceOf(area, each.counts);
      put(2 * each.which + m, area.value, variance);
      if (positive === null) means[m]!.add(area, each, variance);
    });
  }
  if (positive === null) {
    means.forEach((mean, m) => {
      if (mean.classes() > 0) put(scorePlaces.rocAuc(size) + m, mean.value(), mean.variance());
    });
  } else {
    for (const m of [0, 1]) {
      values[scorePlaces.rocAuc(size) + m] = values[2 * positive + m]!;
      intervals[scorePlaces.rocAuc(size) + m] = intervals[2 * positive + m]!;
    }
    const [other, counts] = [1 - positive, reversed(ranked[0]!.counts)];
    values[scorePlaces.rocAucOf(other)] = values[scorePlaces.rocAucOf(positive)]!;
    intervals[scorePlaces.rocAucOf(other)] = intervals[scorePlaces.rocAucOf(positive)]!;
    const area = precisionRecallArea(counts);
    if (area) put(scorePlaces.averagePrecisionOf(other), area.value, varianceOf(area, counts));
  }
  const losses =
    positive === null ? lossesOfSeveral(scores, labels, keep) : lossesOfTwo(scores[0]!, labels, positive, keep);
  const z = normal.upperQuantile((1 - confidence) / 2);
  for (const [place, { mean, m2 }, most] of [
    [scorePlaces.logLoss(size), losses.logs, Number.POSITIVE_INFINITY],
    [scorePlaces.brier(size), losses.squares, positive === null ? Number.POSITIVE_INFINITY : 1],
  ] as const) {
    const width = labels.length > 1 ? z * Math.sqrt(m2 / (labels.length - 1) / labels.length) : 0;
    values[place] = mean;
    if (width > 0) intervals[place] = [Math.max(0, mean - width), Math.min(most, mean + width)];
  }
  return { values, intervals, ranked, losses };
}

function rankedScores({ classes, labels, positive, scores, isScored }: ClassifiedRows): readonly RankedScores[] {
  if (positive !== null) {
    const [values] = scores as readonly [Float64Array];
    const counts = rankedOf(sortedOf(labels, values, positive), sortedOf(labels, values, 1 - positive));
    return [{ which: positive, scores: values, counts, groupOf: null }];
  }
  return Array.from(classes.keys())
    .filter(isScored)
    .map((which) => {
      const { distinct, groupOf } = scoreGroups(scores![which]!);
      const [ours, others] = [new Float64Array(distinct.length), new Float64Array(distinct.length)];
      for (let row = 0; row < groupOf.length; row++) {
        const isOurs = Number(labels[row] === which);
        ours[groupOf[row]!]! += isOurs;
        others[groupOf[row]!]! += 1 - isOurs;
      }
      return { which, scores: scores![which]!, counts: { ours, others }, groupOf };
    });
}

/** The mean of areas of several classes: a row's influence on it is the mean of those on each. */
function meanOfAreas(labels: Uint16Array) {
  let [classes, sum, isKnown] = [0, 0, true];
  let influence: Float64Array | null = null;
  return {
    classes: () => classes,
    value: () => sum / classes,
    /** NaN where that of one area is not known. */
    variance: () =>
      isKnown && influence ? influence.reduce((all, by) => all + by * by, 0) / classes ** 2 : Number.NaN,
    add({ value, ofOurs, ofOthers }: RankedArea, { which, groupOf }: RankedScores, variance: number): void {
      influence ??= new Float64Array(labels.length);
      for (let row = 0; row < labels.length; row++) {
        influence[row]! += (labels[row] === which ? ofOurs : ofOthers)[groupOf![row]!]!;
      }
      classes++;
      sum += value;
      isKnown &&= !Number.isNaN(variance);
    },
  };
}

/** Bootstrap intervals of the metrics of scores, by drawing rows anew. */
import { eachResample, type RankedRows } from "../engine/resampled-rows.js";
import { type Bootstrap, Resampled } from "./bootstrap.js";
import type { ClassifiedRows } from "./classified-rows.js";
import type { Range } from "./confusion-intervals.js";
import { scoreGroups } from "./score-groups.js";
import { type MeasuredScores, type RankedScores, scorePlaces } from "./score-metrics.js";

/** In the order of `measureScores`. */
export function resampledScoreIntervals(
  { classes, labels, positive }: ClassifiedRows,
  { values, ranked, losses }: MeasuredScores,
  bootstrap: Bootstrap,
): readonly (Range | null)[] {
  const size = classes.length;
  const rows = labels.length;
  const found = new Resampled(scorePlaces.count(size), bootstrap);
  const metrics = new Float64Array(scorePlaces.count(size));
  const orders = ranked.map((each) => orderedRows(each, labels));
  const costs = [losses.logs.each!, losses.squares.each!];
  eachResample(labels, size, costs, orders, bootstrap.resamples, bootstrap.seed, (sums, ranks) => {
    metrics.fill(Number.NaN);
    const means = [new Mean(), new Mean()] as const;
    ranks.forEach(({ ours, others, pairs, fromAbove, fromBelow }, k) => {
      const { which } = ranked[k]!;
      const area = ours > 0 && others > 0 ? pairs / 2 / ours / others : Number.NaN;
      const precision = ours > 0 ? fromAbove / ours : Number.NaN;
      metrics[scorePlaces.rocAucOf(which)] = area;
      metrics[scorePlaces.averagePrecisionOf(which)] = precision;
      means[0].add(area);
      means[1].add(precision);
      if (positive === null) return;
      metrics[scorePlaces.rocAucOf(1 - which)] = area;
      metrics[scorePlaces.averagePrecisionOf(1 - which)] = others > 0 ? fromBelow / others : Number.NaN;
    });
    metrics[scorePlaces.rocAuc(size)] = means[0].value();
    metrics[scorePlaces.averagePrecision(size)] = means[1].value();
    metrics[scorePlaces.logLoss(size)] = sums[0]! / rows;
    metrics[scorePlaces.brier(size)] = sums[1]! / rows;
    found.add(metrics);
  });
  return Array.from(values, (value, place) => found.interval(place, value));
}

/** Of the values that are numbers. */
class Mean {
  private sum = 0;
  private count = 0;

  add(value: number): void {
    if (Number.isNaN(value)) return;
    this.sum += value;
    this.count++;
  }

  value(): number {
    return this.sum / this.count;
  }
}

/** Rows in ascending order of their score: counted into their groups. */
function orderedRows({ which, scores, counts, ...known }: RankedScores, labels: Uint16Array): RankedRows {
  const groupOf = known.groupOf ?? scoreGroups(scores).groupOf;
  const next = new Uint32Array(counts.ours.length);
  for (let group = 1; group < next.length; group++) {
    next[group] = next[group - 1]! + counts.ours[group - 1]! + counts.others[group - 1]!;
  }
  const [order, flags] = [new Uint32Array(groupOf.length), new Uint8Array(groupOf.length)];
  for (let row = 0; row < groupOf.length; row++) {
    const place = next[groupOf[row]!]!++;
    order[place] = row;
    flags[place] = Number(labels[row] === which);
  }
  for (const end of next) flags[end - 1]! |= 2;
  return { order, flags, which };
}

/** Evidently's distances: jensenshannon, psi, kl_div, hellinger on cells; wasserstein and ed (energy) on values. */
import { answerNow } from "../../source/plan.js";
import { withSource } from "../../source/sides.js";
import { energy } from "../../statistics/energy.js";
import { histogram } from "../../statistics/histogram.js";
import { jensenShannonDivergence } from "../../statistics/jensen-shannon-divergence.js";
import { unitPlan } from "../../statistics/normalize.js";
import { wasserstein } from "../../statistics/wasserstein.js";
import { sharesOf, sturgesEdges, withoutZeros } from "./cells.js";
import { distinctNumbers } from "./distinct.js";
import type { EvidentlyKind } from "./kinds.js";
import { numpySum } from "./numpy-sum.js";
import { refused, type Score } from "./score.js";
import { countsOf, keysOf, type NumberSide, type Side } from "./side.js";

/** Square root of the divergence in nats, at most √ln 2. No zero is filled. */
export function jensenShannonDistance(reference: Side, current: Side, kind: EvidentlyKind): Score {
  const shares = sharesOf(reference, current, kind);
  return Math.sqrt(jensenShannonDivergence(shares.reference, shares.current, 1, 1));
}

/** Σ (p - q) ln(p / q) with zeros filled; shares do not add up to 1 then. */
export function populationStability(reference: Side, current: Side, kind: EvidentlyKind): Score {
  const { reference: p, current: q } = withoutZeros(sharesOf(reference, current, kind));
  return numpySum(p.map((share, k) => (share - q[k]!) * Math.log(share / q[k]!)));
}

/** Σ p ln(p / q) with zeros filled, shares brought to a sum of 1 again. */
export function kullbackLeibler(reference: Side, current: Side, kind: EvidentlyKind): Score {
  const { reference: p, current: q } = withoutZeros(sharesOf(reference, current, kind));
  const [wholeP, wholeQ] = [numpySum(p), numpySum(q)];
  return numpySum(p.map((share, k) => (share / wholeP) * Math.log(share / wholeP / (q[k]! / wholeQ))));
}

/**
 * √(1 - Σ √(p q)): of categories by their shares; of numbers by densities in Sturges' bins, whose number follows from
 * how many distinct values both sides have together.
 */
export function hellingerDistance(reference: Side, current: Side, kind: EvidentlyKind): Score {
  const overlap =
    kind === "num" && reference.form === "numbers" && current.form === "numbers"
      ? densityOverlap(reference, current)
      : shareOverlap(reference, current);
  return Math.sqrt(1 - Math.min(overlap, 1));
}

function shareOverlap(reference: Side, current: Side): number {
  const [before, after] = [countsOf(reference), countsOf(current)];
  let overlap = 0;
  for (const key of keysOf(before, after)) {
    const p = (before.get(key) ?? 0) / reference.length;
    overlap += Math.sqrt(p * ((after.get(key) ?? 0) / current.length));
  }
  return overlap;
}

function densityOverlap(reference: NumberSide, current: NumberSide): number {
  const distinct = distinctNumbers(reference.values, current.values);
  const edges = sturgesEdges([distinct], reference.whole && current.whole);
  const densities = [reference, current].map(({ values }) =>
    histogram(values, { bins: edges }).counts.map((count, k) => count / (edges[k + 1]! - edges[k]!) / values.length),
  );
  const width = (edges.at(-1)! - edges[0]!) / (edges.length - 1);
  return densities[0]!.reduce((overlap, p, k) => overlap + Math.sqrt(p * densities[1]![k]!) * width, 0);
}

/** Over the reference's standard deviation (divisor n), or 0.001 where that is smaller. */
export function wassersteinDistance(reference: NumberSide, current: NumberSide): Score {
  const { distance } = wasserstein(reference.values, current.values);
  if (distance === null) return refused("the distance is beyond all doubles");
  const deviation = withSource("compare", reference.values, (source) => answerNow(unitPlan("std"), source));
  return distance / Math.max(deviation, 0.001);
}

/** In the root of the column's unit: not scaled. */
export function energyDistance(reference: NumberSide, current: NumberSide): Score {
  return energy(reference.values, current.values).distance ?? refused("the distance is beyond all doubles");
}

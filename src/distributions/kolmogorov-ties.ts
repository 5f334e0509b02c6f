/**
 * The two-sample Kolmogorov-Smirnov law under ties, for samples too large for `ksExact`.
 *
 * A Brownian bridge is looked at where blocks of equal pooled values end. From one such time to the next only its place
 * there matters: with u(t, x) the chance to have met the gap by t, given place x,
 *
 *   u(t', x') = ∫ φ(x; mean x' t/t', variance t (t' − t)/t') u(t, x) dx,   u = 1 over the gap,
 *
 * by Gauss and Legendre's rule between the gaps. How far the gap is at an end is the normal quantile that belongs to the
 * exact, hypergeometric, chance to be over it there, so that skewness and the places that can be attained are allowed
 * for. Stretches of blocks below 1/256 of all values are taken as one: there the bridge is watched all the time, and the
 * gap is further by the mean overstep of a walk that is looked at after every block (`meanOverstep`). Stretches below
 * 1/4096 belong to the block that follows. All terms are positive, so that small p-values keep their digits.
 */
import { heightOf, tiedHeightOf } from "./kolmogorov-shift.js";
import { normal } from "./normal.js";
import { lgamma } from "./special-functions.js";

/** A time at which the bridge is looked at, and how far the gap is; `watched`: all the time since the look before. */
interface Look {
  readonly time: number;
  readonly low: number;
  readonly high: number;
  readonly watched: boolean;
}

/** Places between the gaps at one time, their weights, and the chances u. */
interface State {
  readonly look: Look;
  readonly places: Float64Array;
  readonly weights: Float64Array;
  readonly met: Float64Array;
}

/** Nodes and weights of Gauss and Legendre's rule on [-1, 1]. */
const rule = [
  [0.183434642495649805, 0.362683783378361983],
  [0.525532409916328986, 0.31370664587788729],
  [0.796666477413626739, 0.222381034453374471],
  [0.960289856497536232, 0.10122853629037626],
].flatMap(([x, w]) => [
  [x!, w!],
  [-x!, w!],
]);

const start: Look = { time: 0, low: 0, high: 0, watched: false };
const onePlace = { places: Float64Array.of(0), weights: Float64Array.of(1) };

/** P(D ≥ gap/(nm)) where blocks of equal pooled values end at `ends`; one-sided, that of (F − G)nm ≥ gap. */
export function tiedLaw(n: number, m: number, gap: number, ends: Uint32Array, oneSided: boolean): number {
  const looks = looksOf(n, m, gap, ends, oneSided);
  let state: State = { look: start, ...onePlace, met: Float64Array.of(0) };
  looks.forEach((look, k) => {
    const narrowest = Math.min(spread(state.look.time, look.time), spread(look.time, looks[k + 1]?.time ?? 1));
    const nodes = look.time === 1 ? onePlace : nodesOf(look, narrowest);
    state = { look, ...nodes, met: nodes.places.map((place) => meets(place, look, state)) };
  });
  return Math.min(1, state.met[0]!);
}

function looksOf(n: number, m: number, gap: number, ends: Uint32Array, oneSided: boolean): Look[] {
  const total = n + m;
  const looks: Look[] = [];
  const [far, unit] = [Number.NEGATIVE_INFINITY, Math.sqrt(total) * Math.sqrt(n * m)];
  /** Where the stretch of small blocks began, and the sum of their sizes to the power 3/2. */
  let [began, sum] = [0, 0];
  let last = 0;
  const stretch = (end: number): void => {
    if (end - began <= total / 4096) return;
    const size = (sum / (end - began)) ** 2;
    const high = size < 1.5 ? heightOf(n, m, gap) : tiedHeightOf(n, m, gap, Math.round(size));
    looks.push({ time: end / total, low: oneSided ? far : -high, high, watched: true });
  };
  for (const end of ends) {
    const size = end - last;
    if (size >= total / 256) {
      stretch(last);
      if (end < total) {
        const time = end / total;
        const deviation = Math.sqrt(time * (1 - time));
        const high = deviation * normal.upperQuantile(over(n, m, end, gap));
        const low = oneSided ? far : -deviation * normal.upperQuantile(over(m, n, end, gap));
        looks.push({ time, low, high, watched: false });
      }
      [began, sum] = [end, 0];
    } else {
      sum += size ** 1.5;
    }
    last = end;
  }
  if (began < total) stretch(total);
  if (looks.at(-1)?.time !== 1) looks.push({ time: 1, low: -unit, high: unit, watched: false });
  return looks;
}

/** P(i m − j n ≥ gap) after `drawn` values. */
function over(n: number, m: number, drawn: number, gap: number): number {
  const total = n + m;
  const first = Math.max(0, drawn - m, Math.ceil((gap + drawn * n) / total));
  const last = Math.min(n, drawn);
  if (first > last) return 0;
  const choose = (a: number, b: number): number => lgamma(a + 1) - lgamma(b + 1) - lgamma(a - b + 1);
  let term = Math.exp(choose(drawn, first) + choose(total - drawn, n - first) - choose(total, n));
  let sum = 0;
  for (let i = first; i <= last && term > sum * 1e-16; i++) {
    sum += term;
    term *= ((drawn - i) * (n - i)) / ((i + 1) * (m - drawn + i + 1));
  }
  return Math.min(1, sum);
}

/** Deviation of the place at t, given the one at t'. */
function spread(t: number, later: number): number {
  return t === 0 || t === later ? 1 : Math.sqrt((t * (later - t)) / later);
}

/** Nodes between the gaps, eight to at most 2.5 deviations. */
function nodesOf({ time, low, high }: Look, deviation: number): Pick<State, "places" | "weights"> {
  const furthest = 9 * Math.sqrt(time * (1 - time));
  const [from, to] = [Math.max(low, -furthest - Math.max(0, high)), Math.min(high, furthest)];
  if (!(to > from)) return { places: new Float64Array(0), weights: new Float64Array(0) };
  const parts = Math.ceil((to - from) / (2.5 * deviation));
  const half = (to - from) / parts / 2;
  const places = new Float64Array(8 * parts);
  for (let k = 0; k < places.length; k++) places[k] = from + half * (2 * (k >> 3) + 1 + rule[k & 7]![0]!);
  return { places, weights: places.map((_, k) => half * rule[k & 7]![1]!) };
}

/** u at a place of the look `now`. */
function meets(place: number, now: Look, { look, places, weights, met }: State): number {
  const passed = now.time - look.time;
  if (look.time === 0) return now.watched ? between(0, place, now, passed) : 0;
  const mean = (place * look.time) / now.time;
  const deviation = spread(look.time, now.time);
  let sum = 0;
  for (let k = 0; k < places.length; k++) {
    const z = (places[k]! - mean) / deviation;
    const u = met[k]!;
    const later = now.watched ? between(places[k]!, place, now, passed) : 0;
    sum += weights[k]! * Math.exp((-z * z) / 2) * (u + (1 - u) * later);
  }
  const outside = normal.sf((look.high - mean) / deviation) + normal.sf((mean - look.low) / deviation);
  return outside + sum / deviation / Math.sqrt(2 * Math.PI);
}

/** P(a Brownian bridge from x to y meets `high` or `low` on its way), by its reflections. */
function between(x: number, y: number, { low, high }: Look, time: number): number {
  if (x >= high || y >= high || x <= low || y <= low) return 1;
  const [up, down] = [(-2 * (high - x) * (high - y)) / time, (-2 * (x - low) * (y - low)) / time];
  const one = Math.exp(up) + Math.exp(down);
  const width = high - low;
  if (one < 1e-20 || width === Number.POSITIVE_INFINITY) return Math.min(1, one);
  let sum = one;
  for (let k = 1; k <= 6; k++) {
    const wide = k * width;
    const both = Math.exp((-2 * wide * (wide + y - x)) / time) + Math.exp((-2 * wide * (wide - y + x)) / time);
    const more =
      Math.exp((-2 * (wide + high - x) * (wide + high - y)) / time) +
      Math.exp((-2 * (wide + x - low) * (wide + y - low)) / time);
    sum += more - both;
    if (both < 1e-18) break;
  }
  return Math.min(1, Math.max(0, sum));
}

/**
 * The two-sample Kolmogorov-Smirnov law under ties, for samples too large for `ksExact`.
 *
 * A Brownian bridge is looked at where blocks of equal pooled values end. From one such time to the next only its place
 * there matters: with u(t, x) the chance to have met the gap by t, given place x,
 *
 *   u(t', x') = ∫ φ(x; mean x' t/t', variance t (t' − t)/t') u(t, x) dx,   u = 1 over the gap,
 *
 * by Gauss and Legendre's rule between the gaps. How far the gap is at a time is the normal quantile that belongs to the
 * hypergeometric chance to be over it there, so that skewness and the places that can be attained are allowed for.
 * Stretches of blocks below 1/256 of all values are watched all the time, in pieces of at most 1/16: there the gap is
 * further by the mean overstep of a walk that is looked at after every block (`meanOverstep`), and straight in between.
 * Stretches below 1/2048 belong to the block that follows. All terms are positive, so that small p-values keep their
 * digits.
 */
import { commonDivisor, heightOf, overstepOf } from "./kolmogorov-shift.js";
import { normal } from "./normal.js";
import { lgamma } from "./special-functions.js";

/** How far the gap is, below and above. */
interface Gap {
  readonly low: number;
  readonly high: number;
}

/** A time at which the bridge is looked at; `since`: watched all the time, from this gap at the look before. */
interface Look extends Gap {
  readonly time: number;
  readonly since: Gap | null;
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
  [0.1834346424956498, 0.362683783378362],
  [0.525532409916329, 0.3137066458778873],
  [0.7966664774136267, 0.2223810344533745],
  [0.9602898564975363, 0.1012285362903763],
].flatMap(([x, w]) => [
  [x!, w!],
  [-x!, w!],
]);

const start: Look = { time: 0, low: 0, high: 0, since: null };
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
  const unit = Math.sqrt(total) * Math.sqrt(n * m);
  const middle = commonDivisor(n, m) / 2;
  const looks: Look[] = [];
  /** How far `level` is after `drawn` values; not where none, or all, are. */
  const heights = (drawn: number, { low, high }: Gap): Gap => ({
    low: oneSided ? Number.NEGATIVE_INFINITY : -heightAt(m, n, drawn, low),
    high: heightAt(n, m, drawn, high),
  });
  /** Blocks whose sizes are multiples of a common one leave S on a coarser lattice, `step` apart. */
  const stretch = (from: number, to: number, size: number, step: number): void => {
    if (to - from <= total / 2048) return;
    const beyond = size < 1.5 ? heightOf(n, m, gap) * unit - gap : overstepOf(n, m, Math.round(size), step);
    const above = (first: number): number => gap + ((((first - gap) % step) + step) % step) + beyond;
    const level = { low: above(from * n), high: above(-from * n) };
    const pieces = Math.ceil((16 * (to - from)) / total);
    let since = heights(from, level);
    for (let k = 1; k <= pieces; k++) {
      const end = Math.round(from + ((to - from) * k) / pieces);
      const here = heights(end, level);
      looks.push({ time: end / total, ...here, since });
      since = here;
    }
  };
  let [began, last, sum, step] = [0, 0, 0, total];
  for (const end of ends) {
    const size = end - last;
    if (size >= total / 256) {
      stretch(began, last, (sum / (last - began)) ** 2, step);
      // between the values that S can have there and the next below
      if (end < total) looks.push({ time: end / total, ...lattice(end), since: null });
      [began, sum, step] = [end, 0, total];
    } else {
      sum += size ** 1.5; // the mean of √size over values
      step = commonDivisor(step, (size * n) % total);
    }
    last = end;
  }
  stretch(began, total, (sum / (total - began)) ** 2, step);
  if (looks.at(-1)?.time !== 1) looks.push({ time: 1, low: -unit, high: unit, since: null });
  return looks;

  function lattice(drawn: number): Gap {
    const up = Math.ceil((gap - middle + drawn * n) / total) * total - drawn * n - total / 2;
    const down = Math.ceil((gap - middle + drawn * m) / total) * total - drawn * m - total / 2;
    return heights(drawn, { low: down, high: up });
  }
}

/** The place over which a bridge is as likely after `drawn` values as i m − j n is over `level`, places taken as cells. */
function heightAt(n: number, m: number, drawn: number, level: number): number {
  const total = n + m;
  const time = drawn / total;
  const nominal = level / (Math.sqrt(total) * Math.sqrt(n * m));
  const deviation = Math.sqrt(time * (1 - time));
  const first = (level + drawn * n) / total + 0.5;
  const whole = Math.floor(first);
  if (whole <= Math.max(0, drawn - m) || whole >= Math.min(n, drawn)) return nominal;
  const [here, next] = [over(n, m, drawn, whole), over(n, m, drawn, whole + 1)];
  if (next === 0) return nominal; // further out than doubles tell
  return deviation * normal.upperQuantile(here * (next / here) ** (first - whole));
}

/** P(i ≥ first) after `drawn` values. */
function over(n: number, m: number, drawn: number, first: number): number {
  const total = n + m;
  const choose = (a: number, b: number): number => lgamma(a + 1) - lgamma(b + 1) - lgamma(a - b + 1);
  let term = Math.exp(choose(drawn, first) + choose(total - drawn, n - first) - choose(total, n));
  let sum = 0;
  for (let i = first; i <= Math.min(n, drawn) && term > sum * 1e-16; i++) {
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
  const [from, to] = [Math.max(low, -furthest), high];
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
  if (look.time === 0) return now.since ? between(0, place, now.since, now, passed) : 0;
  const mean = (place * look.time) / now.time;
  const deviation = spread(look.time, now.time);
  // what is further is negligible even for a path that turns to the gap
  const furthest = 7 + 4 * Math.min(now.high, 10) * deviation;
  let sum = 0;
  for (let k = 0; k < places.length; k++) {
    const z = (places[k]! - mean) / deviation;
    if (z > furthest || z < -furthest) continue;
    const u = met[k]!;
    const later = now.since ? between(places[k]!, place, now.since, now, passed) : 0;
    sum += weights[k]! * Math.exp((-z * z) / 2) * (u + (1 - u) * later);
  }
  const outside = normal.sf((look.high - mean) / deviation) + normal.sf((mean - look.low) / deviation);
  return outside + sum / deviation / Math.sqrt(2 * Math.PI);
}

/**
 * P(a Brownian bridge from x to y meets a gap on its way that is straight from `from` to `to`): Doob's series for two
 * lines, with the distances a, b above and c, d below, at the start and at the end.
 */
function between(x: number, y: number, from: Gap, to: Gap, time: number): number {
  const [a, b, c, d] = [from.high - x, to.high - y, x - from.low, y - to.low];
  if (a <= 0 || b <= 0 || c <= 0 || d <= 0) return 1;
  const chance = (product: number): number => Math.exp((-2 * product) / time);
  const up = chance(a * b);
  if (c === Number.POSITIVE_INFINITY) return up;
  let sum = up + chance(c * d);
  for (let k = 1; k <= 8; k++) {
    const [squares, less, more] = [k * k * (a * b + c * d), k * (k - 1), k * (k + 1)];
    const both = chance(squares + less * b * c + more * a * d) + chance(squares + more * b * c + less * a * d);
    if (both < 1e-20) break;
    const next = (k + 1) ** 2;
    const three = more * (a * d + b * c);
    sum += chance(next * a * b + k * k * c * d + three) + chance(k * k * a * b + next * c * d + three) - both;
  }
  return Math.min(1, Math.max(0, sum));
}

/**
 * Average run length of the tabular CUSUM S ← max(0, S + z − k), which signals at S > h, over independent normal z.
 *
 * With L(u) the average from S = u on, L solves Page's integral equation
 *
 *     L(u) = 1 + Φ(k − u − μ) L(0) + ∫₀ʰ φ(x + k − u − μ) L(x) dx
 *
 * by Gauss and Legendre's rule on panels of four standard deviations (Nyström's method), which leaves no error but rounding. Brook
 * and Evans' Markov chain is the same with steps for a rule. L(0) is taken out, so that K is 0 far from the diagonal.
 *
 * [1] Page: Continuous inspection schemes. Biometrika 41 (1954).
 * [2] Brook, Evans: An approach to the probability distribution of CUSUM run length. Biometrika 59 (1972).
 * [3] Siegmund: Sequential analysis. Springer (1985).
 */
import { normal } from "../distributions/normal.js";
import { solveChain } from "./integral-equation.js";
import { density, panels } from "./nodes.js";
import { checkOption } from "./options.js";
import { solveRising } from "./solve-rising.js";
import { type Direction, direction as directionRule } from "./variant.js";

export interface CusumRunLengthOptions {
  /** Allowance, in standard deviations. */
  readonly k: number;
  /** Threshold, in standard deviations. */
  readonly h: number;
  /** Of the mean, in standard deviations; default 0. */
  readonly shift?: number;
  readonly direction?: Direction;
}

/** Beyond this many standard deviations a density is less than 1e-16 of what counts. */
const farthest = 9;
const panelWidth = 4;
const highest = 2000;

const rules = {
  k: { kind: "number", default: null, least: 0, most: 10, words: "allowance" },
  h: { kind: "number", default: null, least: 0, most: highest, open: "least", words: "threshold" },
  shift: { kind: "number", default: 0, least: -10, most: 10, words: "of the mean, in standard deviations" },
  direction: directionRule("both"),
} as const;

/**
 * Values until a CUSUM signals, on average, from S = 0 on. For both directions 1/L = 1/L⁺ + 1/L⁻, which is exact [1].
 *
 * @throws RangeError for k outside of [0, 10], h outside of (0, 2000] and a shift beyond 10 either way
 * @see Page (1954); oracle: spc::xcusum.arl
 */
export function cusumRunLength(options: CusumRunLengthOptions): number {
  const { k, h, shift = 0, direction = "both" } = options;
  const given = { k, h, shift, direction };
  for (const [name, rule] of Object.entries(rules))
    checkOption("cusumRunLength", name, given[name as keyof typeof given], rule);
  const up = direction === "down" ? 0 : 1 / oneSided(k - shift, h);
  const down = direction === "up" ? 0 : 1 / oneSided(k + shift, h);
  return Math.min(Number.MAX_VALUE, 1 / (up + down));
}

/** The h of a CUSUM with this average run length. @throws RangeError where there is none up to 2000 */
export function cusumThreshold(caller: string, k: number, direction: Direction, falseAlarmEvery: number): number {
  const wanted = direction === "both" ? 2 * falseAlarmEvery : falseAlarmEvery;
  const shortest = 1 / normal.sf(k);
  if (wanted <= shortest) {
    const least = direction === "both" ? shortest / 2 : shortest;
    throw new RangeError(
      `${caller}: falseAlarmEvery must be above ${least.toPrecision(4)}, which a threshold of 0 has, got ${falseAlarmEvery}`,
    );
  }
  const guess = siegmund(k, wanted);
  if (guess > highest / 2)
    throw new RangeError(`${caller}: falseAlarmEvery needs a greater allowance, got ${falseAlarmEvery} with ${k}`);
  const goal = Math.log(wanted);
  return solveRising((h) => (h === 0 ? Math.log(shortest) : Math.log(oneSided(k, h))) - goal, 0, 1.1 * guess + 0.1);
}

/** About the h, from Siegmund's (e^(2kb) − 2kb − 1)/(2k²), b = h + 1.166. */
function siegmund(k: number, wanted: number): number {
  const length = (b: number) => (k < 1e-4 ? b * b : (Math.expm1(2 * k * b) - 2 * k * b) / (2 * k * k));
  let b = 1.166;
  while (length(b) < wanted && b < 2 * highest) b *= 1.02;
  return Math.max(0, b - 1.166);
}

/** L(0) of the CUSUM with allowance k for values of mean 0; k may be negative. */
function oneSided(k: number, h: number): number {
  const { nodes, weights } = panels(0, h, panelWidth);
  const size = nodes.length;
  const panel = (16 * h) / size;
  const reach = 16 * (Math.ceil((farthest + Math.abs(k)) / panel) + 1);
  const next = (from: number, to: number) => weights[to]! * density(nodes[to]! + k - from);
  const always = new Float64Array(size).fill(1);
  const toSignal = nodes.map((u) => normal.sf(h + k - u));
  const ends = nodes.map((u, j) => normal.cdf(k - u) + toSignal[j]!);
  solveChain(reach, (row, column) => next(nodes[row]!, column), ends, [always, toSignal]);
  // from 0 on: values until 0 or a signal is next, over the chance that it is the signal
  let [length, signals] = [1, normal.sf(h + k)];
  for (let j = 0; j < size; j++) {
    length += next(0, j) * always[j]!;
    signals += next(0, j) * toSignal[j]!;
  }
  return length / signals;
}

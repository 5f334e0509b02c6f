/** One column against a law: its values in order, and the law's distribution function at each. */
import {
  beta,
  chiSquare,
  exponential,
  fisherF,
  gamma,
  logNormal,
  normal,
  studentT,
  uniform,
} from "../distributions/index.js";
import { wholeGrid } from "../engine/grid.js";
import { one, type Plan } from "../source/plan.js";
import type { Values } from "../source/source.js";
import { shown } from "./option-checks.js";

/** A law of `smirnov/distributions` by its name, with its parameters; those with a question mark have the usual value. */
export type NamedLaw =
  | { readonly name: "normal"; readonly mean?: number; readonly sd?: number }
  | { readonly name: "uniform"; readonly low?: number; readonly high?: number }
  | { readonly name: "exponential"; readonly rate?: number }
  | { readonly name: "studentT"; readonly degreesOfFreedom: number }
  | { readonly name: "chiSquare"; readonly degreesOfFreedom: number }
  | { readonly name: "fisherF"; readonly numerator: number; readonly denominator: number }
  | { readonly name: "gamma"; readonly shape: number; readonly scale?: number }
  | { readonly name: "beta"; readonly a: number; readonly b: number }
  | { readonly name: "logNormal"; readonly mu?: number; readonly sigma?: number };

/**
 * A continuous law: by its name, the name alone where no parameter is needed; or by its distribution function P(X ≤ x), a
 * function or an object with one, such as `normal` of `smirnov/distributions`.
 */
export type Law =
  | "normal"
  | "uniform"
  | "exponential"
  | "logNormal"
  | NamedLaw
  | ((x: number) => number)
  | { readonly cdf: (x: number) => number };

/** Names of the parameters, in the order in which distribution functions take them, and that function. */
const laws: Readonly<Record<NamedLaw["name"], readonly [readonly string[], (x: number, ...of: number[]) => number]>> = {
  normal: [["mean", "sd"], normal.cdf],
  uniform: [["low", "high"], uniform.cdf],
  exponential: [["rate"], exponential.cdf],
  studentT: [["degreesOfFreedom"], (x, df) => studentT.cdf(x, df!)],
  chiSquare: [["degreesOfFreedom"], (x, df) => chiSquare.cdf(x, df!)],
  fisherF: [["numerator", "denominator"], (x, n, m) => fisherF.cdf(x, n!, m!)],
  gamma: [["shape", "scale"], (x, shape, scale) => gamma.cdf(x, shape!, scale)],
  beta: [["a", "b"], (x, a, b) => beta.cdf(x, a!, b!)],
  logNormal: [["mu", "sigma"], logNormal.cdf],
};

export interface UnderLaw {
  readonly values: Values;
  /** The law's distribution function at each of the values. */
  readonly shares: Float64Array;
}

/** @throws RangeError where the law gives no probability, or falls */
export function* underLawPlan(caller: string, law: Law): Plan<UnderLaw> {
  const cdf = distributionFunction(caller, law);
  const values = yield* one(0, "ordered", wholeGrid, Uint32Array.of(0));
  const shares = new Float64Array(values.length);
  let last = 0;
  for (let k = 0; k < values.length; k++) {
    const x = Number(values[k]!);
    const share = Number.isFinite(x) ? cdf(x) : x > 0 ? 1 : 0;
    if (!(typeof share === "number" && share >= 0 && share <= 1)) {
      const found = `the law's is ${shown(share)} at ${x}`;
      throw new RangeError(`${caller}: a distribution function lies in [0, 1], ${found}`);
    }
    // A rounded function may fall by a few units in the last place.
    if (share < last - 1e-9) throw new RangeError(`${caller}: a distribution function rises, the law's falls at ${x}`);
    last = share;
    shares[k] = share;
  }
  return { values, shares };
}

function distributionFunction(caller: string, law: Law): (x: number) => number {
  if (typeof law === "function") return law;
  if (typeof law === "object" && law !== null) {
    if ("cdf" in law && typeof law.cdf === "function") return (x) => law.cdf(x);
    if ("name" in law) return namedFunction(caller, law);
  }
  if (typeof law === "string") return namedFunction(caller, { name: law } as NamedLaw);
  throw new TypeError(`${caller}: law must be a name, { name, … } or a distribution function, got ${shown(law)}`);
}

/** @throws RangeError for a law or a parameter that there is not, and parameters out of range */
function namedFunction(caller: string, { name, ...given }: NamedLaw): (x: number) => number {
  if (!Object.hasOwn(laws, name)) {
    throw new RangeError(`${caller}: there is no law ${shown(name)}, but ${Object.keys(laws).join(", ")}`);
  }
  const [names, cdf] = laws[name];
  const unknown = Object.keys(given).find((parameter) => !names.includes(parameter));
  if (unknown !== undefined) {
    throw new RangeError(`${caller}: ${name} has no parameter ${unknown}, but ${names.join(", ")}`);
  }
  const parameters = names.map((parameter) => (given as Readonly<Record<string, number>>)[parameter]) as number[];
  for (const [k, parameter] of parameters.entries()) {
    if (parameter !== undefined && typeof parameter !== "number") {
      throw new TypeError(`${caller}: ${names[k]} must be a number, got ${shown(parameter)}`);
    }
  }
  return (x) => cdf(x, ...parameters);
}

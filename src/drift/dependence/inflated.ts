/** P-values of statistics that dependent rows have made larger: the statistic is divided before its law is asked. */
import { andersonDarling, chiSquare, kolmogorov, normal, studentT } from "../../distributions/index.js";

/** The law a p-value came from: what its statistic is like when it grows. */
export type LawName = "normal" | "kolmogorov" | "anderson-darling" | { readonly chiSquare: number };

/** By how much variances exceed those of independent rows, and what is left of the degrees of freedom. */
export interface Inflation {
  readonly factor: number;
  /** 1 unless few directions depend more than others. */
  readonly degrees: number;
  /** Degrees of freedom that the factor is known with, where these are few. */
  readonly freedom?: number;
}

/** Smallest p-value of which quantiles are asked: the digits of smaller ones are not promised. */
const least = 1e-300;

/** The p-value of a statistic whose variance is `factor` times that of its law. */
export function inflatedP(pValue: number, law: LawName, inflation: Inflation): number {
  const { freedom } = inflation;
  const p = divided(pValue, law, inflation);
  if (freedom === undefined || p >= 1) return p;
  if (freedom <= 0) return 1;
  // As t stands to z: where a variance is an estimate, what looks like many standard errors may be few.
  return Math.min(1, 2 * studentT.sf(normal.upperQuantile(Math.max(p, least) / 2), freedom));
}

function divided(pValue: number, law: LawName, { factor, degrees }: Omit<Inflation, "freedom">): number {
  if ((factor <= 1 && degrees >= 1) || pValue >= 1) return pValue;
  const p = Math.max(pValue, least);
  if (law === "anderson-darling") return andersonDarling.sf(andersonDarling.upperQuantile(p) / factor);
  if (law === "kolmogorov") return kolmogorov.sf(kolmogorov.upperQuantile(p) / Math.sqrt(factor));
  const freedom = law === "normal" ? 1 : law.chiSquare;
  return chiSquare.sf((chiSquare.upperQuantile(p, freedom) * degrees) / factor, freedom * degrees);
}

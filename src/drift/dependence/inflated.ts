/** P-values of statistics that dependent rows have made larger: the statistic is divided before its law is asked. */
import { andersonDarling, chiSquare, kolmogorov } from "../../distributions/index.js";

/** The law a p-value came from: what its statistic is like when it grows. */
export type LawName = "normal" | "kolmogorov" | "anderson-darling" | { readonly chiSquare: number };

/** By how much variances exceed those of independent rows, and what is left of the degrees of freedom. */
export interface Inflation {
  readonly factor: number;
  /** 1 unless few directions depend more than others. */
  readonly degrees: number;
}

/** Smallest p-value of which quantiles are asked: the digits of smaller ones are not promised. */
const least = 1e-300;

/** The p-value of a statistic whose variance is `factor` times that of its law. */
export function inflatedP(pValue: number, law: LawName, { factor, degrees }: Inflation): number {
  if ((factor <= 1 && degrees >= 1) || pValue >= 1) return pValue;
  const p = Math.max(pValue, least);
  if (law === "anderson-darling") return andersonDarling.sf(andersonDarling.upperQuantile(p) / factor);
  if (law === "kolmogorov") return kolmogorov.sf(kolmogorov.upperQuantile(p) / Math.sqrt(factor));
  const freedom = law === "normal" ? 1 : law.chiSquare;
  return chiSquare.sf((chiSquare.upperQuantile(p, freedom) * degrees) / factor, freedom * degrees);
}

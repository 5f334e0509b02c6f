/** p-values and quantiles: one object a law, plain functions where a statistic has a law of its own. */
export { andersonDarling, andersonDarlingTwoSample, andersonDarlingVariance } from "./anderson-darling.js";
export { beta } from "./beta.js";
export { binomial } from "./binomial.js";
export { chiSquare } from "./chi-square.js";
export { cramerVonMises } from "./cramer-von-mises.js";
export { exponential } from "./exponential.js";
export { fisherF } from "./fisher-f.js";
export { gamma } from "./gamma.js";
export { hypergeometric } from "./hypergeometric.js";
export { kolmogorov, kolmogorovN, smirnovN } from "./kolmogorov.js";
export { type Alternative, ksAsymptotic, ksExact, ksExactCells } from "./kolmogorov-smirnov.js";
export { kolmogorovTwoSample } from "./kolmogorov-two-sample.js";
export { logNormal } from "./log-normal.js";
export { mannWhitneyExact } from "./mann-whitney.js";
export { normal } from "./normal.js";
export { poisson } from "./poisson.js";
export {
  betaI,
  betaIComplement,
  erf,
  erfc,
  erfcInverse,
  erfcx,
  erfInverse,
  gammaP,
  gammaQ,
  lgamma,
} from "./special-functions.js";
export { studentT } from "./student-t.js";
export { uniform } from "./uniform.js";

export { erf, erfc, erfcx } from "./erf";
export { lgamma } from "./log-gamma";
export { gammaP, gammaQ } from "./incomplete-gamma";
export { betaI, betaIComplement } from "./incomplete-beta";
export { normalCdf, normalSf, normalQuantile, normalUpperQuantile } from "./normal";
export { fisherCdf, fisherSf, studentSf } from "./student-fisher";
export { betaOdds, betaOddsUpper, gammaPInverse, gammaQInverse } from "./inverse";
export { ksEqualOneSided, ksEqualTwoSided, ksExact } from "./kolmogorov-exact";

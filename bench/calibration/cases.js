// Under which null hypotheses each test is tried, and against which changes. What the package does not export is skipped.
import { normals, sample, uniforms } from "../data.js";

/** Two samples of n and m values from one generator of a seed. */
const both = (n, m, generator) => (seed) => {
  const next = generator(seed);
  return [sample(n, next), sample(m, next)];
};

const integers = (below) => (seed) => {
  const next = uniforms(seed);
  return () => Math.floor(below * next());
};

const mostlyZero = (seed) => {
  const next = uniforms(seed);
  return () => (next() < 0.8 ? 0 : next());
};

const nearlyZero = (seed) => {
  const next = uniforms(seed);
  return () => (next() < 0.99 ? 0 : next());
};

/** Half of them unlike any other. */
const halfAlone = (seed) => {
  const next = uniforms(seed);
  return () => (next() < 0.5 ? 0 : next());
};

const lognormals = (seed) => {
  const next = normals(seed);
  return () => Math.exp(1.5 * next());
};

const cauchy = (seed) => {
  const next = uniforms(seed);
  return () => Math.tan(Math.PI * (next() - 0.5));
};

/** Zipf's law on 40 categories, as text. */
const rare = (seed) => {
  const next = uniforms(seed);
  return () => Math.min(39, Math.floor(1 / next()) - 1);
};

const asText = (draw) => (seed) => draw(seed).map((values) => Array.from(values, (x) => `c${x}`));

const otherSpread = (seed) => {
  const next = normals(seed);
  return [sample(40, next), sample(15, () => 3 * next())];
};

/** Draws, and what a test that draws permutations gets beside them: others for each pair of samples, p at least 1 / 200. */
const resampled =
  (draw, ...distance) =>
  (seed) => [...draw(seed), ...distance, { permutations: 199, seed }];

/** The same as options of a distance. */
const onRequest =
  (draw, options = {}) =>
  (seed) => [...draw(seed), { ...options, significance: "resampled", permutations: 199, seed }];

/** Of the shares of cells: resampled without being asked. */
const shares = (draw, test) => onRequest(draw, test === "chebyshev" ? { between: "shares" } : {});

/** One sample of n values from U(0, 1), another for each n, and its law. */
const underUniform = (n) => (seed) => [sample(n, uniforms(3 * seed + n)), (x) => x];

/** Of whether values are 1, with that probability. */
const flags = (share) => (seed) => {
  const next = uniforms(seed);
  return () => Number(next() < share);
};

const asFlags = (draw) => (seed) => draw(seed).map((values) => Array.from(values, (x) => x === 1));

/** Groups of normal values of one variance. */
const groups = (sizes) => (seed) => {
  const next = normals(seed);
  return [sizes.map((size) => sample(size, next))];
};

/** `continuous`: p is close to uniform, so that too few rejections are an error too. */
export const nulls = [
  ...["ksTest", "kuiperTest", "cramerVonMisesTest", "andersonDarlingTest", "mannWhitneyTest"].flatMap((test) => [
    { test, data: "normal, 50 and 50", draw: both(50, 50, normals) },
    { test, data: "normal, 80 and 30", draw: both(80, 30, normals), continuous: test === "andersonDarlingTest" },
    { test, data: "integers 0 to 9, 50 and 50", draw: both(50, 50, integers(10)) },
    { test, data: "80 % zeros, 80 and 30", draw: both(80, 30, mostlyZero) },
  ]),
  { test: "eppsSingletonTest", data: "normal, 20 and 15", draw: both(20, 15, normals), fails: true },
  { test: "eppsSingletonTest", data: "normal, 200 and 200", draw: both(200, 200, normals) },
  { test: "eppsSingletonTest", data: "normal, 1000 and 100", draw: both(1000, 100, normals), fails: true },
  {
    test: "eppsSingletonTest",
    data: "pooled, normal, 200 and 100",
    draw: both(200, 100, normals),
    options: { covariance: "pooled" },
  },
  { test: "eppsSingletonTest", data: "integers 0 to 9, 200 and 200", draw: both(200, 200, integers(10)) },
  {
    test: "eppsSingletonTest",
    data: "lognormal (σ = 1.5), 200 and 200",
    draw: both(200, 200, lognormals),
    fails: true,
  },
  ...[5, 20, 100].flatMap((n) =>
    ["ksTestOneSample", "cramerVonMisesTestOneSample"].map((test) => ({
      test,
      data: `U(0, 1), ${n}`,
      draw: underUniform(n),
      continuous: true,
    })),
  ),
  { test: "tTestOneSample", data: "normal, 12", draw: (seed) => [sample(12, normals(seed)), 0], continuous: true },
  { test: "anovaTest", data: "normal, 5, 12 and 30", draw: groups([5, 12, 30]), continuous: true },
  { test: "anovaTest", data: "normal, 20 groups of 3", draw: groups(Array(20).fill(3)), continuous: true },
  {
    test: "varianceTest",
    data: "F, normal, 40 and 15",
    draw: both(40, 15, normals),
    options: { method: "f" },
    continuous: true,
  },
  { test: "ksTest", data: "normal, 51 and 50", draw: both(51, 50, normals) },
  { test: "ksTest", data: "normal, 60 and 40", draw: both(60, 40, normals) },
  ...[
    ["normal, 201 and 200, approximate", both(201, 200, normals), undefined],
    ["integers 0 to 9, 300 and 200, approximate", both(300, 200, integers(10)), "conditional"],
    ["80 % zeros, 300 and 200, approximate", both(300, 200, mostlyZero), "conditional"],
  ].map(([data, draw, ties]) => ({ test: "ksTest", data, draw, options: { method: "asymptotic", ties } })),
  {
    test: "ksTest",
    data: "80 % zeros, 200 and 190, greater",
    draw: both(200, 190, mostlyZero),
    options: { alternative: "greater" },
  },
  { test: "tTest", data: "normal, 20 and 20", draw: both(20, 20, normals), continuous: true },
  { test: "tTest", data: "normal, sd 1 and 3, 40 and 15", draw: otherSpread, continuous: true },
  {
    test: "tTest",
    data: "Student's, normal, 40 and 15",
    draw: both(40, 15, normals),
    options: { variance: "equal" },
    continuous: true,
  },
  {
    test: "tTest",
    data: "paired, normal, 12 rows",
    draw: both(12, 12, normals),
    options: { paired: true },
    continuous: true,
  },
  { test: "tTest", data: "lognormal (σ = 1.5), 50 and 10", draw: both(50, 10, lognormals), fails: true },
  { test: "andersonDarlingTest", data: "99 % zeros, 2000 and 50", draw: both(2000, 50, nearlyZero) },
  { test: "chiSquareTest", data: "5 equal categories, 100 and 100", draw: asText(both(100, 100, integers(5))) },
  { test: "chiSquareTest", data: "half in categories of one row, 50 and 50", draw: asText(both(50, 50, halfAlone)) },
  { test: "chiSquareTest", data: "half in categories of one row, 50 and 45", draw: asText(both(50, 45, halfAlone)) },
  { test: "gTest", data: "half in categories of one row, 50 and 45", draw: asText(both(50, 45, halfAlone)) },
  {
    test: "powerDivergenceTest",
    data: "half in categories of one row, 50 and 45",
    draw: asText(both(50, 45, halfAlone)),
  },
  { test: "varianceTest", data: "normal, 40 and 15", draw: both(40, 15, normals) },
  { test: "varianceTest", data: "lognormal (σ = 1.5), 50 and 50", draw: both(50, 50, lognormals) },
  {
    test: "chiSquareTest",
    data: "40 categories by Zipf, 500 and 50",
    draw: asText(both(500, 50, rare)),
    approximate: true,
  },
  {
    test: "chiSquareTest",
    data: "resampled, 40 categories by Zipf, 500 and 50",
    draw: asText(both(500, 50, rare)),
    options: { significance: "resampled", permutations: 199 },
  },
  {
    test: "chiSquareTest",
    data: "300 equal categories, 2000 and 100, the 10 most frequent",
    draw: asText(both(2000, 100, integers(300))),
    options: { topK: 10 },
    fails: true,
  },
  {
    test: "chiSquareTest",
    data: "300 equal categories, 2000 and 100, those of 0.4 %",
    draw: asText(both(2000, 100, integers(300))),
    options: { minShare: 0.004 },
  },
  {
    test: "gTest",
    data: "5 equal categories, 100 and 100",
    draw: asText(both(100, 100, integers(5))),
  },
  { test: "gTest", data: "40 categories by Zipf, 500 and 50", draw: asText(both(500, 50, rare)) },
  ...["cressie-read", "freeman-tukey", "neyman"].map((lambda) => ({
    test: "powerDivergenceTest",
    data: `${lambda}, 40 categories by Zipf, 500 and 50`,
    draw: asText(both(500, 50, rare)),
    options: { lambda },
  })),
  { test: "fisherTest", data: "30 %, 100 and 60", draw: asFlags(both(100, 60, flags(0.3))) },
  { test: "fisherTest", data: "5 %, 200 and 40", draw: asFlags(both(200, 40, flags(0.05))) },
  { test: "proportionTest", data: "30 %, 200 and 150", draw: asFlags(both(200, 150, flags(0.3))) },
  { test: "proportionTest", data: "5 %, 200 and 40", draw: asFlags(both(200, 40, flags(0.05))), fails: true },
  {
    test: "permutationTest",
    data: "wasserstein, normal, 30 and 20",
    draw: resampled(both(30, 20, normals), "wasserstein"),
  },
  {
    test: "permutationTest",
    data: "mean-difference, lognormal (σ = 1.5), 50 and 10",
    draw: resampled(both(50, 10, lognormals), "mean-difference"),
  },
  { test: "permutationTest", data: "ks, 80 % zeros, 80 and 30", draw: resampled(both(80, 30, mostlyZero), "ks") },
  {
    test: "permutationTest",
    data: "total-variation, 5 equal categories, 100 and 100",
    draw: resampled(asText(both(100, 100, integers(5))), "total-variation"),
  },
  ...["wilcoxonTest", "stuartMaxwellTest"].map((test) => ({
    test,
    data: "integers 0 to 9, 60 rows",
    draw: both(60, 60, integers(10)),
  })),
  { test: "wilcoxonTest", data: "lognormal (σ = 1.5), 40 rows", draw: both(40, 40, lognormals) },
  { test: "wilcoxonTest", data: "normal, 400 rows", draw: both(400, 400, normals), continuous: true },
  { test: "mcnemarTest", data: "integers 0 and 1, 60 rows", draw: both(60, 60, integers(2)) },
  { test: "mmd", data: "normal, 20 and 15", draw: resampled(both(20, 15, normals)) },
  ...["psi", "klDivergence", "jensenShannon", "hellinger", "bhattacharyya"].flatMap((test) => [
    {
      test,
      data: "5 equal categories, 100 and 100",
      draw: asText(both(100, 100, integers(5))),
      // Of small shares the square root has more variance than its limit.
      approximate: true,
    },
    { test, data: "40 categories by Zipf, 500 and 50", draw: asText(both(500, 50, rare)), approximate: true },
    { test, data: "normal in deciles, 1000 and 200", draw: both(1000, 200, normals), approximate: true },
    {
      test,
      data: "resampled, 5 equal categories, 100 and 50",
      draw: onRequest(asText(both(100, 50, integers(5)))),
    },
  ]),
  ...["totalVariation", "chebyshev"].flatMap((test) => [
    { test, data: "5 equal categories, 100 and 100", draw: shares(asText(both(100, 100, integers(5))), test) },
    { test, data: "40 categories by Zipf, 500 and 50", draw: shares(asText(both(500, 50, rare)), test) },
    { test, data: "normal in deciles, 200 and 100", draw: shares(both(200, 100, normals), test), approximate: true },
  ]),
  ...["wasserstein", "energy"].flatMap((test) => [
    { test, data: "normal, 40 and 25", draw: onRequest(both(40, 25, normals)) },
    { test, data: "normal, 400 and 300", draw: onRequest(both(400, 300, normals)) },
    { test, data: "integers 0 to 9, 80 and 50", draw: onRequest(both(80, 50, integers(10))) },
    { test, data: "80 % zeros, 80 and 30", draw: onRequest(both(80, 30, mostlyZero)) },
    { test, data: "Cauchy, 400 and 100", draw: onRequest(both(400, 100, cauchy)) },
  ]),
  {
    test: "distributionDistance",
    data: "p = 3, lognormal (σ = 1.5), 100 and 50",
    draw: onRequest(both(100, 50, lognormals), { p: 3, of: "ecdf" }),
  },
];

export const powerTests = [
  "ksTest",
  "kuiperTest",
  "cramerVonMisesTest",
  "andersonDarlingTest",
  "mannWhitneyTest",
  "eppsSingletonTest",
  "tTest",
];

/** 50 values of N(0, 1) against 50 of N(shift, scale²). */
export const changes = [
  ...[0.25, 0.5, 0.75, 1].map((shift) => ({ name: `shift ${shift}`, shift, scale: 1 })),
  ...[1.25, 1.5, 2, 3].map((scale) => ({ name: `sd × ${scale}`, shift: 0, scale })),
];

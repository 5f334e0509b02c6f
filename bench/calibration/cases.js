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

const lognormals = (seed) => {
  const next = normals(seed);
  return () => Math.exp(1.5 * next());
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

/** `continuous`: p is close to uniform, so that too few rejections are an error too. */
export const nulls = [
  ...["ksTest", "kuiperTest", "cramerVonMisesTest", "andersonDarlingTest", "mannWhitneyTest"].flatMap((test) => [
    { test, data: "normal, 50 and 50", draw: both(50, 50, normals) },
    { test, data: "normal, 80 and 30", draw: both(80, 30, normals), continuous: test === "andersonDarlingTest" },
    { test, data: "integers 0 to 9, 50 and 50", draw: both(50, 50, integers(10)) },
    { test, data: "80 % zeros, 80 and 30", draw: both(80, 30, mostlyZero) },
  ]),
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
  { test: "tTest", data: "lognormal (σ = 1.5), 50 and 10", draw: both(50, 10, lognormals), fails: true },
  { test: "chiSquareTest", data: "5 equal categories, 100 and 100", draw: asText(both(100, 100, integers(5))) },
  { test: "varianceTest", data: "normal, 40 and 15", draw: both(40, 15, normals) },
  { test: "varianceTest", data: "lognormal (σ = 1.5), 50 and 50", draw: both(50, 50, lognormals) },
  {
    test: "chiSquareTest",
    data: "40 categories by Zipf, 500 and 50",
    draw: asText(both(500, 50, rare)),
    approximate: true,
  },
];

export const powerTests = [
  "ksTest",
  "kuiperTest",
  "cramerVonMisesTest",
  "andersonDarlingTest",
  "mannWhitneyTest",
  "tTest",
];

/** 50 values of N(0, 1) against 50 of N(shift, scale²). */
export const changes = [
  ...[0.25, 0.5, 0.75, 1].map((shift) => ({ name: `shift ${shift}`, shift, scale: 1 })),
  ...[1.25, 1.5, 2, 3].map((scale) => ({ name: `sd × ${scale}`, shift: 0, scale })),
];

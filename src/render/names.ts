/** Short names of methods and effects for narrow tables, and what they stand for. */
interface Name {
  readonly short: string;
  readonly meaning: string;
}

const methods: ReadonlyMap<string, Name> = new Map([
  ["anderson-darling", { short: "AD", meaning: "Anderson-Darling" }],
  ["chi-square", { short: "χ²", meaning: "chi-square" }],
  ["ks", { short: "KS", meaning: "Kolmogorov-Smirnov" }],
  ["t-test", { short: "t", meaning: "Welch's t" }],
  ["wasserstein", { short: "W1", meaning: "Wasserstein distance" }],
  ["jensen-shannon", { short: "JS", meaning: "Jensen-Shannon distance" }],
  ["psi", { short: "PSI", meaning: "population stability index" }],
  ["paired", { short: "pairs", meaning: "signed ranks of paired differences" }],
  ["mcnemar", { short: "McN", meaning: "McNemar" }],
  ["stuart-maxwell", { short: "S-M", meaning: "Stuart-Maxwell" }],
]);

const effects: ReadonlyMap<string, Name> = new Map([
  ["ks", { short: "ks", meaning: "largest distance between distribution functions" }],
  ["wasserstein/std", { short: "w1/sd", meaning: "Wasserstein distance in standard deviations" }],
  ["jensen-shannon", { short: "js", meaning: "Jensen-Shannon distance" }],
  ["hedges-g", { short: "g", meaning: "difference of means in standard deviations" }],
  ["cohens-h", { short: "h", meaning: "change of the share of missing or infinite values" }],
  ["psi", { short: "psi", meaning: "population stability index" }],
]);

export function shortMethod(name: string): string {
  return methods.get(name)?.short ?? name;
}

export function shortEffect(name: string): string {
  return effects.get(name)?.short ?? name;
}

/** What short names stand for, each `AD: Anderson-Darling`, methods first. Names that are not shortened are left out. */
export function legend(methodNames: Iterable<string>, effectNames: Iterable<string>): string[] {
  const known = [
    ...[...new Set(methodNames)].map((name) => methods.get(name)),
    ...[...new Set(effectNames)].map((name) => effects.get(name)),
  ];
  return known.filter((name) => name !== undefined).map(({ short, meaning }) => `${short}: ${meaning}`);
}

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
  ["g-test", { short: "G", meaning: "likelihood ratio" }],
  ["proportion", { short: "z", meaning: "two proportions" }],
  ["jensen-shannon", { short: "JS", meaning: "Jensen-Shannon distance" }],
  ["psi", { short: "PSI", meaning: "population stability index" }],
  ["kl-divergence", { short: "KL", meaning: "Kullback-Leibler divergence" }],
  ["hellinger", { short: "H", meaning: "Hellinger distance" }],
  ["bhattacharyya", { short: "BD", meaning: "Bhattacharyya distance" }],
  ["total-variation", { short: "TV", meaning: "total variation distance" }],
  ["total-variation-resampled", { short: "TV*", meaning: "total variation distance, resampled" }],
  ["chebyshev", { short: "L∞", meaning: "Chebyshev distance" }],
  ["chebyshev-resampled", { short: "L∞*", meaning: "Chebyshev distance, resampled" }],
  ["wasserstein-resampled", { short: "W1*", meaning: "Wasserstein distance, resampled" }],
  ["energy", { short: "ED", meaning: "energy distance" }],
  ["energy-resampled", { short: "ED*", meaning: "energy distance, resampled" }],
  ["mmd", { short: "MMD", meaning: "maximum mean discrepancy" }],
  ["mean-distance", { short: "means", meaning: "distance of mean vectors" }],
  ["cosine-distance", { short: "cos", meaning: "cosine distance of mean directions" }],
  ["drifted-components", { short: "comp.", meaning: "component by component" }],
  ["domain-classifier", { short: "clf.", meaning: "a classifier that tells the sides apart" }],
  ["kuiper", { short: "K", meaning: "Kuiper" }],
  ["cramer-von-mises", { short: "CvM", meaning: "Cramér-von Mises" }],
  ["mann-whitney", { short: "MW", meaning: "Mann-Whitney" }],
  ["epps-singleton", { short: "ES", meaning: "Epps-Singleton" }],
  ["paired", { short: "pairs", meaning: "signed ranks of paired differences" }],
  ["mcnemar", { short: "McN", meaning: "McNemar" }],
  ["stuart-maxwell", { short: "S-M", meaning: "Stuart-Maxwell" }],
]);

/** Names that preset `evidently` has as Evidently has them: methods, and effects where there is a distance. */
const evidently: ReadonlyMap<string, string> = new Map([
  ["anderson", "Anderson-Darling"],
  ["chisquare", "chi-square"],
  ["cramer_von_mises", "Cramér-von Mises"],
  ["distance", "distance of mean vectors"],
  ["ed", "energy distance"],
  ["empirical_mmd", "maximum mean discrepancy"],
  ["es", "Epps-Singleton"],
  ["fisher_exact", "Fisher's exact test"],
  ["g_test", "likelihood ratio"],
  ["jensenshannon", "Jensen-Shannon distance"],
  ["kl_div", "Kullback-Leibler divergence"],
  ["mannw", "Mann-Whitney"],
  ["model", "classifier of embeddings"],
  ["ratio", "share of drifted components"],
  ["t_test", "Student's t"],
  ["TVD", "total variation distance"],
  ["wasserstein", "Wasserstein distance"],
  ["z", "two proportions"],
  ["abs_text_content_drift", "classifier of texts"],
  ["perc_text_content_drift", "classifier of texts, percentile"],
]);

const effects: ReadonlyMap<string, Name> = new Map([
  ["ks", { short: "ks", meaning: "largest distance between distribution functions" }],
  ["wasserstein/std", { short: "w1/sd", meaning: "Wasserstein distance in standard deviations" }],
  ["jensen-shannon", { short: "js", meaning: "Jensen-Shannon distance" }],
  ["hedges-g", { short: "g", meaning: "difference of means in standard deviations" }],
  ["cohens-h", { short: "h", meaning: "change of a share" }],
  ["psi", { short: "psi", meaning: "population stability index" }],
  ["kl-divergence", { short: "kl", meaning: "Kullback-Leibler divergence" }],
  ["hellinger", { short: "hd", meaning: "Hellinger distance" }],
  ["bhattacharyya", { short: "bd", meaning: "Bhattacharyya distance" }],
  ["total-variation", { short: "tv", meaning: "share of rows in another cell" }],
  ["chebyshev", { short: "l∞", meaning: "largest difference of a share" }],
  ["energy/sqrt-std", { short: "ed/√sd", meaning: "energy distance over the root of the standard deviation" }],
  ["mmd", { short: "mmd", meaning: "maximum mean discrepancy" }],
  ["mean-distance/std", { short: "Δ/sd", meaning: "distance of mean vectors over the rows' spread" }],
  ["cosine-distance", { short: "cos", meaning: "cosine distance of mean directions" }],
  ["drifted-components", { short: "share", meaning: "share of components that drifted" }],
  ["auc", { short: "auc", meaning: "area under the classifier's ROC curve" }],
  ["kuiper", { short: "v", meaning: "largest distances above and below" }],
  ["cramer-von-mises", { short: "ω", meaning: "mean distance between distribution functions" }],
  ["rank-biserial", { short: "r", meaning: "rank-biserial correlation" }],
  ["epps-singleton", { short: "es", meaning: "distance of characteristic functions" }],
]);

export function shortMethod(name: string): string {
  return methods.get(name)?.short ?? name;
}

export function shortEffect(name: string): string {
  return effects.get(name)?.short ?? name;
}

/** What a method's name stands for: `Anderson-Darling`. */
export function methodMeaning(name: string): string {
  return methods.get(name)?.meaning ?? evidently.get(name) ?? name;
}

export function effectMeaning(name: string): string {
  return effects.get(name)?.meaning ?? evidently.get(name) ?? name;
}

/** What short names stand for, each `AD: Anderson-Darling`, methods first. Names that are not shortened are left out. */
export function legend(methodNames: Iterable<string>, effectNames: Iterable<string>): string[] {
  const known = [
    ...[...new Set(methodNames)].map((name) => methods.get(name)),
    ...[...new Set(effectNames)].map((name) => effects.get(name)),
  ];
  return known.filter((name) => name !== undefined).map(({ short, meaning }) => `${short}: ${meaning}`);
}

/** What a table of paired categories says before it is tested. */
import type { PairedCategories } from "../source/paired-categories.js";

export interface Agreement {
  /** Share of the rows whose category is another one on the current side; `null` without rows. */
  readonly changed: number | null;
  /** Cohen's kappa: agreement beyond that of unrelated sides; `null` where all rows are of one category. */
  readonly kappa: number | null;
}

/** @see Cohen: A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20 (1960). */
export function agreementOf(table: Pick<PairedCategories, "names" | "counts" | "n">): Agreement {
  const { names, counts, n } = table;
  if (n === 0) return { changed: null, kappa: null };
  const { reference, current } = marginsOf(table);
  let same = 0;
  let expected = 0;
  for (let k = 0; k < names.length; k++) {
    same += counts[k * names.length + k]!;
    expected += (reference[k]! / n) * current[k]!;
  }
  return { changed: (n - same) / n, kappa: expected < n ? (same - expected) / (n - expected) : null };
}

/** Counts of each category on either side. */
export function marginsOf({ names, counts }: Pick<PairedCategories, "names" | "counts">) {
  const size = names.length;
  const reference = new Float64Array(size);
  const current = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      reference[i]! += counts[i * size + j]!;
      current[j]! += counts[i * size + j]!;
    }
  }
  return { reference, current };
}

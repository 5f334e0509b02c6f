/**
 * Texts as vectors of terms. A term's weight in a text is (1 + ln count) · (1 + ln((1 + N) / (1 + n))), n of N texts
 * holding it, and each vector is brought to length 1: scikit-learn's TfidfVectorizer(sublinear_tf=True), with a greatest
 * share of texts and English stop words. Terms are runs of at least two letters, digits and underscores, in lower case.
 */
import { theEngine } from "../engine/memory.js";
import { type SparseRows, sparseRows } from "./sparse-rows.js";
import { stopWords } from "./stop-words.js";

/** Term → column and weight. */
export interface Vocabulary {
  readonly terms: ReadonlyMap<string, { readonly column: number; readonly weight: number }>;
}

/** Terms and how often each occurs, in order of first occurrence. */
function termCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [term] of text.toLowerCase().matchAll(/[\p{L}\p{N}_]{2,}/gu)) {
    if (!stopWords.has(term)) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return counts;
}

/**
 * The terms of `texts` that occur in at most `greatestShare` of them, in columns in order of their code points; empty
 * where there is none. The rows are those of `texts`.
 */
export function tfIdf(texts: readonly string[], greatestShare: number): { vocabulary: Vocabulary; rows: SparseRows } {
  const counted = texts.map(termCounts);
  const holders = new Map<string, number>();
  for (const counts of counted) for (const term of counts.keys()) holders.set(term, (holders.get(term) ?? 0) + 1);
  const kept = [...holders].filter(([, count]) => count <= greatestShare * texts.length);
  const inOrder = kept.map(([term]) => term).sort(byCodePoints);
  const { logarithmOf } = theEngine().kernels;
  const terms = new Map(
    inOrder.map((term, column) => {
      const weight = logarithmOf((1 + texts.length) / (1 + holders.get(term)!)) + 1;
      return [term, { column, weight }];
    }),
  );
  // Entries of these texts lie in order of the terms' first occurrence in all of them: sums are rounded as scikit-learn's.
  const place = new Map([...holders.keys()].map((term, k) => [term, k]));
  const vocabulary = { terms };
  const rows = counted.map((counts) => {
    const ordered = [...counts].sort(([a], [b]) => place.get(a)! - place.get(b)!);
    return unitLength(weighted(ordered, vocabulary));
  });
  return { vocabulary, rows: sparseRows(rows, terms.size) };
}

/** Other texts by the same terms; what is not among them is left out. */
export function tfIdfOf(texts: readonly string[], vocabulary: Vocabulary): SparseRows {
  const rows = texts.map((text) => weighted(termCounts(text), vocabulary).sort(([a], [b]) => a - b));
  return sparseRows(rows.map(unitLength), vocabulary.terms.size);
}

function weighted(counts: Iterable<readonly [string, number]>, { terms }: Vocabulary): [number, number][] {
  const { logarithmOf } = theEngine().kernels;
  const entries: [number, number][] = [];
  for (const [name, count] of counts) {
    const term = terms.get(name);
    if (term) entries.push([term.column, (logarithmOf(count) + 1) * term.weight]);
  }
  return entries;
}

function unitLength(entries: readonly [number, number][]): [number, number][] {
  const length = Math.sqrt(entries.reduce((sum, [, value]) => sum + value * value, 0));
  return entries.map(([column, value]) => [column, length > 0 ? value / length : value]);
}

/** By code points; JavaScript compares 16-bit units, which differs beyond U+FFFF. */
export function byCodePoints(a: string, b: string): number {
  for (let k = 0; k < a.length && k < b.length; k++) {
    if (a[k] !== b[k]) return a.codePointAt(k)! - b.codePointAt(k)!;
  }
  return a.length - b.length;
}

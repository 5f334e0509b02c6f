/** Evidently's text methods: can a linear classifier on TF-IDF vectors tell the current texts from the reference's? */
import { decisions } from "../../statistics/linear-classifier.js";
import { tfIdf, tfIdfOf } from "../../statistics/tf-idf.js";
import { areaUnderCurve, classifierOf, halves, isMixed, randomArea } from "./domain-classifier.js";
import { numpyRandom } from "./numpy-random.js";
import { type Refusal, refused } from "./score.js";

/** Terms in more than this share of the texts say nothing. */
const greatestShare = 0.5;
const randomScores = 1000;

export interface TextDrift {
  /** Area under the ROC curve. */
  readonly score: number;
  /** Classes of the rows that measured: 1 for the current side. */
  readonly classes: Uint8Array;
}

export function textDrift(reference: readonly string[], current: readonly string[]): TextDrift | Refusal {
  const texts = [...reference, ...current];
  const { train, test } = halves(texts.length);
  const [learnt, classes] = [train, test].map((rows) =>
    Uint8Array.from(rows, (row) => Number(row >= reference.length)),
  );
  if (train.length < 2) return refused("Evidently's text drift needs at least four texts");
  if (!isMixed(learnt!) || !isMixed(classes!)) {
    return refused("Evidently's text drift needs texts of both sides in both halves: there are too few");
  }
  const pick = (rows: Uint32Array) => Array.from(rows, (row) => texts[row]!);
  const { vocabulary, rows } = tfIdf(pick(train), greatestShare);
  if (rows.width === 0) {
    return refused("Evidently's text drift found no terms: only stop words, or words in more than half of the texts");
  }
  const found = classifierOf(rows, learnt!, { loss: "modified-huber", penalty: "l1", mostEpochs: 50, sparse: true });
  if (!found.finite) return refused("Evidently's classifier left the range of doubles");
  // Probabilities (z + 1) / 2, within [0, 1]: scores beyond are tied.
  const scores = decisions(tfIdfOf(pick(test), vocabulary), found).map((z) => (Math.min(Math.max(z, -1), 1) + 1) / 2);
  return { score: areaUnderCurve(scores, classes!), classes: classes! };
}

/** The area that random scores stay below with this probability. */
export function randomTextArea(classes: Uint8Array, probability: number): number {
  const seeds = numpyRandom(42).integers(10 * randomScores, randomScores);
  return randomArea(classes, seeds, 1 - (1 - probability));
}

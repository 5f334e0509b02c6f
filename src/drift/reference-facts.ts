/** What a report says of the reference alone. Of a prepared one it is found once. */
import { answerNow } from "../source/plan.js";
import type { Prepared } from "../source/prepared.js";
import type { Source } from "../source/source.js";
import { type NumbersFound, numbersPlan } from "../statistics/summary.js";
import type { Numbers } from "./one-kind.js";
import { type ReferenceBins, referenceBins } from "./shape.js";

export interface ReferenceFacts {
  readonly summary: NumbersFound;
  /** `undefined` where they were not asked for. */
  readonly bins: ReferenceBins | null | undefined;
}

const known = new WeakMap<Prepared, ReferenceFacts>();

/** @param shaped  whether bins are asked for */
export function factsOf(column: Numbers, source: Source, shaped: boolean): ReferenceFacts {
  // Integers may be represented in another way for another current side.
  const keep = "prepared" in column && !source.wide();
  const last = keep ? known.get(column) : undefined;
  if (last && (last.bins !== undefined || !shaped)) return last;
  const facts = {
    summary: last?.summary ?? answerNow(numbersPlan(0), source),
    bins: shaped ? answerNow(referenceBins(), source) : undefined,
  };
  if (keep) known.set(column, facts);
  return facts;
}

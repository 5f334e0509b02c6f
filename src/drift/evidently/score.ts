/** What a method gives: a number (NaN where Evidently's own is NaN), or why it gives none. */
export interface Refusal {
  readonly refused: string;
}

export type Score = number | Refusal;

export function refused(reason: string): Refusal {
  return { refused: reason };
}

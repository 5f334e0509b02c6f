/** How much of a column's line is spelled out, from the widest terminal to the narrowest. */
export interface Layout {
  /** Cells that a column's name may take. */
  readonly name: number;
  /** Names of methods and effects. */
  readonly names: "full" | "short";
  /** Whether the effect comes with the threshold it is held against. */
  readonly threshold: boolean;
  /** Cells of each side's sparkline. */
  readonly shape: number;
  /** The reason: its sentence, a few words, or a word in the verdict's own column. */
  readonly why: "sentence" | "brief" | "shortest";
}

/** The first that fits is taken; of the last one the names are cut until it does. */
export const layouts: readonly Layout[] = [
  { name: 32, names: "full", threshold: false, shape: 24, why: "sentence" },
  { name: 32, names: "full", threshold: false, shape: 12, why: "sentence" },
  { name: 24, names: "full", threshold: false, shape: 8, why: "sentence" },
  { name: 24, names: "full", threshold: true, shape: 12, why: "brief" },
  { name: 24, names: "short", threshold: true, shape: 12, why: "brief" },
  { name: 20, names: "short", threshold: true, shape: 8, why: "brief" },
  { name: 16, names: "short", threshold: false, shape: 8, why: "brief" },
  { name: 16, names: "short", threshold: false, shape: 8, why: "shortest" },
  { name: 12, names: "short", threshold: false, shape: 8, why: "shortest" },
  { name: 12, names: "short", threshold: false, shape: 6, why: "shortest" },
];

/** Cells that a sentence may ask for; longer ones are cut, so that one odd column does not narrow the whole table. */
export const longestSentence = 84;
/** Cells below which no name is cut. */
export const shortestName = 6;

/** Values between two bounds, which are scaled to [0, 1], and what detectors with Hoeffding's and McDiarmid's bound share. */

export interface BoundedOptions {
  /** Least value there can be; default 0. */
  readonly low?: number;
  /** Greatest value there can be; default 1. */
  readonly high?: number;
}

export const bounded = {
  low: { kind: "number", default: 0, least: -1e100, most: 1e100, words: "least value there can be" },
  high: { kind: "number", default: 1, least: -1e100, most: 1e100, words: "greatest value there can be" },
} as const;

/** 0 and 1 leave values as they are, bit for bit. */
export function scaled(value: number, { low, high }: Required<BoundedOptions>): number {
  return (value - low) / (high - low);
}

export const hoeffdingOptions = {
  driftConfidence: {
    kind: "number",
    default: 0.001,
    least: 0,
    most: 1,
    open: "both",
    words: "chance of a drift that is none",
  },
  warningConfidence: { kind: "number", default: 0.005, least: 0, most: 1, open: "both", words: "chance of a warning" },
} as const;

/** @throws RangeError for bounds, or chances, in the wrong order */
export function checkHoeffding(
  caller: string,
  settings: Required<BoundedOptions> & { readonly driftConfidence: number; readonly warningConfidence: number },
): void {
  const { low, high, driftConfidence, warningConfidence } = settings;
  if (low >= high) throw new RangeError(`${caller}: low must be less than high, got ${low} and ${high}`);
  if (driftConfidence <= warningConfidence) return;
  throw new RangeError(
    `${caller}: driftConfidence must be at most warningConfidence, got ${driftConfidence} and ${warningConfidence}`,
  );
}

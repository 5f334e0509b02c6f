/** The streams of test/oracle/detectors/streams.py, and what tests feed detectors with. */
import { readFileSync } from "node:fs";
import { nextBits, seeded, type Words } from "../../dist/detectors/draws.js";

interface Part {
  readonly kind: "normal" | "uniform" | "errors";
  readonly length: number;
  readonly from: number;
  readonly to: number;
  readonly scale: number;
}

export interface Stream {
  readonly name: string;
  readonly seed: number;
  readonly parts: readonly Part[];
}

export const oracle = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../oracle/detectors/${name}.json`, import.meta.url), "utf8"));

export function valuesOf({ seed, parts }: Stream): number[] {
  const words = seeded(seed);
  return parts.flatMap(({ kind, length, from, to, scale }) =>
    Array.from({ length }, (_, k) => {
      const mean = from + (to - from) * (k / length);
      if (kind === "normal") return mean + scale * scoreOf(words);
      const uniform = nextBits(words) / 2 ** 32;
      return kind === "uniform" ? mean + scale * uniform : Number(uniform < mean);
    }),
  );
}

/** The sum of twelve uniform numbers less six: mean 0, variance 1. */
export function scoreOf(words: Words): number {
  let sum = 0;
  for (let k = 0; k < 12; k++) sum += nextBits(words);
  return sum / 2 ** 32 - 6;
}

/** conceptDrift keeps its level while features move, and finds changes. Slow: run with `SLOW=1 npm test`. */
import { describe, expect, test } from "vitest";
import { changed, conceptLevels, levels, unchanged } from "../../bench/calibration/concept-drift.js";

const repetitions = 500;

describe.skipIf(!process.env.SLOW)("P(p ≤ α) is at most α + 3 standard errors at .1, .05, .01", () => {
  for (const { name, draw } of unchanged.filter(({ biased }) => !biased)) {
    test(name, { timeout: 1_200_000 }, async () => {
      const { shares } = await conceptLevels(draw, repetitions);
      const bound = (level: number) => level + 3 * Math.sqrt((level * (1 - level)) / repetitions);
      expect(levels.filter((level, k) => shares[k]! > bound(level))).toEqual([]);
    });
  }
});

describe.skipIf(!process.env.SLOW)(
  "where both regressions err alike p-values are too small, and so are effects",
  () => {
    for (const { name, draw } of unchanged.filter(({ biased }) => biased)) {
      test(name, { timeout: 1_200_000 }, async () => {
        const { drift } = await conceptLevels(draw, repetitions);
        expect(drift).toBeLessThan(0.02);
      });
    }
  },
);

describe.skipIf(!process.env.SLOW)("most changes are found at .05", () => {
  for (const { name, draw } of changed) {
    test(name, { timeout: 1_200_000 }, async () => {
      const { shares } = await conceptLevels(draw, 50);
      expect(shares[1]).toBeGreaterThan(0.7);
    });
  }
});

/** The domain classifier keeps its level, where the usual p-value does not. Slow: run with `SLOW=1 npm test`. */
import { describe, expect, test } from "vitest";
import { cases, domainLevels, levels } from "../../bench/calibration/domain-classifier.js";

describe.skipIf(!process.env.SLOW)("P(p ≤ α) is at most α + 3 standard errors at .1, .05, .01", () => {
  for (const { name, draw } of cases) {
    test(name, { timeout: 600_000 }, async () => {
      const { own, naive } = await domainLevels(draw, 2000);
      const bound = (level: number) => level + 3 * Math.sqrt((level * (1 - level)) / 2000);
      expect(levels.filter((level, k) => own[k]! > bound(level))).toEqual([]);
      expect(levels.filter((level, k) => naive[k]! > bound(level))).toEqual(levels);
    });
  }
});

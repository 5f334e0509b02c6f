/** The metrics of a model on both sides, in the order in which they are shown. */
import { modelMetrics as metricsOfSide } from "../drift/model-metrics.js";
import type { ModelQualityReport } from "../drift/model-quality-report.js";
import type { Estimated } from "../statistics/estimated.js";

export interface ModelMetric {
  readonly name: string;
  readonly reference: Estimated | null;
  readonly current: Estimated | null;
  /** Current minus reference; `null` where a side has no value. */
  readonly difference: Estimated | null;
  /** Where the difference is beyond chance; `null` also where neither direction is better. */
  readonly change: "better" | "worse" | null;
}

/** Without those that neither side has. */
export function modelMetrics({ reference, current, differences, worse }: ModelQualityReport): ModelMetric[] {
  const [before, after] = [new Map(byName(reference)), new Map(byName(current))];
  return [...new Map([...before, ...after])]
    .map(([name, { words, better }]) => {
      const difference = Object.hasOwn(differences, name) ? differences[name]! : null;
      const sides = { reference: before.get(name)?.estimate ?? null, current: after.get(name)?.estimate ?? null };
      const change = worse.includes(name) ? "worse" : isBetter(difference, better) ? "better" : null;
      return { name: words, ...sides, difference, change } as const;
    })
    .filter(({ reference, current }) => (reference?.value ?? null) !== null || (current?.value ?? null) !== null);
}

function byName(side: ModelQualityReport["reference"]) {
  return side === null ? [] : metricsOfSide(side).map((metric) => [metric.name, metric] as const);
}

/** Of what is best at 0 the interval of a difference does not say which side is nearer. */
function isBetter(difference: Estimated | null, better: "higher" | "lower" | "zero"): boolean {
  if (!difference?.interval || better === "zero") return false;
  const [low, high] = difference.interval;
  return better === "higher" ? low > 0 : high < 0;
}

/** Rows of both sides that were looked at. */
export function modelRows({ reference, current }: ModelQualityReport): readonly [reference: number, current: number] {
  return [reference?.rows ?? 0, current?.rows ?? 0];
}

/** All names of metrics, and what they mean. */
import type { MetricDefinition } from "./definition.js";
import { driftDefinitions } from "./drift-definitions.js";
import { atK, modelDefinitions } from "./model-definitions.js";
import { qualityDefinitions } from "./quality-definitions.js";

/** All with a fixed name, in the order of docs/metrics.md. A table and its columns may have a metric of one name. */
export const metricDefinitions: readonly MetricDefinition[] = [
  ...qualityDefinitions,
  ...driftDefinitions,
  ...modelDefinitions,
];

const byName = new Map<string, MetricDefinition[]>();
for (const definition of metricDefinitions) {
  byName.set(definition.name, [...(byName.get(definition.name) ?? []), definition]);
}

/** Names without those that hold a number. */
export const metricNames: readonly string[] = [...byName.keys()];

/** Names that hold a number: rankings down to a place (`ndcg@10`) and quantiles of errors (`errorQ95`). */
export const numberedNames = `^(?:(?:${atK.join("|")})@[1-9][0-9]{0,8}(?:Change)?(?:Low|High)?|errorQ[0-9]{2,20})$`;
const numbered = new RegExp(numberedNames);

const ofNumbered: Omit<MetricDefinition, "name"> = {
  subjects: ["model"],
  sides: "each",
  value: "number",
  needs: "modelQuality",
  meaning: "of a ranking down to place k, or a quantile of a regression's errors",
};

/** What a name means; none for a name that no metric has. */
export function definitionsOf(name: string): readonly MetricDefinition[] {
  const known = byName.get(name);
  if (known) return known;
  if (!numbered.test(name)) return [];
  return [{ name, ...ofNumbered, ...(name.includes("Change") && { sides: "both" }) }];
}

/** `errorQ05` of 0.05, `errorQ999` of 0.999, `errorQ100` of 1. */
export function quantileName(prefix: string, probability: number): string {
  if (probability === 1) return `${prefix}100`;
  const text = String(probability);
  const digits = (text.includes("e") ? probability.toFixed(20).replace(/0+$/, "") : text).slice(2);
  return `${prefix}${digits.padEnd(2, "0")}`;
}

/** Metrics of a profile: those of its quality, with what holds the numbers that it does not know exactly. */
import { qualityOfProfile } from "../drift/quality/profiles.js";
import type { TableQuality } from "../drift/quality/quality-report.js";
import { tableQuality } from "../drift/quality/table-quality.js";
import type { ColumnProfile, Profile } from "../profile/profile.js";
import { rankError } from "../sketch/rank-error.js";
import { sketchQuantiles } from "../sketch/sorted-view.js";
import type { MetricSide } from "./metric.js";
import type { Named } from "./named.js";
import { columnMetrics } from "./quality-metrics.js";
import { quantileName } from "./vocabulary.js";

export function profileQuality(profile: Profile): TableQuality {
  const names = [...profile.columns.keys(), ...profile.unsupported.keys()];
  const columns = new Map(Array.from(profile.columns, ([name, column]) => [name, qualityOfProfile(column)]));
  return tableQuality(profile, names, columns);
}

/** As those of its quality, with bounds of quantiles and of the most frequent category from its sketches. */
export function profiledMetrics(
  quality: TableQuality["columns"][string],
  profile: ColumnProfile,
  side: MetricSide,
): Named[] {
  const bounds = boundsOf(quality, profile);
  return columnMetrics(quality, side).map((row) => {
    const interval = bounds.get(row.metric);
    return interval ? { ...row, interval } : row;
  });
}

type Bounds = ReadonlyMap<string, readonly [number, number]>;

function boundsOf(
  { numbers, mostCommon: [first], availability }: TableQuality["columns"][string],
  profile: ColumnProfile,
): Bounds {
  if (profile.kind === "categorical") {
    const values = availability.rows - availability.null - availability.nan;
    if (profile.error === 0 || !first) return new Map();
    const most = Math.min(values, first.count + profile.error);
    return new Map([
      ["mostCommonCount", [first.count, most]],
      ["mostCommonShare", [first.count / values, most / values]],
    ]);
  }
  if (!numbers || numbers.rankError === 0 || profile.kind === "temporal") return new Map();
  const error = rankError(profile.quantiles);
  const probabilities = numbers.quantiles.map(({ probability }) => probability);
  const at = (shift: number): readonly number[] =>
    sketchQuantiles(
      profile.quantiles,
      probabilities.map((probability) => Math.min(1, Math.max(0, probability + shift))),
    );
  const [low, high] = [at(-error), at(error)];
  return new Map(probabilities.map((probability, k) => [quantileName("q", probability), [low[k]!, high[k]!] as const]));
}

/** Metrics of a profile: what it knows of a table without its rows. */
import type { Availability } from "../drift/report.js";
import { type DescribedColumn, type DescribedNumbers, describeProfile } from "../profile/describe-profile.js";
import type { Profile } from "../profile/profile.js";
import type { MetricSide } from "./metric.js";
import { type Named, named, namedAll, ratio } from "./named.js";
import { availabilityMetrics, distinctMetrics } from "./quality-metrics.js";
import { quantileName } from "./vocabulary.js";

export function profileTableMetrics(profile: Profile, side: MetricSide): Named[] {
  const missing = Array.from(profile.columns.values(), (column) => column.missing.null + column.missing.nan);
  const total = missing.reduce((sum, one) => sum + one, 0);
  const names = [...profile.columns.keys(), ...profile.unsupported.keys()];
  return namedAll(side, {
    rows: profile.rows,
    missingShare: ratio(total, profile.rows * missing.length),
    columns: names.length,
    columnNames: JSON.stringify(names),
    emptyColumns: missing.filter((count) => count === profile.rows).length,
    unsupportedColumns: profile.unsupported.size,
  });
}

const probabilities = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

export function profileColumnMetrics(profile: Profile, side: MetricSide): Map<string, Named[]> {
  const { columns } = describeProfile(profile, { quantiles: probabilities });
  return new Map(
    Array.from(profile.columns.keys(), (name) => {
      const found = columns[name]!;
      const availability = availabilityOf(found);
      const values = availability.rows - availability.null - availability.nan;
      const { estimate: count, error } = found.distinct;
      const rows = [
        ...namedAll(side, { kind: found.kind, type: found.type }),
        ...availabilityMetrics(availability, side),
        ...distinctMetrics({ count, error }, values, side),
        ...(found.kind === "categorical"
          ? mostCommonMetrics(found, values, side)
          : numberMetrics(profile, name, found, side)),
      ];
      return [name, rows];
    }),
  );
}

function availabilityOf(found: DescribedColumn): Availability {
  const { rows, null: nulls, nan } = found.missing;
  const { positiveInfinity, negativeInfinity } =
    found.kind === "categorical" ? { positiveInfinity: 0, negativeInfinity: 0 } : found;
  const empty = found.kind === "categorical" ? found.empty : 0;
  const value = rows - nulls - nan - positiveInfinity - negativeInfinity - empty;
  return { rows, value, null: nulls, nan, positiveInfinity, negativeInfinity, empty };
}

function mostCommonMetrics(
  { categories: [first], error }: DescribedColumn & { readonly kind: "categorical" },
  values: number,
  side: MetricSide,
): Named[] {
  if (!first) return [];
  const { name, count } = first;
  const interval = error > 0 ? ([count, Math.min(values, count + error)] as const) : null;
  return [
    named(side, "mostCommon", name),
    named(side, "mostCommonCount", count, { interval }),
    named(side, "mostCommonShare", ratio(count, values), {
      interval: interval && ([interval[0] / values, interval[1] / values] as const),
    }),
  ];
}

function numberMetrics(profile: Profile, name: string, found: DescribedNumbers, side: MetricSide): Named[] {
  const { kind, min, max, mean, standardDeviation, skewness, kurtosis, quantiles, rankError } = found;
  const part: Profile = { ...profile, columns: new Map([[name, profile.columns.get(name)!]]) };
  const at = (shift: number): readonly { readonly value: number | string | null }[] => {
    const shifted = probabilities.map((probability) => Math.min(1, Math.max(0, probability + shift)));
    return (describeProfile(part, { quantiles: shifted }).columns[name] as DescribedNumbers).quantiles;
  };
  const [below, above] = rankError > 0 ? [at(-rankError), at(rankError)] : [[], []];
  return [
    ...namedAll(side, { min, max }),
    ...(kind === "temporal" ? [] : namedAll(side, { mean, standardDeviation, skewness, kurtosis })),
    ...quantiles.map(({ probability, value }, k) => {
      const [low, high] = [below[k]?.value, above[k]?.value];
      const interval = low == null || high == null ? null : ([low, high] as const);
      return named(side, quantileName("q", probability), value, { interval });
    }),
  ];
}

/** What pictures of a column's numbers are drawn from: the counts of quality where there are some, else its shape. */

import { columnName } from "../../drift/column-name.js";
import type { EcdfOfBoth, QualityChange } from "../../drift/quality/quality-report.js";
import type { ColumnReport } from "../../drift/report.js";

export interface Distribution {
  readonly column: string;
  readonly edges: readonly number[];
  /** Shares of the values, by bin. */
  readonly reference: readonly number[];
  readonly current: readonly number[];
  /** The outer bins hold what lies beyond them, too. */
  readonly open: boolean;
  readonly ecdf: Ecdf;
  readonly gap: Gap | null;
  /** Values are milliseconds since 1970. */
  readonly temporal: boolean;
}

export interface Ecdf {
  readonly values: readonly number[];
  readonly reference: readonly number[];
  readonly current: readonly number[];
  /** Known at the values only, as edges of bins are: drawn straight between them. */
  readonly straight: boolean;
}

export interface Gap {
  readonly value: number;
  readonly reference: number;
  readonly current: number;
  readonly exact: boolean;
}

/** Milliseconds that calendars end at: points in time beyond are shown as numbers. */
const lastMoment = 8.64e15;

/** `null` for what has no bins of numbers. */
export function distributionOf(report: ColumnReport, change: QualityChange | null): Distribution | null {
  const { shape, kind } = report;
  const counted = change?.histogram;
  const binned = counted
    ? { edges: counted.edges, reference: sharesOf(counted.reference), current: sharesOf(counted.current) }
    : shape?.edges
      ? { edges: shape.edges, reference: shape.reference, current: shape.current }
      : null;
  if (!binned || binned.edges.length < 2 || !(binned.edges.at(-1)! > binned.edges[0]!)) return null;
  const known = change?.ecdf && change.ecdf.values.length > 1 ? change.ecdf : null;
  const ecdf = known ? { ...throughout(known, binned.edges), straight: false } : added(binned);
  const { edges } = binned;
  return {
    ...binned,
    column: columnName(report.column),
    open: !counted || ecdf.values[0]! < edges[0]! || ecdf.values.at(-1)! > edges.at(-1)!,
    ecdf,
    gap: hasValues(binned.reference) && hasValues(binned.current) ? (change?.gap ?? largestGap(ecdf)) : null,
    temporal: kind === "temporal" && Math.max(-edges[0]!, edges.at(-1)!) <= lastMoment,
  };
}

/** A side without values has nothing to draw: a line at zero would be one. */
export function hasValues(shares: readonly number[]): boolean {
  return shares.some((share) => share > 0);
}

function sharesOf(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total > 0 ? count / total : 0));
}

/** From the first edge to the last, also where values begin later and end earlier. */
function throughout({ values, reference, current }: EcdfOfBoth, edges: readonly number[]): Omit<Ecdf, "straight"> {
  const before = values[0]! > edges[0]! ? [0] : [];
  const after = values.at(-1)! < edges.at(-1)!;
  const extended = (shares: readonly number[]): number[] => [...before, ...shares, ...(after ? [shares.at(-1)!] : [])];
  const places = [...(before.length > 0 ? [edges[0]!] : []), ...values, ...(after ? [edges.at(-1)!] : [])];
  return { values: places, reference: extended(reference), current: extended(current) };
}

/** Shares added up over the bins: the distribution function at their edges. */
function added({ edges, reference, current }: Pick<Distribution, "edges" | "reference" | "current">): Ecdf {
  const running = (shares: readonly number[]): number[] => {
    const sums = [0];
    for (const share of shares) sums.push(Math.min(1, sums.at(-1)! + share));
    return sums;
  };
  return { values: edges, reference: running(reference), current: running(current), straight: true };
}

function largestGap({ values, reference, current }: Ecdf): Gap | null {
  let at = 0;
  const size = (k: number): number => Math.abs(reference[k]! - current[k]!);
  for (let k = 1; k < values.length; k++) if (size(k) > size(at)) at = k;
  if (size(at) === 0) return null;
  return { value: values[at]!, reference: reference[at]!, current: current[at]!, exact: false };
}

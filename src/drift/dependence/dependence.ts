/** Rows that depend on each other: what is known of them for two tables, and what it does to a column's p-values. */
import { type Groups, groupsByRow } from "../../column/by-row.js";
import type { FixedColumn, Table, TextColumn } from "../../column/column.js";
import type { Settings } from "../options.js";
import { type AnyTable, isPreparedTable } from "../prepare.js";
import { isProfile } from "../profiles/is-profile.js";
import type { DependenceReport } from "../report.js";
import { blocksOfCodes, blocksOfScores } from "./blocks.js";
import { type Clusters, clusterInflation, clustersOfCodes, clustersOfScores } from "./clusters.js";
import type { Inflation } from "./inflated.js";
import { rowsFrom } from "./neighbours.js";
import type { Codes, Scores } from "./scores.js";

type Judged = FixedColumn | TextColumn;

/** Rows of the reference that are looked at, about. */
const mostRows = 131_072;
const stretches = 8;

/** How much two sides' rows of a column depend, in numbers and in words. */
export interface Dependence {
  /** @param rows  that have a value, of both sides */
  readonly ofScores: (scores: readonly Scores[], rows: Sizes) => Found;
  readonly ofCodes: (codes: Codes, rows: Sizes) => Found;
  /** The reference's rows that scores and codes are of: a part of the column, and of these the chosen ones. */
  readonly part: (column: Judged) => Judged;
  readonly rows: Int32Array | null;
  readonly by: DependenceReport["by"];
  readonly warnings: readonly string[];
}

/** Rows of both sides, and the share of them that has a value. */
export interface Sizes {
  readonly reference: { readonly rows: number; readonly share: number };
  readonly current: { readonly rows: number; readonly share: number };
}

/** What was found of one column. */
export interface Found extends Inflation {
  readonly reach: number | null;
  readonly correlation: number | null;
  readonly warning: string | null;
}

/**
 * `null` where rows are independent.
 *
 * @throws RangeError when a side has no column `clusterBy`, TypeError for a side that was prepared or profiled: it has no order of rows
 */
export function dependenceOf(before: AnyTable, after: AnyTable, { clusterBy, blocks }: Settings): Dependence | null {
  if (clusterBy === null && blocks === null) return null;
  const option = clusterBy === null ? "blocks" : "clusterBy";
  if (!hasRows(before)) throw noRows(option, "reference", before);
  if (!hasRows(after)) throw noRows(option, "current side", after);
  if (clusterBy !== null) return byClusters(clusterColumn(before, clusterBy), clusterColumn(after, clusterBy));
  return blocks === null ? null : dependenceByBlocks(blocks);
}

function hasRows(table: AnyTable): table is Table {
  return !isPreparedTable(table) && !isProfile(table);
}

function noRows(option: string, side: string, table: AnyTable): TypeError {
  const what = isPreparedTable(table) ? "a prepared one" : "a profile";
  return new TypeError(`compare: ${option} needs the ${side}'s rows in their order, which ${what} has not kept`);
}

function clusterColumn(table: Table, name: string): Judged {
  const column = table.columns.get(name);
  if (column && column.kind !== "vector") return column;
  throw new RangeError(
    `compare: clusterBy names ${JSON.stringify(name)}, and a side has no such column of single values`,
  );
}

/** Rows in their order depend on those before them: of every column it is found by itself. */
export function dependenceByBlocks(blocks: number | true): Dependence {
  const given = blocks === true ? null : blocks;
  const inflation = ({ reference, current }: Sizes, of: (rows: number) => number): number =>
    weighted(reference.rows * reference.share, of(current.rows), current.rows * current.share, of(reference.rows));
  const open = "rows depend on each other over a long way, so that p-values may still be too small";
  const found = (sizes: Sizes, blocks: ReturnType<typeof blocksOfCodes>): Found => ({
    factor: inflation(sizes, blocks.inflation),
    degrees: blocks.degrees(Math.min(sizes.reference.rows, sizes.current.rows)),
    reach: blocks.reach,
    correlation: null,
    warning: blocks.open ? open : null,
  });
  return {
    by: "blocks",
    ofScores: (scores, sizes) => found(sizes, blocksOfScores(scores, given)),
    ofCodes: (codes, sizes) => found(sizes, blocksOfCodes(codes, given)),
    part: (column) => rowsFrom(column, stretches, mostRows / stretches),
    rows: null,
    warnings: [],
  };
}

/** Fewer clusters on a side tell little about what clusters are like. */
const fewClusters = 10;

function byClusters(before: Judged, after: Judged): Dependence {
  const groups = groupsByRow(before);
  const [one, other] = [sizesOf(groups), sizesOf(groupsByRow(after))];
  const { clusters, rows } = chosen(groups);
  const found = (sizes: Sizes, correlation: number, degrees: (rows: number, factor: number) => number): Found => {
    const { reference, current } = sizes;
    const [n, m] = [reference.rows * reference.share, current.rows * current.share];
    const ofReference = clusterInflation(correlation, n, one.squares * reference.share ** 2);
    const ofCurrent = clusterInflation(correlation, m, other.squares * current.share ** 2);
    const smaller = n < m ? degrees(n, ofReference) : degrees(m, ofCurrent);
    const factor = weighted(n, ofCurrent, m, ofReference);
    return { factor, degrees: smaller, freedom, reach: null, correlation, warning: null };
  };
  // The number of equal clusters that tell as much; a single one tells nothing of others.
  const freedom = before.rows === 0 ? 0 : before.rows ** 2 / one.squares - 1;
  const few = Math.min(one.count, other.count);
  return {
    by: "clusters",
    ofScores(scores, sizes) {
      const { correlation, degrees } = clustersOfScores(scores, clusters);
      return found(sizes, correlation, degrees);
    },
    ofCodes(codes, sizes) {
      const { correlation, degrees } = clustersOfCodes(codes, clusters);
      return found(sizes, correlation, degrees);
    },
    part: (column) => column,
    rows: rows.length === before.rows ? null : rows,
    warnings:
      few < fewClusters ? [`a side has only ${few} cluster${few === 1 ? "" : "s"}, which is little to judge by`] : [],
  };
}

/** Variance of a difference: each side's inflation weighs by the other's size. */
function weighted(n: number, ofCurrent: number, m: number, ofReference: number): number {
  return n + m === 0 ? 1 : (n * ofCurrent + m * ofReference) / (n + m);
}

interface SideClusters {
  readonly count: number;
  /** Sum of the squared sizes. */
  readonly squares: number;
}

function sizesOf({ groups, values }: Groups): SideClusters {
  const sizes = new Float64Array(values.length);
  let single = 0;
  for (const group of groups) {
    if (group < 0) single++;
    else sizes[group]!++;
  }
  return { count: values.length + single, squares: sizes.reduce((sum, size) => sum + size * size, single) };
}

/** Whole clusters with about `mostRows` rows, from all over the reference; `rows` in their order, which clusters index. */
function chosen({ groups, values }: Groups): { readonly clusters: Clusters; readonly rows: Int32Array } {
  const share = Math.min(1, mostRows / Math.max(groups.length, 1));
  const taken = Uint8Array.from(values, (_, group) => ((group * 0.6180339887498949) % 1 < share ? 1 : 0));
  const rows = Int32Array.from(groups.keys()).filter((row) => groups[row]! >= 0 && taken[groups[row]!] === 1);
  const members = new Map<number, number[]>();
  for (const [at, row] of rows.entries()) {
    const list = members.get(groups[row]!);
    if (list) list.push(at);
    else members.set(groups[row]!, [at]);
  }
  return { clusters: [...members.values()].map((list) => Int32Array.from(list)), rows };
}

/** Segments of a window whose labels were joined: the same ones that its rows are compared by. */
import type { Table } from "../column/column.js";
import { type RowGroup, rowGroups } from "../column/row-groups.js";
import type { ModelSettings } from "../drift/model-options.js";
import type { ModelQualityReport } from "../drift/model-quality-report.js";
import type { CompareOptions } from "../drift/options.js";
import { segmentModels } from "../drift/segment-models.js";
import { mostSegments } from "../drift/segments.js";

export interface LabelSegments {
  readonly by: readonly string[];
  /** Rows of each side that a segment needs. */
  readonly minimumValues: number;
}

export function labelSegments({ by, minimumValues = 20 }: CompareOptions): LabelSegments {
  return { by: by === undefined ? [] : [by].flat(), minimumValues };
}

/**
 * How well a model did on each segment that has rows enough; where there is no reference, on those of the window alone.
 *
 * @returns none where the tables cannot be cut by these columns, which the comparison says
 */
export async function modelsBySegment(
  [before, after]: readonly [Table, Table],
  { by, minimumValues }: LabelSegments,
  model: ModelSettings,
): Promise<{ readonly [key: string]: ModelQualityReport }> {
  const isAlone = before.rows === 0;
  const sides = isAlone ? [after] : [before, after];
  if (sides.some(({ columns }) => by.some((name) => !columns.has(name)))) return {};
  const groups = groupsOf(sides, by).filter(({ rows }) => rows.every(({ length }) => length >= minimumValues));
  const none = new Uint32Array(0);
  const both = isAlone ? groups.map((group) => ({ ...group, rows: [none, group.rows[0]!] })) : groups;
  return segmentModels([before, after], both, model);
}

function groupsOf(tables: readonly Table[], by: readonly string[]): readonly RowGroup[] {
  try {
    return rowGroups("modelQuality", tables, by, mostSegments);
  } catch (error) {
    // Too many of them, or values of several kinds.
    if (error instanceof RangeError || error instanceof TypeError) return [];
    throw error;
  }
}

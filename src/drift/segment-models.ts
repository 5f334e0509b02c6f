/** How well a model did on segments. */
import type { Table } from "../column/column.js";
import type { RowGroup } from "../column/row-groups.js";
import { takeColumn } from "../column/take-rows.js";
import { type ModelSettings, modelColumns } from "./model-options.js";
import { modelQualityOf } from "./model-quality.js";
import type { ModelQualityReport } from "./model-quality-report.js";

/** Of each of the groups, which are of the rows of both tables. */
export async function segmentModels(
  [before, after]: readonly [Table, Table],
  groups: readonly RowGroup[],
  model: ModelSettings,
): Promise<{ readonly [key: string]: ModelQualityReport }> {
  const names = modelColumns(model);
  const found: [string, ModelQualityReport][] = [];
  for (const { key, rows } of groups) {
    const [reference, current] = [rowsOf(before, rows[0]!, names), rowsOf(after, rows[1]!, names)];
    found.push([key, await modelQualityOf([reference, current], model)]);
  }
  return Object.fromEntries(found);
}

/** Some rows of some columns; columns of types that are not read stay what they are. */
export function rowsOf(table: Table, rows: Uint32Array, names: readonly string[]): Table {
  const columns = names.flatMap((name) => {
    const column = table.columns.get(name);
    return column ? [[name, takeColumn(column, rows)] as const] : [];
  });
  return { rows: rows.length, columns: new Map(columns), unsupported: table.unsupported };
}

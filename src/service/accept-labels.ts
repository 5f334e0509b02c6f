/** Whether ids and labels are such as can be joined: what was accepted must never be refused later. */
import type { Column, Table } from "../column/column.js";
import { FormatError } from "../column/format-error.js";

/** Columns of rows and of labels. */
export interface LabelColumns {
  readonly id: string;
  readonly target: string;
}

/** What labels are, from the first ones on; `null` before. */
export type TargetType = "number" | "boolean" | "string" | null;

/**
 * @param of  rows may come without labels
 * @returns what labels are
 * @throws FormatError for a table without ids, or labels, that can be joined
 */
export function acceptedLabels(
  table: Table,
  { id, target }: LabelColumns,
  of: "rows" | "labels",
  known: TargetType,
): TargetType {
  const ids = table.columns.get(id);
  const idType = ids && typeOf(ids, id);
  if (!ids || (of === "labels" && idType === null)) {
    throw new FormatError(columnName(id), "the ids that labels are joined by", table.unsupported.get(id) ?? "none");
  }
  const labels = table.columns.get(target);
  const type = labels ? typeOf(labels, target) : null;
  if (of === "labels" && type === null) {
    throw new FormatError(columnName(target), "labels", table.unsupported.get(target) ?? "none");
  }
  if (type === null || known === null || type === known) return known ?? type;
  throw new FormatError(columnName(target), `a ${known}, as labels were before`, `a ${type}`);
}

function typeOf({ kind, type }: Column, name: string): TargetType {
  if (type === "Null") return null;
  if (kind === "numeric") return "number";
  if (kind === "boolean") return "boolean";
  if (kind === "categorical") return "string";
  throw new FormatError(columnName(name), "numbers, truth values or texts", type);
}

const columnName = (name: string): string => `column ${JSON.stringify(name)}`;

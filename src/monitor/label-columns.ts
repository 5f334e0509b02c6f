/** Ids and labels as they come in tables. */
import type { Column, Table } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import type { Id, Target } from "./label-pane.js";
import { plainValues } from "./plain-values.js";

/** @throws FormatError for a table without them, and for a type that no id has */
export function idsOf(table: Table, id: string, method: string): (Id | null)[] {
  const column = table.columns.get(id);
  const where = `${method}: column ${JSON.stringify(id)}`;
  if (!column) throw new FormatError(where, "the column of ids that labels are joined by", "none");
  return plainValues(column, where);
}

/**
 * Integers beyond 2^53 are the nearest double.
 *
 * @param type  of the labels before, `null` where there was none
 * @throws FormatError for a table without them, and for labels of another type than those before
 */
export function targetsOf(
  table: Table,
  target: string,
  method: string,
  type: string | null,
): { readonly targets: (Target | null)[]; readonly type: string | null } {
  const column = table.columns.get(target);
  const where = `${method}: column ${JSON.stringify(target)}`;
  if (!column) throw new FormatError(where, "the column of labels", "none");
  const targets = plainValues(column, where).map((value) => (typeof value === "bigint" ? Number(value) : value));
  const first = targets.find((value) => value !== null) ?? null;
  if (first === null) return { targets, type };
  if (type === null || typeof first === type) return { targets, type: typeof first };
  throw new FormatError(where, `a ${type}, as labels were before`, `a ${typeof first}`);
}

/** Those of a table's columns that have these names. */
export function columnsNamed({ rows, columns, unsupported }: Table, names: readonly string[]): Table {
  const own = names.flatMap((name): [string, Column][] => {
    const column = columns.get(name);
    return column ? [[name, column]] : [];
  });
  return {
    rows,
    columns: new Map(own),
    unsupported: new Map([...unsupported].filter(([name]) => names.includes(name))),
  };
}

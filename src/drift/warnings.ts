/** What to know before trusting a report, in sentences. */
import type { Examined } from "./examine-tables.js";
import type { ColumnReport } from "./report.js";

/** A reference that has fewer rows than this many windows is itself a source of chance that does not go away. */
const windows = 3;

/** Warnings about a whole comparison; those about one column stand beside it, and are summed up here. */
export function warningsOf({ rows }: Pick<Examined, "rows">, columns: readonly ColumnReport[]): string[] {
  const warnings: string[] = [];
  const judged = columns.some(({ adjustedPValue }) => adjustedPValue !== null);
  if (judged && rows.reference < windows * rows.current) {
    const [before, after] = [rows.reference, rows.current].map((count) => count.toLocaleString("en-US"));
    warnings.push(
      `the reference (${before} rows) is not several times larger than the current side (${after}): what chance did to ` +
        "it, every comparison with it will see again",
    );
  }
  for (const [warning, names] of grouped(columns)) warnings.push(`${listOf(names)}: ${warning}`);
  return warnings;
}

/** Names of columns by warning. */
function grouped(columns: readonly ColumnReport[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { column, warnings } of columns) {
    for (const warning of warnings) groups.set(warning, [...(groups.get(warning) ?? []), column]);
  }
  return groups;
}

const mostNames = 5;

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join(", ");
  return names.length > mostNames ? `${shown} and ${names.length - mostNames} more columns` : shown;
}

/** What prepared tables and profiles cannot know. */
import type { TableQuality } from "smirnov";

/** The same without what is known of rows only. */
export function rowsForgotten({ columns, ...about }: TableQuality): TableQuality {
  const forgotten = Object.entries(columns).map(([name, column]) => [name, { ...column, hash: null }] as const);
  return {
    ...about,
    columns: Object.fromEntries(forgotten),
    duplicatedColumns: null,
    duplicatedRows: null,
    hash: null,
  };
}

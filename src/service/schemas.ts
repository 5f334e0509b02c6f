/** What is known of a dataset's columns. */
import type { BatchSchema } from "../monitor/batch-schema.js";
import type { KnownColumns } from "./accept-columns.js";
import type { TargetType } from "./accept-labels.js";

/** What is known of columns, by what was accepted: it changes as rows are accepted. */
export interface Schemas {
  readonly rows: BatchSchema;
  readonly labels: BatchSchema;
  columns: KnownColumns;
  labelColumns: KnownColumns;
  target: TargetType;
}

type StoredColumns = { readonly shapes: readonly never[]; readonly unsupported: readonly never[] };

/** As snapshots keep it, which is JSON: the entries of each map. */
interface StoredSchemas {
  readonly rows: readonly never[];
  readonly labels: readonly never[];
  readonly columns: StoredColumns;
  readonly labelColumns: StoredColumns;
  readonly target: TargetType;
}

const columnsStored = ({ shapes, unsupported }: KnownColumns) => ({
  shapes: [...shapes],
  unsupported: [...unsupported],
});
const columnsRead = (stored?: StoredColumns): KnownColumns => {
  return { shapes: new Map(stored?.shapes), unsupported: new Map(stored?.unsupported) };
};

export function storedSchemas({ rows, labels, columns, labelColumns, target }: Schemas): unknown {
  return {
    ...{ rows: [...rows], labels: [...labels] },
    ...{ columns: columnsStored(columns), labelColumns: columnsStored(labelColumns), target },
  };
}

/**
 * @param stored  what `storedSchemas` returned, `null` at the first start
 * @param id  of rows and labels, which are whole numbers of any size, or text; `null` where labels are not joined
 */
export function schemasOf(stored: unknown, id: string | null): Schemas {
  const known: [string, "id"][] = id === null ? [] : [[id, "id"]];
  const { rows, labels, columns, labelColumns, target = null } = (stored ?? {}) as Partial<StoredSchemas>;
  return {
    ...{ rows: new Map(rows ?? known), labels: new Map(labels ?? known) },
    ...{ columns: columnsRead(columns), labelColumns: columnsRead(labelColumns), target },
  };
}

/** From an accepted body to what it does to a monitor: the same when it comes and when it is read again after a crash. */
import type { Table } from "../column/column.js";
import type { BatchSchema } from "../monitor/batch-schema.js";
import { acceptedColumns } from "./accept-columns.js";
import { badRows } from "./bad-rows.js";
import type { Effect } from "./dataset.js";
import { type DecodeLimits, rowFormats } from "./decode-rows.js";
import { type Decoder, learn } from "./decoder.js";
import { type BodyFormat, formatOf } from "./media-types.js";
import { Problem } from "./problem.js";
import type { RecordKind } from "./record.js";
import { referenceFormats, referenceOf } from "./reference-body.js";
import type { ReferenceKeeper } from "./reference-keeper.js";
import type { Schemas } from "./schemas.js";
import { seriesValues } from "./series-rows.js";

/** What of a dataset decides how bodies are read. */
export interface BodyContext {
  readonly schemas: Schemas;
  readonly limits: DecodeLimits;
  /** Of the column that labels are joined by; `null` where there are no labels. */
  readonly id: string | null;
  /** Of the column with the times of rows; `null` where there is none. */
  readonly time: string | null;
  /** Whether windows are compared with a reference that is given. */
  readonly fixed: boolean;
  /** The option of comparisons that needs the rows of a reference; `null`: a profile will do. */
  readonly rowsOnly: string | null;
  readonly decoder: Decoder;
  /** `null` while it is not known what is kept. */
  readonly keeper: ReferenceKeeper | null;
}

/** Formats that each kind of body may have. */
export const formatsOf: Readonly<Record<RecordKind, readonly BodyFormat[]>> = {
  rows: rowFormats,
  labels: rowFormats,
  series: ["json", "ndjson"],
  reference: referenceFormats,
};

export interface Decoded {
  readonly rows: number;
  readonly effect: Effect;
}

/** @throws Problem for a body that cannot be used: nothing was changed then */
export async function decodedBody(
  kind: RecordKind,
  type: string | undefined,
  body: Uint8Array,
  { schemas, limits, id, time, fixed, rowsOnly, keeper, decoder }: BodyContext,
): Promise<Decoded> {
  const format = formatOf(type, formatsOf[kind]);
  // Checked and noted in one go: what comes meanwhile is held against it.
  const acceptedRows = async (
    { schema, columns: which }: { readonly schema: BatchSchema; readonly columns: "columns" | "labelColumns" },
    check: (table: Table) => void = () => {},
  ): Promise<Table> => {
    for (;;) {
      const { table, learned } = await decoder.decode(format, body, schema, limits);
      if (table.rows === 0) throw new Problem(422, "there is no row");
      check(table);
      const columns = fitting(() => acceptedColumns(schemas[which], table, which === "columns" ? time : null));
      if (!learn(schema, learned)) continue;
      schemas[which] = columns;
      return table;
    }
  };
  if (kind === "rows") {
    const table = await acceptedRows({ schema: schemas.rows, columns: "columns" });
    return {
      rows: table.rows,
      effect: async (monitor, place) => {
        // What was accepted is never refused: it waits for windows that are being looked at.
        if (monitor.rowsHeld + table.rows > limits.rows) await monitor.idle();
        monitor.push(table, place);
      },
    };
  }
  if (kind === "labels") {
    if (id === null) throw new Problem(409, "labels are not joined here: the configuration of the dataset has none");
    const table = await acceptedRows({ schema: schemas.labels, columns: "labelColumns" }, ({ columns }) => {
      if ((columns.get(id)?.type ?? "Null") !== "Null") return;
      throw new Problem(422, `labels need the id of their row, ${JSON.stringify(id)}`, { column: id });
    });
    return { rows: table.rows, effect: (monitor, place) => monitor.labels(table, place) };
  }
  if (kind === "series") {
    const values = seriesValues(format, body);
    if (values.length === 0) throw new Problem(422, "there is no value");
    return {
      rows: values.length,
      effect: (monitor, { arrival }) => {
        for (const { series, value, time } of values) monitor.observe(series, value, time ?? arrival);
      },
    };
  }
  if (!fixed) throw new Problem(409, "windows are compared with earlier ones: the configuration says so (against)");
  const reference = await referenceOf(format, body, new Map(schemas.rows), limits, decoder);
  if (rowsOnly !== null && "profile" in reference) {
    throw new Problem(409, `compare.${rowsOnly} needs the rows of a reference, which a profile has not kept`);
  }
  if (reference.rows === 0) throw new Problem(422, "a reference needs rows");
  return {
    rows: reference.rows,
    effect: async (monitor, { sequence, arrival }) => {
      const header = { kind, type: type ?? "", arrival, rows: reference.rows };
      await keeper?.keep(sequence, header, body);
      monitor.setReference(reference);
    },
  };
}

function fitting<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw badRows(error);
  }
}

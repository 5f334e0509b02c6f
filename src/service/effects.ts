/** From an accepted body to what it does to a monitor: the same when it comes and when it is read again after a crash. */
import type { Table } from "../column/column.js";
import { mostColumns } from "../monitor/batch-schema.js";
import type { TimedValue } from "../monitor/wanted.js";
import type { LabelReceipt } from "../monitor/window-labels.js";
import { acceptedColumns } from "./accept-columns.js";
import { acceptedLabels, type LabelColumns } from "./accept-labels.js";
import { badRows } from "./bad-rows.js";
import type { Effect } from "./dataset.js";
import type { DatasetClock } from "./dataset-clock.js";
import { type DecodeLimits, rowFormats, type SizedTable } from "./decode-rows.js";
import { type Decoder, learn } from "./decoder.js";
import type { LiveMonitor } from "./live-monitor.js";
import { type BodyFormat, formatOf } from "./media-types.js";
import { Problem } from "./problem.js";
import type { RecordKind, SentKind } from "./record.js";
import { referenceFormats, referenceOf } from "./reference-body.js";
import type { ReferenceKeeper } from "./reference-keeper.js";
import type { Schemas } from "./schemas.js";
import { seriesValues } from "./series-rows.js";

export interface Room {
  readonly rows: number;
  readonly bytes: number;
}

/** What of a dataset decides how bodies are read. */
export interface BodyContext {
  readonly schemas: Schemas;
  readonly limits: DecodeLimits;
  /** What open windows may hold together. */
  readonly room: Room;
  /** Names of series that came. */
  readonly series: Set<string>;
  /** Columns that labels are joined by; `null` where there are no labels. */
  readonly labels: LabelColumns | null;
  /** Of the column with the times of rows; `null` where there is none. */
  readonly time: string | null;
  /** Whether windows are compared with a reference that is given. */
  readonly fixed: boolean;
  /** The option of comparisons that needs the rows of a reference; `null`: a profile will do. */
  readonly rowsOnly: string | null;
  readonly decoder: Decoder;
  /** Called with rows that are in no window, since they have no time that can be read. */
  readonly untimed: (rows: number, sequence: number) => void;
  /** Called with labels that are joined with no row. */
  readonly unjoined: (counts: Pick<LabelReceipt, "unknown" | "late" | "incomplete">, sequence: number) => void;
  /** `null` while it is not known what is kept. */
  readonly keeper: ReferenceKeeper | null;
  /** `null` where windows do not close by the clock, or by it alone. */
  readonly clock: DatasetClock | null;
}

/** Formats that each kind of body may have. */
export const formatsOf: Readonly<Record<SentKind, readonly BodyFormat[]>> = {
  rows: rowFormats,
  labels: rowFormats,
  series: ["json", "ndjson"],
  reference: referenceFormats,
};

export interface Decoded {
  readonly rows: number;
  /** In memory, about, with the body. */
  readonly bytes: number;
  readonly effect: Effect;
  /** What windows take of it, when it came; none where they take nothing. */
  readonly windowed?: (arrival: number) => Table | readonly TimedValue[];
}

/** Of a record that says how far event time has come, though no row came. */
interface ClockBody {
  readonly time: number;
}

/** Of a series: an object with its name, which is shared, and two numbers. */
const bytesOfSeriesValue = 64;

export const clockBody = (time: number): Uint8Array => Buffer.from(JSON.stringify({ time } satisfies ClockBody));

/** @throws Problem for a body that cannot be used: nothing was changed then */
export async function decodedBody(
  kind: RecordKind,
  type: string | undefined,
  body: Uint8Array,
  context: BodyContext,
): Promise<Decoded> {
  const { schemas, limits, room, series: known, labels, fixed, rowsOnly, keeper, clock, decoder } = context;
  if (kind === "clock") {
    const { time } = JSON.parse(Buffer.from(body).toString()) as ClockBody;
    return { rows: 0, bytes: body.length, effect: (monitor) => monitor.advanceTo(time) };
  }
  const format = formatOf(type, formatsOf[kind]);
  if (kind === "rows") {
    const { table, bytes } = await acceptedRows(kind, format, body, context);
    return {
      ...{ rows: table.rows, bytes },
      windowed: () => table,
      effect: async (monitor, place) => {
        await makeRoom(monitor, table, place.arrival, room);
        const before = monitor.watermark;
        const { untimed } = await monitor.push(table, place);
        if (untimed > 0) context.untimed(untimed, place.sequence);
        clock?.rows(table, place.arrival, before, monitor.watermark);
      },
    };
  }
  if (kind === "labels") {
    if (labels === null)
      throw new Problem(409, "labels are not joined here: the configuration of the dataset has none");
    const { table, bytes } = await acceptedRows(kind, format, body, context);
    return {
      ...{ rows: table.rows, bytes },
      effect: async (monitor, place) => {
        const { unknown, late, incomplete } = await monitor.labels(table, place);
        if (unknown + late + incomplete > 0) context.unjoined({ unknown, late, incomplete }, place.sequence);
      },
    };
  }
  if (kind === "series") {
    const values = seriesValues(format, body);
    if (values.length === 0) throw new Problem(422, "there is no value");
    const names = new Set(values.map(({ series }) => series).filter((name) => !known.has(name)));
    const all = known.size + names.size;
    if (all > mostColumns) throw new Problem(422, `a dataset may have ${mostColumns} series, got ${all}`);
    for (const name of names) known.add(name);
    const timed = (arrival: number) => values.map(({ series, time }) => ({ series, time: time ?? arrival }));
    return {
      ...{ rows: values.length, bytes: body.length + bytesOfSeriesValue * values.length },
      windowed: timed,
      effect: async (monitor, { arrival }) => {
        if (monitor.pending > 0) await makeRoom(monitor, timed(arrival), arrival, room);
        for (const { series, value, time } of values) monitor.observe(series, value, time ?? arrival);
      },
    };
  }
  if (!fixed) throw new Problem(409, "windows are compared with earlier ones: the configuration says so (against)");
  const { reference, bytes } = await referenceOf(format, body, new Map(schemas.rows), limits, decoder);
  if (rowsOnly !== null && "profile" in reference) {
    throw new Problem(409, `compare.${rowsOnly} needs the rows of a reference, which a profile has not kept`);
  }
  if (reference.rows === 0) throw new Problem(422, "a reference needs rows");
  return {
    ...{ rows: reference.rows, bytes },
    effect: (monitor, { sequence }) => {
      keeper?.sent(sequence);
      monitor.setReference(reference);
    },
  };
}

/** What was accepted is never refused: it waits for windows that are being looked at. */
async function makeRoom(
  monitor: LiveMonitor,
  windowed: Table | readonly TimedValue[],
  arrival: number,
  room: Room,
): Promise<void> {
  if (monitor.pending === 0) return;
  const rows = "rows" in windowed ? windowed.rows : 0;
  const isCrowded = (): boolean => {
    const { stretches, room: more } = monitor.wanted(windowed, arrival);
    return stretches > more;
  };
  if (monitor.rowsHeld + rows > room.rows || isCrowded()) await monitor.idle();
}

/** A table that goes together with those before. Checked and noted in one go: what comes meanwhile is held against it. */
async function acceptedRows(
  kind: "rows" | "labels",
  format: BodyFormat,
  body: Uint8Array,
  { schemas, limits, labels, time, decoder }: BodyContext,
): Promise<SizedTable> {
  const [schema, which] =
    kind === "rows" ? [schemas.rows, "columns" as const] : [schemas.labels, "labelColumns" as const];
  for (;;) {
    const { table, bytes, learned } = await decoder.decode(format, body, schema, limits);
    if (table.rows === 0) throw new Problem(422, "there is no row");
    try {
      const columns = acceptedColumns(schemas[which], table, kind === "rows" ? time : null);
      const target = labels ? acceptedLabels(table, labels, kind, schemas.target) : null;
      if (!learn(schema, learned)) continue;
      schemas[which] = columns;
      schemas.target = target;
      return { table, bytes };
    } catch (error) {
      throw badRows(error);
    }
  }
}

/** Starts a dataset where it ended: its latest state, then the records of the spool behind it. */

import { join } from "node:path";
import type { FastifyBaseLogger } from "fastify";
import type { Comparable } from "../drift/compare.js";
import type { AlertEvent } from "../monitor/alert-event.js";
import { milliseconds } from "../monitor/duration.js";
import { needsRows } from "../monitor/reference-shape.js";
import type { StateParts } from "../monitor/state.js";
import type { Spool, SpoolOptions } from "../spool/spool.js";
import type { ByteBudget } from "./byte-budget.js";
import type { DatasetConfig, ServiceConfig } from "./config.js";
import { Dataset } from "./dataset.js";
import { DatasetClock } from "./dataset-clock.js";
import type { Decoder } from "./decoder.js";
import { type BodyContext, decodedBody } from "./effects.js";
import { IdempotencyKeys } from "./idempotency.js";
import type { LiveMonitor } from "./live-monitor.js";
import { recordOf } from "./record.js";
import { ReferenceKeeper, type StoredReference } from "./reference-keeper.js";
import type { ReportShelf } from "./report-shelf.js";
import { schemasOf } from "./schemas.js";
import { readSnapshot, type Snapshot } from "./snapshot.js";
import { SnapshotSchedule } from "./snapshot-schedule.js";

export interface OpenOptions {
  readonly name: string;
  readonly config: ServiceConfig;
  readonly dataset: DatasetConfig;
  /** Of this dataset. */
  readonly folder: string;
  readonly budget: ByteBudget;
  readonly log: FastifyBaseLogger;
  readonly openSpool: (folder: string, options: SpoolOptions) => Promise<Spool>;
  /** A new one, or one that goes on from its state. */
  readonly makeMonitor: (state: StateParts | null, reference: Comparable | undefined) => LiveMonitor;
  /** Reads the file that the configuration names. */
  readonly readReference: (path: string) => Promise<Comparable>;
  /** The state of alerts, and how it is read back. */
  readonly alerts: { state(): unknown; restore(state: unknown): void; firing(): readonly AlertEvent[] };
  readonly shelf: ReportShelf;
  readonly decoder: Decoder;
}

const defaultKeys = 100_000;
const defaultBytes = 2 ** 30;
/** What was accepted is read, whatever may be accepted by now. */
const unlimited = { rows: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY };

export interface OpenedDataset {
  readonly dataset: Dataset;
  readonly context: BodyContext;
}

/** @throws Error where what was accepted cannot be found any more: nothing is left out silently */
export async function openDataset(options: OpenOptions): Promise<OpenedDataset> {
  const { name, config, dataset: own, folder, log, budget } = options;
  const { snapshot, damaged } = await readSnapshot(join(folder, "state"));
  for (const message of damaged) log.warn({ dataset: name }, `a damaged state is passed over: ${message}`);
  const after = snapshot?.sequence ?? 0;
  const spool = await options.openSpool(join(folder, "spool"), { sync: config.sync ?? "always", after });
  try {
    return await recovered(options, spool, snapshot, damaged, { own, budget });
  } catch (error) {
    await spool.close();
    throw error;
  }
}

async function recovered(
  options: OpenOptions,
  spool: Spool,
  snapshot: Snapshot | null,
  damaged: readonly string[],
  { own, budget }: { readonly own: DatasetConfig; readonly budget: ByteBudget },
): Promise<OpenedDataset> {
  const { name, config, folder, log, alerts, shelf } = options;
  const after = snapshot?.sequence ?? 0;
  if (spool.released > after) {
    const why =
      damaged.length > 0 ? `no state after it can be read (${damaged.join("; ")})` : "there is no state of them";
    throw new Error(
      `smirnov serve: dataset ${name}: records up to ${spool.released} are not in the spool any more, and ${why}. ` +
        `Restore ${folder} from a copy, or move it away to begin anew`,
    );
  }
  const { idempotency = {}, limits = {} } = config;
  const keys = new IdempotencyKeys({
    most: idempotency.keys ?? defaultKeys,
    within: milliseconds("idempotency.within", idempotency.within ?? "24h"),
  });
  for (const key of snapshot?.keys ?? []) keys.add(key);
  const id = own.labels?.id ?? null;
  const schemas = schemasOf(snapshot?.schema ?? null, id);
  if (snapshot) alerts.restore(snapshot.alerts);
  const bytes = limits.decodedBytes ?? 4 * (limits.bodyBytes ?? 64 * 2 ** 20);
  const rows = own.maximumRows ?? 10_000_000;
  const about = {
    ...{ schemas, decoder: options.decoder },
    limits: { rows, bytes },
    room: { rows, bytes: own.maximumBytes ?? defaultBytes },
    series: new Set<string>(),
    labels: own.labels ? { id: own.labels.id, target: own.labels.target } : null,
    time: own.time ?? null,
    fixed: (own.against ?? "fixed") === "fixed",
    rowsOnly: needsRows(own.compare ?? {}) ?? null,
    untimed: (rows: number, sequence: number) => {
      log.warn(
        { dataset: name, rows, sequence },
        `rows without a time that can be read (${own.time}) are in no window`,
      );
    },
    unjoined: (counts: object, sequence: number) => {
      log.warn(
        { dataset: name, ...counts, sequence },
        "labels that are joined with no row: of rows that never came (unknown), too late (labels.within), or without id or value (incomplete)",
      );
    },
    clock: DatasetClock.of(own, snapshot?.clock),
  };
  const { keeper, reference } = await ReferenceKeeper.open(
    own.reference,
    (snapshot?.reference ?? null) as StoredReference | null,
    options.readReference,
  );
  const context: BodyContext = { ...about, keeper };
  const monitor = madeMonitor(options, snapshot && { state: snapshot.state, references: snapshot.tables }, reference);
  const begun = performance.now();
  const { applied, arrival } = await replayed(spool, after, snapshot?.arrival ?? 0, {
    context: { ...context, limits: unlimited },
    ...{ monitor, keys, name },
  });
  if (applied > after) {
    const ms = Math.round(performance.now() - begun);
    log.info({ dataset: name, records: applied - after, sequence: applied, ms }, "replayed");
  }
  const schedule = new SnapshotSchedule(milliseconds("snapshotEvery", config.snapshotEvery ?? "60s"));
  const parts = { name, spool, monitor, keys, shelf, schemas, budget, schedule, log, applied, arrival };
  const dataset = new Dataset({
    ...parts,
    folder: join(folder, "state"),
    alerts: () => alerts.state(),
    firing: () => alerts.firing(),
    references: keeper,
    clock: about.clock,
  });
  // So that the next start does not read it all again. A disk that is full keeps nobody from asking what was found.
  if (applied > after) {
    await dataset.snapshot().catch((error) => {
      schedule.postponed();
      log.error({ err: error, dataset: name }, "the state could not be written");
    });
  }
  return { dataset, context };
}

function madeMonitor(
  { name, folder, makeMonitor }: OpenOptions,
  state: StateParts | null,
  reference: Comparable | undefined,
): LiveMonitor {
  try {
    return makeMonitor(state, reference);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message.replace(/^Monitor(\.restore)?: /, "") : String(cause);
    const remedy = state === null ? "" : `. Set it back, or move ${folder} away to begin anew`;
    throw new Error(`smirnov serve: dataset ${name}: ${message}${remedy}`, { cause });
  }
}

/** Windows that may wait while records are read. */
const mostPending = 4;

async function replayed(
  spool: Spool,
  after: number,
  since: number,
  parts: {
    readonly context: BodyContext;
    readonly monitor: LiveMonitor;
    readonly keys: IdempotencyKeys;
    readonly name: string;
  },
): Promise<{ readonly applied: number; readonly arrival: number }> {
  const { context, monitor, keys, name } = parts;
  let [applied, latest] = [after, since];
  for await (const { sequence, bytes } of spool.read(after)) {
    if (sequence !== applied + 1) {
      throw new Error(
        `smirnov serve: dataset ${name}: the spool goes on with record ${sequence}, after ${applied} was needed`,
      );
    }
    const { header, body } = recordOf(`record ${sequence} of ${name}`, bytes);
    const { kind, type, arrival, rows, key, hash } = header;
    const { effect } = await decodedBody(kind, type, body, context);
    await effect(monitor, { sequence, arrival });
    if (key !== undefined && hash !== undefined) keys.add({ key, hash, at: arrival, sequence, rows });
    [applied, latest] = [sequence, Math.max(latest, arrival)];
    if (monitor.pending > mostPending) await monitor.idle();
  }
  return { applied, arrival: latest };
}

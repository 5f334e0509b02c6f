/**
 * A dataset: what is accepted goes to its spool, then, in the order of the spool, to its monitor. What the monitor knows is
 * written down now and then, and what the spool holds before that is let go.
 */
import type { FastifyBaseLogger } from "fastify";
import type { AlertEvent } from "../monitor/alert-event.js";
import type { Spool } from "../spool/spool.js";
import type { ByteBudget } from "./byte-budget.js";
import type { DatasetClock } from "./dataset-clock.js";
import { clockBody, type Decoded, type Room } from "./effects.js";
import type { Accepted, IdempotencyKeys } from "./idempotency.js";
import type { LiveMonitor } from "./live-monitor.js";
import { type RecordHeader, recordHead } from "./record.js";
import type { ReferenceKeeper } from "./reference-keeper.js";
import type { ReportShelf } from "./report-shelf.js";
import type { Schemas } from "./schemas.js";
import { storedSchemas } from "./schemas.js";
import { writeSnapshot } from "./snapshot.js";
import type { SnapshotSchedule } from "./snapshot-schedule.js";
import { nothing, type Share, WindowRoom } from "./window-room.js";

/** What a record does to the monitor, once its sequence is known. */
export type Effect = (monitor: LiveMonitor, place: { readonly sequence: number; readonly arrival: number }) => unknown;

interface Waiting {
  readonly arrival: number;
  /** `null`: it was not appended. */
  readonly sequence: Promise<number | null>;
  /** Of the budget. */
  readonly bytes: number;
  readonly share: Share;
  readonly effect: Effect;
}

export interface DatasetParts {
  readonly name: string;
  readonly folder: string;
  readonly spool: Spool;
  readonly monitor: LiveMonitor;
  readonly keys: IdempotencyKeys;
  readonly shelf: ReportShelf;
  /** Kinds of the columns of rows and of labels. */
  readonly schemas: Schemas;
  readonly budget: ByteBudget;
  readonly schedule: SnapshotSchedule;
  readonly log: FastifyBaseLogger;
  /** What else goes into snapshots. */
  readonly alerts: () => unknown;
  /** Alerts that last. */
  readonly firing: () => readonly AlertEvent[];
  readonly references: ReferenceKeeper;
  readonly clock: DatasetClock | null;
  /** Of the last record that the monitor's state contains. */
  readonly applied: number;
  /** When the latest record came. */
  readonly arrival: number;
}

/** Closed windows that may wait before more rows are looked at. */
const mostPending = 4;

export class Dataset {
  readonly parts: DatasetParts;
  readonly #waiting: Waiting[] = [];
  #pump: Promise<void> | null = null;
  #applied: number;
  #arrival: number;
  /** What could not be applied, though it had been accepted: always a fault of ours. */
  #failures = 0;
  readonly #room: WindowRoom;
  #ended = false;

  constructor(parts: DatasetParts) {
    this.parts = parts;
    this.#applied = parts.applied;
    this.#arrival = parts.arrival;
    this.#room = new WindowRoom(parts.monitor);
  }

  get name(): string {
    return this.parts.name;
  }

  /** Of the last record that was looked at. */
  get applied(): number {
    return this.#applied;
  }

  get failures(): number {
    return this.#failures;
  }

  /** What a body takes of windows, for `append`. @throws Problem, as `WindowRoom.need` */
  needRoom(decoded: Decoded, most: Room): Share {
    return this.#room.need(decoded, most, Math.max(this.#arrival, Date.now()));
  }

  /** Records that wait to be looked at. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * Appends a record to the spool and, when it is there, hands it to the monitor, in the order of the calls.
   *
   * @param share  as `needRoom` gave it
   * @param bytes of the budget, which are given back once the record was looked at, or now when it cannot be appended
   * @returns once the record is as safe as the policy says
   */
  async append(
    header: Omit<RecordHeader, "arrival">,
    body: Uint8Array,
    bytes: number,
    effect: Effect,
    share = nothing,
  ): Promise<Accepted> {
    const { spool, budget, schedule, keys } = this.parts;
    const arrival = this.#now();
    const head = recordHead({ ...header, arrival });
    const { key, hash, rows } = header;
    const appended = spool.append(head, body).then((sequence) => {
      // Before a snapshot can contain the record, which is not read again then.
      if (key !== undefined && hash !== undefined) keys.add({ key, hash, at: arrival, sequence, rows });
      return sequence;
    });
    const sequence = appended.catch(() => null);
    this.#enqueue({ arrival, sequence, bytes, share, effect });
    schedule.appended(head.length + body.length);
    try {
      return { sequence: await appended, rows };
    } finally {
      // The pump gives back what it has looked at.
      if ((await sequence) === null) budget.give(bytes);
    }
  }

  /** Windows of rows without a time of their own end though no row comes. */
  tick(): void {
    const arrival = this.#now();
    const effect: Effect = (monitor, { arrival: time }) => monitor.advanceTo(time);
    this.#enqueue({ arrival, sequence: Promise.resolve(0), bytes: 0, share: nothing, effect });
  }

  /**
   * Closes windows by the clock where no row came for long. That it did is a record: reading it again does the same.
   *
   * @throws as `append`
   */
  async goOn(): Promise<void> {
    const { clock, monitor, log } = this.parts;
    if (!clock || this.#pump) return;
    const time = clock.due(Date.now(), monitor.watermark);
    if (time === null) return;
    log.info({ dataset: this.name, time: new Date(time).toISOString() }, "no rows come: windows close by the clock");
    const effect: Effect = (monitor) => monitor.advanceTo(time);
    await this.append({ kind: "clock", type: "application/json", rows: 0 }, clockBody(time), 0, effect);
  }

  /** Waits until all that was accepted was looked at. */
  async drained(): Promise<void> {
    while (this.#pump) await this.#pump;
  }

  /** Writes down what the monitor knows, once all windows that closed were told. Nothing may be applied meanwhile. */
  async snapshot(): Promise<void> {
    const { monitor, keys, schemas, schedule, folder, spool, alerts, references, clock, log } = this.parts;
    await monitor.idle();
    const { state, references: tables } = await monitor.saveParts();
    const sequence = this.#applied;
    const begun = performance.now();
    const released = await writeSnapshot(folder, {
      ...{ sequence, at: Date.now(), arrival: this.#arrival, keys: keys.entries(sequence), state, tables },
      schema: storedSchemas(schemas),
      ...{ alerts: alerts(), reference: references.stored, clock: clock?.state ?? null },
    });
    if (released > spool.released) await spool.release(released);
    schedule.written(state.length);
    const ms = Math.round(performance.now() - begun);
    log.debug({ dataset: this.name, sequence, bytes: state.length, ms }, "snapshot");
  }

  /**
   * Looks at all that was accepted, evaluates what it can in the time, and writes the state down.
   *
   * @returns whether it was written; else the next start reads the spool
   */
  async close(within: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), within);
    });
    const done = this.drained()
      .then(() => this.snapshot())
      .then(
        () => true,
        (error) => {
          this.parts.log.error({ err: error, dataset: this.name }, "the state could not be written");
          return false;
        },
      );
    const written = await Promise.race([done, late]);
    clearTimeout(timer);
    this.#ended = true;
    this.parts.monitor.close();
    await this.parts.spool.close();
    return written;
  }

  #enqueue(one: Waiting): void {
    this.#room.wait(one.share, 1);
    this.#waiting.push(one);
    this.#pump ??= this.#run();
  }

  async #run(): Promise<void> {
    await null;
    const { monitor, budget, schedule, log } = this.parts;
    for (let one = this.#waiting.shift(); one && !this.#ended; one = this.#waiting.shift()) {
      const sequence = await one.sequence;
      this.#room.wait(one.share, -1);
      if (sequence === null) continue;
      try {
        await one.effect(monitor, { sequence, arrival: one.arrival });
      } catch (error) {
        this.#failures++;
        log.error({ err: error, dataset: this.name, sequence }, "an accepted record could not be applied");
      }
      this.#room.taken(one.share);
      if (sequence > 0) this.#applied = sequence;
      budget.give(one.bytes);
      if (monitor.pending > mostPending) {
        await monitor.idle().catch((error) => log.error({ err: error, dataset: this.name }, "a window was not told"));
      }
      if (schedule.due()) {
        await this.snapshot().catch((error) => {
          schedule.postponed();
          log.error({ err: error, dataset: this.name }, "the state could not be written");
        });
      }
    }
    // At once: what comes from now on begins anew.
    this.#pump = null;
  }

  /** Never before what came earlier, whatever the clock says. */
  #now(): number {
    this.#arrival = Math.max(this.#arrival, Date.now());
    return this.#arrival;
  }
}

/** What an action has still to do: one thing after the other, each tried again until it goes well or is given up. */
import type { AlertEvent } from "../monitor/alert-event.js";
import type { Delivery } from "./alert-state.js";
import type { Attempt } from "./attempt.js";

/** What could not be told. Holds no secret. */
export interface DeliveryFailure {
  readonly action: string;
  /** Of the event. */
  readonly event: string;
  readonly dataset: string;
  readonly rule: string;
  /** How often it was tried. */
  readonly attempts: number;
  /** It will not be tried again. */
  readonly givenUp: boolean;
  readonly why: string;
}

export interface QueueOptions {
  readonly action: string;
  readonly retries: number;
  /** Tries once; a delivery may come back with what is left of it to do. */
  readonly attempt: (delivery: Delivery, keep: (changed: Delivery) => void) => Promise<Attempt>;
  /** What is done now and then besides, never at the same time as a delivery. */
  readonly regularly?: {
    readonly every: number;
    /** Of which it tells; nothing is done where there is none. */
    readonly about: () => readonly AlertEvent[];
    readonly work: (events: readonly AlertEvent[]) => Promise<Attempt>;
  };
  readonly onDelivered: (action: string) => void;
  readonly onFailure: (failure: DeliveryFailure) => void;
  /** In [0, 1). */
  readonly random: () => number;
}

/** Before the second attempt; each further one twice as long, up to five minutes, and by chance half of it less. */
const firstWait = 1000;
const longestWait = 300_000;
/** Events that may wait; beyond, the oldest are given up. */
const mostWaiting = 10_000;

export class DeliveryQueue {
  readonly #options: QueueOptions;
  #waiting: Delivery[] = [];
  #running: Promise<void> | null = null;
  #stopped = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  #due = false;

  constructor(options: QueueOptions) {
    this.#options = options;
    const { regularly } = options;
    if (!regularly) return;
    this.#timer = setInterval(() => {
      this.#due = true;
      this.#start();
    }, regularly.every);
    this.#timer.unref();
  }

  get waiting(): readonly Delivery[] {
    return this.#waiting;
  }

  /** The same delivery is not made twice. */
  add(delivery: Delivery): void {
    if (this.#waiting.some(({ id }) => id === delivery.id)) return;
    this.#waiting.push(delivery);
    if (this.#waiting.length > mostWaiting) {
      // The first one is being tried.
      const [oldest] = this.#waiting.splice(1, 1);
      this.#failed(oldest!.event, 0, true, `more than ${mostWaiting} events wait`);
    }
    this.#start();
  }

  /** Until nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Waits for the attempt that is made; what waits is kept. */
  async close(): Promise<void> {
    this.#stopped.abort();
    if (this.#timer) clearInterval(this.#timer);
    await this.#running;
  }

  #start(): void {
    if (this.#stopped.signal.aborted) return;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      // What was added when the last one had just been delivered.
      if (this.#waiting.length > 0) this.#start();
    });
  }

  async #run(): Promise<void> {
    // Not before whoever adds has added all.
    await null;
    while ((this.#waiting.length > 0 || this.#due) && !this.#stopped.signal.aborted) {
      if (this.#waiting.length > 0) await this.#deliver();
      if (this.#due && !this.#stopped.signal.aborted) await this.#regular();
    }
  }

  async #deliver(): Promise<void> {
    const { retries, attempt } = this.#options;
    const keep = (changed: Delivery) => {
      this.#waiting[0] = changed;
    };
    for (let tries = 1; ; tries++) {
      const result = await attempt(this.#waiting[0]!, keep).catch(unexpected);
      const { event } = this.#waiting[0]!;
      if (result.ended === "done") {
        const { action, onDelivered } = this.#options;
        guarded(() => onDelivered(action));
        break;
      }
      const givenUp = result.ended === "never" || tries > retries;
      this.#failed(event, tries, givenUp, result.why);
      if (givenUp) break;
      await this.#wait(tries, result.after ?? 0);
      if (this.#stopped.signal.aborted) return;
      if (this.#due) await this.#regular();
    }
    this.#waiting.shift();
  }

  /** Whoever is not told again so often believes that it is over. */
  async #regular(): Promise<void> {
    this.#due = false;
    const { about, work } = this.#options.regularly!;
    const events = about();
    if (events.length === 0) return;
    const result = await work(events).catch(unexpected);
    if (result.ended === "done") return;
    const others = events.length > 1 ? `, nor ${events.length - 1} more` : "";
    this.#failed(events[0]!, 1, false, `it could not be told that it lasts${others}: ${result.why}`);
  }

  #wait(tries: number, least: number): Promise<void> {
    const longest = Math.min(longestWait, firstWait * 2 ** (tries - 1));
    const time = Math.max(least, longest * (1 - this.#options.random() / 2));
    const { signal } = this.#stopped;
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, time);
      signal.addEventListener("abort", done);
    });
  }

  #failed({ id, dataset, rule }: AlertEvent, attempts: number, givenUp: boolean, why: string): void {
    const { action, onFailure } = this.#options;
    guarded(() => onFailure({ action, event: id, dataset, rule, attempts, givenUp, why }));
  }
}

/** Who is told of deliveries does not hold them up. */
function guarded(tell: () => void): void {
  try {
    tell();
  } catch {
    // It is theirs to look after.
  }
}

/** Of an error that no attempt expects only the kind is told. */
function unexpected(error: Error): Attempt {
  return { ended: "again", why: `it failed with ${error?.name ?? "an error"}` };
}

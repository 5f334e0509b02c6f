/** `alerts`: rules over windows, and what is done when one holds. */
import type { AlertEvent } from "../monitor/alert-event.js";
import type { WindowResult } from "../monitor/window-result.js";
import { type ActionContext, deliverOf, retriesOf, toAlertmanager } from "./actions.js";
import { checkedAlerts } from "./alert-problems.js";
import type { AlertAction, AlertOptions } from "./alert-rule.js";
import type { AlertState, Delivery, Undispatched } from "./alert-state.js";
import { resendOf } from "./alertmanager.js";
import { compiled, hashed } from "./compiled-rule.js";
import { DatasetAlerts } from "./dataset-alerts.js";
import { type DeliveryFailure, DeliveryQueue } from "./delivery-queue.js";
import type { RetrainRequest, WindowReferenced } from "./evidence.js";
import { checkedState } from "./read-state.js";

/** What alerts need of who runs them. */
export interface AlertHooks {
  /**
   * Makes windows of a dataset its reference, once a retraining is acknowledged. It is called again until it succeeds, and may
   * be called again for the same windows after a crash.
   */
  readonly rebaseline?: (dataset: string, windows: readonly WindowReferenced[]) => Promise<void>;
  /** Each event that an action was told, for counts. */
  readonly onDelivered?: (action: string) => void;
  /** Each attempt that failed, for the log. Holds no secret. */
  readonly onFailure?: (failure: DeliveryFailure) => void;
  /** The clock, for signatures and Alertmanager; decisions go by the times of windows. */
  readonly now?: () => number;
  /** In [0, 1): so that not all try again at the same time. */
  readonly random?: () => number;
}

export interface Alerts {
  /**
   * What begins, goes on and ends with a window. Only decides, by the times of windows alone: the same windows lead to the same
   * events with the same ids. A window that is told again changes nothing; what was not dispatched yet of its events is returned
   * again.
   *
   * Windows of a dataset come in order; a later revision of a window takes the place of the one before.
   */
  window(result: WindowResult): AlertEvent[];
  /** Hands events to the actions of their rules, which work in the background, each in the order of its events. */
  dispatch(events: readonly AlertEvent[]): void;
  /** Alerts that last, as they were told last. */
  firing(): AlertEvent[];
  /**
   * All that is known, and what was not delivered yet; survives JSON. Taken after `dispatch`, together with the monitor's
   * state, a restart repeats nothing and forgets nothing.
   */
  state(): AlertState;
  /** Goes on where a state was taken; before the first window. @throws TypeError for what is no state */
  restore(state: unknown): void;
  /** Until everything was delivered or given up. */
  idle(): Promise<void>;
  /** Waits for attempts that are being made; what is left is in `state()`. */
  close(): Promise<void>;
}

/**
 * Alerts by rules: see docs/alerts.md.
 *
 * @throws TypeError for options that are no object; RangeError with all problems of rules and actions
 */
export function alerts(options: AlertOptions, hooks: AlertHooks = {}): Alerts {
  return new RuledAlerts(checkedAlerts(options), hooks);
}

/** Windows of which events may wait to be dispatched; of older ones it is not known any more. */
const mostUndispatched = 1_000;

const isSame =
  ({ id, status }: AlertEvent) =>
  ({ event }: Undispatched) =>
    event.id === id && event.status === status;

class RuledAlerts implements Alerts {
  readonly #rules;
  readonly #actionsOfRule: ReadonlyMap<string, readonly string[]>;
  readonly #actions: ReadonlyMap<string, AlertAction>;
  readonly #queues = new Map<string, DeliveryQueue>();
  readonly #datasets = new Map<string, DatasetAlerts>();
  /** Of these results are kept, which may be large. */
  readonly #retrains: boolean;
  /** The latest results by dataset: what retrainings are told of. */
  readonly #results = new Map<string, WindowResult>();
  /** By window: events that were told and not dispatched yet, and for whom they are. */
  readonly #undispatched = new Map<string, readonly Undispatched[]>();

  constructor({ rules, actions = {} }: AlertOptions, hooks: AlertHooks) {
    this.#rules = rules.map(compiled);
    this.#actionsOfRule = new Map(rules.map((rule) => [rule.name, rule.actions ?? []]));
    this.#actions = new Map(Object.entries(actions));
    this.#retrains = Object.values(actions).some(({ action }) => action === "retrain");
    const { now = Date.now, random = Math.random, rebaseline = null } = hooks;
    const { onDelivered = () => {}, onFailure = () => {} } = hooks;
    for (const [name, action] of this.#actions) {
      this.#queues.set(
        name,
        new DeliveryQueue({
          action: name,
          retries: retriesOf(action),
          attempt: deliverOf(action, { now, rebaseline } satisfies ActionContext),
          ...(action.action === "alertmanager" && {
            regularly: {
              every: resendOf(action),
              about: () => this.#firingFor(name),
              work: (events) => toAlertmanager(action, events, now()),
            },
          }),
          onDelivered,
          onFailure,
          random,
        }),
      );
    }
  }

  window(result: WindowResult): AlertEvent[] {
    const dataset = this.#dataset(result.dataset);
    // Of alerts that end because their rule is gone.
    const former = new Map(dataset.firing.map(({ event, actions }) => [event.id, actions]));
    const told = dataset.window(result);
    const latest = this.#results.get(result.dataset);
    if (this.#retrains && (!latest || result.index >= latest.index)) this.#results.set(result.dataset, result);
    if (told.length === 0) return (this.#undispatched.get(result.id) ?? []).map(({ event }) => event);
    const actionsOf = ({ rule, id }: AlertEvent) => this.#actionsOfRule.get(rule) ?? former.get(id) ?? [];
    const entries = told.map((event) => ({ event, actions: actionsOf(event) }));
    this.#undispatched.set(result.id, entries);
    const [oldest] = this.#undispatched.keys();
    if (this.#undispatched.size > mostUndispatched) this.#undispatched.delete(oldest!);
    return told;
  }

  /** For whom an event is that is not there any more to be dispatched. */
  #taken(event: AlertEvent): readonly string[] {
    const entries = this.#undispatched.get(event.window) ?? [];
    const [own, others] = [entries.filter(isSame(event)), entries.filter((one) => !isSame(event)(one))];
    if (others.length > 0) this.#undispatched.set(event.window, others);
    else this.#undispatched.delete(event.window);
    return this.#actionsOfRule.get(event.rule) ?? own[0]?.actions ?? [];
  }

  #dataset(name: string): DatasetAlerts {
    const known = this.#datasets.get(name);
    if (known) return known;
    const made = new DatasetAlerts(name, this.#rules, null);
    this.#datasets.set(name, made);
    return made;
  }

  dispatch(events: readonly AlertEvent[]): void {
    for (const event of events) {
      for (const name of new Set(this.#taken(event))) {
        const action = this.#actions.get(name);
        if (!action || (action.action === "retrain" && event.status !== "firing")) continue;
        this.#queues.get(name)?.add(this.#delivery(event, action));
      }
    }
  }

  #delivery(event: AlertEvent, { action }: AlertAction): Delivery {
    // A header holds it, and windows have names of datasets.
    const delivery = { id: hashed([event.id, event.status, event.window]), event };
    if (action !== "retrain") return delivery;
    const { dataset, model, digest } = event;
    const known = this.#datasets.get(dataset);
    const windows = known?.firing.find((one) => one.event.id === event.id)?.windows ?? [];
    const result = this.#results.get(dataset);
    const [modelVersion, report] = [result?.model?.version ?? null, result?.report ?? null];
    const history = known?.history ?? [];
    const retrain: RetrainRequest = {
      type: "retrain",
      event,
      dataset,
      model,
      modelVersion,
      windows,
      history,
      digest,
      report,
    };
    return { ...delivery, windows, retrain };
  }

  #firingFor(action: string): AlertEvent[] {
    return this.firing().filter(({ rule }) => this.#actionsOfRule.get(rule)?.includes(action));
  }

  firing(): AlertEvent[] {
    return [...this.#datasets.values()].flatMap((one) => one.firing.map(({ event }) => event));
  }

  state(): AlertState {
    return {
      format: 1,
      rules: this.#rules.map(({ rule, fingerprint }) => [rule.name, fingerprint]),
      datasets: [...this.#datasets.values()].map(({ state }) => state),
      undispatched: [...this.#undispatched],
      deliveries: [...this.#queues]
        .filter(([, { waiting }]) => waiting.length > 0)
        .map(([action, { waiting }]) => ({ action, waiting: [...waiting] })),
    };
  }

  restore(state: unknown): void {
    const { rules, datasets, undispatched, deliveries } = checkedState(state);
    const before = new Map(rules);
    const same = new Set(
      this.#rules.filter(({ rule, fingerprint }) => before.get(rule.name) === fingerprint).map(({ rule }) => rule.name),
    );
    this.#datasets.clear();
    this.#undispatched.clear();
    for (const [window, entries] of undispatched) this.#undispatched.set(window, entries);
    for (const one of datasets) {
      const subjects = one.subjects.map((subject) => (same.has(subject.rule) ? subject : { ...subject, windows: [] }));
      this.#datasets.set(one.dataset, new DatasetAlerts(one.dataset, this.#rules, { ...one, subjects }));
    }
    for (const { action, waiting } of deliveries) {
      for (const delivery of waiting) this.#queues.get(action)?.add(delivery);
    }
  }

  async idle(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.idle()));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
  }
}

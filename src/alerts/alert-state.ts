/** What alerts know, as plain data that survives JSON. */
import type { AlertEvent } from "../monitor/alert-event.js";
import type { WindowEvidence, WindowReferenced } from "./evidence.js";
import type { HeldWindow } from "./rule-history.js";

/** An alert that lasts. */
export interface Firing {
  /** As it was told last. */
  readonly event: AlertEvent;
  /** End of the window with which it was told last. */
  readonly told: number;
  /** In which it held when it began. */
  readonly windows: readonly WindowReferenced[];
  /** Of its rule, which may be gone when it ends. */
  readonly actions: readonly string[];
}

export interface SubjectState {
  readonly rule: string;
  readonly subject: string | null;
  readonly windows: readonly HeldWindow[];
  readonly firing: Firing | null;
  /** When the last alert ended; `null` where there was none. */
  readonly ended: number | null;
  /** The drift over time is of a kind that the rule is not about. */
  readonly unlessKind: boolean;
}

export interface DatasetState {
  readonly dataset: string;
  /** Which of the references that were given; `null` before the first. */
  readonly reference: number | null;
  /** The last one, whatever was told again since. */
  readonly latest: WindowReferenced | null;
  readonly subjects: readonly SubjectState[];
  /** Of the latest windows, oldest first. */
  readonly history: readonly WindowEvidence[];
  /** In which revision windows were told last. */
  readonly seen: readonly (readonly [index: number, revision: number, start: number])[];
}

/** An event that was told and not dispatched yet. */
export interface Undispatched {
  readonly event: AlertEvent;
  /** Names of actions. */
  readonly actions: readonly string[];
}

/** What an action has still to do. */
export interface Delivery {
  /** The same for the same event and action. */
  readonly id: string;
  readonly event: AlertEvent;
  /** Of a retraining: what is sent, until it is acknowledged; and what then becomes the reference. */
  readonly retrain?: unknown;
  readonly windows?: readonly WindowReferenced[];
  readonly acknowledged?: boolean;
}

export interface AlertState {
  readonly format: 1;
  /** Of each rule, what it says: what was held by another rule of the same name counts no more. */
  readonly rules: readonly (readonly [name: string, fingerprint: string])[];
  readonly datasets: readonly DatasetState[];
  /** By id of the window. */
  readonly undispatched: readonly (readonly [window: string, events: readonly Undispatched[]])[];
  readonly deliveries: readonly { readonly action: string; readonly waiting: readonly Delivery[] }[];
}

/** When to alert, and what to do then. */
import type { MetricSide, MetricValue } from "../metrics/metric.js";
import type { DriftKindName } from "../monitor/drift-kind.js";
import type { Duration } from "../monitor/duration.js";

/**
 * A number of a window, by the names of docs/metrics.md; `column: "*"` is each column on its own. Besides: `kind` (of drift over
 * time), `series.<name>.<mean | q95 | …>`, `late`, `lateShare`, `rows`, `status`, `seconds`, `coverage`.
 */
export interface AlertCondition {
  readonly metric: string;
  readonly column?: string;
  readonly segment?: string;
  readonly side?: MetricSide;
  readonly of?: string;
  readonly gt?: number;
  readonly gte?: number;
  readonly lt?: number;
  readonly lte?: number;
  readonly eq?: MetricValue;
  readonly notEq?: MetricValue;
  readonly in?: readonly MetricValue[];
  /** Hysteresis: a firing alert ends only when the number is on the good side of this one. */
  readonly clear?: number;
}

export interface AlertRule {
  readonly name: string;
  readonly severity?: "info" | "warning" | "critical";
  /** All must hold. */
  readonly when: AlertCondition | readonly AlertCondition[];
  /** It must have held in so many windows in a row (a number), or for so long (a text); default 1. */
  readonly for?: number | Duration;
  /** Or in k of the last n windows. */
  readonly windows?: { readonly k: number; readonly n: number };
  /** Not while the drift over time is of one of these kinds: a retraining does not help against what is over. */
  readonly unlessKind?: readonly DriftKindName[];
  /** It must have not held for so many windows, or so long, before the alert ends; default 1. */
  readonly clearFor?: number | Duration;
  /** After its end the same alert does not begin again for so long; default none. */
  readonly coolDown?: Duration;
  /** A firing alert is told again after so long; default never. */
  readonly repeat?: Duration;
  /** Names of actions. */
  readonly actions?: readonly string[];
}

export type AlertAction =
  | {
      readonly action: "webhook";
      readonly url: string;
      /** Signs the body: `smirnov-signature: t=<seconds>,v1=<HMAC-SHA-256 of "t.body" in hexadecimal>`. */
      readonly secret?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly timeout?: Duration;
      readonly retries?: number;
    }
  | {
      readonly action: "alertmanager";
      readonly url: string;
      readonly labels?: Readonly<Record<string, string>>;
      readonly token?: string;
    }
  | {
      readonly action: "command";
      /** The program and its words; no shell. The event is JSON on its standard input. */
      readonly command: readonly string[];
      readonly timeout?: Duration;
    }
  | {
      readonly action: "retrain";
      /** Where the evidence goes. */
      readonly url?: string;
      readonly command?: readonly string[];
      readonly secret?: string;
      readonly timeout?: Duration;
      /** What becomes the reference once the model was retrained: the windows that drifted, or nothing (`PUT /v1/{dataset}/reference`). */
      readonly rebaseline?: "drifted-windows" | "none";
    };

export interface AlertOptions {
  readonly rules: readonly AlertRule[];
  readonly actions?: { readonly [name: string]: AlertAction };
}

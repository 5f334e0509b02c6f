/** When to alert, and what to do then. */
import type { MetricSide, MetricValue } from "../metrics/metric.js";
import type { DriftKindName } from "../monitor/drift-kind.js";
import type { Duration } from "../monitor/duration.js";

/**
 * A number of a window, by the names of docs/metrics.md; `column: "*"` is each column on its own. Besides, of a column: `kind`
 * (of drift over time), `kindConfidence`, `score`, `detections`; of the window: `status`, `rows`, `late`, `lateShare`,
 * `seconds`, `coverage`, `labelled`, `detections`, and `series.<name>.<values | mean | min | max | q50 | q95 | q99>`, where the
 * name `*` is each series on its own.
 */
export interface AlertCondition {
  readonly metric: string;
  readonly column?: string;
  readonly segment?: string;
  readonly side?: MetricSide;
  /** A class, or the other column of a pair. Without it any one of them is enough. */
  readonly of?: string;
  readonly gt?: number;
  readonly gte?: number;
  readonly lt?: number;
  readonly lte?: number;
  readonly eq?: Exclude<MetricValue, null>;
  readonly notEq?: Exclude<MetricValue, null>;
  readonly in?: readonly Exclude<MetricValue, null>[];
  /** Hysteresis: a firing alert ends only when the number is on the good side of this one, or at it. */
  readonly clear?: number;
}

export type AlertSeverity = "info" | "warning" | "critical";

export interface AlertRule {
  readonly name: string;
  /** Default `warning`. */
  readonly severity?: AlertSeverity;
  /** Datasets that it is for; default all. */
  readonly datasets?: readonly string[];
  /** All must hold. */
  readonly when: AlertCondition | readonly AlertCondition[];
  /** It must have held in so many windows in a row (a number), or for so long (a text); default 1. */
  readonly for?: number | Duration;
  /** Or in k of the last n windows that could tell. The alert ends when it held in fewer. */
  readonly windows?: { readonly k: number; readonly n: number };
  /**
   * It does not begin while the drift over time is of one of these kinds, of the column, else of every column that drifted:
   * a retraining does not help against what is over.
   */
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

interface Tried {
  /** Of one attempt; default 10s, of commands 10m. */
  readonly timeout?: Duration;
  /** After the first attempt; default 8, of commands 2. */
  readonly retries?: number;
}

export type WebhookAction = Tried & {
  readonly action: "webhook";
  readonly url: string;
  /** Signs the body: `smirnov-signature: t=<seconds>,v1=<HMAC-SHA-256 of "t.body" in hexadecimal>`. */
  readonly secret?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** `event` (default): the event as JSON. `slack`: `{ "text": … }`, as chat programs take it. */
  readonly format?: "event" | "slack";
};

export type AlertmanagerAction = Tried & {
  readonly action: "alertmanager";
  /** Of the server: `http://alertmanager:9093`. */
  readonly url: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly token?: string;
  /** Firing alerts are told again so often, and are over for Alertmanager four times as long after the last time; default 1m. */
  readonly resend?: Duration;
  /** Where people look it up; `{dataset}` is the dataset's name: `https://smirnov.example/v1/{dataset}/report.html`. */
  readonly generatorUrl?: string;
};

export type CommandAction = Tried & {
  readonly action: "command";
  /** The program and its words; no shell. The event is JSON on its standard input. */
  readonly command: readonly string[];
};

export type RetrainAction = Tried & {
  readonly action: "retrain";
  /** Where the evidence goes; a 2xx acknowledges the retraining. With neither `url` nor `command` it counts as acknowledged. */
  readonly url?: string;
  /** Or what is run, with the evidence on its standard input; exit status 0 acknowledges. */
  readonly command?: readonly string[];
  readonly secret?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * What becomes the reference once the retraining is acknowledged: the windows in which the rule held
   * (`drifted-windows`), or nothing (`none`, the default: somebody sets a reference).
   */
  readonly rebaseline?: "drifted-windows" | "none";
};

export type AlertAction = WebhookAction | AlertmanagerAction | CommandAction | RetrainAction;

export interface AlertOptions {
  readonly rules: readonly AlertRule[];
  readonly actions?: { readonly [name: string]: AlertAction };
}

/** Events as Prometheus' Alertmanager takes them: `POST /api/v2/alerts`. */

import type { AlertEvent } from "../monitor/alert-event.js";
import { milliseconds } from "../monitor/duration.js";
import type { AlertmanagerAction } from "./alert-rule.js";

export interface AlertmanagerAlert {
  /** What makes it this alert: the same while it lasts. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL?: string;
}

/** How often firing alerts are told again. */
export function resendOf({ resend = "1m" }: AlertmanagerAction): number {
  return milliseconds("alerts: resend", resend);
}

/** Silence of so many intervals ends an alert, as in Prometheus. */
const patience = 4;

/**
 * Labels: `alertname` (the rule), `severity`, `dataset`, `model`, `subject` (both where there is one), and those of the action.
 * Annotations: `summary`, `description` (the digest), `window`, `event`.
 *
 * @param now Alertmanager compares times with its clock, and windows may be of another time than now
 */
export function alertmanagerAlert(action: AlertmanagerAction, event: AlertEvent, now: number): AlertmanagerAlert {
  const { id, rule, severity, dataset, model, subject, summary, digest, window, startsAt, endsAt, status } = event;
  const begins = Math.min(startsAt, now);
  const ends = status === "firing" ? now + patience * resendOf(action) : Math.min(Math.max(endsAt ?? now, begins), now);
  return {
    labels: {
      ...action.labels,
      ...{ alertname: rule, severity, dataset },
      ...(model === null ? {} : { model }),
      ...(subject === null ? {} : { subject }),
    },
    annotations: { summary, description: digest, window, event: id },
    startsAt: new Date(begins).toISOString(),
    endsAt: new Date(ends).toISOString(),
    ...(action.generatorUrl === undefined
      ? {}
      : { generatorURL: action.generatorUrl.replaceAll("{dataset}", encodeURIComponent(dataset)) }),
  };
}

/** What each kind of action does with an event. */

import type { AlertEvent } from "../monitor/alert-event.js";
import { milliseconds } from "../monitor/duration.js";
import type { AlertAction, AlertmanagerAction, CommandAction, RetrainAction, WebhookAction } from "./alert-rule.js";
import type { Delivery } from "./alert-state.js";
import { alertmanagerAlert } from "./alertmanager.js";
import { type Attempt, post, runProgram } from "./attempt.js";
import type { WindowReferenced } from "./evidence.js";
import { signatureOf } from "./signature.js";
import { slackText } from "./slack-text.js";

export interface ActionContext {
  readonly now: () => number;
  /** Makes windows of a dataset the reference. */
  readonly rebaseline: ((dataset: string, windows: readonly WindowReferenced[]) => Promise<void>) | null;
}

export type Deliver = (delivery: Delivery, keep: (changed: Delivery) => void) => Promise<Attempt>;

export function deliverOf(action: AlertAction, context: ActionContext): Deliver {
  switch (action.action) {
    case "webhook":
      return ({ id, event }) => posted(action, id, webhookBody(action, event), context);
    case "alertmanager":
      return ({ event }) => toAlertmanager(action, [event], context.now());
    case "command":
      return ({ event }) => ran(action, action.command, event);
    case "retrain":
      return (delivery, keep) => retrained(action, delivery, keep, context);
  }
}

export const retriesOf = ({ action, retries, ...rest }: AlertAction): number =>
  retries ?? ("command" in rest && rest.command ? 2 : 8);

function timeoutOf({ timeout }: AlertAction, otherwise: string): number {
  return milliseconds("alerts: timeout", timeout ?? otherwise);
}

const webhookBody = ({ format = "event" }: WebhookAction, event: AlertEvent): unknown =>
  format === "slack" ? { text: slackText(event) } : event;

/** `smirnov-delivery` is the same however often it is tried. */
function posted(
  action: (WebhookAction | RetrainAction) & { readonly url?: string },
  id: string,
  data: unknown,
  { now }: ActionContext,
): Promise<Attempt> {
  const { url = "", secret, headers = {} } = action;
  const body = JSON.stringify(data);
  const signature = secret === undefined ? {} : { "smirnov-signature": signatureOf(secret, body, now()) };
  const secrets = [...(secret === undefined ? [] : [secret]), ...Object.values(headers)];
  const all = { ...headers, "smirnov-delivery": id, ...signature };
  return post({ url, headers: all, body, timeout: timeoutOf(action, "10s"), secrets });
}

function ran(action: CommandAction | RetrainAction, command: readonly string[], data: unknown): Promise<Attempt> {
  const secrets = "secret" in action && action.secret !== undefined ? [action.secret] : [];
  const input = `${JSON.stringify(data)}\n`;
  return runProgram({ command, input, timeout: timeoutOf(action, "10m"), secrets });
}

/** @param now firing ones are over for Alertmanager a while later, unless they are told again */
export function toAlertmanager(
  action: AlertmanagerAction,
  events: readonly AlertEvent[],
  now: number,
): Promise<Attempt> {
  const { url, token } = action;
  return post({
    url: `${url.replace(/\/+$/, "")}/api/v2/alerts`,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    body: JSON.stringify(events.map((event) => alertmanagerAlert(action, event, now))),
    timeout: timeoutOf(action, "10s"),
    secrets: token === undefined ? [] : [token],
  });
}

/** Once it is acknowledged it is not asked for again, however often the reference cannot be set. */
async function retrained(
  action: RetrainAction,
  delivery: Delivery,
  keep: (changed: Delivery) => void,
  context: ActionContext,
): Promise<Attempt> {
  const { url, command, rebaseline = "none" } = action;
  if (!delivery.acknowledged) {
    const { id, retrain } = delivery;
    const attempt: Attempt = url
      ? await posted(action, id, retrain, context)
      : command
        ? await ran(action, command, retrain)
        : { ended: "done" };
    if (attempt.ended !== "done") return attempt;
    const { retrain: _, ...rest } = delivery;
    keep({ ...rest, acknowledged: true });
  }
  if (rebaseline === "none") return { ended: "done" };
  if (!context.rebaseline) return { ended: "never", why: "nobody can set another reference here" };
  try {
    await context.rebaseline(delivery.event.dataset, delivery.windows ?? []);
    return { ended: "done" };
  } catch (error) {
    return { ended: "again", why: `the windows could not become the reference: ${(error as Error).message}` };
  }
}

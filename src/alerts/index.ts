/** Conditions over windows, and what is done then. */
export type { AlertEvent } from "../monitor/alert-event.js";
export { actionOptions } from "./action-problems.js";
export { alertProblems } from "./alert-problems.js";
export type {
  AlertAction,
  AlertCondition,
  AlertmanagerAction,
  AlertOptions,
  AlertRule,
  AlertSeverity,
  CommandAction,
  RetrainAction,
  WebhookAction,
} from "./alert-rule.js";
export type { AlertState, DatasetState, Delivery, Firing, SubjectState, Undispatched } from "./alert-state.js";
export { type AlertHooks, type Alerts, alerts } from "./alerts.js";
export type { DeliveryFailure } from "./delivery-queue.js";
export { type Digest, type DigestOptions, digest } from "./digest.js";
export {
  type ColumnEvidence,
  type RetrainRequest,
  type WindowEvidence,
  type WindowReferenced,
  windowEvidence,
} from "./evidence.js";
export type { Problem } from "./problems.js";
export type { HeldWindow } from "./rule-history.js";
export { type VerifyOptions, verifySignature } from "./signature.js";
export { slackText } from "./slack-text.js";
export { windowMetricNames } from "./window-metrics.js";

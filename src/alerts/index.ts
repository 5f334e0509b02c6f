/** Conditions over windows, and what is done then. */
export type { AlertEvent } from "../monitor/alert-event.js";
export type { AlertAction, AlertCondition, AlertOptions, AlertRule } from "./alert-rule.js";

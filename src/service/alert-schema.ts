/** Rules and actions as they are written. */
import type { Schema } from "../checks/schema.js";
import { duration, list, names, number, oneOrMore, part, record, someText, text } from "./schema-parts.js";

const plain: Schema = { type: ["number", "string", "boolean"] };
const kinds = ["none", "instantaneous", "gradual", "temporary", "periodic", "undecided"];

const condition = {
  ...part(
    "a number of a window, held against constants",
    {
      metric: text(
        "by the names of docs/metrics.md; kind, series.<name>.<mean|q95|…>, late, lateShare, rows, status, …",
      ),
      column: text("* is each column on its own"),
      segment: someText,
      side: { type: "string", enum: ["reference", "current"] },
      of: someText,
      gt: number("greater than"),
      gte: number("at least"),
      lt: number("less than"),
      lte: number("at most"),
      eq: plain,
      notEq: plain,
      in: { type: "array", items: plain, minItems: 1 },
      clear: number("a firing alert ends only when the number is on the good side of this one"),
    },
    ["metric"],
  ),
  type: "object" as const,
  anyOf: ["gt", "gte", "lt", "lte", "eq", "notEq", "in"].map((name) => ({ type: "object" as const, required: [name] })),
};

const lasting = (description: string): Schema => ({ ...duration(description), description });

export const alertSchema: Schema = part(
  "when to alert",
  {
    name: someText,
    severity: { type: "string", enum: ["info", "warning", "critical"] },
    datasets: { ...names, description: "all if not given" },
    when: { ...oneOrMore(condition), description: "all must hold" },
    for: lasting("held in so many windows in a row (a number), or for so long (a text); default 1"),
    windows: part("or in k of the last n windows", { k: number("", 1), n: number("", 1) }, ["k", "n"]),
    unlessKind: { type: "array", items: { type: "string", enum: kinds }, minItems: 1 },
    clearFor: lasting("not held for so many windows, or so long, before the alert ends; default 1"),
    coolDown: duration("after its end it does not begin again for so long"),
    repeat: duration("a firing alert is told again after so long"),
    actions: { ...names, description: "of `actions`" },
  },
  ["name", "when"],
);

/** Which action it is decides what else it takes, which `alertProblems` looks at. */
export const actionSchema: Schema = part(
  "what to do",
  {
    action: { type: "string", enum: ["webhook", "alertmanager", "command", "retrain"] },
    url: text("where to"),
    secret: text("signs the body (HMAC-SHA-256)"),
    token: text("bearer token"),
    headers: record("sent as they are", { type: "string" }),
    labels: record("added to all alerts", { type: "string" }),
    command: { ...names, description: "the program and its words; no shell" },
    format: { type: "string", enum: ["event", "slack"] },
    resend: duration("Alertmanager is told again of what lasts"),
    generatorUrl: text("where a person finds more"),
    timeout: duration("for it to end"),
    retries: number("", 0),
    rebaseline: { type: "string", enum: ["drifted-windows", "none"] },
  },
  ["action"],
);

export const alertsSchema: Schema = list("rules", alertSchema);
export const actionsSchema: Schema = record("by name", actionSchema);

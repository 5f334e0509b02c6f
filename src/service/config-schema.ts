/** The JSON Schema of `monitor.yaml` (draft 2020-12): editors read it, and messages go by it. docs/service.schema.json. */
import type { Schema } from "../checks/schema.js";
import { actionsSchema, alertsSchema } from "./alert-schema.js";
import { datasetsSchema } from "./dataset-schema.js";
import { duration, flag, names, number, part, text } from "./schema-parts.js";

const limits = part("what a client may do", {
  bodyBytes: number("of a body, after decompression; default 64 MiB", 1024),
  decodedBytes: number("of its columns, decompressed and decoded; default 4 times bodyBytes", 1024),
  requestsPerMinute: number("of one address; default 6000", 1),
  pendingBytes: number("accepted, and not yet looked at, over all datasets; beyond it 429; default 512 MiB", 65_536),
  requestTimeout: duration("for a request to arrive; default 30s"),
  shutdownTimeout: duration("for windows that are being evaluated when the service ends; default 30s"),
  subscribers: number("of events at a time; default 100", 1),
});

/** What `smirnov serve --config` reads. */
export const serviceSchema: Schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Smirnov service",
  ...part(
    "what `smirnov serve --config monitor.yaml` reads",
    {
      $schema: { type: "string" },
      listen: part("where", {
        host: text("default 127.0.0.1"),
        port: number("default 8787; 0 is any that is free", 0, 65_535),
        trustProxy: { ...names, description: "addresses or networks of proxies whose X-Forwarded-For is believed" },
      }),
      data: text("folder of the write-ahead spool and of states; default smirnov-data beside the configuration"),
      store: text("duckdb:<file> (default, in the data folder), postgres://…, or none"),
      retention: duration("how long runs are kept; default 400d"),
      sync: {
        description:
          "always (default): answers come after fsync; a number: fsync at most so many milliseconds later; never",
        type: ["string", "number"],
        anyOf: [{ enum: ["always", "never"] }, { type: "number" }],
        minimum: 0,
      },
      snapshotEvery: duration("how often states are written while rows come; default 60s"),
      idempotency: part("keys of requests that are remembered, of each dataset", {
        within: duration("default 24h"),
        keys: number("default 100 000", 1),
      }),
      auth: part("who may", {
        tokens: { ...names, description: `bearer tokens; "\${NAME}" is read from the environment` },
        open: {
          ...names,
          description: "paths open to everybody; default / (the live page, which holds no data), /healthz, /readyz",
        },
      }),
      limits,
      datasets: datasetsSchema,
      alerts: alertsSchema,
      actions: actionsSchema,
      exporters: part("who else is told", {
        prometheus: {
          ...part("GET /metrics; default true", { maximumSeries: number("of labels", 1) }),
          type: ["boolean", "object"],
        },
        opentelemetry: flag("through the process' own meter provider"),
        mlflow: part(
          "tracking server",
          { url: text("of it"), experiment: text("by name"), token: text("bearer token") },
          ["url", "experiment"],
        ),
      }),
      log: part("on the standard output, a line of JSON each", {
        level: { type: "string", enum: ["debug", "info", "warn", "error", "silent"] },
      }),
    },
    ["datasets"],
  ),
};

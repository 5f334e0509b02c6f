/** What `smirnov serve --config monitor.yaml` is told: as YAML or JSON, or as an object by programs. */
import type { AlertAction, AlertRule } from "../alerts/alert-rule.js";
import type { Duration } from "../monitor/duration.js";
import type { MonitorOptions } from "../monitor/monitor-options.js";
import type { SyncPolicy } from "../spool/spool.js";

export interface ServiceConfig {
  readonly listen?: {
    readonly host?: string;
    readonly port?: number;
    /** Addresses or networks of proxies whose `X-Forwarded-For` is believed: limits then go by the client's address. Default: none. */
    readonly trustProxy?: readonly string[];
  };
  /** Folder of the write-ahead spool and the monitors' states; default `smirnov-data`. */
  readonly data?: string;
  /** `duckdb:metrics.duckdb` (default, within `data`), `postgres://…`, or `none`. */
  readonly store?: string;
  /** How long runs are kept; default 400d. */
  readonly retention?: Duration;
  /** Of the write-ahead spool; default `always`. */
  readonly sync?: SyncPolicy;
  /** How often the monitors' states are written while rows come; default 60s. */
  readonly snapshotEvery?: Duration;
  /** Idempotency keys that are remembered, of each dataset; default 100 000, for 24h. */
  readonly idempotency?: { readonly within?: Duration; readonly keys?: number };
  readonly auth?: {
    /** Bearer tokens; `${NAME}` is read from the environment. Without any the service listens on loopback addresses only. */
    readonly tokens?: readonly string[];
    /** Paths open to everybody; default / (the live page, which holds no data), /healthz, /readyz. */
    readonly open?: readonly string[];
  };
  readonly limits?: {
    /** Bytes of a body; default 64 MiB. */
    readonly bodyBytes?: number;
    /** Bytes of a body's columns once they are decompressed and decoded; default four times `bodyBytes`. */
    readonly decodedBytes?: number;
    /** Requests of one address in a minute; default 6 000. */
    readonly requestsPerMinute?: number;
    /** Bytes that were accepted and not yet looked at, over all datasets; beyond it 429; default 512 MiB. */
    readonly pendingBytes?: number;
    /** For a request to arrive; default 30s. */
    readonly requestTimeout?: Duration;
    /** For windows that are being evaluated when the service ends; default 30s. */
    readonly shutdownTimeout?: Duration;
    /** Of events at a time; default 100. */
    readonly subscribers?: number;
  };
  readonly datasets: { readonly [name: string]: DatasetConfig };
  readonly alerts?: readonly AlertRule[];
  readonly actions?: { readonly [name: string]: AlertAction };
  readonly exporters?: {
    /** `GET /metrics`; default true. */
    readonly prometheus?: boolean | { readonly maximumSeries?: number };
    /** Through the process' own OpenTelemetry meter provider. */
    readonly opentelemetry?: boolean;
    readonly mlflow?: { readonly url: string; readonly experiment: string; readonly token?: string };
  };
  readonly log?: { readonly level?: "debug" | "info" | "warn" | "error" | "silent" };
}

export interface DatasetConfig extends Omit<MonitorOptions, "name" | "reference" | "onWindow"> {
  /**
   * When no row came for so long, event time goes on as the clock does, so that windows close, empty ones too; `never`: only
   * rows close windows. Default: twice `window.every`, and 10m at least.
   */
  readonly idle?: Duration | "never";
  /** A file that `readTable` reads, or a profile. */
  readonly reference?: string;
  /** Bytes of memory that rows of open windows may take together; default 1 GiB. */
  readonly maximumBytes?: number;
  /** Reports that are kept to be asked for; default 50. */
  readonly reports?: number;
}

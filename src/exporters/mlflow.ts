/** MLflow: a run of an experiment for each dataset and version of its model, a step for each window. */
import { definitionsOf } from "../metrics/vocabulary.js";
import type { AlertEvent } from "../monitor/alert-event.js";
import { type Duration, milliseconds } from "../monitor/duration.js";
import type { WindowResult } from "../monitor/window-result.js";
import { knownOptions, shown } from "../statistics/option-checks.js";
import type { Exporter } from "./exporter.js";
import { MlflowClient, RefusedByMlflow, type RunName } from "./mlflow-client.js";
import { loggedMetrics, type MlflowEntries, mlflowEntries } from "./mlflow-entries.js";

export interface MlflowOptions {
  /** Of the tracking server: `http://mlflow:5000`. */
  readonly url: string;
  /** Name of the experiment, which is made when it is not there. */
  readonly experiment: string;
  /** Bearer token. */
  readonly token?: string;
  /** Further ones of every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Name of the run of a new dataset or version of a model; default `orders`, or `orders, churn 7` with its model. */
  readonly runName?: (result: WindowResult) => string;
  /** Names of docs/metrics.md that are logged; default the verdicts and what they come from. Those of models always are. */
  readonly metrics?: readonly string[];
  /** Of a request; default 10s. */
  readonly timeout?: Duration;
  /** Before a request is tried again; doubled each time, at most a minute; default 500ms. */
  readonly retryDelay?: Duration;
  /** Numbers that may wait for the server; default 200 000. Beyond it the oldest windows are given up. */
  readonly maximumWaiting?: number;
  /** How long `close` goes on; default 5s. */
  readonly closeTimeout?: Duration;
  /** Told of windows that could not be logged: the server refused them, or too many waited. */
  readonly onError?: (error: Error) => void;
}

export interface MlflowExporter extends Exporter {
  /** Windows that wait. */
  readonly waiting: number;
  /** Resolves when none waits any more. */
  idle(): Promise<void>;
}

interface Waiting {
  readonly id: string;
  readonly run: RunName;
  readonly entries: MlflowEntries;
}

/**
 * Logs windows in MLflow. `window` only puts them in a queue; a server that is down or busy is asked again until it
 * answers, and holds nothing else up.
 *
 * @throws TypeError, RangeError for options that are none
 */
export function mlflowExporter(options: MlflowOptions): MlflowExporter {
  const caller = "mlflowExporter";
  const times = ["timeout", "retryDelay", "closeTimeout"] as const;
  const names = [
    "url",
    "experiment",
    "token",
    "headers",
    "runName",
    "metrics",
    ...times,
    "maximumWaiting",
    "onError",
  ] as const;
  knownOptions(caller, options, names);
  const { token, headers = {}, runName = nameOf, metrics = loggedMetrics, maximumWaiting = 200_000 } = options;
  const closeTimeout = milliseconds(`${caller}: closeTimeout`, options.closeTimeout ?? "5s");
  if (typeof maximumWaiting !== "number" || !(maximumWaiting >= 1)) {
    throw new RangeError(`${caller}: maximumWaiting must be a number of at least 1, got ${shown(maximumWaiting)}`);
  }
  for (const [name, value] of Object.entries({ runName, onError: options.onError ?? nameOf })) {
    if (typeof value !== "function") throw new TypeError(`${caller}: ${name} must be a function, got ${shown(value)}`);
  }
  const wanted = new Set(checkedNames(caller, metrics));
  const end = new AbortController();
  const client = new MlflowClient(
    {
      url: checkedUrl(caller, options.url),
      experiment: checkedText(caller, "experiment", options.experiment),
      headers:
        token === undefined ? headers : { ...headers, authorization: `Bearer ${checkedText(caller, "token", token)}` },
      timeout: milliseconds(`${caller}: timeout`, options.timeout ?? "10s"),
      retryDelay: milliseconds(`${caller}: retryDelay`, options.retryDelay ?? "500ms"),
    },
    end.signal,
  );
  const queue: Waiting[] = [];
  let numbers = 0;
  let working: Promise<void> | null = null;
  const failed = (message: string, cause?: unknown) => options.onError?.(new Error(message, { cause }));

  const work = async () => {
    for (let next = queue[0]; next && !end.signal.aborted; next = queue[0]) {
      await client.log(next.run, next.entries).catch((error: unknown) => {
        if (!end.signal.aborted) failed(`${caller}: ${next?.id} was not logged: ${wordsOf(error)}`, error);
      });
      // It may have been given up meanwhile; what is left at the end is told by close.
      if (queue[0] === next && !end.signal.aborted) drop();
    }
    working = null;
  };
  const drop = () => {
    const dropped = queue.shift();
    numbers -= dropped?.entries.metrics.length ?? 0;
    return dropped;
  };
  return {
    name: "mlflow",
    get waiting() {
      return queue.length;
    },
    window(result: WindowResult, alerts: readonly AlertEvent[]) {
      if (end.signal.aborted) return;
      const { id, dataset, model } = result;
      const run = {
        dataset,
        model: model?.name ?? null,
        modelVersion: model?.version ?? null,
        name: runName(result),
      };
      const entries = mlflowEntries(result, alerts, wanted);
      queue.push({ id, run, entries });
      numbers += entries.metrics.length;
      while (numbers > maximumWaiting && queue.length > 1) {
        failed(`${caller}: ${drop()?.id} was not logged: more than ${maximumWaiting} numbers wait`);
      }
      working ??= work();
    },
    async idle() {
      while (working) await working;
    },
    async close() {
      const late = setTimeout(() => end.abort(), closeTimeout);
      while (working) await working;
      await client.finish().catch(() => undefined);
      clearTimeout(late);
      end.abort();
      for (let left = drop(); left; left = drop()) failed(`${caller}: ${left.id} was not logged: closed before`);
    },
  };
}

function wordsOf(error: unknown): string {
  return error instanceof RefusedByMlflow ? error.message : String(error);
}

function nameOf({ dataset, model }: WindowResult): string {
  if (!model) return dataset;
  return `${dataset}, ${model.name}${model.version === null ? "" : ` ${model.version}`}`;
}

function checkedNames(caller: string, names: unknown): readonly string[] {
  if (!Array.isArray(names)) throw new TypeError(`${caller}: metrics must be an array of names, got ${shown(names)}`);
  const unknown = names.find((name) => typeof name !== "string" || definitionsOf(name).length === 0);
  if (unknown === undefined) return names;
  throw new RangeError(`${caller}: there is no metric ${shown(unknown)}; docs/metrics.md lists all`);
}

function checkedText(caller: string, name: string, value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  throw new TypeError(`${caller}: ${name} must be a text, got ${shown(value)}`);
}

function checkedUrl(caller: string, url: unknown): string {
  const text = checkedText(caller, "url", url);
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new RangeError(`${caller}: url must begin with http:// or https://, got ${shown(text)}`);
  }
  return text.replace(/\/+$/, "");
}

/** `createService`: HTTP in, windows, verdicts, alerts out. */
import { mkdir, readdir } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import type { FastifyInstance } from "fastify";
import { milliseconds } from "../monitor/duration.js";
import { suggestion } from "../statistics/suggest.js";
import { makeApp, notReady, type Readiness } from "./app.js";
import { ByteBudget } from "./byte-budget.js";
import type { ServiceConfig } from "./config.js";
import { Connections } from "./connections.js";
import type { Dataset } from "./dataset.js";
import { Decoder } from "./decoder.js";
import { EventHub } from "./event-hub.js";
import { addIntakeRoutes, type Intake, unknownDataset } from "./intake-routes.js";
import { addLiveRoutes } from "./live-routes.js";
import { addOperationsRoutes } from "./operations-routes.js";
import { needPackages } from "./packages.js";
import { checkedConfig } from "./parse-config.js";
import { diskFailed } from "./refusal.js";
import { addResultsRoutes } from "./results-routes.js";
import { openSinks, type Sinks } from "./sinks.js";
import { startDataset } from "./start-dataset.js";
import { startProblem } from "./start-problem.js";

export interface ServiceOptions {
  /** What relative paths of the configuration begin at; the working directory if not given. */
  readonly folder?: string;
  /** Where log lines go; the standard output if not given. */
  readonly logTo?: { write(line: string): void };
}

export interface InjectedRequest {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "PATCH" | "OPTIONS";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload?: string | Uint8Array;
}

export interface InjectedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | number | undefined>>;
  readonly body: string;
}

export interface Service {
  /** Reads what was accepted before, then takes rows, without a network: see `inject`. */
  start(): Promise<void>;
  /** The same, with a network. @returns when rows are taken; before it `/healthz` is answered already */
  listen(): Promise<{ readonly url: string }>;
  /** `null` while it does not listen. */
  readonly url: string | null;
  /** A request without a network. */
  inject(request: InjectedRequest): Promise<InjectedAnswer>;
  /** Waits until everything that was accepted was looked at, and all windows that closed were told. */
  idle(): Promise<void>;
  /** Takes nothing any more, looks at what was accepted, writes the state down. What could not be done is done at the next start. */
  close(): Promise<void>;
}

const tickEvery = 1000;
const defaultPort = 8787;

const notListening: Readonly<Record<string, string>> = {
  EADDRINUSE: "another process does",
  EACCES: "it is not allowed to",
  EADDRNOTAVAIL: "this machine has no such address",
  ENOTFOUND: "there is no such address",
};

/**
 * Makes a service of a configuration; nothing is read, written or listened to yet.
 *
 * @throws TypeError, RangeError for what is no configuration, with all that is wrong with it; Error where a package that it
 *   needs is not installed
 */
export async function createService(config: ServiceConfig, options: ServiceOptions = {}): Promise<Service> {
  const running = new RunningService(checkedConfig("createService", config), options);
  await running.prepare();
  return running;
}

class RunningService implements Service {
  readonly #config: ServiceConfig;
  readonly #base: string;
  readonly #logTo: ServiceOptions["logTo"];
  readonly #intakes = new Map<string, Intake>();
  readonly #budget: ByteBudget;
  readonly #events: EventHub;
  readonly #decoder = new Decoder();
  #readiness: Readiness = { state: "starting", reason: "records that were accepted before are being read" };
  #app!: FastifyInstance;
  #sinks!: Sinks;
  #connections!: Connections;
  #ticks: NodeJS.Timeout | null = null;
  #started: Promise<void> | null = null;
  #closing: Promise<void> | null = null;
  url: string | null = null;

  constructor(config: ServiceConfig, { folder = ".", logTo }: ServiceOptions) {
    this.#config = config;
    this.#base = resolve(folder);
    this.#logTo = logTo;
    this.#budget = new ByteBudget(config.limits?.pendingBytes ?? 512 * 2 ** 20);
    this.#events = new EventHub(config.limits?.subscribers ?? 100);
  }

  get #datasets(): Dataset[] {
    return [...this.#intakes.values()].map(({ dataset }) => dataset);
  }

  async prepare(): Promise<void> {
    const config = this.#config;
    await needPackages("createService", config);
    const readiness = () => this.#readiness;
    this.#app = await makeApp({ config, readiness, ...(this.#logTo && { logTo: this.#logTo }) });
    this.#connections = new Connections(this.#app.server);
    this.#sinks = await openSinks({
      config,
      folder: this.#folder,
      log: this.#app.log,
      events: this.#events,
      budget: this.#budget,
      datasets: () => this.#datasets,
    });
    const find = (name: string): Intake => this.#found(name);
    const { operations } = this.#sinks;
    const names = Object.keys(config.datasets);
    addIntakeRoutes(this.#app, {
      ...{ names, find },
      budget: this.#budget,
      bodyBytes: config.limits?.bodyBytes ?? 64 * 2 ** 20,
      sync: config.sync ?? "always",
      accepted: operations.accepted,
      rejected: operations.rejected,
    });
    addResultsRoutes(this.#app, {
      names,
      find: (name) => find(name).dataset,
      datasets: () => this.#all(),
      store: () => this.#sinks.store,
      events: this.#events,
    });
    addLiveRoutes(this.#app);
    addOperationsRoutes(this.#app, { readiness: () => this.#told(), prometheus: this.#sinks.prometheus });
    this.#app.addHook("onResponse", async ({ routeOptions, method }, { statusCode, elapsedTime }) => {
      operations.request(routeOptions.url ?? "none", method, statusCode, elapsedTime / 1000);
    });
    await this.#app.ready();
  }

  start(): Promise<void> {
    this.#started ??= this.#start();
    return this.#started;
  }

  async listen(): Promise<{ readonly url: string }> {
    const { host = "127.0.0.1", port = defaultPort } = this.#config.listen ?? {};
    // Who watches over us sees that we are there before we are ready.
    try {
      this.url = await this.#app.listen({ host, port, listenTextResolver: (url) => `listening at ${url}` });
    } catch (cause) {
      const why = notListening[(cause as NodeJS.ErrnoException).code ?? ""];
      if (!why) throw cause;
      throw new Error(`smirnov serve: cannot listen at port ${port} of ${host} (listen.port, --port): ${why}`, {
        cause,
      });
    }
    await this.start();
    return { url: this.url };
  }

  async inject({ method, url, headers = {}, payload }: InjectedRequest): Promise<InjectedAnswer> {
    const body = payload instanceof Uint8Array ? Buffer.from(payload) : payload;
    const answer = await this.#app.inject({
      method,
      url,
      headers: { ...headers },
      ...(body !== undefined && { payload: body }),
    });
    return { status: answer.statusCode, headers: answer.headers, body: answer.body };
  }

  async idle(): Promise<void> {
    for (const dataset of this.#datasets) {
      await dataset.drained();
      await dataset.parts.monitor.idle();
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  get #folder(): string {
    const { data = "smirnov-data" } = this.#config;
    return isAbsolute(data) ? data : join(this.#base, data);
  }

  async #start(): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true });
      await this.#sinks.open();
      await this.#tellForgotten();
      for (const name of Object.keys(this.#config.datasets)) {
        const intake = await startDataset(name, {
          config: this.#config,
          base: this.#base,
          folder: join(this.#folder, "datasets", name),
          budget: this.#budget,
          log: this.#app.log,
          sinks: this.#sinks,
          decoder: this.#decoder,
        });
        this.#intakes.set(name, intake);
      }
    } catch (cause) {
      this.#readiness = { state: "failed", reason: "it could not start; the log has more" };
      const error = startProblem(cause, this.#folder);
      this.#app.log.error({ err: error }, "could not start");
      throw error;
    }
    for (const { parts } of this.#datasets) parts.clock?.start(Date.now());
    // Windows of rows without a time of their own close by the clock, others where their source has died.
    this.#ticks = setInterval(() => this.#tick(), tickEvery).unref();
    this.#readiness = { state: "ready", reason: "rows are taken" };
    this.#app.log.info({ datasets: [...this.#intakes.keys()] }, "ready");
  }

  /** Of datasets that the configuration names no more, what was accepted waits on the disk. */
  async #tellForgotten(): Promise<void> {
    const found = await readdir(join(this.#folder, "datasets")).catch(() => []);
    for (const dataset of found) {
      if (Object.hasOwn(this.#config.datasets, dataset)) continue;
      const message =
        "the data folder has this dataset, and the configuration does not name it: its rows and state wait";
      this.#app.log.warn({ dataset }, message);
    }
  }

  #tick(): void {
    for (const { dataset, byClock } of this.#intakes.values()) {
      if (byClock) dataset.tick();
      dataset.goOn().catch((error) => {
        this.#app.log.error({ err: error, dataset: dataset.name }, "windows could not be closed by the clock");
      });
    }
  }

  async #close(): Promise<void> {
    const within = milliseconds("limits.shutdownTimeout", this.#config.limits?.shutdownTimeout ?? "30s");
    const deadline = Date.now() + within;
    this.#readiness = { state: "closing", reason: "the service ends; try another one, or again in a while" };
    if (this.#ticks) clearInterval(this.#ticks);
    this.#events.close();
    await this.#started?.catch(() => {});
    // Requests that have begun are answered; nobody can begin one.
    await this.#hangUp(deadline);
    this.url = null;
    for (const dataset of this.#datasets) {
      const written = await dataset.close(Math.max(0, deadline - Date.now()));
      if (!written)
        this.#app.log.warn({ dataset: dataset.name }, "not all was looked at: the next start goes on with it");
    }
    await Promise.all([...this.#intakes.values()].map(({ alerts }) => alerts.close()));
    await this.#sinks.close();
    await this.#decoder.close();
    this.#app.log.info("closed");
  }

  /** Answers what has begun; at the deadline whoever is still sending is cut off. */
  async #hangUp(deadline: number): Promise<void> {
    const timer = setInterval(() => this.#connections.end(Date.now() >= deadline), 100);
    await this.#app.close().finally(() => clearInterval(timer));
  }

  /** To who asks. Datasets whose disk did not fail go on. */
  #told(): Readiness {
    const failed = this.#datasets.filter(({ parts }) => parts.spool.failure !== null).map(({ name }) => name);
    if (this.#readiness.state !== "ready" || failed.length === 0) return this.#readiness;
    return { state: "failed", reason: `${diskFailed}: ${failed.join(", ")}` };
  }

  #found(name: string): Intake {
    const found = this.#intakes.get(name);
    if (found) return found;
    const known = Object.keys(this.#config.datasets);
    throw known.includes(name) ? notReady(this.#readiness) : unknownDataset(name, suggestion(name, known));
  }

  /** Of all datasets, or nothing is told: a list that is not whole yet would be taken for one that is. */
  #all(): Dataset[] {
    if (this.#intakes.size < Object.keys(this.#config.datasets).length) throw notReady(this.#readiness);
    return this.#datasets;
  }
}

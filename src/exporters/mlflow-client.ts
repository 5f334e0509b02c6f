/** Requests to MLflow's REST interface 2.0, tried again where it is of use. */
import { hashOf, textUpTo } from "./label-value.js";
import type { MlflowEntries } from "./mlflow-entries.js";

/** MLflow takes 1 000 metrics, params and tags together in one request, 100 of these tags. */
const mostInBatch = 900;
/** Of MLflow's, that is told. */
const longestMessage = 500;

export interface MlflowTarget {
  readonly url: string;
  readonly experiment: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Of one request, milliseconds. */
  readonly timeout: number;
  /** Before the first repetition, milliseconds; doubled each time up to a minute. */
  readonly retryDelay: number;
}

export interface RunName {
  readonly dataset: string;
  readonly model: string | null;
  readonly modelVersion: string | null;
  readonly name: string;
}

/** What MLflow refused: trying again is of no use. */
export class RefusedByMlflow extends Error {
  readonly code: string;
  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

export class MlflowClient {
  readonly #target: MlflowTarget;
  readonly #end: AbortSignal;
  readonly #runs = new Map<string, string>();
  #experiment: string | undefined;

  /** @param end stops waiting and whatever is on its way */
  constructor(target: MlflowTarget, end: AbortSignal) {
    this.#target = target;
    this.#end = end;
  }

  /** Logs in the run of that name, which is made when it is not there. */
  async log(run: RunName, { metrics, tags }: MlflowEntries): Promise<void> {
    try {
      await this.#logIn(await this.#runOf(run), metrics, tags);
    } catch (error) {
      if (!(error instanceof RefusedByMlflow) || error.code !== "RESOURCE_DOES_NOT_EXIST") throw error;
      // Somebody has deleted it meanwhile.
      this.#runs.clear();
      this.#experiment = undefined;
      await this.#logIn(await this.#runOf(run), metrics, tags);
    }
  }

  /** Says that no more will be logged for now. */
  async finish(): Promise<void> {
    for (const run_id of this.#runs.values()) {
      await this.#send("POST", "runs/update", { run_id, status: "FINISHED", end_time: Date.now() });
    }
  }

  async #logIn(run_id: string, metrics: MlflowEntries["metrics"], tags: MlflowEntries["tags"]): Promise<void> {
    for (let from = 0; from === 0 || from < metrics.length; from += mostInBatch) {
      const batch = { run_id, metrics: metrics.slice(from, from + mostInBatch), tags: from === 0 ? tags : [] };
      await this.#send("POST", "runs/log-batch", batch);
    }
  }

  async #runOf(run: RunName): Promise<string> {
    // Filters of MLflow know no escapes, and a hash needs none.
    const key = hashOf(JSON.stringify([run.dataset, run.model, run.modelVersion]));
    const known = this.#runs.get(key);
    if (known !== undefined) return known;
    this.#experiment ??= await this.#experimentId();
    const query = {
      experiment_ids: [this.#experiment],
      filter: `tags.\`smirnov.run\` = '${key}'`,
      run_view_type: "ACTIVE_ONLY",
      max_results: 1,
    };
    const found = (await this.#send("POST", "runs/search", query)) as Answer;
    const run_id = found.runs?.[0]?.info.run_id ?? (await this.#create(run, key));
    await this.#send("POST", "runs/update", { run_id, status: "RUNNING" });
    this.#runs.set(key, run_id);
    return run_id;
  }

  async #create({ dataset, model, modelVersion, name }: RunName, key: string): Promise<string> {
    const tags = { "smirnov.run": key, "smirnov.dataset": textUpTo(dataset, 5_000), "mlflow.source.name": "smirnov" };
    const { run } = (await this.#send("POST", "runs/create", {
      experiment_id: this.#experiment,
      run_name: textUpTo(name, 250),
      start_time: Date.now(),
      tags: Object.entries(tags).map(([tag, value]) => ({ key: tag, value })),
    })) as Answer;
    if (!run) throw new RefusedByMlflow("mlflowExporter: runs/create answered without a run", "INVALID_ANSWER");
    const named = { dataset, model, modelVersion };
    const params = Object.entries(named).flatMap(([param, value]) =>
      value === null || value === "" ? [] : [{ key: param, value: textUpTo(value, 500) }],
    );
    await this.#send("POST", "runs/log-batch", { run_id: run.info.run_id, params });
    return run.info.run_id;
  }

  async #experimentId(): Promise<string> {
    const { experiment: name } = this.#target;
    const get = async () => {
      const path = `experiments/get-by-name?experiment_name=${encodeURIComponent(name)}`;
      return ((await this.#send("GET", path)) as Answer).experiment;
    };
    const unless = (code: string) => (error: unknown) => {
      if (error instanceof RefusedByMlflow && error.code === code) return undefined;
      throw error;
    };
    const found = await get().catch(unless("RESOURCE_DOES_NOT_EXIST"));
    if (found?.lifecycle_stage === "deleted") {
      throw new RefusedByMlflow(`mlflowExporter: the experiment ${JSON.stringify(name)} is deleted`, "DELETED");
    }
    if (found) return found.experiment_id;
    const made = (await this.#send("POST", "experiments/create", { name }).catch(unless("RESOURCE_ALREADY_EXISTS"))) as
      | Answer
      | undefined;
    const id = made?.experiment_id ?? (await get())?.experiment_id;
    if (id === undefined) throw new RefusedByMlflow("mlflowExporter: no experiment was made", "INVALID_ANSWER");
    return id;
  }

  /** @throws RefusedByMlflow for what another try does not change; whatever else is tried again until the end */
  async #send(method: "GET" | "POST", path: string, body?: object): Promise<unknown> {
    const { url, headers, timeout, retryDelay } = this.#target;
    for (let tries = 0; ; tries++) {
      this.#end.throwIfAborted();
      const answer = await fetch(`${url}/api/2.0/mlflow/${path}`, {
        method,
        headers: { "content-type": "application/json", ...headers },
        signal: AbortSignal.any([this.#end, AbortSignal.timeout(timeout)]),
        ...(body && { body: JSON.stringify(body) }),
      })
        .then(readAnswer)
        .catch((): Answered => ({ status: 0, data: null, after: 0 }));
      if (answer.status >= 200 && answer.status < 300 && answer.data !== null) return answer.data;
      const busy = answer.status === 0 || answer.status === 429 || answer.status >= 500;
      if (!busy) {
        const { error_code: code = String(answer.status), message = "" } = (answer.data ?? {}) as Answer;
        const [what] = path.split("?");
        const told = textUpTo(withoutValues(String(message), headers), longestMessage);
        throw new RefusedByMlflow(`mlflowExporter: ${what} was answered with ${answer.status}: ${told}`, code);
      }
      const delay = Math.max(answer.after, Math.min(60_000, retryDelay * 2 ** tries) * (0.5 + Math.random() / 2));
      await pause(delay, this.#end);
    }
  }
}

/** A server may repeat what it was sent: the token, with or without `Bearer`. */
function withoutValues(text: string, headers: MlflowTarget["headers"]): string {
  return Object.values(headers)
    .flatMap((value) => [value, value.replace(/^\S+\s+/, "")])
    .filter((value) => value !== "")
    .reduce((left, value) => left.replaceAll(value, "***"), text);
}

/** What of MLflow's answers is used. */
interface Answer {
  readonly experiment?: { readonly experiment_id: string; readonly lifecycle_stage?: string };
  readonly experiment_id?: string;
  readonly run?: { readonly info: { readonly run_id: string } };
  readonly runs?: readonly { readonly info: { readonly run_id: string } }[];
  readonly error_code?: string;
  readonly message?: string;
}

interface Answered {
  readonly status: number;
  /** `null`: no JSON object. */
  readonly data: object | null;
  /** Milliseconds that the server asked to wait for. */
  readonly after: number;
}

async function readAnswer(response: Response): Promise<Answered> {
  const seconds = Number(response.headers.get("retry-after") ?? 0);
  const after = Number.isFinite(seconds) ? Math.min(600, Math.max(0, seconds)) * 1_000 : 0;
  return { status: response.status, data: objectOf(await response.text()), after };
}

function objectOf(text: string): object | null {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === "object" ? data : null;
  } catch {
    return null;
  }
}

function pause(milliseconds: number, end: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    end.addEventListener("abort", done, { once: true });
    function done() {
      clearTimeout(timer);
      end.removeEventListener("abort", done);
      resolve();
    }
  });
}

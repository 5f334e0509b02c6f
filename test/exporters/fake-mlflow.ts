/** A tracking server as MLflow 3 answers over REST 2.0, as far as it is asked here, with its own limits and messages. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { posix } from "node:path";

export interface LoggedRun {
  readonly run_id: string;
  readonly experiment_id: string;
  readonly run_name: string;
  status: string;
  readonly params: Map<string, string>;
  readonly tags: Map<string, string>;
  readonly metrics: {
    readonly key: string;
    readonly value: number;
    readonly timestamp: number;
    readonly step: number;
  }[];
}

interface Entry {
  readonly key: string;
  readonly value: string;
}

class Refused extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const invalid = (message: string) => new Refused(400, "INVALID_PARAMETER_VALUE", message);
const unknown = (message: string) => new Refused(404, "RESOURCE_DOES_NOT_EXIST", message);

/** mlflow/utils/validation.py: _validate_metric_name, path_not_unique, _validate_length_limit. */
function checkName(name: unknown): void {
  if (typeof name !== "string" || !/^[/\w.\- ]*$/.test(name)) throw invalid(`Invalid name ${name}`);
  const normal = posix.normalize(name).replace(/(.)\/$/, "$1");
  if (normal !== name || name === "." || name.startsWith("..") || name.startsWith("/")) {
    throw invalid(`This name would resolve to ${normal}`);
  }
  if (name.length > 250) throw invalid(`name exceeds 250 characters: ${name}`);
}

export interface FakeMlflow {
  readonly url: string;
  readonly experiments: Map<string, { readonly id: string; stage: string }>;
  readonly runs: Map<string, LoggedRun>;
  /** Of each request so far. */
  readonly asked: { readonly path: string; readonly headers: IncomingMessage["headers"]; readonly at: number }[];
  /** Answers of the next requests, in place of its own: a status, with headers, or a connection that is cut. */
  readonly trouble: (
    | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }
    | "cut"
    | "silent"
  )[];
  close(): void;
}

export async function startFakeMlflow(): Promise<FakeMlflow> {
  const experiments: FakeMlflow["experiments"] = new Map();
  const runs: FakeMlflow["runs"] = new Map();
  const asked: FakeMlflow["asked"] = [];
  const trouble: FakeMlflow["trouble"] = [];
  let ids = 0;
  const runOf = (id: unknown): LoggedRun => {
    const run = runs.get(String(id));
    if (!run) throw unknown(`Run with id=${id} not found`);
    return run;
  };

  const answers: Readonly<Record<string, (body: Record<string, never>, query: URLSearchParams) => object>> = {
    "GET experiments/get-by-name": (_, query) => {
      const name = query.get("experiment_name") ?? "";
      const found = experiments.get(name);
      if (!found) throw unknown(`Could not find experiment with name '${name}'`);
      return { experiment: { experiment_id: found.id, name, lifecycle_stage: found.stage } };
    },
    "POST experiments/create": ({ name }) => {
      if (experiments.has(name)) throw new Refused(400, "RESOURCE_ALREADY_EXISTS", "Experiment already exists.");
      if (typeof name !== "string" || name === "" || (name as string).length > 500) throw invalid("experiment name");
      experiments.set(name, { id: String(++ids), stage: "active" });
      return { experiment_id: String(ids) };
    },
    "POST runs/search": ({ experiment_ids, filter }) => {
      const [, tag = "", value] = /^tags\.`([\w.]+)` = '([^'`]*)'$/.exec(filter) ?? [];
      if (value === undefined) throw invalid(`Invalid filter ${filter}`);
      const ofThese = [...runs.values()].filter((run) => (experiment_ids as string[]).includes(run.experiment_id));
      const found = ofThese.filter(({ tags }) => tags.get(tag) === value);
      return found.length === 0 ? {} : { runs: found.map(({ run_id }) => ({ info: { run_id } })) };
    },
    "POST runs/create": ({ experiment_id, run_name, tags }) => {
      const run_id = `run${++ids}`;
      const own = new Map((tags as Entry[]).map(({ key, value }) => [key, value]));
      runs.set(run_id, {
        run_id,
        experiment_id,
        run_name,
        status: "RUNNING",
        params: new Map(),
        tags: own,
        metrics: [],
      });
      return { run: { info: { run_id } } };
    },
    "POST runs/update": ({ run_id, status }) => {
      runOf(run_id).status = status;
      return { run_info: {} };
    },
    "POST runs/log-batch": ({ run_id, metrics = [], params = [], tags = [] }) => {
      const run = runOf(run_id);
      const [numbers, texts, marks] = [metrics as LoggedRun["metrics"], params as Entry[], tags as Entry[]];
      if (numbers.length > 1_000) throw invalid(`at most 1000 metrics. Got ${numbers.length}`);
      if (texts.length > 100 || marks.length > 100) throw invalid("at most 100 params and tags");
      if (numbers.length + texts.length + marks.length > 1_000) throw invalid("at most 1000 metrics, params, and tags");
      for (const { key, value, timestamp, step } of numbers) {
        checkName(key);
        if (typeof value !== "number") throw invalid(`value of ${key}`);
        if (!Number.isInteger(timestamp) || timestamp < 0) throw invalid(`timestamp of ${key}`);
        if (!Number.isInteger(step)) throw invalid(`step of ${key}`);
      }
      for (const { key, value } of texts) {
        checkName(key);
        if (value.length > 6_000) throw invalid(`value of ${key} exceeds 6000 characters`);
        if ((run.params.get(key) ?? value) !== value) throw invalid(`Changing param values is not allowed: ${key}`);
        run.params.set(key, value);
      }
      for (const { key, value } of marks) {
        checkName(key);
        if (value.length > 8_000) throw invalid(`value of ${key} exceeds 8000 characters`);
        run.tags.set(key, value);
      }
      run.metrics.push(...numbers);
      return {};
    },
  };

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
    const path = pathname.replace("/api/2.0/mlflow/", "");
    asked.push({ path, headers: request.headers, at: performance.now() });
    const next = trouble.shift();
    if (next === "silent") return;
    if (next === "cut") return void request.socket.destroy();
    if (next) return void response.writeHead(next.status, next.headers).end(next.body ?? "<html>no JSON</html>");
    const text = Buffer.concat(chunks).toString("utf8");
    const answer = (status: number, body: object) =>
      void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    try {
      if (text.length > 1_000_000) throw invalid("Batched logging API requests must be at most 1000000 bytes");
      const handler = answers[`${request.method} ${path}`];
      if (!handler) throw new Refused(404, "ENDPOINT_NOT_FOUND", path);
      answer(200, handler(text === "" ? {} : JSON.parse(text), searchParams));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      answer(error.status, { error_code: error.code, message: error.message });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    ...{ experiments, runs, asked, trouble },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

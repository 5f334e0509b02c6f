/** A Prometheus of its own for a test: in a folder that is removed, on a port that is free. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "./free-port.js";

/** Of a program in the path. */
function found(name: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

const prometheus = found("prometheus");
const promtool = found("promtool");

/** Whether there is a Prometheus to be started here. */
export const hasPrometheus = prometheus !== undefined;
export const hasPromtool = promtool !== undefined;

export interface Printed {
  readonly status: number;
  /** Of both outputs. */
  readonly output: string;
}

/** What promtool says, with `input` on its standard input. */
export function runPromtool(args: readonly string[], input = ""): Promise<Printed> {
  return new Promise((resolve) => {
    const child = execFile(promtool!, args, (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === "number" ? error.code : error ? -1 : 0, output: stdout + stderr });
    });
    child.stdin?.end(input);
  });
}

/** One series of an answer. */
export interface Answered {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [time: number, value: string];
}

export interface PrometheusServer {
  readonly url: string;
  /** Instant query. @throws with Prometheus' own words for what is no query */
  query(promql: string): Promise<readonly Answered[]>;
  /** Whatever its interface answers below `/api/v1/`. */
  api(path: string): Promise<unknown>;
  stop(): Promise<void>;
}

export interface PrometheusSettings {
  /** `host:port` of what is scraped, each second, as job `smirnov`. */
  readonly target: string;
  /** Files of rules. */
  readonly rules?: readonly string[];
  /** Bearer token of the target. */
  readonly token?: string;
}

/** Starts one, and waits until it has scraped the target twice. */
export async function startPrometheus(settings: PrometheusSettings): Promise<PrometheusServer> {
  const folder = mkdtempSync(join(tmpdir(), "smirnov-prometheus-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  writeFileSync(join(folder, "prometheus.yml"), configuration(settings));
  for (const [index, file] of (settings.rules ?? []).entries()) copyFileSync(file, join(folder, `rules${index}.yml`));
  const words = [
    `--config.file=${join(folder, "prometheus.yml")}`,
    `--storage.tsdb.path=${join(folder, "data")}`,
    `--web.listen-address=127.0.0.1:${port}`,
    "--log.level=warn",
  ];
  const child = spawn(prometheus!, words, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (data) => {
    said += data;
  });
  const api = async (path: string): Promise<unknown> => {
    const response = await fetch(`${url}/api/v1/${path}`);
    const body = (await response.json()) as {
      readonly status: string;
      readonly data: unknown;
      readonly error?: string;
    };
    if (body.status !== "success") throw new Error(body.error);
    return body.data;
  };
  const query = async (promql: string) => {
    const found = (await api(`query?query=${encodeURIComponent(promql)}`)) as { readonly result: Answered[] };
    return found.result;
  };
  const stop = async () => {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  const scraped = 'count_over_time(up{job="smirnov"}[1m]) >= 2 and on () up{job="smirnov"} == 1';
  for (let tries = 0; ; tries++) {
    if ((await query(scraped).catch(() => [])).length > 0) return { url, query, api, stop };
    if (child.exitCode !== null || tries === 240) {
      await stop();
      throw new Error(`Prometheus does not scrape ${settings.target}: ${said}`);
    }
    await pause(250);
  }
}

function configuration({ target, rules = [], token }: PrometheusSettings): string {
  return JSON.stringify({
    global: { scrape_interval: "1s", evaluation_interval: "1s" },
    rule_files: rules.map((_, index) => `rules${index}.yml`),
    scrape_configs: [
      {
        job_name: "smirnov",
        static_configs: [{ targets: [target] }],
        ...(token !== undefined && { authorization: { credentials: token } }),
      },
    ],
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}

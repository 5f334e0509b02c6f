/** One attempt to tell somebody: over HTTP, or by running a program. What it says of a failure holds no secret. */
import { spawn } from "node:child_process";
import { Socket } from "node:net";
import { harmless, truncate } from "../render/display-width.js";

/** `done`; `again`: it may go well later, not before `after` milliseconds; `never`: it will not. */
export type Attempt =
  | { readonly ended: "done" }
  | { readonly ended: "again" | "never"; readonly why: string; readonly after?: number };

export interface Request {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeout: number;
  /** What must not be told: an answer may repeat what it was sent. */
  readonly secrets: readonly string[];
}

/** Of an answer that is told. */
const mostAnswer = 1000;
const longestWhy = 200;
/** Statuses other than 5xx after which trying again may help. */
const passing: ReadonlySet<number> = new Set([408, 425, 429]);
const longestWait = 300_000;
/** Milliseconds that a program's error output may still come after its end. */
const lastWords = 500;

/** A `POST` of JSON. Redirections are not followed: who signs does not send it elsewhere. */
export async function post({ url, headers, body, timeout, secrets }: Request): Promise<Attempt> {
  const { host, pathname, search } = new URL(url);
  // Paths and queries of webhooks are secrets, as a rule.
  const hidden = [...secrets, url, ...[pathname + search, pathname, search].filter((part) => part.length > 1)];
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "smirnov", ...headers },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(timeout),
    });
    const { ok, status } = response;
    const answer = ok ? "" : await beginningOf(response);
    await response.body?.cancel().catch(() => {});
    if (ok) return { ended: "done" };
    const told = answer === "" ? "" : `: ${truncate(harmless(withoutSecrets(answer, hidden)), longestWhy)}`;
    const moved = status >= 300 && status < 400 ? ", and redirections are not followed" : "";
    const why = `${host} answered ${status}${moved}${told}`;
    if (status < 500 && !passing.has(status)) return { ended: "never", why };
    const seconds = Number(response.headers.get("retry-after") ?? "0");
    const after = Number.isFinite(seconds) ? Math.min(Math.max(0, seconds * 1000), longestWait) : 0;
    return { ended: "again", why, after };
  } catch (error) {
    return { ended: "again", why: `${host}: ${failureOf(error as Error, timeout)}` };
  }
}

/** Not the message, which may hold the address. */
function failureOf({ name, cause }: Error, timeout: number): string {
  if (name === "TimeoutError") return `no answer within ${timeout} ms`;
  const { code } = (cause ?? {}) as { readonly code?: unknown };
  return typeof code === "string" ? code : "could not be reached";
}

async function beginningOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const decoder = new TextDecoder();
  let text = "";
  try {
    while (text.length < mostAnswer) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value.subarray(0, mostAnswer), { stream: true });
    }
  } catch {
    // What came of it is enough.
  } finally {
    await reader.cancel().catch(() => {});
    reader.releaseLock();
  }
  return text.slice(0, mostAnswer).trim();
}

/** Also as JSON and addresses write them, and words of them: a server may repeat the token behind `Bearer` alone. */
function formsOf(secret: string): string[] {
  const words = secret.split(/\s+/).filter(({ length }) => length >= shortestWord);
  return [secret, ...words].flatMap((one) => [
    one,
    JSON.stringify(one).slice(1, -1),
    encodeURIComponent(wellFormed(one)),
  ]);
}

const shortestWord = 8;
const wellFormed = (text: string) => text.replace(/\p{Surrogate}/gu, "\ufffd");

export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return [...new Set(secrets.flatMap(formsOf))]
    .filter((secret) => secret !== "")
    .sort((one, other) => other.length - one.length)
    .reduce((left, secret) => left.replaceAll(secret, "***"), text);
}

export interface Program {
  readonly command: readonly string[];
  readonly input: string;
  readonly timeout: number;
  readonly secrets: readonly string[];
}

/** Runs a program, without a shell, to its end or until its time is over; then it is killed, with all that it started. */
export function runProgram({ command, input, timeout, secrets }: Program): Promise<Attempt> {
  const [program = "", ...args] = command;
  const isGroup = process.platform !== "win32";
  return new Promise((resolve) => {
    const child = spawn(program, args, { shell: false, detached: isGroup, stdio: ["pipe", "ignore", "pipe"] });
    let [errors, late] = ["", false];
    const timer = setTimeout(() => {
      late = true;
      kill(child.pid, isGroup);
      child.stderr.destroy();
    }, timeout);
    child.stderr.on("data", (data: Buffer) => {
      if (errors.length < mostAnswer) errors += data.toString("utf8").slice(0, mostAnswer - errors.length);
    });
    // A program need not read what it is told.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    const ended = (attempt: Attempt) => {
      clearTimeout(timer);
      resolve(attempt);
    };
    child.on("error", (error: NodeJS.ErrnoException) => {
      const gone = error.code === "ENOENT" || error.code === "EACCES";
      ended({ ended: gone ? "never" : "again", why: `the program could not be started (${error.code ?? error.name})` });
    });
    const failed = (status: number | null, signal: NodeJS.Signals | null) => {
      const told = withoutSecrets(errors.trim(), secrets);
      const how = late ? `did not end within ${timeout} ms` : `ended with ${signal ?? `status ${status}`}`;
      ended({ ended: "again", why: `the program ${how}${told && `: ${truncate(harmless(told), longestWhy)}`}` });
    };
    // What it started may go on, and hold its output open.
    child.on("exit", (status, signal) => {
      if (child.stderr instanceof Socket) child.stderr.unref();
      if (status === 0) ended({ ended: "done" });
      else setTimeout(failed, lastWords, status, signal);
    });
    child.on("close", (status, signal) => {
      if (status !== 0) failed(status, signal);
    });
  });
}

function kill(pid: number | undefined, isGroup: boolean): void {
  if (pid === undefined) return;
  try {
    process.kill(isGroup ? -pid : pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}

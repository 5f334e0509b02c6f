/** Services for tests: in folders of their own, ended and removed afterwards. */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createService,
  type InjectedAnswer,
  type InjectedRequest,
  type Service,
  type ServiceConfig,
} from "smirnov/service";
import { afterAll } from "vitest";

export const token = "a-token-of-the-tests";
export const authorized = { authorization: `Bearer ${token}` };

/** A folder that is removed after the tests. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "smirnov-service-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Another folder with what is in one, as a crash leaves it. */
export function copyOf(folder: string): string {
  for (let tries = 0; ; tries++) {
    const copy = scratchFolder();
    try {
      cpSync(folder, copy, { recursive: true, filter: (path) => !/lock$|\.alive$/.test(path) });
      return copy;
    } catch (error) {
      // Nothing of ours runs meanwhile, but what it asked the system for: a file may have its name no more.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT" || tries === 100) throw error;
    }
  }
}

export interface Running {
  readonly service: Service;
  readonly folder: string;
  /** Lines of the log. */
  readonly log: Record<string, unknown>[];
  ask(request: Partial<InjectedRequest> & { readonly url: string; readonly json?: unknown }): Promise<Answer>;
}

export interface Answer extends InjectedAnswer {
  readonly json: Record<string, unknown>;
}

/** Starts a service, on a network where `listen` says so. It is closed after the tests. */
export async function running(
  config: Partial<ServiceConfig> & Pick<ServiceConfig, "datasets">,
  { folder = scratchFolder(), listen = false } = {},
): Promise<Running> {
  const log: Record<string, unknown>[] = [];
  const service = await createService(
    { store: "none", listen: { port: 0 }, ...config },
    { folder, logTo: { write: (line) => void log.push(JSON.parse(line)) } },
  );
  afterAll(() => service.close());
  await (listen ? service.listen() : service.start());
  const ask: Running["ask"] = async ({ json, ...request }) => {
    const sent =
      json === undefined ? {} : { payload: JSON.stringify(json), headers: { "content-type": "application/json" } };
    const headers = { ...sent.headers, ...request.headers };
    const answer = await service.inject({ method: json === undefined ? "GET" : "POST", ...sent, ...request, headers });
    return { ...answer, json: parsed(answer.body) };
  };
  return { service, folder, log, ask };
}

function parsed(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}

/** Rows a second apart from a time on, with numbers that do not depend on anything else. */
export function rowsFrom(start: number, count: number): { time: number; price: number; city: string }[] {
  return Array.from({ length: count }, (_, k) => {
    const time = start + 1000 * k;
    return { time, price: Math.sin(time) * 10, city: ["Oslo", "Bergen", "Bodø"][(time / 1000) % 3] as string };
  });
}

export const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("");

export const ndjson = { "content-type": "application/x-ndjson" };

/** For `vi.waitUntil`, as long as `expect.poll` has. */
export const patient = { timeout: 60_000, interval: 10 };

/** Midday of some day. */
export const noon = Date.UTC(2026, 10, 26, 12);

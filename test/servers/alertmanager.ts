/** Prometheus' Alertmanager, where it is installed: one of its own on a free port, with what it tells others. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { freePort } from "./free-port.js";

const names = ["prometheus-alertmanager", "alertmanager"];

/** Its program; `null` where it is not installed. */
export const alertmanagerProgram: string | null =
  (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    }) ?? null;

export interface Alertmanager {
  readonly url: string;
  stop(): Promise<void>;
}

/** @param receiver where it sends notifications, as a webhook; none for a server that only keeps alerts */
export async function startAlertmanager(receiver: string | null = null): Promise<Alertmanager> {
  if (alertmanagerProgram === null) throw new Error("startAlertmanager: it is not installed");
  const folder = mkdtempSync(join(tmpdir(), "smirnov-alertmanager-"));
  const hook =
    receiver === null ? "" : `\n    webhook_configs:\n      - url: "${receiver}"\n        send_resolved: true`;
  const config = `route:
  receiver: test
  group_by: ["..."]
  group_wait: 100ms
  group_interval: 500ms
receivers:
  - name: test${hook}
`;
  writeFileSync(join(folder, "alertmanager.yml"), config);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    alertmanagerProgram,
    [
      `--config.file=${join(folder, "alertmanager.yml")}`,
      `--storage.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--cluster.listen-address=",
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  let errors = "";
  child.stderr.on("data", (data) => {
    errors = (errors + data).slice(-4000);
  });
  const stop = () => stopped(child, folder);
  try {
    await ready(url, child, () => errors);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function ready(url: string, child: ChildProcess, errors: () => string): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    if (child.exitCode !== null) throw new Error(`startAlertmanager: it ended: ${errors()}`);
    const answer = await fetch(`${url}/-/ready`).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`startAlertmanager: it was not ready within a minute: ${errors()}`);
}

async function stopped(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = once(child, "exit");
    child.kill("SIGKILL");
    await exit;
  }
  rmSync(folder, { recursive: true, force: true });
}

/** `smirnov demo` as people run it: a process, a port that is free, windows of real flights. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WindowResult } from "smirnov/monitor";
import { afterAll, describe, expect, it, vi } from "vitest";
import { at } from "../house/repository.ts";

const children: ChildProcess[] = [];
const folders: string[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

interface Demo {
  readonly child: ChildProcess;
  readonly folder: string;
  readonly printed: () => string;
  readonly ended: Promise<number | null>;
  /** Once it is printed. */
  readonly url: () => Promise<string>;
}

/** What it writes goes to a folder of ours. */
function demo(...words: string[]): Demo {
  const folder = mkdtempSync(join(tmpdir(), "smirnov-demo-test-"));
  folders.push(folder);
  const child = spawn(process.execPath, [at("dist/bundle/cli.js"), "demo", ...words], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (part) => {
      printed += part;
    });
  }
  const found = () => /Open (\S+)\/ for/.exec(printed)?.[1];
  return {
    child,
    folder,
    printed: () => printed,
    ended: once(child, "exit").then(([status]) => status),
    url: async () => {
      await vi.waitUntil(found, { timeout: 60_000, interval: 50 });
      return found() as string;
    },
  };
}

interface Told {
  readonly id: string;
  readonly index: number;
  readonly kinds: Readonly<Record<string, string>>;
  readonly coverage: number | null;
  readonly worse: readonly string[];
}

describe("smirnov demo", () => {
  it("shows each kind of drift on its column, a model that gets worse, slow answers and alerts", async () => {
    const run = demo("--port", "0");
    const url = await run.url();
    const asked = async (path: string) => (await fetch(`${url}/v1/flights/${path}`)).json();
    let last: Told | undefined;
    const labelled = async () => {
      const windows = (await asked("windows?limit=100")) as Told[];
      last = windows.find(({ index, coverage }) => index === 59 && coverage !== null);
      return last !== undefined;
    };
    await vi.waitUntil(labelled, { timeout: 100_000, interval: 250 });
    expect(last?.kinds).toEqual({
      delay: "instantaneous",
      distance: "gradual",
      origin: "temporary",
      hour: "periodic",
    });
    expect(last?.coverage).toBe(0.9);
    expect(last?.worse).toContain("accuracy");
    const { kinds } = (await asked(`report?window=${encodeURIComponent(last?.id ?? "")}`)) as WindowResult;
    expect(kinds.delay).toMatchObject({ kind: "instantaneous", onset: 40 });
    expect(kinds.hour).toMatchObject({ period: 12 });
    expect(kinds.destination).toMatchObject({ kind: "none" });
    const [{ firing }] = (await (await fetch(`${url}/v1/datasets`)).json()) as [
      { firing: { rule: string; subject: string; digest: string }[] },
    ];
    expect(firing.map(({ rule, subject }) => [rule, subject])).toEqual(
      expect.arrayContaining([
        ["a column drifts", "delay"],
        ["a column drifts", "distance"],
        ["the model got worse", null],
      ]),
    );
    expect(firing[0]?.digest).toMatch(/Columns, the worst first:\n- /);
    const before = (await asked("alerts?limit=100")) as { rule: string; subject: string }[];
    expect(before.map(({ rule, subject }) => `${rule}: ${subject}`)).toContain("answers are slow: latency_ms");
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('kind="periodic"');

    const since = performance.now();
    run.child.kill("SIGINT");
    expect(await run.ended).toBe(0);
    // Where anything held it up it would take 30 seconds.
    expect(performance.now() - since).toBeLessThan(25_000);
    expect(readdirSync(run.folder)).toEqual([]);
  });

  it.skipIf(process.platform === "win32")(
    "prints a command whose row is in a window, whenever it is pasted",
    async () => {
      const run = demo("--port", "0");
      const url = await run.url();
      const [, command = ""] = /^Rows of yours.*\n([\s\S]*)^Ctrl-C/m.exec(run.printed()) ?? [];
      const asked = async () => (await (await fetch(`${url}/v1/flights/windows?limit=100`)).json()) as WindowResult[];
      const is = (what: (windows: WindowResult[]) => boolean) =>
        vi.waitUntil(async () => what(await asked()), { timeout: 60_000, interval: 250 });
      await is((windows) => windows.length > 0);
      for (const more of [0, 5]) {
        const last = (await asked()).at(-1)!.index;
        await is((windows) => windows.at(-1)!.index >= last + more);
        const { status, stdout } = spawnSync("sh", ["-c", command], { encoding: "utf8" });
        expect({ status, answer: JSON.parse(stdout) }).toMatchObject({ status: 0, answer: { rows: 1 } });
      }
      await is((windows) => windows.filter(({ rows }) => rows === 401).length === 2);
      run.child.kill("SIGINT");
      expect(await run.ended).toBe(0);
    },
    180_000,
  );

  it("ends by itself after so many windows, and removes what it wrote", async () => {
    const run = demo("--port", "0", "--windows", "2");
    expect(await run.ended).toBe(0);
    expect(run.printed()).toMatch(/delay +instantaneous: 12 minutes later from window 40 on/);
    expect(readdirSync(run.folder)).toEqual([]);
  });

  it("says that a port that was asked for is taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { readonly port: number };
    const run = demo("--port", String(port), "--windows", "1");
    expect(await run.ended).toBe(2);
    expect(run.printed()).toBe(`smirnov: port ${port} is taken; --port 0 takes any that is free\n`);
    server.close();
    expect(readdirSync(run.folder)).toEqual([]);
  });
});

/** A folder has one process at a time, wherever processes are, and never has to be freed by hand. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { lock } from "../../dist/spool/lock.js";
import { openSpool } from "../../dist/spool/open-spool.js";
import { SpoolLocked } from "../../dist/spool/spool-errors.js";
import { emptyFolder, text, textsOf } from "./folders.ts";

const module = new URL("../../dist/spool/open-spool.js", import.meta.url).href;
const script = fileURLToPath(new URL("locking-child.js", import.meta.url));

/** Processes of a container of its own: the first one's number is 1, and the host's name is chosen. */
const contained = ["--pid", "--fork", "--kill-child", "--mount-proc", "--uts"];
const canContain = ([...more]: readonly string[]) =>
  process.platform === "linux" && spawnSync("unshare", [...more, ...contained, "true"]).status === 0;
const container = [[], ["--user", "--map-root-user"]].find(canContain);

const children: ChildProcess[] = [];
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => killed(child)));
});

function killed(child: ChildProcess): Promise<unknown> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const closed = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGKILL");
  return closed;
}

/** @param where  a command that the child is run by */
async function opening(folder: string, where: readonly string[] = []): Promise<[ChildProcess, string]> {
  const [command, ...rest] = [...where, process.execPath, script, module, folder];
  const child = spawn(command!, rest, { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const said = new Promise<string>((resolve) => {
    let output = "";
    child.stdout!.on("data", (data) => {
      output += data;
      if (output.endsWith("\n")) resolve(output.trim());
    });
    child.once("close", () => resolve(output.trim()));
  });
  return [child, await said];
}

const inContainer = (host: string) => [
  ...["unshare", ...container!, ...contained, "sh", "-c"],
  `hostname ${host}; exec "$0" "$@"`,
];

describe("a process that has a folder", () => {
  it("keeps others out as long as it lives, and no longer", async () => {
    const folder = emptyFolder();
    const [first, said] = await opening(folder);
    expect(said).toMatch(/^open: 1 by /);
    await expect(openSpool(folder)).rejects.toThrow(SpoolLocked);
    await expect(openSpool(folder)).rejects.toThrow(`openSpool: process ${first.pid} has ${join(folder, "lock")}`);
    // Neither a halted process nor one that did not renew its lock for long is gone.
    first.kill("SIGSTOP");
    utimesSync(join(folder, "lock"), 1, 1);
    await expect(openSpool(folder)).rejects.toThrow(SpoolLocked);
    await killed(first);
    const spool = await openSpool(folder);
    expect(await textsOf(spool)).toEqual(["row"]);
    expect(readdirSync(folder).filter((name) => name.startsWith("lock"))).toHaveLength(2);
    await spool.close();
    expect(readdirSync(folder).filter((name) => name.startsWith("lock"))).toEqual([]);
  });

  it("is the only one of many that want it at once", async () => {
    const folder = emptyFolder();
    const [gone] = await opening(folder);
    await killed(gone);
    const said = await Promise.all(Array.from({ length: 6 }, () => opening(folder)));
    const words = said.map(([, word]) => word);
    expect(words.filter((word) => word.startsWith("open"))).toHaveLength(1);
    expect(words.filter((word) => word.startsWith("SpoolLocked"))).toHaveLength(5);
  }, 60_000);

  it("is known in folders of long names, where sockets have none", async () => {
    const folder = join(emptyFolder(), "a".repeat(100), "b".repeat(100));
    mkdirSync(folder, { recursive: true });
    const held = await lock(folder);
    const { sign } = JSON.parse(readFileSync(join(folder, "lock"), "utf8"));
    expect(sign).toBe(["linux", "win32"].includes(process.platform));
    await expect(lock(folder, { renewal: 50, patience: 300 })).rejects.toThrow("a folder is opened once");
    await held.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("has not the copy of it, nor is it another one under another name", async () => {
    const folder = emptyFolder();
    const [, said] = await opening(folder);
    expect(said).toMatch(/^open/);
    const copy = join(emptyFolder(), "copy");
    cpSync(folder, copy, { recursive: true, filter: (path) => !path.endsWith(".alive") });
    const spool = await openSpool(copy);
    expect(await textsOf(spool)).toEqual(["row"]);
    await spool.close();
    const link = join(emptyFolder(), "link");
    symlinkSync(folder, link, "dir");
    await expect(openSpool(link)).rejects.toThrow(SpoolLocked);
  });
});

describe.skipIf(!container)("a process in a container (unshare)", () => {
  it("keeps out one of the same number in another container of the same name, and comes back after it was killed", async () => {
    const folder = emptyFolder();
    const [first, said] = await opening(folder, inContainer("smirnov"));
    expect(said).toBe("open: 1 by 1 of smirnov");
    // As when the first one's start was long ago: neither number, name nor time tells them apart.
    utimesSync(join(folder, "lock"), 1, 1);
    for (const where of [inContainer("smirnov"), inContainer("another"), []]) {
      const [, refused] = await opening(folder, where);
      expect(refused).toMatch(/^SpoolLocked: openSpool: process 1( of smirnov)? has /);
    }
    await killed(first);
    for (const [host, last] of [
      ["smirnov", 2],
      ["another", 3],
      ["smirnov", 4],
    ] as const) {
      const since = performance.now();
      const [child, again] = await opening(folder, inContainer(host));
      expect(again).toBe(`open: ${last} by 1 of ${host}`);
      // It is not waited for what is known to be gone.
      expect(performance.now() - since).toBeLessThan(15_000);
      await killed(child);
    }
  }, 90_000);
});

describe("a lock whose owner gives no sign of life", () => {
  /** Of a process of another machine. */
  async function foreign(changes: object = {}): Promise<{ folder: string; path: string }> {
    const folder = emptyFolder();
    const spool = await openSpool(folder);
    await spool.append(text("row"));
    const path = join(folder, "lock");
    const known = JSON.parse(readFileSync(path, "utf8"));
    await spool.close();
    writeFileSync(path, JSON.stringify({ ...known, token: "left", host: "elsewhere", boot: "another", ...changes }));
    return { folder, path };
  }
  const times = { renewal: 50, patience: 400 };

  it("is taken once it is not renewed while it is looked at, whatever the clocks say", async () => {
    for (const minutes of [-5, 0, 5]) {
      const { folder, path } = await foreign();
      const at = new Date(Date.now() + minutes * 60_000);
      utimesSync(path, at, at);
      const since = performance.now();
      const held = await lock(folder, times);
      expect(performance.now() - since).toBeGreaterThanOrEqual(400);
      expect(held.processDied).toBe(false);
      await held.release();
    }
  });

  it("is not taken while it is renewed, by a clock that is wrong too", async () => {
    for (const minutes of [-5, 0, 5]) {
      const { folder, path } = await foreign();
      const renewing = setInterval(() => {
        const at = new Date(Date.now() + minutes * 60_000);
        utimesSync(path, at, at);
      }, 100);
      try {
        await expect(lock(folder, times)).rejects.toThrow(`openSpool: process ${process.pid} of elsewhere has ${path}`);
      } finally {
        clearInterval(renewing);
      }
      expect(JSON.parse(readFileSync(path, "utf8")).token).toBe("left");
    }
  });

  it("is taken at once where it is of long ago, and where it is none", async () => {
    for (const content of [null, "", "{", '{"token":"../x","pid":1}']) {
      const { folder, path } = await foreign();
      if (content !== null) writeFileSync(path, content);
      utimesSync(path, 1, 1);
      const spool = await openSpool(folder);
      expect(await textsOf(spool)).toEqual(["row"]);
      await spool.close();
    }
  });

  it("is looked at by its time where the machine is the same and there are no sockets", async () => {
    const { folder, path } = await foreign();
    const held = await lock(folder, times);
    const own = JSON.parse(readFileSync(path, "utf8"));
    await held.release();
    writeFileSync(path, JSON.stringify({ ...own, token: "left", sign: false }));
    const again = await lock(folder, times);
    expect(again.processDied).toBe(own.boot !== null);
    await again.release();
  });
});

describe("a lock that another process took", () => {
  const theirs = (path: string) =>
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), token: "theirs" }));

  it("is known to be lost, and is not taken away from the other", async () => {
    const folder = emptyFolder();
    const held = await lock(folder, { renewal: 20, patience: 400 });
    const path = join(folder, "lock");
    expect(await held.isLost()).toBe(false);
    theirs(path);
    await expect.poll(() => held.isLost()).toBe(true);
    await held.release();
    expect(readFileSync(path, "utf8")).toContain("theirs");
  });

  it("is noticed before a process that was halted writes anything", async () => {
    const folder = emptyFolder();
    const held = await lock(folder, { renewal: 100, patience: 400 });
    theirs(join(folder, "lock"));
    // No timer runs meanwhile.
    const until = performance.now() + 250;
    while (performance.now() < until);
    expect(await held.isLost()).toBe(true);
    await held.release();
  });

  it("is not lost because it could not be read for a moment", async () => {
    const folder = emptyFolder();
    const held = await lock(folder, { renewal: 20, patience: 400 });
    const path = join(folder, "lock");
    renameSync(path, `${path}.aside`);
    mkdirSync(path);
    await new Promise((resolve) => setTimeout(resolve, 100));
    rmdirSync(path);
    renameSync(`${path}.aside`, path);
    expect(await held.isLost()).toBe(false);
    await held.release();
    expect(existsSync(path)).toBe(false);
  });
});

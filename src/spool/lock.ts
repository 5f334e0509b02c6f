/**
 * One process at a time: a file `lock` names its owner.
 *
 * An owner is gone when its process is, or when another process has its number: on Linux by the time that it began and the
 * boot of the machine. Of a process of another machine (or container) only the lock's time is known: it is renewed while the
 * owner lives. A lock that is left over is taken by who creates the file `lock.<its token>` first.
 */
import { randomUUID } from "node:crypto";
import { link, readFile, rename, stat, unlink, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { SpoolLocked } from "./spool-errors.js";

const renewal = 15_000;
const patience = 60_000;

interface Owner {
  readonly token: string;
  readonly host: string;
  /** Of the machine's start; `null` where it has none to tell. */
  readonly boot: string | null;
  readonly pid: number;
  /** When the process began, in the machine's own units. */
  readonly began: string | null;
}

export interface Lock {
  /** A process of this boot held it and did not let it go: what it had written is all there. */
  readonly processDied: boolean;
  /** Another process has it: this one did not renew it in time. */
  readonly lost: boolean;
  release(): Promise<void>;
}

/** @param renewed milliseconds; @throws SpoolLocked when a process that lives has it */
export async function lock(folder: string, renewed = renewal): Promise<Lock> {
  const path = join(folder, "lock");
  const own: Owner = { token: randomUUID(), host: hostname(), boot: await bootId(), ...(await thisProcess()) };
  const draft = `${path}.${own.token}.draft`;
  await writeFile(draft, JSON.stringify(own), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 8; attempt++) {
      if (await linked(draft, path)) return held(path, own, false, renewed);
      const other = await ownerOf(path);
      if (!other) continue;
      if (await lives(other, own, path)) throw lockedBy(other, own, path);
      if (await takenOver(path, draft, other, own)) return held(path, own, sameBoot(other, own), renewed);
    }
    throw new SpoolLocked(`openSpool: another process takes ${path} at this moment`);
  } finally {
    await unlink(draft).catch(() => {});
  }
}

async function takenOver(path: string, draft: string, other: Owner, own: Owner): Promise<boolean> {
  const claim = `${path}.${other.token}`;
  if (!(await linked(draft, claim))) {
    const claimant = await ownerOf(claim);
    if (claimant && !(await lives(claimant, own, claim))) await unlink(claim).catch(() => {});
    return false;
  }
  // Who comes late may claim a lock that was taken over already.
  if ((await ownerOf(path))?.token !== other.token) {
    await unlink(claim);
    return false;
  }
  await rename(claim, path);
  return true;
}

function held(path: string, own: Owner, processDied: boolean, renewed: number): Lock {
  let lost = false;
  const renew = async () => {
    lost = (await ownerOf(path))?.token !== own.token;
    if (!lost) await utimes(path, new Date(), new Date());
  };
  const timer = setInterval(() => renew().catch(() => {}), renewed);
  timer.unref();
  return {
    processDied,
    get lost() {
      return lost;
    },
    async release() {
      clearInterval(timer);
      if ((await ownerOf(path))?.token === own.token) await unlink(path);
    },
  };
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** @returns null where there is none. What is no lock of ours counts as one of an unknown owner. */
async function ownerOf(path: string): Promise<Owner | null> {
  const text = await readFile(path, "utf8").catch(() => null);
  if (text === null) return null;
  try {
    const { token, host, boot, pid, began }: Partial<Owner> = JSON.parse(text);
    if (/^[\w-]+$/.test(String(token)) && Number.isSafeInteger(pid) && (pid as number) > 0) {
      return { token: String(token), host: String(host), boot: boot ?? null, pid: pid as number, began: began ?? null };
    }
  } catch {
    // Told below.
  }
  return { token: "unknown", host: "unknown", boot: null, pid: 0, began: null };
}

async function lives(other: Owner, own: Owner, path: string): Promise<boolean> {
  if (other.host !== own.host || other.pid === 0) {
    const renewed = await stat(path).catch(() => null);
    return renewed !== null && Date.now() - renewed.mtimeMs < patience;
  }
  if (other.boot !== own.boot) return false;
  if (!isThere(other.pid)) return false;
  const { began, ended } = await processOf(other.pid);
  return !ended && (began === null || other.began === null || began === other.began);
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

const sameBoot = (one: Owner, other: Owner) => one.host === other.host && one.boot !== null && one.boot === other.boot;

const bootId = () =>
  readFile("/proc/sys/kernel/random/boot_id", "utf8").then(
    (text) => text.trim(),
    () => null,
  );

async function thisProcess(): Promise<Pick<Owner, "pid" | "began">> {
  return { pid: process.pid, began: (await processOf(process.pid)).began };
}

/** Fields 3 and 22 of its `stat`; the second is the program's name, which may hold anything. Z: ended, and not waited for. */
async function processOf(pid: number): Promise<{ began: string | null; ended: boolean }> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { began: fields[19] ?? null, ended: fields[0] === "Z" || fields[0] === "X" };
}

function lockedBy({ host, pid }: Owner, own: Owner, path: string): SpoolLocked {
  if (host === own.host && pid === own.pid) {
    return new SpoolLocked(`openSpool: this process has ${path} already; a folder is opened once`);
  }
  const who = pid === 0 ? "somebody" : `process ${pid} of ${host}`;
  const wait = host === own.host ? "" : `; if it is gone, try again in a minute`;
  return new SpoolLocked(`openSpool: ${who} has ${path}${wait}`);
}

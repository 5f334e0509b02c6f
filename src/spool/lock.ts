/**
 * One process at a time: a file `lock` names its owner.
 *
 * Whether an owner of the same machine lives is told by its sign of life, in whatever container it is. Of one of another
 * machine, or without a sign, only the lock's time is known: it is renewed while the owner lives, so who wants the lock looks
 * whether that happens. A lock that is left over is taken by who creates the file `lock.<its token>` first.
 */
import { randomBytes } from "node:crypto";
import { link, readFile, rename, stat, unlink, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { clearSign, giveSign, givesSign } from "./sign-of-life.js";
import { SpoolLocked } from "./spool-errors.js";

/** In milliseconds. */
export interface LockTimes {
  /** How often a lock is renewed. */
  readonly renewal: number;
  /** One that is not renewed for so long while it is looked at is left over. */
  readonly patience: number;
}

const usual: LockTimes = { renewal: 3_000, patience: 20_000 };

/** So far clocks of two machines may differ: what is older was not renewed. */
const clockDifference = 600_000;

interface Owner {
  readonly token: string;
  readonly host: string;
  /** Of the machine's start, the same in all its containers; `null` where it has none to tell. */
  readonly boot: string | null;
  readonly pid: number;
  /** Whether it gives a sign of life. */
  readonly sign: boolean;
}

export interface Lock {
  /** A process of this boot held it and did not let it go: what it had written is all there. */
  readonly processDied: boolean;
  /** Whether another process has it, since this one did not renew it in time. */
  isLost(): Promise<boolean>;
  release(): Promise<void>;
}

/** Tokens of the locks that this process has. */
const ours = new Set<string>();

/** @throws SpoolLocked when a process that lives has it */
export async function lock(folder: string, times: LockTimes = usual): Promise<Lock> {
  const path = join(folder, "lock");
  const token = randomBytes(9).toString("base64url");
  const endSign = await giveSign(folder, token);
  const own: Owner = { token, host: hostname(), boot: await bootId(), pid: process.pid, sign: endSign !== null };
  const draft = `${path}.${token}.draft`;
  let taken: Lock | null = null;
  try {
    await writeFile(draft, JSON.stringify(own), { mode: 0o600 });
    for (let attempt = 0; attempt < 8 && !taken; attempt++) {
      if (await linked(draft, path)) taken = held(path, own, false, times, endSign);
      const other = taken ? null : await ownerOf(path);
      if (!other) continue;
      if (await lives(other, own, path, times)) throw lockedBy(other, own, path);
      if (!(await takenOver(path, draft, other, own, times))) continue;
      await clearSign(folder, other.token);
      taken = held(path, own, isOfSameBoot(other, own), times, endSign);
    }
    if (taken) return taken;
    throw new SpoolLocked(`openSpool: another process takes ${path} at this moment`);
  } finally {
    await unlink(draft).catch(() => {});
    if (!taken) await endSign?.();
  }
}

async function takenOver(path: string, draft: string, other: Owner, own: Owner, times: LockTimes): Promise<boolean> {
  const claim = `${path}.${other.token}`;
  if (!(await linked(draft, claim))) {
    const claimant = await ownerOf(claim);
    if (claimant && !(await lives(claimant, own, claim, times))) await unlink(claim).catch(() => {});
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

function held(
  path: string,
  { token }: Owner,
  processDied: boolean,
  { renewal }: LockTimes,
  endSign: (() => Promise<void>) | null,
): Lock {
  ours.add(token);
  let lost = false;
  let looked = Date.now();
  const renew = async () => {
    lost = (await ownerOf(path))?.token !== token;
    if (!lost) await utimes(path, new Date(), new Date());
    looked = Date.now();
  };
  const timer = setInterval(() => renew().catch(() => {}), renewal);
  timer.unref();
  return {
    processDied,
    async isLost() {
      // A process that was halted, or too busy for its timers, looks before it goes on.
      if (Date.now() - looked > 2 * renewal) await renew();
      return lost;
    },
    async release() {
      clearInterval(timer);
      if ((await ownerOf(path))?.token === token) await unlink(path);
      await endSign?.();
      ours.delete(token);
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
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return null;
  try {
    const { token, host, boot, pid, sign }: Partial<Owner> = JSON.parse(text);
    if (/^[\w-]+$/.test(String(token)) && Number.isSafeInteger(pid) && (pid as number) > 0) {
      return { token: String(token), host: String(host), boot: boot ?? null, pid: pid as number, sign: sign === true };
    }
  } catch {
    // Told below.
  }
  return { token: "unknown", host: "unknown", boot: null, pid: 0, sign: false };
}

async function lives(other: Owner, own: Owner, path: string, times: LockTimes): Promise<boolean> {
  const isNear = isOfSameBoot(other, own) || (other.boot === null && own.boot === null && other.host === own.host);
  const sign = isNear && other.sign ? await givesSign(dirname(path), other.token) : null;
  return sign ?? isRenewed(path, times);
}

/** Looks at the lock for a while. Clocks of other machines are not trusted, unless by far. */
async function isRenewed(path: string, { renewal, patience }: LockTimes): Promise<boolean> {
  const before = await timeOf(path);
  if (before === null || Date.now() - before > clockDifference) return false;
  for (const since = performance.now(); performance.now() - since < patience; ) {
    await pause(renewal / 10);
    const now = await timeOf(path);
    if (now !== before) return now !== null;
  }
  return false;
}

const timeOf = (path: string) =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );

const isOfSameBoot = (one: Owner, other: Owner) => one.boot !== null && one.boot === other.boot;

const bootId = () =>
  readFile("/proc/sys/kernel/random/boot_id", "utf8").then(
    (text) => text.trim(),
    () => null,
  );

function lockedBy({ token, host, pid }: Owner, own: Owner, path: string): SpoolLocked {
  if (ours.has(token)) {
    return new SpoolLocked(`openSpool: this process has ${path} already; a folder is opened once`);
  }
  const who = pid === 0 ? "somebody" : `process ${pid}${host === own.host ? "" : ` of ${host}`}`;
  return new SpoolLocked(`openSpool: ${who} has ${path}`);
}

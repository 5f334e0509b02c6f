/** What a spool promises after crashes, damage and failing disks. */
import { spawn } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openSpool } from "../../dist/spool/open-spool.js";
import { SpoolDamaged, SpoolFailed, SpoolLocked } from "../../dist/spool/spool-errors.js";
import type { SpoolOptions } from "../../src/spool/spool.ts";
import { emptyFolder, filesOf, recordsOf, text, textsOf } from "./folders.ts";

const module = new URL("../../dist/spool/open-spool.js", import.meta.url).href;
const script = fileURLToPath(new URL("appending-child.js", import.meta.url));

/** Runs the child until it has acknowledged some, kills it, and tells what it acknowledged: sequence and number. */
function killedAfter(folder: string, options: SpoolOptions, acknowledged: number): Promise<[number, number][]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, module, folder, JSON.stringify(options)]);
    let output = "";
    child.stdout.on("data", (data) => {
      output += data;
      if (output.split("\n").length > acknowledged) child.kill("SIGKILL");
    });
    child.stderr.on("data", (data) => reject(new Error(String(data))));
    child.on("error", reject);
    child.on("close", () => {
      const lines = output.slice(0, output.lastIndexOf("\n")).split("\n");
      resolve(lines.map((line) => line.split(" ").map(Number) as [number, number]));
    });
  });
}

const numberOf = (bytes: Uint8Array) => Buffer.from(bytes).readUInt32LE(0);

describe("a process that is killed while it appends", () => {
  for (const sync of ["always", 5, "never"] as const) {
    it(`has lost nothing that it acknowledged, time after time: ${sync}`, async () => {
      const folder = emptyFolder();
      const known = new Map<number, number>();
      for (const acknowledged of [3, 40, 150]) {
        const told = await killedAfter(folder, { sync, fileBytes: 100_000 }, acknowledged);
        expect(told.length).toBeGreaterThanOrEqual(acknowledged);
        for (const [sequence, number] of told) {
          expect(known.has(sequence)).toBe(false);
          known.set(sequence, number);
        }
        const spool = await openSpool(folder, { sync, fileBytes: 100_000 });
        const records = await recordsOf(spool);
        expect(records.map(({ sequence }) => sequence)).toEqual(records.map((_, k) => k + 1));
        for (const [sequence, number] of known) expect(numberOf(records[sequence - 1]!.bytes)).toBe(number);
        for (const { bytes } of records) {
          expect(bytes.length).toBe(8 + ((numberOf(bytes) * 7919) % 5000));
          expect(bytes.subarray(4).every((byte) => byte === numberOf(bytes) % 251)).toBe(true);
        }
        await spool.close();
      }
    });
  }

  it("has its lock taken over, but one that lives has not", async () => {
    const folder = emptyFolder();
    const child = spawn(process.execPath, [script, module, folder, "{}"]);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    await expect(openSpool(folder)).rejects.toThrow(SpoolLocked);
    await expect(openSpool(folder)).rejects.toThrow(`process ${child.pid} has`);
    const closed = new Promise((resolve) => child.on("close", resolve));
    child.kill("SIGKILL");
    await closed;
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => openSpool(folder)));
    const open = results.filter((result) => result.status === "fulfilled");
    expect(open).toHaveLength(1);
    for (const { value } of open) await value.close();
    expect(existsSync(join(folder, "lock"))).toBe(false);
  });
});

/** A folder of records as a process leaves it that was killed, `lock` of a boot that is over where the machine died. */
async function leftOver(words: readonly string[], together: boolean, died: "process" | "machine"): Promise<string> {
  const folder = emptyFolder();
  const spool = await openSpool(folder);
  if (together) await Promise.all(words.map((word) => spool.append(text(word))));
  else for (const word of words) await spool.append(text(word));
  const copy = emptyFolder();
  cpSync(folder, copy, { recursive: true, filter: (path) => !path.endsWith(".alive") });
  await spool.close();
  const path = join(copy, "lock");
  const lock = JSON.parse(readFileSync(path, "utf8"));
  writeFileSync(path, JSON.stringify({ ...lock, ...(died === "machine" && { boot: "another" }) }));
  const longAgo = new Date(Date.now() - 3_600_000);
  utimesSync(path, longAgo, longAgo);
  return copy;
}

const fileOf = (folder: string) => join(folder, filesOf(folder).at(-1)!);

describe("a file that is cut", () => {
  it("at any byte of the last record loses this record and no other, and says so", async () => {
    const words = ["first", "second", "the last one"];
    const folder = await leftOver(words, false, "process");
    const whole = readFileSync(fileOf(folder));
    const lastAt = whole.length - 24 - words[2]!.length;
    for (let size = lastAt; size < whole.length; size++) {
      const copy = emptyFolder();
      cpSync(folder, copy, { recursive: true, preserveTimestamps: true });
      truncateSync(fileOf(copy), size);
      const spool = await openSpool(copy);
      expect(await textsOf(spool)).toEqual(["first", "second"]);
      expect(spool.cut).toEqual(size === lastAt ? null : { file: fileOf(copy), offset: lastAt, bytes: size - lastAt });
      expect(await spool.append(text("again"))).toBe(3);
      expect(await textsOf(spool)).toEqual(["first", "second", "again"]);
      await spool.close();
      const again = await openSpool(copy);
      expect([await textsOf(again), again.cut]).toEqual([["first", "second", "again"], null]);
      await again.close();
    }
  });

  it("after it was closed is damage, wherever it was cut", async () => {
    const folder = emptyFolder();
    const spool = await openSpool(folder);
    for (const word of ["first", "second"]) await spool.append(text(word));
    await spool.close();
    const size = readFileSync(fileOf(folder)).length;
    for (const less of [1, 29, 30, 40]) {
      truncateSync(fileOf(folder), size - less);
      await expect(openSpool(folder)).rejects.toThrow(SpoolDamaged);
    }
  });
});

describe("a bit that is turned", () => {
  const words = ["one", "two and more", "three", "four is the last"];

  it("anywhere never makes a wrong record: what is told is what was appended, up to somewhere", async () => {
    const folders = new Map<string, string>();
    for (const died of ["process", "machine"] as const) {
      for (const together of [false, true]) folders.set(`${died} ${together}`, await leftOver(words, together, died));
    }
    const size = readFileSync(fileOf([...folders.values()][0]!)).length;
    const where = fc.integer({ min: 0, max: size * 8 - 1 });
    const state = fc.constantFrom(...folders.keys());
    await fc.assert(
      fc.asyncProperty(state, fc.uniqueArray(where, { minLength: 1, maxLength: 4 }), async (state, bits) => {
        const copy = emptyFolder();
        cpSync(folders.get(state)!, copy, { recursive: true, preserveTimestamps: true });
        const bytes = readFileSync(fileOf(copy));
        for (const bit of bits) bytes[bit >> 3]! ^= 1 << (bit & 7);
        writeFileSync(fileOf(copy), bytes);
        const firstBroken = brokenRecord(Math.min(...bits) >> 3);
        const spool = await openSpool(copy).catch((error) => error);
        if (spool instanceof Error) {
          expect(spool).toBeInstanceOf(SpoolDamaged);
          expect(firstBroken).toBeLessThan(words.length - 1);
          expect((spool as SpoolDamaged).file).toBe(fileOf(copy));
          expect((spool as SpoolDamaged).offset).toBe(firstBroken < 0 ? 0 : startOf(firstBroken));
          return;
        }
        expect(await textsOf(spool)).toEqual(words.slice(0, firstBroken));
        expect(spool.cut?.offset).toBe(startOf(firstBroken));
        await spool.close();
      }),
      { numRuns: 300 },
    );
  });

  const startOf = (record: number) => words.slice(0, record).reduce((sum, word) => sum + 24 + word.length, 24);
  const brokenRecord = (byte: number) => (byte < 24 ? -1 : words.findIndex((_, k) => byte < startOf(k + 1)));

  it("in the middle is damage that is named, after a process died and where the disk is known to have had it", async () => {
    for (const [died, together] of [
      ["process", false],
      ["process", true],
      ["machine", false],
    ] as const) {
      const folder = await leftOver(words, together, died);
      const bytes = readFileSync(fileOf(folder));
      bytes[startOf(1) + 26]! ^= 4;
      writeFileSync(fileOf(folder), bytes);
      const refused = openSpool(folder);
      await expect(refused).rejects.toThrow(SpoolDamaged);
      await expect(refused).rejects.toThrow(
        /00001\.spool is damaged at byte 51: record 2 is not as it was written\. Restore the file from a copy; or, .* cut the file to 51 bytes/,
      );
      truncateSync(fileOf(folder), 51);
      const spool = await openSpool(folder);
      expect(await textsOf(spool)).toEqual(["one"]);
      await spool.close();
    }
  });

  it("in what a machine had not written when it died is an end: none of it was acknowledged", async () => {
    const folder = await leftOver(words, true, "machine");
    const bytes = readFileSync(fileOf(folder));
    bytes.fill(0, startOf(1), startOf(2));
    writeFileSync(fileOf(folder), bytes);
    const spool = await openSpool(folder);
    expect(await textsOf(spool)).toEqual(["one"]);
    expect(spool.cut).toMatchObject({ offset: startOf(1), bytes: bytes.length - startOf(1) });
    await spool.close();
  });

  it("in an older file is told when it is read, after the records before it", async () => {
    const folder = emptyFolder();
    const spool = await openSpool(folder, { fileBytes: 1024 });
    for (let k = 0; k < 6; k++) await spool.append(new Uint8Array(400).fill(k));
    await spool.close();
    const [first] = filesOf(folder);
    const bytes = readFileSync(join(folder, first!));
    bytes[24 + 424 + 100]! ^= 1;
    writeFileSync(join(folder, first!), bytes);
    const again = await openSpool(folder);
    const seen: number[] = [];
    const reading = (async () => {
      for await (const { sequence } of again.read()) seen.push(sequence);
    })();
    await expect(reading).rejects.toThrow("is damaged at byte 448: record 2");
    expect(seen).toEqual([1]);
    expect((await recordsOf(again, 2)).map(({ sequence }) => sequence)).toEqual([3, 4, 5, 6]);
    await again.close();
  });
});

describe("files that are missing", () => {
  it("are told: the first, one in the middle, and all", async () => {
    const folder = emptyFolder();
    const spool = await openSpool(folder, { fileBytes: 1024 });
    for (let k = 0; k < 6; k++) await spool.append(new Uint8Array(400));
    await spool.close();
    const [first, second, third] = filesOf(folder).map((file) => join(folder, file));
    renameSync(first!, join(folder, "kept"));
    await expect(openSpool(folder)).rejects.toThrow("records 1 to 2 are missing");
    renameSync(join(folder, "kept"), first!);
    copyFileSync(second!, join(folder, "kept"));
    rmSync(second!);
    const again = await openSpool(folder);
    await expect(recordsOf(again)).rejects.toThrow("record 3 is not as it was written");
    await again.close();
    rmSync(first!);
    rmSync(third!);
    await expect(openSpool(folder)).rejects.toThrow("records 1 to 6 are missing");
  });
});

describe("a disk that fails", () => {
  afterEach(() => vi.restoreAllMocks());

  /** What file handles are made of, so that a single call of a real one fails. */
  async function handles() {
    const handle = await open(script);
    await handle.close();
    return Object.getPrototypeOf(handle) as {
      datasync(): Promise<void>;
      sync(): Promise<void>;
      write(...args: unknown[]): Promise<unknown>;
      writev(buffers: readonly Uint8Array[], at: number): Promise<unknown>;
    };
  }
  const failure = (code: string) => Object.assign(new Error(`${code}: of a test`), { code });

  it("and is full refuses appends, keeps nothing of them, and goes on when there is room", async () => {
    const folder = emptyFolder();
    const spool = await openSpool(folder);
    await spool.append(text("before"));
    const prototype = await handles();
    const write = prototype.write;
    vi.spyOn(prototype, "writev").mockImplementationOnce(function (this: unknown, buffers, at) {
      const bytes = Buffer.concat(buffers);
      return write.call(this, bytes, 0, Math.floor(bytes.length / 2), at);
    });
    vi.spyOn(prototype, "write").mockRejectedValue(failure("ENOSPC"));
    const both = await Promise.allSettled([spool.append(text("one")), spool.append(text("two"))]);
    expect(both.map((one) => one.status === "rejected" && one.reason.code)).toEqual(["ENOSPC", "ENOSPC"]);
    vi.restoreAllMocks();
    expect(await textsOf(spool)).toEqual(["before"]);
    expect(await spool.append(text("after"))).toBe(2);
    await spool.close();
    const again = await openSpool(folder);
    expect([await textsOf(again), again.cut]).toEqual([["before", "after"], null]);
    await again.close();
  });

  it("and is full can be released from, closed and opened by the room that was kept for it", async () => {
    const folder = emptyFolder();
    const reserve = join(folder, "reserve");
    const spool = await openSpool(folder, { fileBytes: 1024 });
    for (let k = 1; k <= 5; k++) await spool.append(new Uint8Array(600));
    expect(statSync(reserve).size).toBe(32_768);
    const prototype = await handles();
    const { write, writev } = prototype;
    vi.spyOn(prototype, "write").mockImplementation(function (this: unknown, ...args) {
      return existsSync(reserve) ? Promise.reject(failure("ENOSPC")) : write.apply(this, args);
    });
    vi.spyOn(prototype, "writev").mockImplementation(function (this: unknown, ...args) {
      return existsSync(reserve) ? Promise.reject(failure("ENOSPC")) : writev.apply(this, args);
    });
    await expect(spool.append(new Uint8Array(600))).rejects.toThrow("ENOSPC");
    await spool.release(5);
    expect([spool.released, filesOf(folder).length]).toEqual([5, 1]);
    vi.restoreAllMocks();
    await spool.append(text("after"));
    await spool.release(6);
    expect(statSync(reserve).size).toBe(32_768);
    await spool.close();
    const again = await openSpool(folder);
    expect([again.last, again.released, await textsOf(again)]).toEqual([6, 6, []]);
    await again.close();
  });

  it("while a file is begun leaves none behind that would hide what is appended then", async () => {
    const folder = emptyFolder();
    const spool = await openSpool(folder, { fileBytes: 1024 });
    await spool.append(new Uint8Array(600));
    const prototype = await handles();
    const sync = prototype.sync;
    let calls = 0;
    vi.spyOn(prototype, "sync").mockImplementation(function (this: unknown) {
      // The first is of the file, the second of its folder.
      return calls++ === 1 ? Promise.reject(failure("EIO")) : sync.call(this);
    });
    await expect(spool.append(new Uint8Array(600))).rejects.toThrow("EIO");
    vi.restoreAllMocks();
    expect(await spool.append(text("small"))).toBe(2);
    await spool.close();
    const again = await openSpool(folder, { fileBytes: 1024 });
    expect([again.last, (await textsOf(again)).length]).toEqual([2, 2]);
    await again.close();
  });

  it("and writes less than it was given is given the rest", async () => {
    const words = ["one", "", "three"];
    const whole = words.map((word) => 24 + word.length).reduce((sum, length) => sum + length);
    const prototype = await handles();
    const write = prototype.write;
    for (let cut = 0; cut < whole; cut++) {
      const spool = await openSpool(emptyFolder());
      const writev = vi.spyOn(prototype, "writev").mockImplementationOnce(function (this: unknown, buffers, at) {
        return write.call(this, Buffer.concat(buffers), 0, cut, at);
      });
      await Promise.all(words.map((word) => spool.append(text(word.slice(0, 1)), text(word.slice(1)))));
      expect(writev).toHaveBeenCalledOnce();
      vi.restoreAllMocks();
      expect(await textsOf(spool)).toEqual(words);
      await spool.close();
    }
  });

  it("when it syncs takes nothing any more until it is opened again", async () => {
    const folder = emptyFolder();
    const spool = await openSpool(folder);
    await spool.append(text("before"));
    vi.spyOn(await handles(), "datasync").mockRejectedValueOnce(failure("EIO"));
    const failed = spool.append(text("lost"));
    const behind = spool.append(text("behind")).catch((error) => error);
    await expect(failed).rejects.toThrow(SpoolFailed);
    expect(await behind).toBeInstanceOf(SpoolFailed);
    await expect(spool.append(text("later"))).rejects.toThrow(/fsync failed \(EIO: of a test\)/);
    await expect(spool.release(1)).rejects.toThrow(SpoolFailed);
    expect(await textsOf(spool)).toEqual(["before"]);
    await spool.close();
    const again = await openSpool(folder);
    expect(await textsOf(again)).toEqual(["before"]);
    expect(await again.append(text("after"))).toBe(2);
    await again.close();
  });

  it("when it syncs later says so with the next append", async () => {
    const spool = await openSpool(emptyFolder(), { sync: 1 });
    const datasync = vi.spyOn(await handles(), "datasync").mockRejectedValueOnce(failure("EIO"));
    await spool.append(text("told before"));
    await expect.poll(() => datasync.mock.calls.length).toBe(1);
    await expect(spool.append(text("after"))).rejects.toThrow(SpoolFailed);
    await spool.close();
  });

  it("shares one fsync among appends that come together, and none where there is to be none", async () => {
    const prototype = await handles();
    for (const [sync, most] of [
      ["always", 3],
      ["never", 0],
    ] as const) {
      const spool = await openSpool(emptyFolder(), { sync });
      const datasync = vi.spyOn(prototype, "datasync");
      await Promise.all(Array.from({ length: 200 }, (_, k) => spool.append(text(`${k}`))));
      expect(datasync.mock.calls.length).toBeLessThanOrEqual(most);
      expect(datasync.mock.calls.length).toBe(Math.min(1, most));
      vi.restoreAllMocks();
      await spool.close();
    }
  });
});

/** What a spool promises while all goes well, and where it is asked for what it cannot do. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openSpool } from "../../dist/spool/open-spool.js";
import { SpoolDamaged, SpoolFull, SpoolLocked } from "../../dist/spool/spool-errors.js";
import type { SpoolOptions } from "../../src/spool/spool.ts";
import { emptyFolder, filesOf, recordsOf, text, textsOf } from "./folders.ts";

describe("a spool", () => {
  it("tells records again in order, from wherever it is asked, and after it was opened again", async () => {
    const folder = join(emptyFolder(), "new", "spool");
    const spool = await openSpool(folder);
    expect([spool.last, spool.released, spool.cut]).toEqual([0, 0, null]);
    const words = ["a", "", "longer", "😀", "d"];
    expect(await Promise.all(words.map((word) => spool.append(text(word))))).toEqual([1, 2, 3, 4, 5]);
    expect(await textsOf(spool)).toEqual(words);
    expect(await textsOf(spool, 3)).toEqual(["😀", "d"]);
    expect(await textsOf(spool, 99)).toEqual([]);
    await spool.close();
    const again = await openSpool(folder);
    expect([again.last, again.cut]).toEqual([5, null]);
    expect(await again.append(text("e"))).toBe(6);
    expect((await recordsOf(again, 4)).map(({ sequence }) => sequence)).toEqual([5, 6]);
    await again.close();
  });

  it("copies bytes before append returns", async () => {
    const spool = await openSpool(emptyFolder());
    const bytes = text("before");
    const appended = spool.append(bytes);
    bytes.fill(33);
    await appended;
    expect(await textsOf(spool)).toEqual(["before"]);
    await spool.close();
  });

  it("is a list that is appended to, read, released and opened again, whatever the order of it", async () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ append: fc.array(fc.uint8Array({ maxLength: 700 }), { maxLength: 6 }) }) },
      { weight: 2, arbitrary: fc.record({ release: fc.double({ min: 0, max: 1, noNaN: true }) }) },
      { weight: 1, arbitrary: fc.constant("open again" as const) },
    );
    const options: fc.Arbitrary<SpoolOptions> = fc.record({
      sync: fc.constantFrom("always" as const, "never" as const, 1),
      fileBytes: fc.integer({ min: 1024, max: 4000 }),
    });
    await fc.assert(
      fc.asyncProperty(options, fc.array(step, { maxLength: 25 }), async (options, steps) => {
        const folder = emptyFolder();
        let spool = await openSpool(folder, options);
        const all: Uint8Array[] = [];
        let released = 0;
        for (const one of steps) {
          if (one === "open again") {
            await spool.close();
            spool = await openSpool(folder, options);
          } else if ("append" in one) {
            const told = await Promise.all(one.append.map((bytes) => spool.append(bytes)));
            expect(told).toEqual(one.append.map((_, k) => all.length + k + 1));
            all.push(...one.append);
          } else {
            const sequence = Math.floor(one.release * all.length);
            released = Math.max(released, sequence);
            await spool.release(sequence);
          }
          expect([spool.last, spool.released]).toEqual([all.length, released]);
          const wanted = all.slice(released).map((bytes, k) => ({ sequence: released + k + 1, bytes }));
          const found = await recordsOf(spool);
          expect(found.map(({ sequence, bytes }) => ({ sequence, bytes: Uint8Array.from(bytes) }))).toEqual(
            wanted.map(({ sequence, bytes }) => ({ sequence, bytes: Uint8Array.from(bytes) })),
          );
        }
        await spool.close();
      }),
      { numRuns: 40 },
    );
  });

  it("takes files away once all of their records are released, and begins after what was released", async () => {
    const folder = emptyFolder();
    const spool = await openSpool(folder, { fileBytes: 1024 });
    for (let k = 1; k <= 10; k++) await spool.append(new Uint8Array(400).fill(k));
    expect(filesOf(folder).map(Number.parseFloat)).toEqual([1, 3, 5, 7, 9]);
    const before = spool.bytes;
    await spool.release(5);
    expect(filesOf(folder).map(Number.parseFloat)).toEqual([5, 7, 9]);
    expect(spool.bytes).toBeLessThan(before);
    expect((await recordsOf(spool)).map(({ sequence }) => sequence)).toEqual([6, 7, 8, 9, 10]);
    await spool.release(10);
    expect(filesOf(folder).map(Number.parseFloat)).toEqual([11]);
    await spool.close();
    const again = await openSpool(folder);
    expect([again.last, again.released, await recordsOf(again)]).toEqual([10, 10, []]);
    expect(await again.append(text("next"))).toBe(11);
    await again.close();
  });

  it("is read while it is appended to: up to what was there when reading began", async () => {
    const spool = await openSpool(emptyFolder(), { fileBytes: 2048, sync: "never" });
    for (let k = 0; k < 50; k++) await spool.append(text(`${k} `.repeat(20)));
    const seen: number[] = [];
    for await (const { sequence } of spool.read()) {
      seen.push(sequence);
      await spool.append(text("meanwhile".repeat(9)));
      if (sequence === 20) await spool.release(20);
    }
    expect(seen).toEqual(Array.from({ length: 50 }, (_, k) => k + 1));
    expect((await recordsOf(spool, 50)).map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 50 }, (_, k) => k + 51),
    );
    await spool.close();
  });

  it("holds records that are larger than a file", async () => {
    const folder = emptyFolder();
    const spool = await openSpool(folder, { fileBytes: 1024 });
    const large = new Uint8Array(3 * 2 ** 20).map((_, k) => k % 251);
    await Promise.all([text("small"), large, text("small")].map((bytes) => spool.append(bytes)));
    const found = await recordsOf(spool);
    expect(Buffer.compare(found[1]!.bytes, large)).toBe(0);
    expect(found.map(({ bytes }) => bytes.length)).toEqual([5, large.length, 5]);
    await spool.close();
  });

  it("refuses what does not fit, and takes it once there is room", async () => {
    const spool = await openSpool(emptyFolder(), { maximumBytes: 4096, sync: "never" });
    const block = new Uint8Array(1000);
    for (let k = 0; k < 3; k++) await spool.append(block);
    const [kept, refused] = await Promise.allSettled([spool.append(new Uint8Array(200)), spool.append(block)]);
    expect(kept).toMatchObject({ status: "fulfilled", value: 4 });
    expect(refused).toMatchObject({ reason: expect.any(SpoolFull) });
    expect(refused).toMatchObject({ reason: expect.any(RangeError) });
    expect((refused as PromiseRejectedResult).reason.message).toMatch(
      /^append: the spool holds \d+ of 4096 bytes, and 1024 more came$/,
    );
    await spool.release(2);
    expect(await spool.append(block)).toBe(5);
    expect((await recordsOf(spool)).map(({ sequence }) => sequence)).toEqual([3, 4, 5]);
    await spool.close();
  });

  it("does not give sequences again that its reader remembers", async () => {
    const folder = emptyFolder();
    const spool = await openSpool(folder, { sync: "never" });
    for (const word of ["a", "b", "c"]) await spool.append(text(word));
    await spool.close();
    const again = await openSpool(folder, { after: 7 });
    expect([again.last, again.released, await recordsOf(again)]).toEqual([7, 7, []]);
    expect(await again.append(text("d"))).toBe(8);
    await again.close();
    const third = await openSpool(folder, { after: 2 });
    expect(await textsOf(third)).toEqual(["d"]);
    await third.close();
  });

  it("is open once", async () => {
    const folder = emptyFolder();
    const spool = await openSpool(folder);
    await expect(openSpool(folder)).rejects.toThrow(SpoolLocked);
    await expect(openSpool(folder)).rejects.toThrow("a folder is opened once");
    await spool.close();
    await spool.close();
    await expect(spool.append(text("late"))).rejects.toThrow("append: the spool is closed");
    await expect(spool.release(0)).rejects.toThrow("closed");
    expect(() => spool.read()).toThrow("closed");
    await (await openSpool(folder)).close();
  });

  it("waits for what was appended when it is closed", async () => {
    const folder = emptyFolder();
    const spool = await openSpool(folder, { sync: 50 });
    const appended = Promise.all([spool.append(text("a")), spool.append(text("b"))]);
    await spool.close();
    expect(await appended).toEqual([1, 2]);
    const again = await openSpool(folder);
    expect(await textsOf(again)).toEqual(["a", "b"]);
    await again.close();
  });

  it("refuses options and arguments that are none, and says what it needs", async () => {
    const folder = emptyFolder();
    const wrong: [unknown, string][] = [
      [{ sync: "sometimes" }, 'sync must be "always", "never" or milliseconds above 0, got "sometimes"'],
      [{ sync: 0 }, "milliseconds above 0, got 0"],
      [{ fileBytes: 10 }, "fileBytes must be a whole number of at least 1024, got 10"],
      [{ maximumBytes: "1 GB" }, "maximumBytes must be a number, got string"],
      [{ after: -1 }, "after must be a whole number of at least 0"],
      [{ folder: "x" }, 'there is no option "folder", but sync, fileBytes'],
      [null, "options must be an object"],
    ];
    for (const [options, message] of wrong) {
      await expect(openSpool(folder, options as SpoolOptions)).rejects.toThrow(message);
    }
    await expect(openSpool("")).rejects.toThrow(TypeError);
    const spool = await openSpool(folder, { maximumBytes: 5000 });
    await expect(spool.append("text" as never)).rejects.toThrow("append: needs a Uint8Array, got string");
    await expect(spool.append(new Uint8Array(5000))).rejects.toThrow("append: a record may have 4952 bytes, got 5000");
    await expect(spool.release(1)).rejects.toThrow("release: needs a sequence from 0 to 0, got 1");
    expect(() => spool.read(-1)).toThrow("read: needs a sequence of at least 0, got -1");
    await spool.close();
  });

  it("refuses a folder whose small file or whose files' names are not its own", async () => {
    const folder = emptyFolder();
    await (await openSpool(folder)).close();
    writeFileSync(join(folder, "spool.json"), "{}");
    await expect(openSpool(folder)).rejects.toThrow(SpoolDamaged);
    const other = emptyFolder();
    writeFileSync(join(other, "00000000000000000001.spool"), "not a spool at all, but of some length");
    await expect(openSpool(other)).rejects.toThrow("00000000000000000001.spool is damaged at byte 0");
  });
});

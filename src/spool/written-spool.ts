/** A spool that is open. */
import { type FileHandle, open, unlink } from "node:fs/promises";
import { fileHeaderBytes, newFrame, numberFrame, recordHeaderBytes } from "./frame.js";
import { FrameReader } from "./frame-reader.js";
import { Sequential, type Waiting, WaitingAppends } from "./group-commit.js";
import type { Lock } from "./lock.js";
import { damagedRecord, type OpenedSegments } from "./open-segments.js";
import { keepReserve, withReserve } from "./reserve.js";
import { beginSegment, type Segment, writeEach } from "./segment-files.js";
import type { Spool, SpoolRecord, SyncPolicy } from "./spool.js";
import { SpoolFailed, SpoolFull } from "./spool-errors.js";
import { writeState } from "./spool-state.js";

const largestRecord = 2 ** 30;

export class WrittenSpool implements Spool {
  readonly cut: Spool["cut"];
  readonly #folder: string;
  readonly #lock: Lock;
  readonly #sync: SyncPolicy;
  readonly #fileBytes: number;
  readonly #maximumBytes: number;
  readonly #segments: Segment[];
  readonly #waiting = new WaitingAppends();
  readonly #work = new Sequential();
  #file: FileHandle;
  #last: number;
  #released: number;
  /** The last sequence that is known to be on the disk. */
  #durable: number;
  #timer: NodeJS.Timeout | null = null;
  #failure: SpoolFailed | null = null;
  #closed: Promise<void> | null = null;
  #committing = false;

  constructor(
    folder: string,
    { segments, file, last, released, cut }: OpenedSegments,
    lock: Lock,
    sync: SyncPolicy,
    fileBytes: number,
    maximumBytes: number,
  ) {
    [this.#folder, this.#lock, this.#sync] = [folder, lock, sync];
    [this.#fileBytes, this.#maximumBytes] = [fileBytes, maximumBytes];
    [this.#segments, this.#file] = [segments, file];
    [this.#last, this.#durable, this.#released, this.cut] = [last, last, released, cut];
  }

  get last(): number {
    return this.#last;
  }

  get released(): number {
    return this.#released;
  }

  get failure(): SpoolFailed | null {
    return this.#failure;
  }

  get bytes(): number {
    return this.#segments.reduce((sum, { size }) => sum + size, 0);
  }

  append(...parts: readonly [Uint8Array, ...Uint8Array[]]): Promise<number> {
    return new Promise((told, refused) => {
      if (parts.length < 1) throw new TypeError("append: needs a Uint8Array, got undefined");
      for (const bytes of parts) {
        if (!(bytes instanceof Uint8Array)) throw new TypeError(`append: needs a Uint8Array, got ${typeof bytes}`);
      }
      this.#demandOpen("append");
      const length = parts.reduce((sum, bytes) => sum + bytes.length, 0);
      const size = recordHeaderBytes + length;
      if (length > largestRecord || size + fileHeaderBytes > this.#maximumBytes) {
        const most = Math.min(largestRecord, this.#maximumBytes - fileHeaderBytes - recordHeaderBytes);
        throw new RangeError(`append: a record may have ${most} bytes, got ${length}`);
      }
      const held = this.bytes + this.#waiting.bytes;
      if (held + size > this.#maximumBytes) {
        throw new SpoolFull(`append: the spool holds ${held} of ${this.#maximumBytes} bytes, and ${size} more came`);
      }
      this.#waiting.add({ frame: newFrame(parts), told, refused });
      if (this.#committing) return;
      this.#committing = true;
      void this.#work.run(() => this.#commitAll());
    });
  }

  async #commitAll(): Promise<void> {
    while (!this.#waiting.empty) {
      let batch: readonly Waiting[] = [];
      try {
        if (await this.#lock.isLost())
          throw this.#fail("the folder is no longer its own", new Error("another process has its lock"));
        if (this.#failure) throw this.#failure;
        const active = this.#segments.at(-1)!;
        if (active.size > fileHeaderBytes && !this.#waiting.fits(this.#fileBytes - active.size)) await this.#nextFile();
        const taken = this.#waiting.take(this.#fileBytes - this.#segments.at(-1)!.size);
        batch = taken.batch;
        await this.#commit(batch, taken.size);
      } catch (error) {
        if (batch.length === 0) batch = this.#waiting.take(0).batch;
        for (const { refused } of batch) refused(error as Error);
      }
    }
    this.#committing = false;
  }

  async #commit(batch: readonly Waiting[], size: number): Promise<void> {
    const active = this.#segments.at(-1)!;
    let sequence = this.#last;
    for (const { frame } of batch) numberFrame(frame, { sequence: ++sequence, durable: this.#durable }, active.salt);
    try {
      await writeEach(
        this.#file,
        batch.map(({ frame }) => frame),
        active.size,
      );
    } catch (error) {
      await this.#takeBack(active.size);
      throw error;
    }
    if (this.#sync === "always") {
      try {
        await this.#syncNow(sequence);
      } catch (error) {
        await this.#takeBack(active.size);
        throw error;
      }
    }
    active.size += size;
    const before = this.#last;
    this.#last = sequence;
    if (typeof this.#sync === "number") this.#timer ??= this.#syncLater(this.#sync);
    batch.forEach(({ told }, index) => {
      told(before + index + 1);
    });
  }

  /** What was not told must not be there later. */
  async #takeBack(size: number): Promise<void> {
    await this.#file.truncate(size).catch((error: Error) => this.#fail("a write could not be taken back", error));
  }

  /** After an fsync that failed the system may have dropped what it could not write, and a second one would succeed. */
  async #syncNow(upTo: number): Promise<void> {
    if (this.#durable === upTo) return;
    await this.#file.datasync().catch((error: Error) => {
      throw this.#fail("fsync failed", error);
    });
    this.#durable = upTo;
  }

  #syncLater(milliseconds: number): NodeJS.Timeout {
    const sync = () => {
      this.#timer = null;
      if (!this.#failure) return this.#syncNow(this.#last);
    };
    // A failure is kept, and told with the next append.
    return setTimeout(() => void this.#work.run(async () => sync()).catch(() => {}), milliseconds).unref();
  }

  #fail(what: string, cause: Error): SpoolFailed {
    const message = `spool ${this.#folder}: ${what} (${cause.message}); nothing is taken until it is opened again`;
    this.#failure ??= new SpoolFailed(message, { cause });
    return this.#failure;
  }

  async #nextFile(): Promise<void> {
    await this.#syncNow(this.#last);
    const { segment, file } = await beginSegment(this.#folder, this.#last + 1);
    const before = this.#file;
    this.#file = file;
    this.#segments.push(segment);
    await before.close();
  }

  async release(sequence: number): Promise<void> {
    if (typeof sequence !== "number") throw new TypeError(`release: needs a sequence, got ${typeof sequence}`);
    if (!Number.isSafeInteger(sequence) || sequence < 0 || sequence > this.#last) {
      throw new RangeError(`release: needs a sequence from 0 to ${this.#last}, got ${sequence}`);
    }
    this.#demandOpen("release");
    if (sequence <= this.#released) return;
    await this.#work.run(async () => {
      if (this.#failure) throw this.#failure;
      if (sequence <= this.#released) return;
      await withReserve(this.#folder, () => this.#noteReleased(sequence));
      this.#released = sequence;
      while (this.#segments.length > 1 && this.#segments[1]!.first <= sequence + 1) {
        await unlink(this.#segments[0]!.path);
        this.#segments.shift();
      }
      await keepReserve(this.#folder);
    });
  }

  /** May be tried again where it ended half-way. */
  async #noteReleased(sequence: number): Promise<void> {
    if (sequence === this.#last && this.#segments.at(-1)!.size > fileHeaderBytes) await this.#nextFile();
    // Otherwise a crash of the machine could take what was released, and its sequences would be given again.
    if (sequence > this.#durable) await this.#syncNow(this.#last);
    await writeState(this.#folder, { released: sequence, durable: this.#durable });
  }

  read(after: number = this.#released): AsyncIterable<SpoolRecord> {
    if (typeof after !== "number") throw new TypeError(`read: needs a sequence, got ${typeof after}`);
    if (!Number.isSafeInteger(after) || after < 0) {
      throw new RangeError(`read: needs a sequence of at least 0, got ${after}`);
    }
    if (this.#closed) throw new Error("read: the spool is closed");
    const upTo = this.#last;
    return { [Symbol.asyncIterator]: () => this.#records(Math.max(after, this.#released), upTo) };
  }

  async *#records(after: number, upTo: number): AsyncGenerator<SpoolRecord, void> {
    const wanted = this.#segments.filter(
      ({ first }, k) => first <= upTo && (this.#segments[k + 1]?.first ?? Infinity) > after + 1,
    );
    for (const [index, segment] of wanted.entries()) {
      const file = await open(segment.path, "r").catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT" && !this.#segments.includes(segment)) return null;
        throw error;
      });
      if (!file) continue;
      try {
        const end = Math.min(upTo, (wanted[index + 1]?.first ?? Infinity) - 1);
        const reader = new FrameReader(file, segment, segment.size);
        while (reader.expected <= end) {
          const frame = await reader.next();
          if (!frame) throw damagedRecord(segment.path, reader.at, reader.expected);
          if (frame.sequence > after) yield { sequence: frame.sequence, bytes: frame.bytes };
        }
      } finally {
        await file.close();
      }
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#work.run(async () => {
      if (this.#timer) clearTimeout(this.#timer);
      try {
        if (!this.#failure) {
          await this.#syncNow(this.#last);
          const state = { released: this.#released, durable: this.#durable };
          await withReserve(this.#folder, () => writeState(this.#folder, state));
        }
      } finally {
        await this.#file.close();
        await this.#lock.release();
      }
    });
    return this.#closed;
  }

  #demandOpen(caller: string): void {
    if (this.#closed) throw new Error(`${caller}: the spool is closed`);
    if (this.#failure) throw this.#failure;
  }
}

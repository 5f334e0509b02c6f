/** Records on disk that survive a crash: what was appended is read again, in order, until it is let go. */

/**
 * always: an append is told when its bytes are on the disk; appends that come together share one fsync. A number: fsync at most so many
 * milliseconds later (a crash of the machine may lose these; a crash of the process none). never: left to the system.
 */
export type SyncPolicy = "always" | number | "never";

export interface SpoolRecord {
  /** From 1, without gaps. */
  readonly sequence: number;
  readonly bytes: Uint8Array;
}

export interface Spool {
  /** @returns the record's sequence, once it is as safe as the policy says. @throws when the disk is full or fails: then nothing was appended */
  append(bytes: Uint8Array): Promise<number>;
  /** Records after `sequence`, oldest first. A record that was cut off by a crash is the end, and is dropped when the spool is opened. */
  read(after?: number): AsyncIterable<SpoolRecord>;
  /** Records up to `sequence` are not needed any more; their files go when all of their records are. */
  release(sequence: number): Promise<void>;
  /** Of the last record; 0 when there was none. */
  readonly last: number;
  /** That are not released. */
  readonly bytes: number;
  close(): Promise<void>;
}

export interface SpoolOptions {
  readonly sync?: SyncPolicy;
  /** Bytes of a file before the next is begun; default 64 MiB. */
  readonly fileBytes?: number;
  /** Bytes that may wait; `append` throws RangeError beyond; default 4 GiB. */
  readonly maximumBytes?: number;
}

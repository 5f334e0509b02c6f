/** Records on disk that survive a crash: what was appended is read again, in order, until it is let go. */

/**
 * When an append is told.
 *
 * - `always`: when its bytes are on the disk. Appends that come while an fsync runs share the next one. Neither a crash of the
 *   process nor one of the machine loses what was told.
 * - a number: when the operating system has its bytes; the disk has them at most so many milliseconds later. A crash of the
 *   process loses nothing that was told, one of the machine what came in the last so many milliseconds.
 * - `never`: when the operating system has its bytes. A crash of the process loses nothing that was told; one of the machine
 *   what the system had not written by itself, at most the records of the newest file.
 *
 * What a crash of the machine loses is always the end: no record is there without those before it.
 */
export type SyncPolicy = "always" | number | "never";

export interface SpoolRecord {
  /** From 1, without gaps. */
  readonly sequence: number;
  readonly bytes: Uint8Array;
}

export interface Spool {
  /**
   * Appends a record, whose bytes may come in parts. They are copied before this returns.
   *
   * @returns the record's sequence, once it is as safe as the policy says
   * @throws SpoolFull (a RangeError) beyond `maximumBytes`, and the file system's error (ENOSPC, EIO) when writing fails: then
   *   nothing was appended, and appending may be tried again. SpoolFailed when an fsync failed: then nobody knows what is on
   *   the disk, and the spool takes nothing until it is opened again. TypeError for what is no Uint8Array.
   */
  append(...parts: readonly [Uint8Array, ...Uint8Array[]]): Promise<number>;
  /**
   * Records after `sequence` (default: after those that were released), oldest first, up to the last one when reading begins.
   * Those that are released meanwhile may be left out.
   *
   * @throws SpoolDamaged where bytes are not what was written
   */
  read(after?: number): AsyncIterable<SpoolRecord>;
  /**
   * Records up to `sequence` are not needed any more; their files go when all of their records are. It is remembered.
   *
   * @throws RangeError for a sequence that there is not yet
   */
  release(sequence: number): Promise<void>;
  /** Of the last record; 0 when there was none. */
  readonly last: number;
  /** Up to which records were released. */
  readonly released: number;
  /** Of the files that hold what is not released. */
  readonly bytes: number;
  /** Why it takes nothing until it is opened again: an fsync failed; `null` where none did. */
  readonly failure: Error | null;
  /** What was cut off when the spool was opened: a write that a crash interrupted, of records that were never told. */
  readonly cut: { readonly file: string; readonly offset: number; readonly bytes: number } | null;
  /** Waits for what was appended, and lets others open the folder. */
  close(): Promise<void>;
}

export interface SpoolOptions {
  /** Default `always`. */
  readonly sync?: SyncPolicy;
  /** Bytes of a file before the next is begun; default 64 MiB, and at most an eighth of `maximumBytes`. */
  readonly fileBytes?: number;
  /** Bytes that may wait; `append` throws SpoolFull beyond; default 4 GiB. */
  readonly maximumBytes?: number;
  /**
   * The last sequence that its reader remembers. Where the policy is not `always` a crash of the machine may take records that
   * the reader has seen; their sequences are then not given again. Default: none.
   */
  readonly after?: number;
}

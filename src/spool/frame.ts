/**
 * The bytes of a spool's files, little-endian.
 *
 *     file:    0 "smspool1" | 8 sequence of its first record (u64) | 16 salt (u32) | 20 CRC-32 of the 20 bytes before | 24 records
 *     record:  0 CRC-32 of all that follows (u32) | 4 length (u32) | 8 sequence (u64) | 16 durable (u64) | 24 bytes
 *
 * `durable` is the last sequence that was known to be on the disk when the record was written: if it is valid, nothing up to
 * there can be a write that a crash cut. Checksums begin with the file's salt, which is drawn, so that bytes of other files, or
 * of a sender who knows this format, are no records of this one.
 */
import { crc32 } from "node:zlib";

export const fileHeaderBytes = 24;
export const recordHeaderBytes = 24;

const magic = Buffer.from("smspool1", "latin1");
const high = 2 ** 32;

export interface FileHeader {
  readonly first: number;
  readonly salt: number;
}

export interface Frame {
  readonly sequence: number;
  readonly durable: number;
  readonly bytes: Uint8Array;
}

export function fileHeader({ first, salt }: FileHeader): Buffer {
  const header = Buffer.alloc(fileHeaderBytes);
  magic.copy(header);
  writeWhole(header, first, 8);
  header.writeUInt32LE(salt, 16);
  header.writeUInt32LE(crc32(header.subarray(0, 20)), 20);
  return header;
}

/** @returns null for bytes that are no header */
export function readFileHeader(header: Buffer): FileHeader | null {
  if (header.length < fileHeaderBytes || !header.subarray(0, 8).equals(magic)) return null;
  if (crc32(header.subarray(0, 20)) !== header.readUInt32LE(20)) return null;
  return { first: readWhole(header, 8), salt: header.readUInt32LE(16) };
}

/** A record whose bytes are in place, those of parts one after the other; the rest is told by `numberFrame`. */
export function newFrame(parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const frame = Buffer.allocUnsafe(recordHeaderBytes + length);
  frame.writeUInt32LE(length, 4);
  let at = recordHeaderBytes;
  for (const part of parts) {
    frame.set(part, at);
    at += part.length;
  }
  return frame;
}

/** What is known of a record when it is written. */
export function numberFrame(frame: Buffer, { sequence, durable }: Omit<Frame, "bytes">, salt: number): void {
  writeWhole(frame, sequence, 8);
  writeWhole(frame, durable, 16);
  frame.writeUInt32LE(crc32(frame.subarray(4), salt), 0);
}

/** Length and sequence that a record says it has: believed once its checksum was looked at. */
export function claimOf(record: Buffer, at = 0): { readonly length: number; readonly sequence: number } {
  return { length: record.readUInt32LE(at + 4), sequence: readWhole(record, at + 8) };
}

/** @param record all of a record's bytes; @returns null where its checksum is not theirs */
export function readFrame(record: Buffer, salt: number): Frame | null {
  if (crc32(record.subarray(4), salt) !== record.readUInt32LE(0)) return null;
  return {
    sequence: readWhole(record, 8),
    durable: readWhole(record, 16),
    bytes: record.subarray(recordHeaderBytes),
  };
}

function writeWhole(into: Buffer, value: number, at: number): void {
  into.writeUInt32LE(value % high, at);
  into.writeUInt32LE(Math.floor(value / high), at + 4);
}

function readWhole(from: Buffer, at: number): number {
  return from.readUInt32LE(at) + from.readUInt32LE(at + 4) * high;
}

/**
 * What is kept of an accepted request in the write-ahead spool: its bytes as they came, and what was known of them.
 *
 * ```
 * 0      u32 LE   length of the header, n
 * 4      n bytes  header, JSON
 * 4 + n           the body
 * ```
 */
import { FormatError } from "../column/format-error.js";

export type RecordKind = "rows" | "labels" | "series" | "reference" | "clock";

/** What clients send. */
export type SentKind = Exclude<RecordKind, "clock">;

export interface RecordHeader {
  readonly kind: RecordKind;
  /** Media type of the body. */
  readonly type: string;
  /** When it came; never before an earlier record. */
  readonly arrival: number;
  readonly rows: number;
  /** Where the client gave one: the request's key, and a hash of what it was given for. */
  readonly key?: string;
  readonly hash?: string;
}

/** Everything before the body. */
export function recordHead(header: RecordHeader): Uint8Array {
  const head = Buffer.from(JSON.stringify(header));
  const bytes = Buffer.allocUnsafe(4 + head.length);
  bytes.writeUInt32LE(head.length, 0);
  bytes.set(head, 4);
  return bytes;
}

/** @throws FormatError for what is no record */
export function recordOf(
  where: string,
  bytes: Uint8Array,
): { readonly header: RecordHeader; readonly body: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length >= 4 ? view.getUint32(0, true) : 0;
  if (length === 0 || 4 + length > bytes.length) throw new FormatError(where, "a header and a body", "other bytes");
  const header: unknown = JSON.parse(Buffer.from(bytes.subarray(4, 4 + length)).toString());
  // Columns are views of the body, which begin at multiples of eight bytes.
  return { header: header as RecordHeader, body: bytes.slice(4 + length) };
}

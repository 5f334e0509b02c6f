/** A part's buffers as a checked chunk. */
import { countBits } from "../column/bits.js";
import { fixedChunk, nullChunk, type RawRows, textChunk, textViewChunk, vectorChunk } from "../column/chunks.js";
import { checkCodes, resolveCodes } from "../column/codes.js";
import { FormatError } from "../column/format-error.js";
import { codedBytes, viewedBytes } from "../column/text-sizes.js";
import { bitsOf, type Chunk, type FixedChunk, type TextChunk, type TextViewChunk } from "../engine/chunk.js";
import type { CodesPart, Dictionary, Part, Span } from "./part.js";
import { checkUtf8 } from "./utf8.js";

/** The bytes of a buffer. @param codec as the part's, `where` for messages */
export type Contents = (span: Span, codec: Part["codec"], where: string) => Uint8Array;

/**
 * All rows of a part.
 *
 * @param hold as that of `Memory`: of rows that take more bytes than their buffers have
 * @throws FormatError when a buffer is not what the part promises
 */
export function partChunk(part: Part, contents: Contents, hold: (bytes: number) => void = () => {}): Chunk {
  const { where, length, nulls: stated, codec } = part;
  if (part.form === "null") {
    hold(Math.ceil(length / 8));
    return nullChunk(length);
  }
  const bytes = (span: Span): Uint8Array => contents(span, codec, where);
  const validity = bytes(part.validity);
  const chunk = partRows(part, { where, length, validity, validityOffset: 0 }, bytes, { contents, hold });
  checkNulls(where, stated, nullsOf(validity, length));
  return chunk;
}

function partRows(
  part: Exclude<Part, { form: "null" }>,
  raw: RawRows,
  bytes: (span: Span) => Uint8Array,
  { contents, hold }: { readonly contents: Contents; readonly hold: (bytes: number) => void },
): Chunk {
  switch (part.form) {
    case "fixed":
      return fixedChunk(part.type, raw, bytes(part.values));
    case "vectors":
      return vectorChunk(part, raw, partChunk(part.components, contents, hold) as FixedChunk);
    case "text":
      return valid(textChunk(raw, bytes(part.offsets), part.width, bytes(part.bytes)), raw);
    case "views": {
      const chunk = textViewChunk(raw, bytes(part.views), part.buffers.map(bytes));
      // All may show the same text.
      hold(viewedBytes(chunk));
      return valid(chunk, raw);
    }
    case "codes":
      if (isChunk(part.dictionary)) hold((part.length * bitsOf[part.dictionary.layout]) / 8);
      return held(codesChunk(part, raw, bytes(part.values)), hold);
  }
}

/** Codes into texts take the bytes of these texts once they are stored. */
function held(chunk: Chunk, hold: (bytes: number) => void): Chunk {
  if ("codes" in chunk) hold(codedBytes(chunk));
  return chunk;
}

function valid<C extends TextChunk | TextViewChunk>(chunk: C, { where }: RawRows): C {
  checkUtf8(where, chunk);
  return chunk;
}

/** Codes into a dictionary of texts, or the numbers that they stand for. */
export function codesChunk({ type, dictionary }: CodesPart, raw: RawRows, values: Uint8Array): Chunk {
  const codes = fixedChunk(type, raw, values);
  checkCodes(raw.where, codes, dictionary.length);
  if (isChunk(dictionary)) return resolveCodes(codes, dictionary);
  const { length, validity, validityOffset } = codes;
  return { length, validity, validityOffset, codes, dictionary };
}

/** Whether a dictionary holds something else than text. */
export function isChunk(dictionary: Dictionary): dictionary is FixedChunk {
  return "layout" in dictionary;
}

/** Rows that a bitmap marks as null. */
export function nullsOf(validity: Uint8Array, length: number): number {
  return validity.length > 0 ? length - countBits(validity, 0, length) : 0;
}

export function checkNulls(where: string, stated: number, found: number): void {
  if (found !== stated) throw new FormatError(where, `${stated} nulls`, `${found}`);
}

/** Stored columns brought into memory, for what looks at rows in an order of its own. */
import { type Chunk, type Chunks, type FixedChunk, isStored, type Rows, type TextChunk } from "./chunk.js";

/**
 * The chunks themselves where they are in memory, else copies of all of them.
 *
 * @param where begins the message
 * @throws RangeError when they would take more memory than the table was opened with
 */
export function chunksInMemory<C extends Chunk>(chunks: Chunks<C>, where = "the column"): readonly C[] {
  if (!isStored(chunks)) return chunks;
  const copies: C[] = [];
  let bytes = 0;
  for (const chunk of chunks) {
    bytes += sizeOf(chunk);
    if (bytes > chunks.memory) {
      throw new RangeError(
        `${where} is needed row by row, for which a column of an opened table has to fit into ${chunks.memory} bytes`,
      );
    }
    copies.push(copyOf(chunk));
  }
  return copies;
}

/** A chunk on memory of its own; dictionaries are shared. */
export function copyOf<C extends Chunk>(chunk: C): C {
  if ("layout" in chunk) return copyFixed(chunk) as C;
  const rows = copyRows(chunk);
  if ("components" in chunk) return { ...chunk, ...rows, components: copyFixed(chunk.components) };
  if ("codes" in chunk) return { ...chunk, ...rows, codes: copyFixed(chunk.codes) };
  if ("views" in chunk)
    return { ...chunk, ...rows, views: copyBytes(chunk.views), buffers: chunk.buffers.map(copyBytes) };
  if ("strings" in chunk) return { ...chunk, strings: [...chunk.strings] };
  return { ...chunk, ...rows, ...copyTexts(chunk) } as C;
}

/** Of a slice only its own texts. */
function copyTexts({ length, offsets, bytes }: TextChunk): Pick<TextChunk, "offsets" | "bytes"> {
  const own = bytes.subarray(Number(offsets[0] ?? 0), Number(offsets[length] ?? 0));
  if (offsets instanceof Int32Array) {
    const first = offsets[0] ?? 0;
    return { offsets: offsets.map((offset) => offset - first), bytes: copyBytes(own) };
  }
  const first = offsets[0] ?? 0n;
  return { offsets: offsets.map((offset) => offset - first), bytes: copyBytes(own) };
}

function copyFixed(chunk: FixedChunk): FixedChunk {
  return { ...chunk, ...copyRows(chunk), bytes: copyBytes(chunk.bytes) };
}

function copyRows({ length, validity, validityOffset }: Rows): Rows {
  const first = Math.floor(validityOffset / 8);
  const own = validity?.subarray(first, Math.ceil((validityOffset + length) / 8));
  return { length, validity: own ? copyBytes(own) : null, validityOffset: validityOffset - 8 * first };
}

function copyBytes(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}

/** Bytes of its buffers; of plain strings about what they take. */
export function sizeOf(chunk: Chunk): number {
  const validity = chunk.validity?.length ?? 0;
  if ("layout" in chunk) return validity + chunk.bytes.length;
  if ("components" in chunk) return validity + sizeOf(chunk.components);
  if ("codes" in chunk) return validity + sizeOf(chunk.codes);
  if ("views" in chunk)
    return validity + chunk.views.length + chunk.buffers.reduce((sum, { length }) => sum + length, 0);
  if ("strings" in chunk) return chunk.strings.reduce((sum, text) => sum + 8 + 2 * (text?.length ?? 0), 0);
  return validity + chunk.offsets.byteLength + chunk.bytes.length;
}

/** One batch's columns: nodes and buffers, in the order of the schema, become checked chunks. */
import { countBits } from "../column/bits.js";
import { fixedChunk, nullChunk, type RawRows, textChunk, textViewChunk, vectorChunk } from "../column/chunks.js";
import { checkCodes, resolveCodes } from "../column/codes.js";
import type { Column } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import type { FixedType, VectorType } from "../column/type.js";
import type { FixedChunk } from "../engine/chunk.js";
import { type Arena, Body } from "./arrow-body.js";
import { type Field, typeIds } from "./arrow-fields.js";
import type { Batch, Bytes } from "./arrow-messages.js";
import { checkUtf8 } from "./utf8.js";

export type Chunk = Column["chunks"][number];

/** A dictionary's values: of text the strings, of anything else a chunk. */
export type Dictionary = readonly (string | null)[] | FixedChunk;

/** Values of a dictionary by id; undefined: not there yet. */
type Dictionaries = (id: bigint) => Dictionary | undefined;

/** A field's length and its count of nulls. */
interface Node {
  readonly length: number;
  readonly nullCount: number;
}

/** Walks the nodes of a batch along the fields of its schema. */
class Walk {
  readonly #bytes: Bytes;
  readonly #batch: Batch;
  readonly #body: Body;
  #node = 0;
  #view = 0;

  constructor(bytes: Bytes, batch: Batch, arena: Arena) {
    this.#bytes = bytes;
    this.#batch = batch;
    this.#body = new Body(bytes, batch, arena);
  }

  /** The next node. */
  node(where: string): Node {
    const node = this.#batch.batch.nodes?.[this.#node++];
    if (!node) throw new FormatError(where, "a node", `${this.#batch.batch.nodes?.length ?? 0} nodes`);
    if (node.length < 0 || node.nullCount < 0 || node.nullCount > node.length) {
      throw new FormatError(where, "0 ≤ nulls ≤ length", `${node.nullCount} nulls of ${node.length}`);
    }
    return node;
  }

  /** The number of buffers that the next column of views has beside its views. */
  #viewBuffers(where: string): number {
    const count = this.#batch.batch.variadicBufferCounts?.[this.#view++] ?? -1;
    const most = this.#batch.batch.buffers?.length ?? 0;
    if (count < 0 || count > most) throw new FormatError(where, "a count of view buffers", `${count}`);
    return count;
  }

  /** Goes past a field that is not wanted or not supported. */
  skip(field: Field, where: string, rows?: number): void {
    const { length, nullCount } = this.node(where);
    if (rows !== undefined && length !== rows) throw new FormatError(where, `${rows} rows like its batch`, `${length}`);
    if (!field.dictionary && (field.typeId === typeIds.textView || field.typeId === typeIds.binaryView)) {
      this.#body.skip(this.#viewBuffers(where));
    }
    const old = field.typeId === typeIds.union && this.#batch.version === 3;
    if (old && nullCount > 0) throw new FormatError(where, "a union without validity", `${nullCount} nulls`);
    this.#body.skip(field.dictionary ? 2 : field.buffers + Number(old));
    if (!field.dictionary) for (const child of field.children) this.skip(child, where);
  }

  /** The next column's chunk, of as many rows as its batch. `dictionary` gives the values of a dictionary column. */
  chunk(field: Field, where: string, rows: number, dictionary: Dictionaries): Chunk {
    const node = this.node(where);
    if (node.length !== rows) throw new FormatError(where, `${rows} rows like its batch`, `${node.length}`);
    return this.#rows(field, where, node, dictionary);
  }

  /** The chunk of a node. */
  #rows(field: Field, where: string, { length, nullCount }: Node, dictionary: Dictionaries): Chunk {
    if (field.type.form === "null" && !field.dictionary) return nullChunk(length);
    const validity = this.#body.take(where);
    const raw: RawRows = { where, length, validity, validityOffset: 0 };
    const chunk = field.dictionary
      ? this.#codes(field.dictionary.codes, raw, dictionary(field.dictionary.id))
      : this.#values(field, raw);
    const nulls = validity.length > 0 ? length - countBits(validity, 0, length) : 0;
    if (nulls !== nullCount) throw new FormatError(where, `${nullCount} nulls`, `${nulls}`);
    return chunk;
  }

  /** A list's components are a node of their own. */
  #vectors(type: VectorType, { children }: Field, raw: RawRows): Chunk {
    const where = `${raw.where}, components`;
    const components = this.#rows(children[0]!, where, this.node(where), () => undefined);
    return vectorChunk(type, raw, components as FixedChunk);
  }

  #values(field: Field, raw: RawRows): Chunk {
    const { where } = raw;
    const { type } = field;
    const body = this.#body;
    if (type.form === "vector") return this.#vectors(type, field, raw);
    if (type.form === "fixed") return fixedChunk(type, raw, body.take(where));
    const first = body.take(where);
    const chunk =
      type.form === "textView"
        ? textViewChunk(
            raw,
            first,
            Array.from({ length: this.#viewBuffers(where) }, () => body.take(where)),
          )
        : textChunk(raw, first, type.form === "text" ? 4 : 8, body.take(where));
    checkUtf8(where, chunk);
    return chunk;
  }

  #codes(type: FixedType, raw: RawRows, dictionary: Dictionary | undefined): Chunk {
    const codes = fixedChunk(type, raw, this.#body.take(raw.where));
    const values = dictionary ?? [];
    checkCodes(raw.where, codes, values.length);
    if ("layout" in values) return resolveCodes(codes, values);
    const { length, validity, validityOffset } = codes;
    return { length, validity, validityOffset, codes, dictionary: values };
  }

  end(): void {
    const { length } = this.#batch.batch.nodes ?? [];
    if (this.#node !== length) throw new FormatError(this.#bytes.where, `${this.#node} nodes`, `${length}`);
    this.#body.end();
  }
}

/**
 * The chunks of a batch, by the fields' order; undefined where `wanted` says no.
 *
 * @throws FormatError when a node or buffer is not what the schema promises
 */
export function batchChunks(
  bytes: Bytes,
  batch: Batch,
  fields: readonly Field[],
  arena: Arena,
  wanted: (index: number) => boolean,
  dictionary: Dictionaries,
): (Chunk | undefined)[] {
  const rows = batch.batch.length ?? 0;
  if (rows < 0 || rows > 0x7fff_ffff) throw new FormatError(bytes.where, "a batch of 0 to 2^31 - 1 rows", `${rows}`);
  const walk = new Walk(bytes, batch, arena);
  const chunks = fields.map((field, index) => {
    const where = `${bytes.where}, column ${field.name}`;
    if (wanted(index)) return walk.chunk(field, where, rows, dictionary);
    walk.skip(field, where, rows);
    return undefined;
  });
  walk.end();
  return chunks;
}

/** One batch's columns: nodes and buffers, in the order of the schema, become parts. */
import { FormatError } from "../column/format-error.js";
import { Body } from "./arrow-body.js";
import { type Field, typeIds } from "./arrow-fields.js";
import type { Batch } from "./arrow-messages.js";
import type { Dictionary, FixedPart, Part } from "./part.js";

/** Values of a dictionary by id; undefined: not there yet. */
type Dictionaries = (id: bigint) => Dictionary | undefined;

/** A field's length and its count of nulls. */
interface Node {
  readonly length: number;
  readonly nullCount: number;
}

/** Walks the nodes of a batch along the fields of its schema. */
class Walk {
  readonly #where: string;
  readonly #batch: Batch;
  readonly #body: Body;
  #node = 0;
  #view = 0;

  constructor(where: string, batch: Batch) {
    this.#where = where;
    this.#batch = batch;
    this.#body = new Body(where, batch);
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

  /** The next column's part, of as many rows as its batch. `dictionary` gives the values of a dictionary column. */
  part(field: Field, where: string, rows: number, dictionary: Dictionaries): Part {
    const node = this.node(where);
    if (node.length !== rows) throw new FormatError(where, `${rows} rows like its batch`, `${node.length}`);
    return this.#rows(field, where, node, dictionary);
  }

  /** The part of a node. */
  #rows(field: Field, where: string, { length, nullCount }: Node, dictionary: Dictionaries): Part {
    const body = this.#body;
    const part = { where, length, nulls: nullCount, codec: body.codec };
    const { type } = field;
    if (type.form === "null" && !field.dictionary) return { ...part, form: "null" };
    const validity = body.take();
    const some = { ...part, validity };
    if (field.dictionary) {
      const { id, codes } = field.dictionary;
      return {
        ...some,
        form: "codes",
        type: { layout: codes.layout, scale: 0 },
        values: body.take(),
        dictionary: dictionary(id) ?? noDictionary(type),
      };
    }
    switch (type.form) {
      case "vector":
        return { ...some, form: "vectors", dimension: type.dimension, components: this.#components(field, where) };
      case "fixed": {
        const { layout, scale } = type;
        return { ...some, form: "fixed", type: { layout, scale }, values: body.take() };
      }
      case "textView": {
        const views = body.take();
        const buffers = Array.from({ length: this.#viewBuffers(where) }, () => body.take());
        return { ...some, form: "views", views, buffers };
      }
      default: {
        const offsets = body.take();
        return { ...some, form: "text", width: type.form === "text" ? 4 : 8, offsets, bytes: body.take() };
      }
    }
  }

  /** A list's components are a node of their own. */
  #components({ children }: Field, parent: string): FixedPart {
    const where = `${parent}, components`;
    return this.#rows(children[0]!, where, this.node(where), () => undefined) as FixedPart;
  }

  end(): void {
    const { length } = this.#batch.batch.nodes ?? [];
    if (this.#node !== length) throw new FormatError(this.#where, `${this.#node} nodes`, `${length}`);
    this.#body.end();
  }
}

/** What codes point to before a dictionary has come. */
function noDictionary(type: Field["type"]): Dictionary {
  if (type.form !== "fixed") return [];
  const { layout, scale } = type;
  return { length: 0, layout, scale, bytes: new Uint8Array(0), bitOffset: 0, validity: null, validityOffset: 0 };
}

/**
 * The parts of a batch, by the fields' order; undefined where `wanted` says no.
 *
 * @throws FormatError when a node or buffer is not what the schema promises
 */
export function batchParts(
  file: string,
  batch: Batch,
  fields: readonly Field[],
  wanted: (index: number) => boolean,
  dictionary: Dictionaries,
): (Part | undefined)[] {
  const rows = batch.batch.length ?? 0;
  if (rows < 0 || rows > 0x7fff_ffff) throw new FormatError(file, "a batch of 0 to 2^31 - 1 rows", `${rows}`);
  const walk = new Walk(file, batch);
  const parts = fields.map((field, index) => {
    const where = `${file}, column ${field.name}`;
    if (wanted(index)) return walk.part(field, where, rows, dictionary);
    walk.skip(field, where, rows);
    return undefined;
  });
  walk.end();
  return parts;
}

/** Columns that grow field by field, in shared memory: chunks of rising size, so that nothing is ever moved. */
import { setBit } from "../column/bits.js";
import type { Column } from "../column/column.js";
import { type ArrowType, arrowType, type FixedType } from "../column/type.js";
import { bitsOf, type DictionaryChunk, type FixedChunk, type Layout } from "../engine/chunk.js";
import {
  boolean,
  type CsvType,
  classOf,
  date,
  float,
  integer,
  microseconds,
  missing,
  numberOf,
  timestamp,
} from "./csv-values.js";

const smallest = 1 << 12;
const largest = 1 << 18;

/** The Arrow type of each type but text. */
const types: Readonly<Record<Exclude<CsvType, "text">, ArrowType>> = {
  none: arrowType({ typeId: 3, precision: 2 }),
  integer: arrowType({ typeId: 2, bitWidth: 64, isSigned: true }),
  float: arrowType({ typeId: 3, precision: 2 }),
  boolean: arrowType({ typeId: 6 }),
  date: arrowType({ typeId: 8, unit: 0 }),
  timestamp: arrowType({ typeId: 10, unit: 2, timezone: "UTC" }),
};

/** The classes that a column of each type takes; text takes all. */
const accepted: Readonly<Record<CsvType, number>> = {
  none: missing,
  integer: missing | integer,
  float: missing | integer | float,
  boolean: missing | boolean,
  date: missing | date,
  timestamp: missing | date | timestamp,
  text: 127,
};

/** One chunk under construction. */
interface Part {
  readonly size: number;
  readonly validity: Uint8Array;
  readonly bytes: Uint8Array;
  readonly doubles: Float64Array;
  readonly words: Int32Array;
  length: number;
  nulls: number;
}

function part(size: number, layout: Layout): Part {
  const memory = new SharedArrayBuffer((size * bitsOf[layout]) / 8);
  return {
    size,
    validity: new Uint8Array(new SharedArrayBuffer(size / 8)),
    bytes: new Uint8Array(memory),
    doubles: new Float64Array(memory, 0, Math.floor(memory.byteLength / 8)),
    words: new Int32Array(memory, 0, memory.byteLength / 4),
    length: 0,
    nulls: 0,
  };
}

/** Writes a 64-bit integer. */
function setWide(words: Int32Array, row: number, value: number | bigint): void {
  if (typeof value === "number" && Number.isSafeInteger(value)) {
    words[2 * row] = value; // the low 32 bits: that is how numbers become elements
    words[2 * row + 1] = Math.floor(value / 2 ** 32);
  } else {
    const exact = BigInt(value);
    words[2 * row] = Number(BigInt.asIntN(32, exact));
    words[2 * row + 1] = Number(BigInt.asIntN(32, exact >> 32n));
  }
}

/** Collects one column's fields as the type that is expected, and the classes that there really are. */
export class CsvColumn {
  readonly #type: CsvType;
  readonly #layout: Layout;
  #parts: Part[] = [];
  readonly #codes = new Map<string, number>();
  /** Grows as long as fields are added. */
  readonly #dictionary: string[] = [];
  #part: Part;
  #classes = 0;
  #rows = 0;

  constructor(type: CsvType) {
    this.#type = type;
    this.#layout = type === "text" ? "i32" : (types[type] as FixedType).layout;
    this.#part = part(smallest, this.#layout);
  }

  /** The classes of all fields so far. Text columns do not look: no field makes them another type. */
  get classes(): number {
    return this.#classes;
  }

  add(field: string): void {
    if (this.#part.length === this.#part.size) {
      this.#parts.push(this.#part);
      this.#part = part(Math.min(largest, this.#part.size * 2), this.#layout);
    }
    const to = this.#part;
    const row = to.length++;
    this.#rows++;
    if (this.#type === "text") {
      let code = this.#codes.get(field);
      if (code === undefined) {
        code = this.#codes.size;
        this.#codes.set(field, code);
        this.#dictionary.push(field);
      }
      to.words[row] = code;
      return;
    }
    const valid = this.#write(to, row, field);
    if (valid) setBit(to.validity, row);
    else to.nulls++;
  }

  /** Writes a field of the expected type; notes the class of every one. */
  #write(to: Part, row: number, field: string): boolean {
    if (this.#type === "date" || this.#type === "timestamp") {
      const value = microseconds(field);
      const of = Number.isNaN(value) ? classOf(field) : field.length === 10 ? date : timestamp;
      this.#classes |= of;
      if ((of & accepted[this.#type]) === 0 || of === missing) return false;
      if (this.#type === "date") to.words[row] = value / 86_400e6;
      else setWide(to.words, row, value);
      return true;
    }
    const of = classOf(field);
    this.#classes |= of;
    if ((of & accepted[this.#type]) === 0 || of === missing) return false;
    if (this.#type === "integer") {
      setWide(to.words, row, field.length < 16 ? Number(field) : BigInt(field.replace("+", "")));
    } else if (this.#type === "float") {
      to.doubles[row] = numberOf(field);
    } else if (field.length === 4) {
      setBit(to.bytes, row);
    }
    return true;
  }

  /** The chunks that are full, which are not kept; a dictionary may still grow. */
  drain(): (FixedChunk | DictionaryChunk)[] {
    const full = this.#chunks(this.#parts);
    this.#parts = [];
    return full;
  }

  /** The column without its rows. */
  about(): Column {
    if (this.#type === "text") return { kind: "categorical", type: "Utf8", rows: 0, chunks: [] };
    const { kind, name, unitsPerSecond } = types[this.#type] as FixedType;
    return { kind, type: name, rows: 0, chunks: [], unitsPerSecond };
  }

  /** The column, of chunks that were not drained. */
  column(): Column {
    const chunks = this.#chunks([...this.#parts, this.#part]) as FixedChunk[];
    return { ...this.about(), rows: this.#rows, chunks } as Column;
  }

  #chunks(parts: readonly Part[]): (FixedChunk | DictionaryChunk)[] {
    const filled = parts.filter(({ length }) => length > 0);
    const chunks = filled.map(({ length, nulls, validity, bytes }): FixedChunk => {
      const end = Math.ceil((length * bitsOf[this.#layout]) / 8);
      return {
        length,
        layout: this.#layout,
        scale: 0,
        bytes: bytes.subarray(0, end),
        bitOffset: 0,
        validity: nulls > 0 ? validity : null,
        validityOffset: 0,
      };
    });
    if (this.#type !== "text") return chunks;
    const dictionary = this.#dictionary;
    return chunks.map((codes) => ({ length: codes.length, validity: null, validityOffset: 0, codes, dictionary }));
  }
}

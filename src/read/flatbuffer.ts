/**
 * A strict reader of FlatBuffers, driven by a description of the schema. Every offset, size and alignment is checked
 * before it is followed, and a budget bounds the work: tables may point to one table a thousand times over, so that a
 * small buffer could otherwise unfold without end.
 *
 * Scalars that a table leaves out are undefined: their defaults are the schema's business.
 */
import { FormatError } from "../column/format-error.js";

const deepest = 64;

/** How one kind of value is read at a position of the buffer. */
export interface Type<T> {
  /** Bytes that the value takes in its table, vector or struct. */
  readonly size: number;
  readonly alignment: number;
  read(reader: Reader, at: number): T;
}

/** One buffer, and the work that may still be spent on it. */
export class Reader {
  readonly view: DataView;
  readonly where: string;
  #budget: number;
  #depth = 0;

  constructor(bytes: Uint8Array, where: string) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.where = where;
    this.#budget = 8 * bytes.byteLength + 1024;
  }

  /** Reads the buffer's root table. */
  root<T>(type: Type<T>): T {
    return type.read(this, 0);
  }

  /**
   * Refuses [at, at + size) when it is not inside the buffer or not on its alignment. Of that only four bytes are asked
   * for: older writers put the blocks of a footer there, and Arrow's own reader takes them.
   */
  check(at: number, size: number, alignment: number): void {
    if (at % Math.min(alignment, 4) !== 0 || at < 0 || at + size > this.view.byteLength) {
      this.fail(`${size} bytes on a multiple of ${alignment}`, `position ${at} of ${this.view.byteLength}`);
    }
    this.#budget -= size;
    if (this.#budget < 0) this.fail("metadata without repetition", "tables that are pointed to again and again");
  }

  /** Follows the unsigned offset at `at`. */
  follow(at: number): number {
    this.check(at, 4, 4);
    const offset = this.view.getUint32(at, true);
    if (offset === 0 || offset > 0x7fff_ffff) this.fail("an offset", `${offset}`);
    return at + offset;
  }

  nested<T>(read: () => T): T {
    if (++this.#depth > deepest) this.fail(`at most ${deepest} levels`, "more");
    const value = read();
    this.#depth--;
    return value;
  }

  fail(expected: string, found: string): never {
    throw new FormatError(`${this.where}, metadata`, expected, found);
  }
}

const scalar = <T>(size: number, read: (view: DataView, at: number, reader: Reader) => T): Type<T> => ({
  size,
  alignment: size,
  read(reader, at) {
    reader.check(at, size, size);
    return read(reader.view, at, reader);
  },
});

export const bool = scalar(1, (view, at) => view.getUint8(at) !== 0);
export const i8 = scalar(1, (view, at) => view.getInt8(at));
export const i16 = scalar(2, (view, at) => view.getInt16(at, true));
export const i32 = scalar(4, (view, at) => view.getInt32(at, true));
/** Any 64-bit integer. */
export const wide = scalar(8, (view, at) => view.getBigInt64(at, true));
/** A 64-bit integer that counts or measures something: what is not exact as a number is refused. */
export const i64 = scalar(8, (view, at, reader) => {
  const value = Number(view.getBigInt64(at, true));
  return Number.isSafeInteger(value) ? value : reader.fail("a size below 2^53", `${value}`);
});

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

export const string: Type<string> = {
  size: 4,
  alignment: 4,
  read(reader, at) {
    const start = reader.follow(at);
    const length = i32.read(reader, start);
    if (length < 0) reader.fail("a string", `${length} bytes`);
    reader.check(start + 4, length + 1, 1);
    if (reader.view.getUint8(start + 4 + length) !== 0) reader.fail("a string that ends with a zero", "none");
    const { buffer, byteOffset } = reader.view;
    return utf8.decode(new Uint8Array(buffer, byteOffset + start + 4, length));
  },
};

export const vector = <T>(item: Type<T>): Type<T[]> => ({
  size: 4,
  alignment: 4,
  read(reader, at) {
    const start = reader.follow(at);
    const length = i32.read(reader, start);
    if (length < 0) reader.fail("a vector", `${length} elements`);
    // Writers align the elements: there is nothing to align in an empty vector.
    if (length > 0) reader.check(start + 4, length * item.size, item.alignment);
    return Array.from({ length }, (_, index) => item.read(reader, start + 4 + index * item.size));
  },
});

/** Fixed fields at fixed positions. */
export const struct = <T extends object>(
  size: number,
  fields: { readonly [K in keyof T]: readonly [at: number, type: Type<T[K]>] },
): Type<T> => ({
  size,
  alignment: 8,
  read(reader, at) {
    reader.check(at, size, 8);
    const entries = Object.entries(fields) as [string, readonly [number, Type<unknown>]][];
    return Object.fromEntries(entries.map(([name, [offset, type]]) => [name, type.read(reader, at + offset)])) as T;
  },
});

/** One of several tables, told by a number that lies in the slot before it. */
export interface Union<T> extends Type<T> {
  readonly members: Readonly<Record<number, Type<unknown>>>;
}

/** A union's number and its table. */
export interface Member<T> {
  readonly tag: number;
  readonly value: T;
}

export const union = <T>(members: Readonly<Record<number, Type<T>>>): Union<Member<T>> => ({
  size: 4,
  alignment: 4,
  members,
  read: (reader) => reader.fail("a union in a table", "one elsewhere"),
});

type Fields = Readonly<Record<string, Type<unknown>>>;
type Read<F extends Fields> = { readonly [K in keyof F]: F[K] extends Type<infer T> ? T | undefined : never };

/** A table; the fields in the order of their slots. */
export const table = <F extends Fields>(fields: F): Type<Read<F>> => ({
  size: 4,
  alignment: 4,
  read: (reader, from) =>
    reader.nested(() => {
      const at = reader.follow(from);
      const vtable = at - i32.read(reader, at);
      reader.check(vtable, 4, 2);
      const slots = reader.view.getUint16(vtable, true);
      if (slots < 4 || slots % 2 !== 0) reader.fail("a table of slots", `${slots} bytes`);
      reader.check(vtable, slots, 2);
      let slot = 4;
      const next = (): number => {
        const offset = slot < slots ? reader.view.getUint16(vtable + slot, true) : 0;
        slot += 2;
        return offset && at + offset;
      };
      const read = (type: Type<unknown>): unknown => {
        const position = next();
        if (!("members" in type)) return position ? type.read(reader, position) : undefined;
        const tag = position ? i8.read(reader, position) & 255 : 0;
        const member = next();
        if (tag === 0 || member === 0) return undefined;
        const { [tag]: of } = (type as Union<unknown>).members;
        return { tag, value: of?.read(reader, member) };
      };
      return Object.fromEntries(Object.entries(fields).map(([name, type]) => [name, read(type)])) as Read<F>;
    }),
});

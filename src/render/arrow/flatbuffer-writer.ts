/**
 * A small writer of FlatBuffers, for Arrow's metadata: values that know their size, written front to back. What a table or a
 * vector points to comes after it, so that every offset is positive, as the format asks for; a vtable comes right before its
 * table. `read/flatbuffer.ts` reads them.
 */

/** A value that lies in its table or vector. */
export interface Scalar {
  readonly size: 1 | 2 | 4 | 8;
  readonly write: (view: DataView, at: number) => void;
}

/** What is pointed to. */
export type Target = Table | Vector | { readonly text: string };

/** Fields in the order of their slots; `null` is left out. */
export interface Table {
  readonly fields: readonly (Scalar | Target | null)[];
}

/** Tables that are pointed to, or structs of 8-byte alignment side by side. */
export interface Vector {
  readonly items: readonly Target[] | readonly (readonly Scalar[])[];
}

export const u8 = (value: number): Scalar => ({ size: 1, write: (view, at) => view.setUint8(at, value) });
export const i16 = (value: number): Scalar => ({ size: 2, write: (view, at) => view.setInt16(at, value, true) });
export const i32 = (value: number): Scalar => ({ size: 4, write: (view, at) => view.setInt32(at, value, true) });
export const i64 = (value: number): Scalar => ({
  size: 8,
  write: (view, at) => view.setBigInt64(at, BigInt(value), true),
});

const utf8 = new TextEncoder();

/** A buffer with `root` as its root table; a multiple of 8 bytes. */
export function flatBuffer(root: Table): Uint8Array {
  const output = new Growing();
  const first = output.take(4, 4);
  output.pointTo(first, root);
  return output.bytes();
}

class Growing {
  #view = new DataView(new ArrayBuffer(1024));
  #length = 0;

  /** Room for `size` bytes of zeros, of which that after the first `head` ones lies on a multiple of `alignment`. */
  take(size: number, alignment: number, head = 0): number {
    const at = Math.ceil((this.#length + head) / alignment) * alignment - head;
    this.#length = at + size;
    if (this.#length > this.#view.byteLength) {
      const larger = new Uint8Array(2 * this.#length);
      larger.set(new Uint8Array(this.#view.buffer));
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }

  /** Writes what is pointed to, and its offset to where it is pointed from. */
  pointTo(from: number, target: Target): void {
    const at =
      "text" in target ? this.#text(target.text) : "fields" in target ? this.#table(target) : this.#vector(target);
    this.#view.setUint32(from, at - from, true);
  }

  bytes(): Uint8Array {
    this.take(0, 8);
    return new Uint8Array(this.#view.buffer, 0, this.#length);
  }

  /** `i32 length | UTF-8 | 0` */
  #text(text: string): number {
    const encoded = utf8.encode(text);
    const at = this.take(4 + encoded.length + 1, 4);
    this.#view.setInt32(at, encoded.length, true);
    new Uint8Array(this.#view.buffer).set(encoded, at + 4);
    return at;
  }

  /** `u16 vtable's bytes | u16 table's bytes | u16 position of each field | i32 back to the vtable | fields` */
  #table({ fields }: Table): number {
    const vtable = this.take(4 + 2 * fields.length, 2);
    const at = this.take(4, 8);
    this.#view.setInt32(at, at - vtable, true);
    const places = fields.map((field) => {
      if (field === null) return 0;
      const size = "size" in field ? field.size : 4;
      return this.take(size, size);
    });
    this.#view.setUint16(vtable, 4 + 2 * fields.length, true);
    this.#view.setUint16(vtable + 2, this.#length - at, true);
    for (const [slot, field] of fields.entries()) {
      const place = places[slot]!;
      if (field === null) continue;
      this.#view.setUint16(vtable + 4 + 2 * slot, place - at, true);
      if ("size" in field) field.write(this.#view, place);
      else this.pointTo(place, field);
    }
    return at;
  }

  /** `i32 length | elements`, the elements on a multiple of 8. */
  #vector({ items }: Vector): number {
    const at = this.take(4, 8, 4);
    this.#view.setInt32(at, items.length, true);
    const structs = items.filter((item): item is readonly Scalar[] => Array.isArray(item));
    for (const scalars of structs) {
      for (const scalar of scalars) scalar.write(this.#view, this.take(scalar.size, scalar.size));
    }
    const targets = items.filter((item): item is Target => !Array.isArray(item));
    const places = targets.map(() => this.take(4, 4));
    for (const [k, target] of targets.entries()) this.pointTo(places[k]!, target);
    return at;
  }
}

/**
 * A column's values within one block of a store, in shared memory: threads read them where they are. What is written stays,
 * so that views of it can be handed out while more is added behind.
 */
import type { PlainTexts } from "../column/as-texts.js";
import { allSet, bitAt } from "../column/bits.js";
import { bitsOf, type Chunk, type FixedChunk, type Rows } from "../engine/chunk.js";
import type { Shape } from "./store-shape.js";

/** Zeros in shared memory. */
export type Room = (length: number) => Uint8Array;

function sharedBytes(length: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length));
}

/** Bytes of 8-byte words that no number is written to. */
let zeroBytes = sharedBytes(1024);

/** Zeros that are shared by all that read them. */
function zeros(length: number): Uint8Array {
  if (length > zeroBytes.length) zeroBytes = sharedBytes(2 * length);
  return zeroBytes.subarray(0, length);
}

/** Bits copied; in bytes where both lie on whole ones. */
function copyBits(source: Uint8Array, from: number, target: Uint8Array, to: number, length: number): void {
  let k = 0;
  if ((from & 7) === 0 && (to & 7) === 0) {
    const whole = length >> 3;
    target.set(source.subarray(from >> 3, (from >> 3) + whole), to >> 3);
    k = 8 * whole;
  }
  for (; k < length; k++) {
    const at = to + k;
    if (bitAt(source, from + k)) target[at >> 3]! |= 1 << (at & 7);
    else target[at >> 3]! &= ~(1 << (at & 7));
  }
}

/** Which rows of a part hold a value. Rows behind `next` that the block has are null. */
class Presence {
  next = 0;
  #validity: Uint8Array | null = null;
  readonly #capacity: number;
  readonly #room: Room;

  constructor(capacity: number, room: Room) {
    this.#capacity = capacity;
    this.#room = room;
  }

  skipTo(row: number): void {
    if (row <= this.next) return;
    const bits = this.#bits();
    for (let k = this.next; k < row; k++) bits[k >> 3]! &= ~(1 << (k & 7));
    this.next = row;
  }

  add({ length, validity, validityOffset }: Rows): void {
    if (validity) copyBits(validity, validityOffset, this.#bits(), this.next, length);
    this.next += length;
  }

  rows(from: number, to: number): Rows {
    const length = to - from;
    const validity = this.#validity && !allSet(this.#validity, from, length) ? this.#validity : null;
    if (!validity) return { length, validity, validityOffset: 0 };
    const first = from >> 3;
    return { length, validity: validity.subarray(first, Math.ceil(to / 8)), validityOffset: from & 7 };
  }

  #bits(): Uint8Array {
    this.#validity ??= this.#room(Math.ceil(this.#capacity / 8)).fill(255);
    return this.#validity;
  }
}

/** A column's values within a block. */
export interface Part {
  /** Rows up to `row` that were not written are null. */
  skipTo(row: number): void;
  write(chunk: Chunk): void;
  /** Views of some rows, which were written or skipped. */
  chunk(from: number, to: number): Chunk;
}

/** A part for so many rows of a shape. */
export function partOf(shape: Shape, capacity: number, room: Room): Part {
  switch (shape.form) {
    case "texts":
      return new TextPart(capacity, room);
    case "vectors":
      return new VectorPart(shape, capacity, room);
    case "fixed":
      return new FixedPart(shape, capacity, room);
  }
}

class FixedPart implements Part {
  readonly #presence: Presence;
  readonly #shape: Pick<FixedChunk, "layout" | "scale">;
  readonly #values: Uint8Array;

  constructor({ layout, scale }: Pick<FixedChunk, "layout" | "scale">, capacity: number, room: Room) {
    this.#presence = new Presence(capacity, room);
    this.#shape = { layout, scale };
    this.#values = room(Math.ceil((capacity * bitsOf[layout]) / 8));
  }

  skipTo(row: number): void {
    this.#presence.skipTo(row);
  }

  write(chunk: Chunk): void {
    const { bytes, bitOffset, length } = chunk as FixedChunk;
    const at = this.#presence.next;
    const bits = bitsOf[this.#shape.layout];
    if (bits === 1) copyBits(bytes, bitOffset, this.#values, at, length);
    else this.#values.set(bytes.subarray(0, (length * bits) / 8), (at * bits) / 8);
    this.#presence.add(chunk);
  }

  chunk(from: number, to: number): FixedChunk {
    const bits = bitsOf[this.#shape.layout];
    const bytes = this.#values.subarray(Math.floor((from * bits) / 8), Math.ceil((to * bits) / 8));
    return { ...this.#presence.rows(from, to), ...this.#shape, bytes, bitOffset: (from * bits) & 7 };
  }
}

class VectorPart implements Part {
  readonly #presence: Presence;
  readonly #components: FixedPart;
  readonly #dimension: number;

  constructor({ dimension, layout }: Shape & { readonly form: "vectors" }, capacity: number, room: Room) {
    this.#presence = new Presence(capacity, room);
    this.#components = new FixedPart({ layout, scale: 0 }, capacity * dimension, room);
    this.#dimension = dimension;
  }

  skipTo(row: number): void {
    this.#presence.skipTo(row);
    this.#components.skipTo(row * this.#dimension);
  }

  write(chunk: Chunk): void {
    const { components, length } = chunk as Extract<Chunk, { components: FixedChunk }>;
    this.#components.write({ ...components, length: length * this.#dimension });
    this.#presence.add(chunk);
  }

  chunk(from: number, to: number): Chunk {
    const dimension = this.#dimension;
    const components = this.#components.chunk(from * dimension, to * dimension);
    return { ...this.#presence.rows(from, to), dimension, components };
  }
}

class TextPart implements Part {
  readonly #presence: Presence;
  readonly #offsets: Int32Array;
  readonly #room: Room;
  #texts: Uint8Array;

  constructor(capacity: number, room: Room) {
    this.#presence = new Presence(capacity, room);
    this.#offsets = new Int32Array(room(4 * (capacity + 1)).buffer, 0, capacity + 1);
    this.#room = room;
    this.#texts = room(256);
  }

  /** Bytes of texts so far. */
  get size(): number {
    return this.#offsets[this.#presence.next]!;
  }

  skipTo(row: number): void {
    this.#offsets.fill(this.size, this.#presence.next, row + 1);
    this.#presence.skipTo(row);
  }

  write(chunk: Chunk): void {
    const { length, offsets, bytes } = chunk as PlainTexts;
    const { next } = this.#presence;
    const first = offsets[0]!;
    const at = this.size;
    const end = at + offsets[length]! - first;
    if (end > this.#texts.length) {
      const larger = this.#room(Math.max(2 * this.#texts.length, end));
      larger.set(this.#texts.subarray(0, at));
      this.#texts = larger;
    }
    this.#texts.set(bytes.subarray(first, offsets[length]!), at);
    for (let row = 1; row <= length; row++) this.#offsets[next + row] = at + offsets[row]! - first;
    this.#presence.add(chunk);
  }

  chunk(from: number, to: number): Chunk {
    const offsets = this.#offsets.subarray(from, to + 1);
    return { ...this.#presence.rows(from, to), offsets, bytes: this.#texts };
  }
}

/** Whether a block's texts have no room for more of them. */
export function overflows(part: Part | undefined, more: readonly PlainTexts[]): boolean {
  const bytes = more.reduce((sum, { offsets, length }) => sum + offsets[length]! - offsets[0]!, 0);
  return part instanceof TextPart && part.size + bytes > 0x7fff_ffff;
}

/** Nulls of a shape, in memory that all of them share. */
export function nullsOf(shape: Shape, length: number): Chunk {
  const rows = { length, validity: zeros(Math.ceil(length / 8)), validityOffset: 0 };
  const fixed = (layout: FixedChunk["layout"], scale: number, values: number): FixedChunk => {
    const bytes = zeros(Math.ceil((values * bitsOf[layout]) / 8));
    return { ...rows, length: values, validity: zeros(Math.ceil(values / 8)), layout, scale, bytes, bitOffset: 0 };
  };
  switch (shape.form) {
    case "texts":
      return { ...rows, offsets: new Int32Array(zeros(4 * (length + 1)).buffer, 0, length + 1), bytes: zeros(0) };
    case "vectors": {
      const { dimension, layout } = shape;
      return { ...rows, dimension, components: fixed(layout, 0, length * dimension) };
    }
    case "fixed":
      return fixed(shape.layout, shape.scale, length);
  }
}

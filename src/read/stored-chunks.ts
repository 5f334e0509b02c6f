/** A column's chunks, read from files whenever they are asked for. */
import type { Column } from "../column/column.js";
import { sliceChunk } from "../column/slice.js";
import {
  bitsOf,
  type Chunk,
  type FixedChunk,
  type Layout,
  type PlainReader,
  type StoredChunks,
} from "../engine/chunk.js";
import { copyOf } from "../engine/in-memory.js";
import type { Part } from "./part.js";
import { isChunk } from "./part-chunk.js";
import { piecesOf, someOf } from "./pieces.js";
import { type OpenPlace, openPlace, type Place } from "./place.js";
import { giveBack, takeRoom } from "./room.js";

/** Parts that lie in one place. */
export interface Stretch {
  readonly place: Place;
  readonly parts: readonly Part[];
}

/** What stored chunks are made of: plain data that can be cloned to another thread. */
export interface Description {
  readonly stretches: readonly Stretch[];
  /** See `StoredChunks`. */
  readonly memory: number;
}

/** The column whose chunks were described. */
export function storedFrom<C extends Column>({
  described,
  ...about
}: Omit<C, "chunks"> & { readonly described: object }): C {
  return { ...about, chunks: new FileChunks(described as Description) } as unknown as C;
}

/** Reads chunks from files. */
export class FileChunks implements StoredChunks<never> {
  readonly stored = true;
  readonly form: StoredChunks["form"];
  readonly layout: Layout | null;
  readonly buffers: number;
  readonly memory: number;
  readonly plain: (() => PlainReader) | null;
  readonly description: Description;
  /** What has to live as long as the chunks. */
  readonly #owner: object | undefined;

  constructor(description: Description, owner?: object) {
    const parts = description.stretches.flatMap(({ parts }) => parts);
    const layouts = new Set(parts.map(layoutOf));
    this.description = description;
    this.#owner = owner;
    this.memory = description.memory;
    this.form = formOf(parts[0]);
    this.layout = [...layouts][0] ?? null;
    this.buffers = parts.reduce((most, part) => Math.max(most, part.form === "views" ? part.buffers.length : 0), 0);
    const plain = parts.every(isPlain) && (this.layout === "f64" || this.layout === "i64");
    this.plain = plain ? () => new PartsReader(description.stretches) : null;
  }

  *[Symbol.iterator](): Generator<never> {
    yield* chunksOf(this.description.stretches) as Generator<never>;
    void this.#owner;
  }

  slice(start: number, end: number): never[] {
    return sliceOf(this.description.stretches, start, end) as never[];
  }

  pick(rows: Float64Array): never[] {
    const { stretches } = this.description;
    const found = stretches.some(({ parts }) => parts.some(({ codec, form }) => codec !== null || form !== "fixed"))
      ? pickWalking(stretches, rows)
      : pickReading(stretches, rows);
    return found as never[];
  }
}

/** Copies of some rows. */
function sliceOf(stretches: readonly Stretch[], start: number, end: number): Chunk[] {
  const room = takeRoom();
  const found: Chunk[] = [];
  try {
    let row = 0;
    for (const { place, parts } of stretches) {
      const open = openPlace(place);
      try {
        for (const part of parts) {
          const to = Math.min(end - row, part.length);
          // Bitmaps are read from whole bytes on.
          let at = Math.floor(Math.max(start - row, 0) / 8) * 8;
          if (at < to) {
            for (const chunk of someOf(part, at, to, { place: open, room })) {
              const skipped = Math.max(start - row - at, 0);
              if (skipped < chunk.length) found.push(copyOf(sliceChunk(chunk, skipped, chunk.length)));
              at += chunk.length;
            }
          }
          row += part.length;
        }
      } finally {
        open.close();
      }
    }
  } finally {
    giveBack(room);
  }
  return found;
}

function* chunksOf(stretches: readonly Stretch[]): Generator<Chunk> {
  const room = takeRoom();
  try {
    for (const { place, parts } of stretches) {
      const open = openPlace(place);
      try {
        for (const part of parts) if (part.length > 0) yield* piecesOf(part, { place: open, room });
      } finally {
        open.close();
      }
    }
  } finally {
    giveBack(room);
  }
}

function formOf(part: Part | undefined): StoredChunks["form"] {
  switch (part?.form) {
    case "text":
    case "views":
      return "text";
    case "vectors":
      return "vectors";
    case "codes":
      return isChunk(part.dictionary) ? "fixed" : "codes";
    default:
      return "fixed";
  }
}

function layoutOf(part: Part): Layout | null {
  if (part.form === "null") return "bit";
  if (part.form === "fixed") return part.type.layout;
  return part.form === "codes" && isChunk(part.dictionary) ? part.dictionary.layout : null;
}

function isPlain(part: Part): boolean {
  return part.form === "fixed" && part.codec === null && part.validity.length === 0 && bitsOf[part.type.layout] === 64;
}

/** Reads plain rows of parts one after the other. */
class PartsReader implements PlainReader {
  readonly #parts: readonly { readonly stretch: Stretch; readonly part: Part }[];
  /** The part that was read last, and its first row. */
  #part = 0;
  #start = 0;
  #open: { readonly of: Stretch; readonly place: OpenPlace } | undefined;

  constructor(stretches: readonly Stretch[]) {
    this.#parts = stretches.flatMap((stretch) => stretch.parts.map((part) => ({ stretch, part })));
  }

  read(from: number, into: Uint8Array): void {
    const end = from + into.length / 8;
    if (from < this.#start) this.#part = this.#start = 0;
    for (; this.#part < this.#parts.length; this.#start += this.#parts[this.#part++]!.part.length) {
      const { stretch, part } = this.#parts[this.#part]!;
      const first = Math.max(from, this.#start);
      const last = Math.min(end, this.#start + part.length);
      if (first < last && part.form === "fixed") {
        const to = into.subarray((first - from) * 8, (last - from) * 8);
        this.#placeOf(stretch).read(part.values.at + (first - this.#start) * 8, to);
      }
      if (this.#start + part.length >= end) return;
    }
  }

  #placeOf(of: Stretch): OpenPlace {
    if (this.#open?.of !== of) {
      this.close();
      this.#open = { of, place: openPlace(of.place) };
    }
    return this.#open.place;
  }

  close(): void {
    this.#open?.place.close();
    this.#open = undefined;
  }
}

/** Chosen rows out of all that are read. */
function pickWalking(stretches: readonly Stretch[], rows: Float64Array): FixedChunk[] {
  const found: FixedChunk[] = [];
  let [start, next] = [0, 0];
  for (const chunk of chunksOf(stretches) as Iterable<FixedChunk>) {
    for (; next < rows.length && rows[next]! < start + chunk.length; next++) {
      const row = rows[next]! - start;
      const one = sliceChunk(chunk, row, row + 1) as FixedChunk;
      if (isValid(one)) found.push({ ...copyOf(one), validity: null });
    }
    start += chunk.length;
    if (next === rows.length) break;
  }
  return found;
}

function isValid({ validity, validityOffset }: FixedChunk): boolean {
  return !validity || ((validity[Math.floor(validityOffset / 8)]! >> (validityOffset & 7)) & 1) === 1;
}

/** Chosen rows, of which only these are read. */
function pickReading(stretches: readonly Stretch[], rows: Float64Array): FixedChunk[] {
  const found: FixedChunk[] = [];
  let [start, next] = [0, 0];
  for (const { place, parts } of stretches) {
    const open = openPlace(place);
    try {
      for (const part of parts) {
        for (; next < rows.length && rows[next]! < start + part.length; next++) {
          const one = oneRow(part, rows[next]! - start, open);
          if (one) found.push(one);
        }
        start += part.length;
      }
    } finally {
      open.close();
    }
  }
  return found;
}

function oneRow(part: Part, row: number, open: OpenPlace): FixedChunk | null {
  if (part.form !== "fixed") return null;
  const byte = new Uint8Array(1);
  if (part.validity.length > 0) {
    open.read(part.validity.at + Math.floor(row / 8), byte);
    if (((byte[0]! >> (row % 8)) & 1) === 0) return null;
  }
  const { layout, scale } = part.type;
  const bit = row * bitsOf[layout];
  const bytes = new Uint8Array(Math.ceil(bitsOf[layout] / 8));
  open.read(part.values.at + Math.floor(bit / 8), bytes);
  return { length: 1, validity: null, validityOffset: 0, layout, scale, bytes, bitOffset: bit % 8 };
}

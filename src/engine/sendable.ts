/**
 * What can be sent to a worker thread without copying it twice. Arrays over shared memory are sent as they are, which
 * sends their addresses; others are put into engine memory once, and the worker sees them there.
 */
import type { Engine } from "./memory.js";
import { type TypedArray, type TypedArrayName, typedArrays } from "./typed-arrays.js";
import { align, type Region } from "./workspace.js";

/** Stands for an array whose bytes lie in engine memory. */
interface Placed {
  readonly placed: TypedArrayName;
  readonly address: number;
  readonly length: number;
}

/** Whether an array's bytes can be seen by other threads. */
function isShared({ buffer }: ArrayBufferView): boolean {
  return buffer instanceof SharedArrayBuffer;
}

/** Bytes of engine memory that sending `value` takes; an array that is named twice is placed once. */
export function bytesToPlace(value: unknown): number {
  let bytes = 0;
  const seen = new Set<string | ArrayBufferLike>();
  const names = new Map<ArrayBufferLike, number>();
  mapArrays(value, (array) => {
    if (isShared(array)) return array;
    const key = keyOf(array, names);
    if (!seen.has(key)) bytes += align(array.byteLength);
    seen.add(key);
    return array;
  });
  return bytes;
}

/** One name for all views of the same bytes. */
function keyOf({ buffer, byteOffset, byteLength }: TypedArray, names: Map<ArrayBufferLike, number>): string {
  const name = names.get(buffer) ?? names.size;
  names.set(buffer, name);
  return `${name} ${byteOffset} ${byteLength}`;
}

/**
 * A value of plain objects, arrays, maps and typed arrays as it is sent to a worker.
 *
 * @returns what to send, and where the region's free part begins
 */
export function sendable(
  value: unknown,
  region: Region,
  engine: Engine,
): { readonly sent: unknown; readonly end: number } {
  let end = align(region.start);
  const addresses = new Map<string, number>();
  const names = new Map<ArrayBufferLike, number>();
  const sent = mapArrays(value, (array): unknown => {
    if (isShared(array)) return array;
    const key = keyOf(array, names);
    let address = addresses.get(key);
    if (address === undefined) {
      address = end;
      end = align(end + array.byteLength);
      engine.copyIn(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), address);
      addresses.set(key, address);
    }
    return { placed: nameOf(array), address, length: array.length } satisfies Placed;
  });
  return { sent, end };
}

/** The same value with all arrays in shared memory, so that threads see them without a copy; equal views stay one. */
export function inSharedMemory<T>(value: T): T {
  const copies = new Map<string, TypedArray>();
  const names = new Map<ArrayBufferLike, number>();
  return mapArrays(value, (array) => {
    if (isShared(array)) return array;
    const key = keyOf(array, names);
    const copy = copies.get(key) ?? sharedCopy(array);
    copies.set(key, copy);
    return copy;
  }) as T;
}

function sharedCopy(array: TypedArray): TypedArray {
  const buffer = new SharedArrayBuffer(array.byteLength);
  new Uint8Array(buffer).set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  return new typedArrays[nameOf(array)](buffer as ArrayBufferLike as ArrayBuffer);
}

/** What was sent, in the worker. */
export function received(value: unknown, engine: Engine): unknown {
  if (isPlaced(value))
    return new typedArrays[value.placed](engine.buffer as ArrayBufferLike as ArrayBuffer, value.address, value.length);
  return mapParts(value, (part) => received(part, engine));
}

/** Records whose names are the user's hold values of one type. */
function isPlaced(value: unknown): value is Placed {
  const { placed, address } = (typeof value === "object" && value !== null ? value : {}) as Partial<Placed>;
  return typeof address === "number" && typeof placed === "string" && Object.hasOwn(typedArrays, placed);
}

/** A Buffer is sent as the Uint8Array that it is. */
function nameOf(array: TypedArray): Placed["placed"] {
  return array[Symbol.toStringTag];
}

function mapArrays(value: unknown, change: (array: TypedArray) => unknown): unknown {
  if (ArrayBuffer.isView(value)) return change(value as TypedArray);
  return mapParts(value, (part) => mapArrays(part, change));
}

/** The same with each part changed. Long lists of texts and numbers have no parts that matter. */
function mapParts(value: unknown, change: (part: unknown) => unknown): unknown {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.some((part) => typeof part !== "object") ? value : value.map(change);
  if (value instanceof Map) {
    const [first] = value.values();
    if (typeof first !== "object") return value;
    return new Map(Array.from(value, ([key, part]) => [key, change(part)]));
  }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, change(part)]));
}

/**
 * Plain data as bytes: objects, arrays, maps, texts, numbers, and typed arrays, whose bytes follow one after the other.
 *
 * Layout, little endian: `SMIRSTAT`, u32 version, u32 0, f64 length of the JSON text, f64 length of all, the text (UTF-8), zeros up
 * to a multiple of 8, each array from a multiple of 8 on, and a checksum: XXH64 of those of 16 MiB each of everything before.
 */
import { FormatError } from "../column/format-error.js";
import { hexHash } from "../engine/row-hashes.js";

const magic = new TextEncoder().encode("SMIRSTAT");
const headBytes = 32;
const tailBytes = 16;
const version = 1;

const arrays = {
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
};

type AnyArray = InstanceType<(typeof arrays)[keyof typeof arrays]>;
type ArrayName = keyof typeof arrays;

const upToEight = (length: number): number => Math.ceil(length / 8) * 8;

/** @throws TypeError for what is no plain data */
export function plainBytes(value: unknown): Uint8Array {
  const parts: { readonly at: number; readonly array: AnyArray }[] = [];
  const seen = new Map<string, number>();
  const buffers = new Map<ArrayBufferLike, number>();
  let length = 0;
  const place = (array: AnyArray): number => {
    const buffer = buffers.get(array.buffer) ?? buffers.size;
    buffers.set(array.buffer, buffer);
    const key = `${buffer} ${array.byteOffset} ${array.byteLength}`;
    const known = seen.get(key);
    if (known !== undefined) return known;
    const at = length;
    seen.set(key, at);
    parts.push({ at, array });
    length += upToEight(array.byteLength);
    return at;
  };
  const text = new TextEncoder().encode(JSON.stringify(told(value, place)));
  const begin = headBytes + upToEight(text.length);
  const bytes = new Uint8Array(begin + length + tailBytes);
  const view = new DataView(bytes.buffer);
  bytes.set(magic);
  view.setUint32(8, version, true);
  view.setFloat64(16, text.length, true);
  view.setFloat64(24, bytes.length, true);
  bytes.set(text, headBytes);
  for (const { at, array } of parts) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), begin + at);
  }
  bytes.set(new TextEncoder().encode(checksumOf(bytes.subarray(0, begin + length))), begin + length);
  return bytes;
}

/** In parts, each of which fits beside what threads use of the memory. */
function checksumOf(bytes: Uint8Array): string {
  const part = 2 ** 24;
  const parts = Array.from({ length: Math.ceil(bytes.length / part) }, (_, k) =>
    hexHash(bytes.subarray(k * part, (k + 1) * part)),
  );
  return hexHash(new TextEncoder().encode(parts.join("")));
}

/** Each value as JSON: what JSON does not know is an array whose first element says what it is. */
function told(value: unknown, place: (array: AnyArray) => number): unknown {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (value === undefined) return ["undefined"];
  if (typeof value === "number") {
    return Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : ["number", Object.is(value, -0) ? "-0" : String(value)];
  }
  if (typeof value === "bigint") return ["bigint", String(value)];
  if (ArrayBuffer.isView(value)) {
    const array = value as AnyArray;
    const name = array[Symbol.toStringTag];
    if (!Object.hasOwn(arrays, name)) throw new TypeError(`plainBytes: ${name} is not stored`);
    return ["array", name, place(array), array.length];
  }
  if (Array.isArray(value)) return ["list", value.map((part) => told(part, place))];
  if (value instanceof Map) {
    return ["map", Array.from(value, ([key, part]) => [told(key, place), told(part, place)])];
  }
  if (typeof value !== "object") throw new TypeError(`plainBytes: ${typeof value} is not stored`);
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries.map(([name, part]) => [name, told(part, place)]));
}

/**
 * What `plainBytes` wrote. Arrays are in shared memory of their own.
 *
 * @param where  named in errors
 * @throws TypeError for what is no Uint8Array, FormatError for other and for damaged bytes
 */
export function fromPlainBytes(bytes: Uint8Array, where: string): unknown {
  if (!(bytes instanceof Uint8Array)) throw new TypeError(`${where}: needs a Uint8Array, got ${typeof bytes}`);
  const fail = (expected: string, found: string): never => {
    throw new FormatError(where, expected, found);
  };
  if (bytes.length < headBytes + tailBytes) fail(`at least ${headBytes + tailBytes} bytes`, `${bytes.length}`);
  if (magic.some((byte, k) => bytes[k] !== byte)) fail("SMIRSTAT", "other bytes");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const written = view.getUint32(8, true);
  if (written !== version) fail(`version ${version}`, `version ${written}`);
  const [textLength, length] = [view.getFloat64(16, true), view.getFloat64(24, true)];
  if (length !== bytes.length) fail(`${length} bytes`, `${bytes.length}`);
  const end = bytes.length - tailBytes;
  const hash = new TextDecoder().decode(bytes.subarray(end));
  const found = checksumOf(bytes.subarray(0, end));
  if (hash !== found) fail(`checksum ${found}`, "another one");
  const begin = headBytes + upToEight(textLength);
  if (!(begin <= end)) fail(`a text of up to ${end - headBytes} bytes`, `${textLength}`);
  const copies = new Map<string, AnyArray>();
  const arrayOf = (name: string, at: number, count: number): AnyArray => {
    const make = Object.hasOwn(arrays, name) ? arrays[name as ArrayName] : fail("a typed array", name);
    const size = count * make.BYTES_PER_ELEMENT;
    if (!(at >= 0 && begin + at + size <= end)) fail(`an array within ${end} bytes`, `${at} and ${size} bytes`);
    const key = `${at} ${name} ${count}`;
    const known = copies.get(key);
    if (known) return known;
    const buffer = new SharedArrayBuffer(size);
    new Uint8Array(buffer).set(bytes.subarray(begin + at, begin + at + size));
    const copy = new make(buffer as ArrayBufferLike as ArrayBuffer);
    copies.set(key, copy);
    return copy;
  };
  try {
    return heard(JSON.parse(new TextDecoder().decode(bytes.subarray(headBytes, headBytes + textLength))), arrayOf);
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw new FormatError(where, "JSON", "other text", { cause });
  }
}

function heard(value: unknown, arrayOf: (name: string, at: number, count: number) => AnyArray): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (!Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, heard(part, arrayOf)]));
  }
  const [is, first, ...others] = value as [string, unknown, ...number[]];
  switch (is) {
    case "undefined":
      return undefined;
    case "number":
      return Number(first);
    case "bigint":
      return BigInt(first as string);
    case "array":
      return arrayOf(first as string, others[0]!, others[1]!);
    case "list":
      return (first as unknown[]).map((part) => heard(part, arrayOf));
    default:
      return new Map((first as [unknown, unknown][]).map(([key, part]) => [heard(key, arrayOf), heard(part, arrayOf)]));
  }
}

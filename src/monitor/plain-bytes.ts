/**
 * Plain data as sealed bytes (`sealed-bytes.ts`): objects, arrays, maps, texts, numbers, and typed arrays, which are the buffers.
 * Arrays that are the same memory are one buffer.
 */
import { FormatError } from "../column/format-error.js";
import { type TypedArray, type TypedArrayName, typedArrays } from "../engine/typed-arrays.js";
import { sealBytes, unsealBytes } from "./sealed-bytes.js";

const magic = "SMIRSTAT";

/** The number of an array's buffer. */
type Place = (array: TypedArray) => number;

interface Head {
  /** Bytes of each buffer. */
  readonly buffers: readonly number[];
  /** As `told` has it. */
  readonly value: unknown;
}

/** @throws TypeError for what is no plain data */
export function plainBytes(value: unknown): Uint8Array<ArrayBuffer> {
  const buffers: Uint8Array[] = [];
  const memories = new Map<ArrayBufferLike, Map<string, number>>();
  const place: Place = ({ buffer, byteOffset, byteLength }) => {
    const known = memories.get(buffer) ?? new Map<string, number>();
    memories.set(buffer, known);
    const stretch = `${byteOffset} ${byteLength}`;
    const at = known.get(stretch) ?? buffers.push(new Uint8Array(buffer, byteOffset, byteLength)) - 1;
    known.set(stretch, at);
    return at;
  };
  const plain = told(value, place);
  const head: Head = { buffers: buffers.map(({ length }) => length), value: plain };
  return sealBytes(magic, head, buffers);
}

/** Each value as JSON: what JSON does not know is an array whose first element says what it is. */
function told(value: unknown, place: Place): unknown {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (value === undefined) return ["undefined"];
  if (typeof value === "number") {
    return Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : ["number", Object.is(value, -0) ? "-0" : String(value)];
  }
  if (typeof value === "bigint") return ["bigint", String(value)];
  if (ArrayBuffer.isView(value)) {
    const array = value as TypedArray;
    const name = array[Symbol.toStringTag];
    if (!Object.hasOwn(typedArrays, name)) throw new TypeError(`plainBytes: ${name} is not stored`);
    return ["array", name, place(array)];
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
  const { head, buffers } = unsealBytes(magic, bytes, where);
  if (!isHead(head)) throw new FormatError(where, "a head that tells buffers and a value", "another");
  const own = head.buffers.map((length) => buffers.next(length));
  buffers.end();
  const copies = new Map<string, TypedArray>();
  const arrayOf = (name: unknown, at: unknown): TypedArray => {
    const make = Object.hasOwn(typedArrays, name as string) ? typedArrays[name as TypedArrayName] : null;
    const buffer = own[at as number];
    if (!make || !buffer || buffer.length % make.BYTES_PER_ELEMENT !== 0) {
      throw new FormatError(where, "a typed array in a buffer", `${name} in ${at}`);
    }
    const known = copies.get(`${at} ${name}`);
    if (known) return known;
    const memory = new SharedArrayBuffer(buffer.length);
    new Uint8Array(memory).set(buffer);
    const copy = new make(memory as ArrayBufferLike as ArrayBuffer);
    copies.set(`${at} ${name}`, copy);
    return copy;
  };
  try {
    return heard(head.value, arrayOf);
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw new FormatError(where, "plain data", "other data", { cause });
  }
}

function isHead(head: unknown): head is Head {
  if (typeof head !== "object" || head === null) return false;
  const { buffers } = head as { readonly buffers?: unknown };
  return Array.isArray(buffers) && buffers.every((length) => Number.isSafeInteger(length) && (length as number) >= 0);
}

function heard(value: unknown, arrayOf: (name: unknown, at: unknown) => TypedArray): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (!Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, heard(part, arrayOf)]));
  }
  const [is, first, second] = value as unknown[];
  switch (is) {
    case "undefined":
      return undefined;
    case "number":
      return Number(first);
    case "bigint":
      return BigInt(first as string);
    case "array":
      return arrayOf(first, second);
    case "list":
      return (first as unknown[]).map((part) => heard(part, arrayOf));
    case "map":
      return new Map((first as [unknown, unknown][]).map(([key, part]) => [heard(key, arrayOf), heard(part, arrayOf)]));
    default:
      throw new TypeError(`plainBytes: ${is} is not stored`);
  }
}

/** A schema's fields: what each column is, and how many nodes and buffers of a batch are its. */
import { FormatError } from "../column/format-error.js";
import { type ArrowType, arrowType, type FixedType, type TypeProperties } from "../column/type.js";
import type { FieldTable, SchemaTable, TypeTable } from "./arrow-metadata.js";

/** A field's place in a batch: one node, then buffers, then children. */
export interface Field {
  readonly name: string;
  readonly typeId: number;
  readonly type: ArrowType;
  /** Codes into the dictionary `id`; `type` is that of the dictionary's values. */
  readonly dictionary: { readonly id: bigint; readonly codes: FixedType } | null;
  /** Buffers in a batch; views have more, as many as the batch states. */
  readonly buffers: number;
  readonly children: readonly Field[];
}

export const typeIds = { union: 14, binaryView: 23, textView: 24 } as const;

/** Buffers by type id; 2 unless listed. Unions have one more in metadata V4. */
const bufferCounts: Readonly<Record<number, number>> = {
  1: 0,
  4: 3,
  5: 3,
  13: 1,
  16: 1,
  19: 3,
  20: 3,
  22: 0,
  25: 3,
  26: 3,
};
/** Children by type id; none unless listed. Structs and unions have any number. */
const childCounts: Readonly<Record<number, number>> = { 12: 1, 16: 1, 17: 1, 21: 1, 22: 2, 25: 1, 26: 1 };

/** Units that a type has when its table does not say. */
const defaultUnits: Readonly<Record<number, number>> = { 8: 1, 9: 1, 18: 1 };
/** Digits that fit into decimals, by bits. */
const digits: Readonly<Record<number, number>> = { 32: 9, 64: 18, 128: 38, 256: 76 };

function typeOf(where: string, typeId: number, stated: TypeTable, children: readonly FieldTable[] = []): ArrowType {
  const bits: Readonly<Record<number, number>> = { 2: 0, 7: 128, 9: 32 };
  const bitWidth = stated.bitWidth ?? bits[typeId] ?? 0;
  const precision = stated.precision ?? 0;
  const type = arrowType({
    typeId,
    bitWidth,
    isSigned: stated.isSigned ?? false,
    precision,
    scale: stated.scale ?? 0,
    unit: stated.unit ?? defaultUnits[typeId] ?? 0,
    timezone: stated.timezone ?? null,
    listSize: stated.listSize ?? 0,
    children: children.map(componentType),
  });
  if (typeId === 7 && !(precision >= 1 && precision <= (digits[bitWidth] ?? 0))) {
    throw new FormatError(where, `a decimal of 1 to ${digits[bitWidth]} digits`, type.name);
  }
  const bad =
    (typeId === 2 || typeId === 3) && type.form === "unsupported"
      ? type.name
      : ((typeId === 15 && (stated.byteWidth ?? 0) < 0) || (typeId === 16 && (stated.listSize ?? 0) < 0)) &&
        "a negative width";
  if (bad) throw new FormatError(where, "a type of the format", bad);
  return type;
}

/** What a list has to know of its components: a dictionary is none that can be read. */
function componentType({ type, dictionary }: FieldTable): { readonly type: TypeProperties } {
  const typeId = dictionary ? -1 : (type?.tag ?? 0);
  return { type: { typeId, precision: type?.value?.precision ?? 0 } };
}

function checkUnion(where: string, { mode = 0, typeIds: ids }: TypeTable, children: number): void {
  if (mode !== 0 && mode !== 1) throw new FormatError(where, "a sparse or dense union", `mode ${mode}`);
  if (ids && (ids.length !== children || ids.some((id) => id < 0 || id > 127))) {
    throw new FormatError(where, `${children} type ids in [0, 127]`, `${ids}`.slice(0, 80));
  }
}

function fieldOf(parent: string, table: FieldTable): Field {
  const name = table.name ?? "";
  const where = `${parent}, field ${name}`;
  const { tag: typeId, value: stated } = table.type ?? { tag: 0, value: undefined };
  if (!stated) throw new FormatError(where, "a known type", `type ${typeId}`);
  const type = typeOf(where, typeId, stated, table.children);
  const children = (table.children ?? []).map((child) => fieldOf(where, child));
  const wanted = typeId === 13 || typeId === typeIds.union ? children.length : (childCounts[typeId] ?? 0);
  if (children.length !== wanted) throw new FormatError(where, `${wanted} children`, `${children.length}`);
  if (typeId === typeIds.union) checkUnion(where, stated, children.length);
  const dense = stated.mode === 1 ? 2 : 1;
  const buffers = typeId === typeIds.union ? dense : (bufferCounts[typeId] ?? 2);
  if (!table.dictionary) return { name, typeId, type, dictionary: null, buffers, children };
  const { id = 0n, indexType } = table.dictionary;
  const codes = typeOf(where, 2, indexType ?? { bitWidth: 32, isSigned: true }) as FixedType;
  return { name, typeId, type, dictionary: { id, codes }, buffers, children };
}

/** A schema's columns. @throws FormatError when it is big-endian or not a schema */
export function fieldsOf(where: string, schema: SchemaTable): Field[] {
  if (schema.endianness) throw new FormatError(where, "little-endian data", "big-endian data");
  return (schema.fields ?? []).map((field) => fieldOf(where, field));
}

/** All dictionaries that the fields mention, by id. */
export function dictionariesOf(fields: readonly Field[], known = new Map<bigint, Field>()): Map<bigint, Field> {
  for (const field of fields) {
    if (field.dictionary) known.set(field.dictionary.id, field);
    dictionariesOf(field.children, known);
  }
  return known;
}

/** Whether a column is not read: nested types but vectors, and vectors in a dictionary. */
export function isRefused({ type, dictionary }: Field): boolean {
  return type.form === "unsupported" || (type.form === "vector" && dictionary !== null);
}

/** The name of a column's type for people. */
export function typeName({ type, dictionary }: Field): string {
  return dictionary ? `Dictionary<${dictionary.codes.name}, ${type.name}>` : type.name;
}

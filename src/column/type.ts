/**
 * What an Arrow type means to Smirnov. The IPC reader and the `Vector`s of apache-arrow name types by the same numbers
 * and properties (those of the format's Schema.fbs), so both ask here.
 */
import type { Layout } from "../engine/chunk.js";
import type { Kind } from "./column.js";

/** An Arrow type as a schema states it; which properties are there depends on `typeId`. */
export interface TypeProperties {
  readonly typeId: number;
  readonly bitWidth?: number;
  readonly isSigned?: boolean;
  readonly precision?: number;
  readonly scale?: number;
  readonly unit?: number;
  readonly timezone?: string | null;
  /** Of a FixedSizeList: the number of its components, and their type. */
  readonly listSize?: number;
  readonly children?: readonly { readonly type: TypeProperties }[];
}

/** Fixed-width values that kernels read. */
export interface FixedType {
  readonly form: "fixed";
  readonly name: string;
  readonly kind: Exclude<Kind, "categorical" | "vector">;
  readonly layout: Layout;
  /** Decimals: digits after the point. Otherwise 0. */
  readonly scale: number;
  /** See `FixedColumn`. */
  readonly unitsPerSecond: number;
}

/** Lists of equally many floating-point numbers. */
export interface VectorType {
  readonly form: "vector";
  readonly name: string;
  readonly dimension: number;
  readonly component: FixedType;
}

export type ArrowType =
  | FixedType
  | VectorType
  | { readonly form: "text" | "largeText" | "textView" | "null" | "unsupported"; readonly name: string };

const seconds = ["SECOND", "MILLISECOND", "MICROSECOND", "NANOSECOND"];

/** Names of the types that are refused, by type id. */
const refused: Readonly<Record<number, string>> = {
  4: "Binary",
  11: "Interval",
  12: "List",
  13: "Struct",
  14: "Union",
  15: "FixedSizeBinary",
  17: "Map",
  19: "LargeBinary",
  21: "LargeList",
  22: "RunEndEncoded",
  23: "BinaryView",
  25: "ListView",
  26: "LargeListView",
};

const unsupported = (name: string): ArrowType => ({ form: "unsupported", name });

const fixed = (
  name: string,
  layout: Layout,
  kind: FixedType["kind"] = "numeric",
  unitsPerSecond = 1,
  scale = 0,
): FixedType => ({ form: "fixed", name, kind, layout, scale, unitsPerSecond });

/** The types of integers, by bits. */
function integer(type: TypeProperties): ArrowType {
  const name = `${type.isSigned ? "Int" : "Uint"}${type.bitWidth}`;
  const layout = `${type.isSigned ? "i" : "u"}${type.bitWidth}`;
  return [8, 16, 32, 64].includes(type.bitWidth ?? 0) ? fixed(name, layout as Layout) : unsupported(name);
}

function floating({ precision = -1 }: TypeProperties): ArrowType {
  const layout = (["f16", "f32", "f64"] as const)[precision];
  return layout ? fixed(`Float${layout.slice(1)}`, layout) : unsupported(`Float<${precision}>`);
}

function decimal({ bitWidth = 128, precision, scale = 0 }: TypeProperties): ArrowType {
  const name = `Decimal${bitWidth}(${precision}, ${scale})`;
  return [32, 64, 128, 256].includes(bitWidth)
    ? fixed(name, `decimal${bitWidth}` as Layout, "numeric", 1, scale)
    : unsupported(name);
}

/** Timestamps, durations and times of day: a count of seconds or a thousandth, millionth, billionth of one. */
function timed(
  name: string,
  kind: FixedType["kind"],
  layout: Layout,
  { unit = -1, timezone }: TypeProperties,
): ArrowType {
  const unitName = seconds[unit];
  if (!unitName) return unsupported(`${name}<unit ${unit}>`);
  return fixed(`${name}<${unitName}${timezone ? `, ${timezone}` : ""}>`, layout, kind, 1000 ** unit);
}

/** FixedSizeList: of floating-point numbers a vector, of anything else refused. */
function vector({ listSize = 0, children }: TypeProperties): ArrowType {
  const child = children?.[0]?.type;
  const component = child?.typeId === 3 ? floating(child) : unsupported("");
  const name = `FixedSizeList[${listSize}]<${component.name}>`;
  if (component.form !== "fixed" || !(listSize >= 1)) return unsupported("FixedSizeList");
  return { form: "vector", name, dimension: listSize, component };
}

/**
 * Describes a type (not a dictionary: its values and its codes are types of their own).
 *
 * A duration is numeric: it is a quantity like any other, without the "a current date is always later" of points in
 * time. It keeps `unitsPerSecond`, because the two sides may count different units. Times of day are temporal.
 */
export function arrowType(type: TypeProperties): ArrowType {
  switch (type.typeId) {
    case 1:
      return { form: "null", name: "Null" };
    case 2:
      return integer(type);
    case 3:
      return floating(type);
    case 5:
      return { form: "text", name: "Utf8" };
    case 6:
      return fixed("Bool", "bit", "boolean");
    case 7:
      return decimal(type);
    case 8:
      return type.unit === 0
        ? fixed("Date32<DAY>", "i32", "temporal", 1 / 86_400)
        : fixed("Date64<MILLISECOND>", "i64", "temporal", 1000);
    case 9:
      return timed(`Time${type.bitWidth}`, "temporal", type.bitWidth === 32 ? "i32" : "i64", type);
    case 10:
      return timed("Timestamp", "temporal", "i64", type);
    case 16:
      return vector(type);
    case 18:
      return timed("Duration", "numeric", "i64", type);
    case 20:
      return { form: "largeText", name: "LargeUtf8" };
    case 24:
      return { form: "textView", name: "Utf8View" };
    default:
      return unsupported(refused[type.typeId] ?? `type ${type.typeId}`);
  }
}

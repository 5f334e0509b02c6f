/** How a stored column holds its values, and which one holds those of two batches. */
import type { Column, FixedColumn } from "../column/column.js";
import { type FixedChunk, type Layout, layoutsOf } from "../engine/chunk.js";

export type Shape =
  | {
      readonly form: "fixed";
      readonly kind: FixedColumn["kind"];
      readonly type: string;
      readonly layout: Layout;
      readonly scale: number;
      readonly unitsPerSecond: number;
    }
  | { readonly form: "texts" }
  | { readonly form: "vectors"; readonly type: string; readonly dimension: number; readonly layout: Layout };

/** Numbers that doubles hold exactly. */
const doubles: readonly Layout[] = ["i8", "u8", "i16", "u16", "i32", "u32", "f16", "f32", "f64"];
const floating: readonly Layout[] = ["f16", "f32", "f64"];

/** What a column's values are; `null` where it has none that would tell: all are null. */
export function shapeOf(column: Column): Shape | null {
  if (column.kind === "categorical") return { form: "texts" };
  if (column.kind === "vector") {
    const [layout] = [...column.chunks].map(({ components }) => components.layout);
    const { type, dimension } = column;
    return layout === undefined ? null : { form: "vectors", type, dimension, layout };
  }
  const { kind, type, unitsPerSecond } = column;
  if (type === "Null") return null;
  const layouts = layoutsOf(column.chunks).filter((layout) => layout !== "bit" || kind === "boolean");
  const [layout] = layouts;
  if (layout === undefined) return null;
  const scale = [...column.chunks].find((chunk: FixedChunk) => chunk.layout === layout)!.scale;
  return { form: "fixed", kind, type, layout, scale, unitsPerSecond };
}

/** The shape that holds the values of both: the same, or a wider type of numbers. `null`: there is none. */
export function commonShape(one: Shape, other: Shape): Shape | null {
  if (one.form === "texts" && other.form === "texts") return one;
  if (one.form === "vectors" && other.form === "vectors") {
    if (one.dimension !== other.dimension) return null;
    if (one.layout === other.layout) return one;
    return { ...one, type: `FixedSizeList[${one.dimension}]<Float64>`, layout: "f64" };
  }
  if (one.form !== "fixed" || other.form !== "fixed") return null;
  if (one.kind !== other.kind || one.unitsPerSecond !== other.unitsPerSecond) return null;
  if (one.layout === other.layout && one.scale === other.scale) {
    // A decimal's digits, and what a count of 64 bits counts.
    return familyOf(one.type) === familyOf(other.type) ? one : null;
  }
  if (one.kind !== "numeric" || [one, other].some(({ type }) => type.startsWith("Duration"))) return null;
  const layout = widerLayout(one.layout, other.layout);
  const types = { f64: "Float64", i64: "Int64", u64: "Uint64" };
  return layout && { ...one, layout, type: types[layout] };
}

/** Timestamps of different time zones are the same points in time. */
function familyOf(type: string): string {
  return /^[A-Za-z0-9]+/.exec(type)?.[0] ?? type;
}

function widerLayout(one: Layout, other: Layout): "f64" | "i64" | "u64" | null {
  if (doubles.includes(one) && doubles.includes(other)) return "f64";
  for (const [wide, narrow] of [
    [one, other],
    [other, one],
  ] as const) {
    if (wide !== "i64" && wide !== "u64") continue;
    if (floating.includes(narrow)) return "f64";
    if (doubles.includes(narrow)) return wide;
    if (narrow === "i64" || narrow === "u64") return "i64";
  }
  return null;
}

/** In words, for messages. */
export function shapeInWords(shape: Shape): string {
  return shape.form === "texts" ? "texts" : shape.type;
}

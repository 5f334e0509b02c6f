/** The types of a dataset's columns: those of all windows go together. */
import type { Table } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import { commonShape, type Shape, shapeInWords, shapeOf } from "./store-shape.js";

/** By column; `null` as long as nothing but null came. */
export type KnownShapes = ReadonlyMap<string, Shape | null>;

/**
 * What is known once a batch came.
 *
 * @throws FormatError for a column whose values do not go together with those before
 */
export function withBatch(known: KnownShapes, { columns }: Table): KnownShapes {
  let changed: Map<string, Shape | null> | null = null;
  for (const [name, column] of columns) {
    const before = known.get(name);
    const own = shapeOf(column);
    const common = before && own ? commonShape(before, own) : (own ?? before ?? null);
    if (before && own && !common) {
      const where = `Monitor.push: column ${JSON.stringify(name.slice(0, 100))}`;
      throw new FormatError(where, `${shapeInWords(before)} as in earlier rows`, shapeInWords(own));
    }
    if (known.has(name) && common === before) continue;
    changed ??= new Map(known);
    changed.set(name, common);
  }
  return changed ?? known;
}

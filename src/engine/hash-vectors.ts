/** Hashes of the rows of vectors: of the hashes of their components. */
import type { VectorChunk } from "./chunk.js";
import type { Engine } from "./memory.js";
import type { HashRows } from "./row-hashes.js";
import { rowMasks } from "./row-mask.js";
import { place, stretchRows } from "./vectors.js";
import type { Take } from "./workspace.js";

export function vectorHashes(dimension: number, engine: Engine, take: Take): HashRows<VectorChunk> {
  const { kernels } = engine;
  const mostRows = stretchRows(dimension);
  const values = take(mostRows * dimension * 8);
  const raw = take(mostRows * dimension * 8);
  const masks = rowMasks(null, engine, take, mostRows);
  const componentMasks = rowMasks(null, engine, take, mostRows * dimension);
  return (chunk, from, most, out) => {
    const rows = Math.min(most, mostRows);
    place(chunk, from, rows, engine, values, raw, true);
    const { mask } = componentMasks(chunk.components, from * dimension, rows * dimension, 0);
    kernels.hashDoubles(values, mask, rows * dimension, values);
    kernels.hashVectors(values, dimension, masks(chunk, from, rows, 0).mask, rows, out);
    return rows;
  };
}

// Histories of real scores: a column of numbers of which each window is compared with a reference by `compare`, while its mean
// does what the generator's shape does.

import { normal } from "../../dist/bundle/distributions.js";
import { compare, prepare } from "../../dist/bundle/index.js";
import { normals, sample, uniforms } from "../data.js";
import { shapesOf, valueAt, windows } from "./generator.js";

export const windowRows = 500;

/** @param spread  standard deviation of a window's shift, as a share of it */
export async function comparedHistory({ kind, shift, spread, referenceRows }, seed) {
  const draw = normals(seed);
  const uniform = uniforms(seed ^ 0x5bd1e995);
  const shapes = shapesOf(kind);
  const shape = shapes[Math.floor(uniform() * shapes.length)];
  const reference = await prepare({ x: sample(referenceRows, draw) });
  const scores = [];
  for (let t = 0; t < windows; t++) {
    const mean = shift * valueAt(shape, t) * (1 + spread * draw());
    const { columns } = await compare(reference, { x: sample(windowRows, () => draw() + mean) });
    scores.push(columns.x.pValue === null ? null : normal.upperQuantile(columns.x.pValue));
  }
  return { scores, shape };
}

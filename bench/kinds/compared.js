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

/** Of the histories with seasonal scores: windows, and the period. */
export const days = { windows: 27, period: 12 };

/** A short history, and the scores of its windows against those a period ago. */
export async function seasonalHistory(kind, shift, seed) {
  const draw = normals(seed);
  const uniform = uniforms(seed ^ 0x5bd1e995);
  const onset = 6 + Math.floor(uniform() * 16);
  const phase = Math.floor(uniform() * days.period);
  const shape = { kind, onset, duration: 3 + Math.floor(uniform() * 5), period: days.period, phase, wave: "square" };
  const table = (rows, mean) => ({ x: sample(rows, () => draw() + mean) });
  const reference = await prepare(table(5000, 0));
  const tables = Array.from({ length: days.windows }, (_, t) => table(windowRows, shift * valueAt(shape, t)));
  const scoreOf = async (before, current) => {
    const { pValue } = (await compare(before, current)).columns.x;
    return pValue === null ? null : normal.upperQuantile(pValue);
  };
  const scores = [];
  const seasonal = [];
  for (const [t, current] of tables.entries()) {
    scores.push(await scoreOf(reference, current));
    seasonal.push(t < days.period ? null : await scoreOf(tables[t - days.period], current));
  }
  return { scores, seasonal };
}

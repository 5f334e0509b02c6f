// What the verdicts are tried on: columns, changes and window sizes. The reference always has 20 000 rows.
import { Dictionary, Float64, Int16, makeData, makeVector, Utf8, vectorFromArray } from "apache-arrow";
import { categories, normals, uniforms } from "./draws.js";

export const referenceRows = 20_000;
export const windowSizes = [50, 200, 1000, 10_000, 1_000_000];

/** @typedef {{ shift?: number, scale?: number, moved?: number }} Change in standard deviations; in shares */

export const none = { name: "none" };
const shifts = [0.1, 0.3, 1].map((shift) => ({ name: `shift ${shift} σ`, shift }));
const scaled = { name: "scale × 1.5", scale: 1.5 };
const moved = { name: "15 points moved", moved: 0.15 };

/** Cumulated shares, of which `points` were moved from the first category to the second. */
function cumulated(shares, points = 0) {
  const all = shares.map((share, k) => share + (k === 0 ? -points : k === 1 ? points : 0));
  let sum = 0;
  return Float64Array.from(all, (share) => {
    sum += share;
    return sum;
  });
}

const threeShares = [0.5, 0.3, 0.2];
const zipf = Array.from({ length: 1000 }, (_, k) => (k + 1) ** -1.2);
const zipfTotal = zipf.reduce((sum, share) => sum + share, 0);
const thousandShares = zipf.map((share) => share / zipfTotal);
const names = vectorFromArray(
  thousandShares.map((_, k) => `category ${k}`),
  new Utf8(),
);

/** Text by dictionary, as an Arrow vector. */
function dictionary(codes) {
  const type = new Dictionary(new Utf8(), new Int16());
  return makeVector(makeData({ type, length: codes.length, nullCount: 0, data: codes, dictionary: names }));
}

const normalColumn = (rows, seed, { shift = 0, scale = 1 }) => {
  const values = normals(rows, seed);
  for (let k = 0; k < rows; k++) values[k] = shift + scale * values[k];
  return values;
};

/** exp of N(0, 1), whose standard deviation is 2.161; changed in units of it, about its median. */
const lognormalColumn = (rows, seed, { shift = 0, scale = 1 }) => {
  const values = normals(rows, seed);
  const deviation = Math.sqrt((Math.E - 1) * Math.E);
  for (let k = 0; k < rows; k++) values[k] = shift * deviation + 1 + scale * (Math.exp(values[k]) - 1);
  return values;
};

/** Of ten rows one is null, and of a hundred two are NaN and one is infinite; the others are N(0, 1). */
const mixedColumn = (rows, seed, { shift = 0, scale = 1, moved: points = 0 }) => {
  const values = normals(rows, seed);
  const u = uniforms(rows, seed + 1);
  const valid = new Uint8Array(Math.ceil(rows / 8));
  let nullCount = 0;
  for (let k = 0; k < rows; k++) {
    if (u[k] < 0.1 + points) {
      nullCount++;
      continue;
    }
    valid[k >> 3] |= 1 << (k & 7);
    if (u[k] < 0.12 + points) values[k] = Number.NaN;
    else if (u[k] < 0.13 + points) values[k] = Number.POSITIVE_INFINITY;
    else values[k] = shift + scale * values[k];
  }
  return makeVector(makeData({ type: new Float64(), length: rows, nullCount, nullBitmap: valid, data: values }));
};

/** Stationary N(0, 1) whose neighbours have a correlation of .5. */
const autocorrelatedColumn = (rows, seed, { shift = 0, scale = 1 }) => {
  const values = normals(rows, seed);
  for (let k = 1, x = values[0]; k < rows; k++) {
    x = 0.5 * x + Math.sqrt(0.75) * values[k];
    values[k] = x;
  }
  for (let k = 0; k < rows; k++) values[k] = shift + scale * values[k];
  return values;
};

/** By name: how rows are drawn, and which changes apply. */
export const columns = {
  normal: { draw: normalColumn, changes: [...shifts, scaled] },
  lognormal: { draw: lognormalColumn, changes: [...shifts, scaled] },
  "3 values": {
    draw: (rows, seed, { moved: points }) => Float64Array.from(categories(rows, seed, cumulated(threeShares, points))),
    changes: [moved],
  },
  "1000 categories": {
    draw: (rows, seed, { moved: points }) => dictionary(categories(rows, seed, cumulated(thousandShares, points))),
    changes: [moved],
  },
  "null, NaN and ∞ among values": {
    draw: mixedColumn,
    changes: [...shifts, scaled, { ...moved, name: "15 points to null" }],
  },
};

export const autocorrelated = { draw: autocorrelatedColumn, changes: [] };

/** The columns of a table of 100, by kind. */
export const tableOf100 = [
  ...Array(40).fill("normal"),
  ...Array(25).fill("lognormal"),
  ...Array(15).fill("3 values"),
  ...Array(15).fill("1000 categories"),
  ...Array(5).fill("null, NaN and ∞ among values"),
];

/** Changes of every column of a table: numbers are shifted, shares are moved. */
export const tableChanges = [
  { name: "shift .3 σ, or 15 points moved", shift: 0.3, moved: 0.15, sizes: [50, 200, 1000] },
  { name: "shift .1 σ, or 5 points moved", shift: 0.1, moved: 0.05, sizes: [1000, 10_000] },
];

/** A table of 100 columns; `changed` of them have changed. */
export function drawTable(rows, seed, change) {
  return Object.fromEntries(
    tableOf100.map((kind, k) => {
      const { draw } = columns[kind];
      const of = kind.startsWith("null") ? { shift: change.shift } : change;
      return [`c${k}`, draw(rows, seed * 1009 + 7 * k, of)];
    }),
  );
}

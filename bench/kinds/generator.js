// The histories of `npm run kinds`: 80 window scores, of one of five kinds in equal shares, with AR(1) noise of variance 1.
// All parameters are drawn uniformly from whole numbers; combinations that do not fit are drawn again.
import { normals, uniforms } from "../data.js";

export const windows = 80;
/** Scores of unchanged data before the history, from which the autocorrelation is estimated. */
export const referenceWindows = 100;
export const kinds = ["none", "instantaneous", "gradual", "temporary", "periodic"];

/** First windows that may have changed; docs/drift-kinds.md has the rule that chose them. */
export const onsets = [11, 69];

export const ranges = {
  width: [8, 40],
  duration: [3, 20],
  period: [8, 25],
  /** Windows after a temporary drift. */
  after: 3,
};

/** Every shape of a kind that the generator may draw, with the same probability each. */
export function shapesOf(kind, onset = onsets) {
  const { width, duration, period, after } = ranges;
  const found = [];
  if (kind === "none") found.push({ kind });
  if (kind === "periodic") {
    for (let p = period[0]; p <= period[1]; p++)
      for (let phase = 0; phase < p; phase++)
        for (const wave of ["cosine", "square"]) found.push({ kind, period: p, phase, wave });
    return found;
  }
  for (let s = onset[0]; s <= onset[1]; s++) {
    if (kind === "instantaneous") found.push({ kind, onset: s });
    if (kind === "gradual") for (let w = width[0]; w <= width[1]; w++) found.push({ kind, onset: s, width: w });
    if (kind === "temporary")
      for (let d = duration[0]; d <= duration[1] && s + d <= windows - after; d++)
        found.push({ kind, onset: s, duration: d });
  }
  return found;
}

/** What a shape adds to the score of window `t`, in units of its amplitude. */
export function valueAt({ kind, onset, width, duration, period, phase, wave }, t) {
  if (kind === "none") return 0;
  if (kind === "instantaneous") return t >= onset ? 1 : 0;
  if (kind === "gradual") return Math.min(1, Math.max(0, (t - onset + 1) / width));
  if (kind === "temporary") return t >= onset && t < onset + duration ? 1 : 0;
  const place = (t - phase + period) % period;
  return wave === "cosine" ? (1 + Math.cos((2 * Math.PI * place) / period)) / 2 : place < period / 2 ? 1 : 0;
}

export const templateOf = (shape) => Float64Array.from({ length: windows }, (_, t) => valueAt(shape, t));

const known = new Map();

function shapesWithin(kind, range) {
  const name = `${kind} ${range}`;
  const shapes = known.get(name) ?? shapesOf(kind, range);
  known.set(name, shapes);
  return shapes;
}

/** A history, the reference's scores before it, and the shape that was drawn. */
export function draw(kind, amplitude, phi, seed, range = onsets) {
  const uniform = uniforms(seed);
  const normal = normals(seed ^ 0x5bd1e995);
  const shapes = shapesWithin(kind, range);
  const shape = shapes[Math.floor(uniform() * shapes.length)];
  const noise = (size) => {
    const values = new Float64Array(size);
    for (let t = 0; t < size; t++)
      values[t] = t === 0 ? normal() : phi * values[t - 1] + Math.sqrt(1 - phi * phi) * normal();
    return values;
  };
  const reference = noise(referenceWindows);
  const scores = noise(windows).map((z, t) => z + amplitude * valueAt(shape, t));
  return { scores, reference, shape };
}

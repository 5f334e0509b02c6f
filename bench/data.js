// Seeded samples: the same numbers in every run, and for every peer.

/** Seeded uniform numbers in (0, 1), by Chris Doty-Humphrey's sfc32; all 53 bits are random. */
export function uniforms(seed) {
  let a = 0;
  let b = 0x9e3779b9;
  let c = seed | 0;
  let counter = 1;
  const next = () => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return t >>> 0;
  };
  for (let k = 0; k < 20; k++) next();
  return () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6) + 0.5) * 2 ** -53;
}

/** Seeded numbers from N(0, 1), by Marsaglia's polar method. */
export function normals(seed) {
  const uniform = uniforms(seed);
  let spare = Number.NaN;
  return () => {
    if (!Number.isNaN(spare)) {
      const kept = spare;
      spare = Number.NaN;
      return kept;
    }
    let u = 0;
    let v = 0;
    let square = 0;
    do {
      u = 2 * uniform() - 1;
      v = 2 * uniform() - 1;
      square = u * u + v * v;
    } while (square >= 1 || square === 0);
    const factor = Math.sqrt((-2 * Math.log(square)) / square);
    spare = v * factor;
    return u * factor;
  };
}

/** `size` numbers from a generator. */
export function sample(size, next) {
  const values = new Float64Array(size);
  for (let k = 0; k < size; k++) values[k] = next();
  return values;
}

export const normal = (size, seed) => sample(size, normals(seed));

/** A copy in which a share of the values, here and there, was drawn anew. */
export function partlyChanged(values, share, seed) {
  const copy = values.slice();
  const uniform = uniforms(seed);
  const draw = normals(seed + 1);
  for (let k = 0; k < copy.length; k++) if (uniform() < share) copy[k] = draw();
  return copy;
}

// Many seeded numbers at once: the same generator as in ../data.js (sfc32), of 32 bits each, in loops of their own.

/** State of a generator; `next` returns 32 random bits. */
class Generator {
  constructor(seed) {
    this.a = 0;
    this.b = 0x9e3779b9 | 0;
    this.c = seed | 0;
    this.counter = 1;
    for (let k = 0; k < 20; k++) this.next();
  }

  next() {
    const t = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0;
    return t >>> 0;
  }
}

/** From U(0, 1). */
export function uniforms(rows, seed) {
  const generator = new Generator(seed);
  const values = new Float64Array(rows);
  for (let k = 0; k < rows; k++) values[k] = (generator.next() + 0.5) * 2 ** -32;
  return values;
}

/** From N(0, 1), by Marsaglia's polar method. */
export function normals(rows, seed) {
  const generator = new Generator(seed);
  const values = new Float64Array(rows + 1);
  for (let k = 0; k < rows; ) {
    const u = (generator.next() + 0.5) * 2 ** -31 - 1;
    const v = (generator.next() + 0.5) * 2 ** -31 - 1;
    const square = u * u + v * v;
    if (square >= 1 || square === 0) continue;
    const factor = Math.sqrt((-2 * Math.log(square)) / square);
    values[k++] = u * factor;
    values[k++] = v * factor;
  }
  return values.subarray(0, rows);
}

/** Numbers of categories with the given cumulated shares. */
export function categories(rows, seed, ends) {
  const generator = new Generator(seed);
  const codes = new Int16Array(rows);
  // Where to begin looking, for each 256th of the unit interval.
  const starts = new Int16Array(257);
  for (let k = 0, cell = 0; k <= 256; k++) {
    while (cell < ends.length - 1 && ends[cell] <= k / 256) cell++;
    starts[k] = cell;
  }
  for (let k = 0; k < rows; k++) {
    const u = (generator.next() + 0.5) * 2 ** -32;
    let cell = starts[(u * 256) | 0];
    while (cell < ends.length - 1 && u >= ends[cell]) cell++;
    codes[k] = cell;
  }
  return codes;
}

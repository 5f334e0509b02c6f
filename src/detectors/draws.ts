/** Seeded random numbers whose state is plain data: Chris Doty-Humphrey's sfc32, as in assembly/sfc32.ts. */

/** Three words and a counter. */
export type Words = [a: number, b: number, c: number, counter: number];

/** @param seed a whole number from 0 to 2^53 - 1 */
export function seeded(seed: number): Words {
  const words: Words = [Math.floor(seed / 2 ** 32), 0x9e3779b9, seed >>> 0, 1];
  for (let k = 0; k < 20; k++) nextBits(words);
  return words;
}

/** The next 32 random bits. */
export function nextBits(words: Words): number {
  const [a, b, c, counter] = words;
  const bits = (a + b + counter) >>> 0;
  words[0] = (b ^ (b >>> 9)) >>> 0;
  words[1] = (c + (c << 3)) >>> 0;
  words[2] = (((c << 21) | (c >>> 11)) + bits) >>> 0;
  words[3] = (counter + 1) >>> 0;
  return bits;
}

/** A number from [0, 1) with 53 random bits. */
export function nextUniform(words: Words): number {
  const high = nextBits(words) >>> 5;
  return (high * 2 ** 26 + (nextBits(words) >>> 6)) * 2 ** -53;
}

/**
 * Marks `count` of the places of `marks` with 1 and the others with 0, all choices equally likely (Floyd's algorithm F2).
 *
 * @throws RangeError where a given generator leaves [0, 1)
 */
export function mark(marks: Uint8Array, count: number, uniform: () => number, caller: string): void {
  marks.fill(0);
  for (let last = marks.length - count; last < marks.length; last++) {
    const drawn = uniform();
    if (!(drawn >= 0 && drawn < 1)) {
      throw new RangeError(`${caller}: random must give numbers from 0 up to, and without, 1, got ${drawn}`);
    }
    const place = Math.floor(drawn * (last + 1));
    marks[marks[place] === 1 ? last : place] = 1;
  }
}

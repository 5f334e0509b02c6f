/** Seeded numbers of some laws. */
export function random(seed: number) {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const exponential = () => -Math.log(1 - uniform());
  const normal = () => Math.sqrt(2 * exponential()) * Math.cos(2 * Math.PI * uniform());
  return { uniform, exponential, normal };
}

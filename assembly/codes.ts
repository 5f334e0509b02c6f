// Counting dictionary codes: an index is its own counter.

/**
 * Adds dictionary codes to u32 `counts`, of which there are four copies `stride` bytes apart (`joinQuarters` adds them
 * up), so that equal neighbours do not wait for each other; one copy with `stride` 0. Codes of missing rows may be
 * anything.
 */
export function countCodes8(counts: usize, codes: usize, mask: usize, length: i32, stride: usize): void {
  countCodes<u8>(counts, codes, mask, length, stride);
}
export function countCodes16(counts: usize, codes: usize, mask: usize, length: i32, stride: usize): void {
  countCodes<u16>(counts, codes, mask, length, stride);
}
export function countCodes32(counts: usize, codes: usize, mask: usize, length: i32, stride: usize): void {
  countCodes<u32>(counts, codes, mask, length, stride);
}
export function countCodes64(counts: usize, codes: usize, mask: usize, length: i32, stride: usize): void {
  countCodes<u64>(counts, codes, mask, length, stride);
}

// @ts-ignore: decorator
@inline
function countCodes<T>(counts: usize, codes: usize, mask: usize, length: i32, stride: usize): void {
  const second = counts + stride;
  const third = second + stride;
  const fourth = third + stride;
  let i = 0;
  for (const even = length & ~3; i < even; i += 4) {
    const bits = mask ? (<u32>load<u8>(mask + (i >>> 3)) >> (i & 4)) & 15 : 15;
    const at = codes + <usize>i * sizeof<T>();
    if (bits == 15) {
      addTo(counts, <u32>load<T>(at), 1);
      addTo(second, <u32>load<T>(at, sizeof<T>()), 1);
      addTo(third, <u32>load<T>(at, 2 * sizeof<T>()), 1);
      addTo(fourth, <u32>load<T>(at, 3 * sizeof<T>()), 1);
    } else if (bits) {
      for (let k: u32 = 0; k < 4; k++) addTo(counts, <u32>load<T>(at + k * sizeof<T>()), (bits >>> k) & 1);
    }
  }
  for (; i < length; i++) addTo(counts, <u32>load<T>(codes + <usize>i * sizeof<T>()), mask ? present(mask, i) : 1);
}

/** Adds `one`, 1 or 0; without a value the code is not used. */
// @ts-ignore: decorator
@inline
function addTo(counts: usize, code: u32, one: u32): void {
  const counter = counts + (<usize>(code & (0 - one)) << 2);
  store<u32>(counter, load<u32>(counter) + one);
}

// @ts-ignore: decorator
@inline
function present(mask: usize, i: i32): u32 {
  return (<u32>load<u8>(mask + (i >>> 3)) >> (i & 7)) & 1;
}

/** Adds the other three copies of `cells` counters to the first. */
export function joinQuarters(counts: usize, cells: i32): void {
  const stride = <usize>cells << 2;
  for (const end = counts + stride; counts < end; counts += 4) {
    store<u32>(
      counts,
      load<u32>(counts) +
        load<u32>(counts + stride) +
        load<u32>(counts + (stride << 1)) +
        load<u32>(counts + stride * 3),
    );
  }
}

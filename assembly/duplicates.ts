// Which of many 64-bit hashes have occurred before: a table of hashes with linear probing, whose slots are chosen by the
// upper bits of hash · factor. The factor is odd and should be one that nobody can know before, as hashes that crowd
// together in a table can be found by who knows it; nothing that is returned depends on it.
//
// Where there are many hashes, a pass looks at those alone of which the first `partBits` bits of the product are `part`.

/**
 * Looks `length` hashes up and adds those that are new to the `slots`, 2^slotBits words that are 0 at first. Sets the byte
 * of each that was known at `marks`, unless that is 0. Returns how many were known, or -1 when more than three quarters of
 * the slots would be filled: `filled` is a u32 that counts them.
 */
export function markDuplicates(
  slots: usize,
  slotBits: i32,
  filled: usize,
  factor: u64,
  part: u64,
  partBits: i32,
  hashes: usize,
  length: i32,
  marks: usize,
): i32 {
  const shift = <u64>(64 - slotBits);
  const slotMask: usize = (<usize>1 << slotBits) - 1;
  const most = <u32>(((<u64>1 << slotBits) * 3) >>> 2);
  let used = load<u32>(filled);
  let known = 0;
  for (let k = 0; k < length; k++) {
    // An empty slot is 0, which stands for 1.
    const hash = load<u64>(hashes + (<usize>k << 3));
    const key = hash ? hash : 1;
    const product = key * factor;
    if (partBits && product >>> (64 - partBits) != part) continue;
    let slot = <usize>((product << partBits) >>> shift);
    let found = load<u64>(slots + (slot << 3));
    while (found && found != key) {
      slot = (slot + 1) & slotMask;
      found = load<u64>(slots + (slot << 3));
    }
    if (found) {
      known++;
      if (marks) store<u8>(marks + k, 1);
      continue;
    }
    if (used == most) {
      store<u32>(filled, used);
      return -1;
    }
    used++;
    store<u64>(slots + (slot << 3), key);
  }
  store<u32>(filled, used);
  return known;
}

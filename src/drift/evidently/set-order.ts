/**
 * The order in which Python goes through the union of two sets of numbers. Where sums are compared that differ by rounding
 * alone, as in permutations with ties, it decides; of text it changes from run to run, of numbers it does not.
 *
 * Source: CPython 3.11 (PSF licence), Objects/setobject.c and the hash of a double in Python/pyhash.c, which is its value
 * modulo 2^61 - 1.
 */

const modulus = 2n ** 61n - 1n;
const linearProbes = 9;
const smallest = 8;

/** What Python hashes each number to, as 64 bits without a sign. */
export function numberHashes(numbers: Iterable<number>): bigint[] {
  const double = new Float64Array(1);
  const bits = new BigUint64Array(double.buffer);
  return Array.from(numbers, (x) => {
    double[0] = Math.abs(x);
    const exponent = Number(bits[0]! >> 52n);
    const fraction = bits[0]! & (2n ** 52n - 1n);
    const whole = exponent === 0 ? fraction : fraction + 2n ** 52n;
    // Times 2^(exponent - 1075), of which 61 more or less make no difference.
    const shift = (Math.max(exponent, 1) - 1075 + 61 * 18) % 61;
    const hash = (whole << BigInt(shift)) % modulus;
    return BigInt.asUintN(64, x < 0 ? (hash === 1n ? -2n : -hash) : hash);
  });
}

/** Members are numbers of hashes; -1 is a free place. */
interface HashSet {
  places: Int32Array;
  used: number;
}

const empty = (size: number): HashSet => ({ places: new Int32Array(size).fill(-1), used: 0 });

/** Set of `first` | set of `second`, both numbers of hashes in the order in which they are put in. */
export function unionOrder(hashes: readonly bigint[], first: Iterable<number>, second: Iterable<number>): Int32Array {
  const low = Uint32Array.from(hashes, (hash) => Number(hash & 0xffffffffn));

  function isNew({ places }: HashSet, member: number): boolean {
    const mask = places.length - 1;
    let at = (low[member]! & mask) >>> 0;
    let perturb: bigint | undefined;
    while (true) {
      const last = at + linearProbes <= mask ? at + linearProbes : at;
      for (let place = at; place <= last; place++) {
        if (places[place] === member) return false;
        if (places[place] === -1) {
          places[place] = member;
          return true;
        }
      }
      perturb = (perturb ?? hashes[member]!) >> 5n;
      at = Number((BigInt(at) * 5n + 1n + perturb) & BigInt(mask));
    }
  }

  function resize(set: HashSet, atLeast: number): void {
    let size = smallest;
    while (size <= atLeast) size *= 2;
    const members = set.places.filter((member) => member >= 0);
    set.places = empty(size).places;
    for (const member of members) isNew(set, member);
  }

  function add(set: HashSet, member: number): void {
    if (!isNew(set, member)) return;
    set.used++;
    if (set.used * 5 >= (set.places.length - 1) * 3) resize(set, set.used * (set.used > 50_000 ? 2 : 4));
  }

  function setOf(members: Iterable<number>): HashSet {
    const set = empty(smallest);
    for (const member of members) add(set, member);
    return set;
  }

  function merge(set: HashSet, other: HashSet): void {
    const most = set.used + other.used;
    if (most * 5 >= (set.places.length - 1) * 3) resize(set, most * 2);
    if (set.used > 0) {
      for (const member of other.places) if (member >= 0) add(set, member);
      return;
    }
    if (set.places.length === other.places.length) set.places.set(other.places);
    else for (const member of other.places) if (member >= 0) isNew(set, member);
    set.used = other.used;
  }

  const union = empty(smallest);
  merge(union, setOf(first));
  merge(union, setOf(second));
  return union.places.filter((member) => member >= 0);
}

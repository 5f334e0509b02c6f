/**
 * SHA-256 (FIPS 180-4) of a text in UTF-8: a page's policy names its style and script by it. Node's own is out of reach
 * here, and the Web's is asynchronous.
 */

const words = 64;
const [start, constants] = primeRoots();

/** @returns the digest in base64, as content security policies want it */
export function sha256(text: string): string {
  const bytes = padded(new TextEncoder().encode(text));
  const state = Uint32Array.from(start);
  const view = new DataView(bytes.buffer);
  const w = new Uint32Array(words);
  for (let at = 0; at < bytes.length; at += 64) {
    for (let k = 0; k < 16; k++) w[k] = view.getUint32(at + 4 * k);
    for (let k = 16; k < words; k++) {
      const [early, late] = [w[k - 15]!, w[k - 2]!];
      const s0 = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
      const s1 = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
      w[k] = w[k - 16]! + s0 + w[k - 7]! + s1;
    }
    mix(state, w);
  }
  const digest = new DataView(new ArrayBuffer(32));
  for (const [k, word] of state.entries()) digest.setUint32(4 * k, word);
  return btoa(String.fromCharCode(...new Uint8Array(digest.buffer)));
}

function mix(state: Uint32Array, w: Uint32Array): void {
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let k = 0; k < words; k++) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const one = h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + choice + constants[k]! + w[k]!;
    const two = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + majority;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  for (const [k, word] of [a, b, c, d, e, f, g, h].entries()) state[k]! += word;
}

function turned(x: number, by: number): number {
  return (x >>> by) | (x << (32 - by));
}

/** The message, a one bit, zeros, and its length in bits at the end of a block of 64 bytes. */
function padded(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64);
  bytes.set(message);
  bytes[message.length] = 0x80;
  new DataView(bytes.buffer).setBigUint64(bytes.length - 8, BigInt(message.length) * 8n);
  return bytes;
}

/** The first 32 bits of the fractions of square roots of the first 8 primes, and of cube roots of the first 64. */
function primeRoots(): readonly [Uint32Array, Uint32Array] {
  const primes: number[] = [];
  for (let n = 2; primes.length < words; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  const fraction = (root: number): number => (root % 1) * 2 ** 32;
  return [
    Uint32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime))),
    Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime))),
  ];
}

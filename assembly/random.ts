// Seeded random choices: which rows, and in which order. The generator is sfc32 (see sfc32.ts), its state four u32.

import { nextBelow, nextBits } from "./sfc32";

/** Starts a generator from 64 bits; the first words are thrown away until all of the state depends on all of them. */
export function seedRandom(state: usize, low: u32, high: u32): void {
  store<u32>(state, high);
  store<u32>(state, 0x9e3779b9, 4); // the golden ratio, so that no seed makes all words 0
  store<u32>(state, low, 8);
  store<u32>(state, 1, 12);
  for (let k = 0; k < 20; k++) nextBits(state);
}

/** `count` whole numbers from 0 to `below` - 1 to `out` (u32). */
export function randomBelow(state: usize, below: u32, count: i32, out: usize): void {
  for (const end = out + (<usize>count << 2); out < end; out += 4) store<u32>(out, nextBelow(state, below));
}

/**
 * Marks `chosen` of `length` places with 1 and the others with 0 (bytes at `out`), all choices equally likely: each place
 * in turn is taken with the share of those still wanted among those still left (Knuth's algorithm S).
 */
export function chooseLabels(state: usize, chosen: u32, length: u32, out: usize): void {
  for (let left = length; left > 0; left--, out++) {
    const taken = u32(nextBelow(state, left) < chosen);
    store<u8>(out, taken);
    chosen -= taken;
  }
}

/** Brings `length` f64 into an order of which all are equally likely (Fisher and Yates). */
export function shuffleF64(state: usize, values: usize, length: u32): void {
  for (let left = length; left > 1; left--) {
    const from = values + (<usize>nextBelow(state, left) << 3);
    const to = values + (<usize>(left - 1) << 3);
    const moved = load<f64>(from);
    store<f64>(from, load<f64>(to));
    store<f64>(to, moved);
  }
}

/** The places (u32, ascending) of the `length` bytes at `labels` that are 1, to `out`; returns how many there are. */
export function labelled(labels: usize, length: u32, out: usize): u32 {
  let to = out;
  for (let k: u32 = 0; k < length; k++) {
    store<u32>(to, k);
    to += <usize>load<u8>(labels + k) << 2;
  }
  return <u32>((to - out) >>> 2);
}

// Tasks that take their thread with them, and others that behave. Started as a thread by test/engine/job.test.ts.

import { throwIfCancelled } from "../../dist/engine/cancel.js";
import { asTask, startInThread } from "../../dist/engine/task.js";
import { withScratch } from "../../dist/engine/workspace.js";

export const ready = startInThread();

/** The sum of an array, added up in scratch space. */
const added = ({ values }) =>
  withScratch((engine, take) => {
    const at = take(values.byteLength) / 8;
    engine.f64.set(values, at);
    let sum = 0;
    for (let k = 0; k < values.length; k++) sum += engine.f64[at + k];
    return sum;
  });

export const sum = asTask(added);

/** Writes all over its region for a while and finds what it wrote. */
export const fill = asTask(({ bytes, value, rounds }) =>
  withScratch(({ u8 }, take) => {
    const at = take(bytes);
    for (let round = 0; round < rounds; round++) {
      u8.fill(value, at, at + bytes);
      if (u8.subarray(at, at + bytes).some((byte) => byte !== value)) return false;
    }
    return true;
  }),
);

/** Says that it has begun, and goes on until it is told to stop or cancelled. */
export const spin = asTask(({ begun, stop }) => {
  Atomics.add(begun, 0, 1);
  Atomics.notify(begun, 0);
  while (Atomics.load(stop, 0) === 0) throwIfCancelled();
  return "stopped";
});

/** The same, and does not look whether anybody wants it. */
export const deaf = asTask(({ begun, stop }) => {
  Atomics.add(begun, 0, 1);
  Atomics.notify(begun, 0);
  while (Atomics.load(stop, 0) === 0);
  return "stopped";
});

/** Fails so many times in its way, and then adds up. */
const failing = (fail) =>
  asTask((message) => {
    if (Atomics.sub(message.failures, 0, 1) > 0) return fail();
    return added(message);
  });

export const leaves = failing(() => process.exit(3));
/** A module whose only function does nothing but trap. */
const trap = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 0x66, 0, 0],
  ...[0x0a, 5, 1, 3, 0, 0, 0x0b],
);
export const traps = failing(() => new WebAssembly.Instance(new WebAssembly.Module(trap)).exports.f());
export const unclonable = failing(() => () => 1);
export const hungry = failing(() => {
  const all = [];
  for (;;) all.push(new Array(1 << 20).fill(all.length + 0.5));
});
export const refusesMore = asTask(() => {
  throw Object.assign(new Error("no such file"), { code: "ENOENT", name: "OwnError" });
});
export const refuses = asTask(() => {
  throw new RangeError("refuses: needs something else");
});

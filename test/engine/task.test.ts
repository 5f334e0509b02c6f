/** What worker threads run, here on the main thread. */
import { Buffer } from "node:buffer";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { throwIfCancelled } from "../../dist/engine/cancel.js";
import { theEngine } from "../../dist/engine/memory.js";
import { bytesToPlace, inSharedMemory, received, sendable } from "../../dist/engine/sendable.js";
import { asTask, startInThread } from "../../dist/engine/task.js";
import { withScratch } from "../../dist/engine/workspace.js";

const region = { start: 2 ** 31, end: 2 ** 31 + (1 << 20) };

const word = (value = 0) => new Int32Array(new SharedArrayBuffer(4)).fill(value);

function envelope(sent: unknown, cancelled = 0, begun = 0) {
  return { control: { begun: word(begun), cancelled: word(cancelled) }, region, sent };
}

describe("a task", () => {
  it("gives its result", () => {
    expect(asTask(({ x }: { x: number }) => x + 1)(envelope({ x: 1 }))).toEqual({ is: "done", result: 2 });
    expect(startInThread()()).toBe(true);
  });

  it("uses its region and no more, and says so even where the work makes something of that", () => {
    const take = asTask((bytes: number) => withScratch((_, take) => take(bytes)));
    expect(take(envelope(1000))).toEqual({ is: "done", result: region.start });
    expect(take(envelope(1 << 20))).toEqual({ is: "done", result: region.start });
    expect(take(envelope((1 << 20) + 1))).toEqual({ is: "memory" });
    const careful = asTask((bytes: number) => {
      try {
        return withScratch((_, take) => take(bytes));
      } catch {
        return "too large";
      }
    });
    expect(careful(envelope(1 << 21))).toEqual({ is: "memory" });
    // The main thread's own stack is as it was.
    expect(withScratch((_, take) => take(8))).toBeLessThan(2 ** 20);
  });

  it("throws what another thread would throw too, and tells traps apart", () => {
    const error = new RangeError("no");
    const failing = asTask((thrown: Error) => {
      throw thrown;
    });
    expect(failing(envelope(error))).toMatchObject({ is: "error" });
    const trap = asTask(() => {
      throw new WebAssembly.RuntimeError("unreachable");
    });
    expect(trap(envelope(null))).toMatchObject({ is: "trap" });
  });

  it("ends when nobody wants it any more, and does not begin when it may not", () => {
    let looks = 0;
    const looking = asTask(() => {
      looks++;
      throwIfCancelled();
      return "to the end";
    });
    expect(looking(envelope(null))).toEqual({ is: "done", result: "to the end" });
    expect(looking(envelope(null, 1))).toEqual({ is: "cancelled" });
    expect(looks).toBe(2);
    expect(looking(envelope(null, 0, -1))).toEqual({ is: "cancelled" });
    expect(looks).toBe(2);
    expect(throwIfCancelled()).toBe(undefined);
  });
});

const array = fc.oneof(
  fc.uint8Array(),
  fc.int16Array(),
  fc.uint32Array(),
  fc.float32Array(),
  fc.float64Array(),
  fc.bigInt64Array(),
  fc.bigUint64Array(),
);
const leaf = fc.oneof(array, fc.double(), fc.string(), fc.bigInt(), fc.constant(null), fc.constant(undefined));
const { value: anything } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.array(fc.option(fc.string())),
    fc.dictionary(
      fc.string().filter((name) => name !== "__proto__"),
      tie("value"),
      { maxKeys: 3, noNullPrototype: true },
    ),
    fc.array(fc.tuple(fc.string(), tie("value")), { maxLength: 3 }).map((entries) => new Map(entries)),
  ),
}));

describe("what is sent", () => {
  it("arrives as it was, whatever it is, and takes as many bytes as were foretold", () => {
    const property = fc.property(anything, (value) => {
      const engine = theEngine();
      const { sent, end } = sendable(value, region, engine);
      expect(end - region.start).toBe(bytesToPlace(value));
      const cloned = structuredClone(sent);
      expect(isDeepStrictEqual(received(cloned, engine), value)).toBe(true);
      expect(isDeepStrictEqual(inSharedMemory(value), value)).toBe(true);
      expect(bytesToPlace(inSharedMemory(value))).toBe(0);
    });
    fc.assert(property, { numRuns: 300 });
  });

  it("is placed once where it is named twice, and not at all where it is shared", () => {
    const engine = theEngine();
    const one = new Float64Array(100);
    expect(bytesToPlace({ x: one, y: [one, one.subarray(0), one.subarray(1)] })).toBe(832 + 832);
    const shared = inSharedMemory({ x: one, y: one });
    expect(shared.x.buffer).toBe(shared.y.buffer);
    const { sent } = sendable(shared, region, engine);
    expect((sent as typeof shared).x).toBe(shared.x);
  });

  it("may have names like those of what stands for an array", () => {
    const named = {
      placed: "ks",
      address: "psi",
      inner: { placed: 1, address: 2 },
      length: [{ placed: "x", address: 0 }],
    };
    expect(received(named, theEngine())).toEqual(named);
  });

  it("may be a Buffer, and lies in engine memory when it arrives", () => {
    const engine = theEngine();
    const { sent } = sendable({ bytes: Buffer.from("smirnov") }, region, engine);
    const { bytes } = received(sent, engine) as { bytes: Uint8Array };
    expect(bytes).toEqual(new Uint8Array(Buffer.from("smirnov")));
    expect(bytes.buffer).toBe(engine.buffer);
    expect(bytes.byteOffset).toBe(region.start);
  });
});

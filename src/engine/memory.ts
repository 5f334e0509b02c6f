/**
 * The one WebAssembly memory and the kernels over it. It is reserved at once (4 GiB of addresses, which costs nothing
 * until touched) because growing would replace `memory.buffer` under every view, and it is shared so that worker
 * threads can work in it too. Nothing outside `engine/` sees it.
 */
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { instantiateSync } from "@assemblyscript/loader";
import type { instantiate } from "#kernels";

export type Kernels = Awaited<ReturnType<typeof instantiate>>;

/** The kernels, and typed views of all of their memory. */
export interface Engine {
  readonly kernels: Kernels;
  readonly buffer: SharedArrayBuffer;
  readonly u8: Uint8Array;
  readonly u16: Uint16Array;
  readonly u32: Uint32Array;
  readonly f64: Float64Array;
  readonly i64: BigInt64Array;
  /** Copies bytes to an address. */
  copyIn(bytes: Uint8Array, address: number): void;
}

const pageBytes = 65_536;
const pages = 65_536;

const harmonicBytes = 2 ** 21;

/** End of what may be handed out. The last page stays free, since a range that ends at 2^32 would wrap to 0. */
export const memoryEnd = (pages - 1) * pageBytes - harmonicBytes;

/** Tables of constants that are found when they are first needed: what lies here is the same for every call and thread. */
export const tables = { harmonic: { address: memoryEnd, bytes: harmonicBytes } } as const;

/** What all threads have in common: a `WebAssembly.Memory` and a `WebAssembly.Module`, which can be sent to a thread. */
export interface Shared {
  readonly memory: object;
  readonly module: object;
}

let shared: Shared | undefined;
let engine: Engine | undefined;

/** The engine of this thread, made on first use. @throws Error where the address space cannot be reserved */
export function theEngine(): Engine {
  engine ??= start(theShared() as Parts);
  return engine;
}

/** The memory and the kernels of this process. */
export function theShared(): Shared {
  shared ??= {
    memory: reserve(),
    module: new WebAssembly.Module(readFileSync(new URL("./kernels.wasm", import.meta.url))),
  };
  return shared;
}

/** In a worker thread, before anything is computed: the engine works in the memory of those who started the thread. */
export function adoptShared(given: Shared): void {
  shared = given;
}

interface Parts {
  readonly memory: WebAssembly.Memory;
  readonly module: WebAssembly.Module;
}

function start({ memory, module }: Parts): Engine {
  const kernels = instantiateSync<Record<string, unknown>>(module, { env: { memory } }).instance
    .exports as unknown as Kernels;
  const buffer = memory.buffer as unknown as SharedArrayBuffer;
  return {
    kernels,
    buffer,
    u8: new Uint8Array(buffer),
    u16: new Uint16Array(buffer),
    u32: new Uint32Array(buffer),
    f64: new Float64Array(buffer),
    i64: new BigInt64Array(buffer),
    copyIn: copier(buffer),
  };
}

/**
 * Into shared memory `TypedArray.set` copies word by word; filling a Buffer with exactly as many bytes is one memcpy,
 * two thirds of the time from some kilobytes on.
 */
function copier(buffer: SharedArrayBuffer): Engine["copyIn"] {
  const u8 = new Uint8Array(buffer);
  const whole = Buffer.from(buffer);
  return (bytes, address) => {
    if (bytes.length < 4096) u8.set(bytes, address);
    else whole.fill(bytes, address, address + bytes.length);
  };
}

/** The same between two places in shared memory, of the same length. */
export function copyShared(from: Uint8Array, to: Uint8Array): void {
  Buffer.from(to.buffer as ArrayBuffer, to.byteOffset, to.byteLength).fill(from);
}

function reserve(): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch (cause) {
    throw new Error(
      "smirnov: cannot reserve 4 GiB of address space for WebAssembly memory. Under a limit on virtual memory " +
        "(ulimit -v, some containers) start Node with --disable-wasm-trap-handler, which needs less of it.",
      { cause },
    );
  }
}

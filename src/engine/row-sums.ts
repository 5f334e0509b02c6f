/**
 * Hashes of rows over many columns, to which tasks on any thread add one column after the other: a word a row in shared
 * memory, in blocks that one task at a time adds to. A block is added to once for each column, also where a task is done
 * twice. When a thread was lost while it held a block the sums are broken, and whoever made them has to begin anew.
 */
import { copyShared, type Engine } from "./memory.js";
import type { Take } from "./workspace.js";

/** Rows of a block; a column's hash has a word for each. */
export const hashedBlock = 16_384;

export interface RowSums {
  readonly rows: BigUint64Array;
  /** A word for each block: 1 while a task adds to it. */
  readonly locks: Int32Array;
  /** A word for each column: its blocks that were added. */
  readonly added: Int32Array;
  /** One word, 1 when the sums are broken. */
  readonly broken: Int32Array;
}

export function newRowSums(rows: number, columns: number): RowSums {
  const words = (length: number) => new Int32Array(new SharedArrayBuffer(4 * length));
  return {
    rows: new BigUint64Array(new SharedArrayBuffer(8 * rows)),
    locks: words(Math.ceil(rows / hashedBlock)),
    added: words(columns),
    broken: words(1),
  };
}

/** Whether all that was added is there, and nothing else. */
export function isWhole({ broken }: RowSums): boolean {
  return Atomics.load(broken, 0) === 0;
}

/** The sums of a block in engine memory, while a task adds to it. */
export interface HeldBlocks {
  /** Begins a block. @returns where its sums lie; 0 where nothing is to be added */
  begin(block: number): number;
  /** Ends it: what was added is kept. */
  end(): void;
  /** Lets go of a block that was not ended, and leaves it as it was. */
  release(): void;
}

/** Milliseconds; blocks are held for microseconds. */
const patience = 5000;

/** @param index  the column's number */
export function heldBlocks(sums: RowSums, index: number, engine: Engine, take: Take): HeldBlocks {
  const { rows, locks, added } = sums;
  const bytes = new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength);
  const address = take(hashedBlock * 8);
  let held = -1;
  const own = (): Uint8Array => bytes.subarray(held * hashedBlock * 8, (held + 1) * hashedBlock * 8);
  const release = (): void => {
    if (held < 0) return;
    Atomics.store(locks, held, 0);
    Atomics.notify(locks, held);
    held = -1;
  };
  return {
    begin(block) {
      if (!lock(sums, block)) return 0;
      held = block;
      if (added[index]! > block) {
        release();
        return 0;
      }
      engine.copyIn(own(), address);
      return address;
    },
    end() {
      if (held < 0) return;
      const to = own();
      copyShared(engine.u8.subarray(address, address + to.length), to);
      added[index] = held + 1;
      release();
    },
    release,
  };
}

/** `false` where the sums are broken. */
function lock(sums: RowSums, block: number): boolean {
  let since = 0;
  while (isWhole(sums)) {
    if (Atomics.compareExchange(sums.locks, block, 0, 1) === 0) return true;
    since ||= performance.now();
    if (performance.now() - since > patience) Atomics.store(sums.broken, 0, 1);
    else Atomics.wait(sums.locks, block, 1, 100);
  }
  return false;
}

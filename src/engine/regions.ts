/**
 * Regions of the shared memory for the tasks of worker threads, handed out from the top of the memory down, so that the
 * main thread's stack below keeps as much as possible. The first gap that is large enough is taken, which brings back
 * pages that were touched before. Who asks waits in turn: a large request is not overtaken by small ones.
 */
import type { Region } from "./workspace.js";

const pageBytes = 65_536;

/** Hands out regions; addresses are multiples of 64 KiB. */
export interface Regions {
  /** Bytes of the largest region there can be. */
  readonly capacity: number;
  /** Waits until a region of so many bytes is free. @throws RangeError for more than the capacity */
  take(bytes: number): Promise<Region>;
  /** Waits until nothing is handed out, and holds everything back from others until `work` is done. */
  takeAll<R>(work: () => R): Promise<R>;
  /** Gives a region back. @throws Error for one that is not handed out */
  free(region: Region): void;
  /** Where the lowest region begins; the end of the memory where there is none. */
  lowest(): number;
}

/** @param onChange  called when a region was handed out or came back, with `lowest()` */
export function regionsOf(start: number, end: number, onChange: (lowest: number) => void = () => {}): Regions {
  const [bottom, top] = [Math.ceil(start / pageBytes) * pageBytes, Math.floor(end / pageBytes) * pageBytes];
  /** From the top down. */
  const taken: Region[] = [];
  const waiting: (() => boolean)[] = [];
  const lowest = (): number => taken.at(-1)?.start ?? end;
  const serve = (): void => {
    while (waiting[0]?.()) waiting.shift();
  };
  const inTurn = <R>(attempt: (resolve: (value: R) => void, reject: (error: unknown) => void) => boolean): Promise<R> =>
    new Promise((resolve, reject) => {
      waiting.push(() => attempt(resolve, reject));
      if (waiting.length === 1) serve();
    });
  return {
    capacity: top - bottom,
    async take(bytes) {
      const size = Math.max(1, Math.ceil(bytes / pageBytes)) * pageBytes;
      if (size > top - bottom)
        throw new RangeError(`regions: at most ${top - bottom} bytes can be taken, got ${bytes}`);
      return inTurn((resolve) => {
        const found = gapFor(size, taken, bottom, top);
        if (!found) return false;
        taken.splice(found.at, 0, found.region);
        onChange(lowest());
        resolve(found.region);
        return true;
      });
    },
    takeAll(work) {
      return inTurn((resolve, reject) => {
        if (taken.length > 0) return false;
        try {
          resolve(work());
        } catch (error) {
          reject(error);
        }
        return true;
      });
    },
    free(region) {
      const at = taken.indexOf(region);
      if (at < 0) throw new Error("regions: a region can be freed once, and only where it came from");
      taken.splice(at, 1);
      onChange(lowest());
      serve();
    },
    lowest,
  };
}

/** The highest gap with room for `size` bytes, and its place in the list; a region lies at its upper end. */
function gapFor(size: number, taken: readonly Region[], bottom: number, top: number) {
  let end = top;
  for (let at = 0; at <= taken.length; at++) {
    const below = taken[at]?.end ?? bottom;
    if (end - below >= size) return { at, region: { start: end - size, end } };
    end = taken[at]?.start ?? bottom;
  }
  return null;
}

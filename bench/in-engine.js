// Columns that already lie in engine memory, as for a job that reads a file straight into it. They are put far above what
// calls take, and stay there until the next ones.
import { denseOf, makeResident, roomForIndex } from "../dist/engine/dense.js";
import { theEngine } from "../dist/engine/memory.js";
import { denseSource } from "../dist/source/values.js";

/** A function that makes sources of the arrays' doubles, for plans to ask: anew for each run, so that none remembers. */
export function sourcesInEngine(arrays) {
  let end = 2 ** 31;
  const take = (bytes) => {
    const address = end;
    end = Math.ceil((address + bytes) / 64) * 64;
    return address;
  };
  const columns = arrays.map((values) => {
    const column = denseOf(values);
    const resident = makeResident(column, theEngine(), take);
    return { ...column, resident, index: roomForIndex(values.length, take) };
  });
  return () => columns.map(denseSource);
}

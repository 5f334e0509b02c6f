// Columns that already lie in engine memory, as for a job that reads a file straight into it. They are put far above what
// calls take, and stay there until the next ones.
import { denseOf, makeResident } from "../dist/engine/dense.js";
import { theEngine } from "../dist/engine/memory.js";
import { denseSource } from "../dist/source/values.js";

/** Sources of arrays of doubles, for plans to ask. */
export function sourcesInEngine(arrays) {
  let end = 2 ** 31;
  const take = (bytes) => {
    const address = end;
    end = Math.ceil((address + bytes) / 64) * 64;
    return address;
  };
  return arrays.map((values) => {
    const column = denseOf(values);
    return denseSource({ ...column, resident: makeResident(column, theEngine(), take) });
  });
}

// Merges so many profiles, read from files one after the other, and tells what it took: node profiles-child.js count file…
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { merge } from "smirnov";

const [count, ...files] = process.argv.slice(2);
const room = new Uint8Array(16e6);

// Not the most that the system remembers, to which that of the process that started this one belongs.
let peak = 0;
// Of the first half of the profiles too, so that what grows with their number shows.
let early = 0;
let late = 0;

/** Each file, in one and the same memory. */
function* read(times) {
  for (let k = 0; k < times; k++) {
    if (k % 10 === 0) {
      const held = process.memoryUsage.rss();
      peak = Math.max(peak, held);
      if (k < times / 2) early = Math.max(early, held);
      else late = Math.max(late, held);
    }
    const file = openSync(files[k % files.length]);
    const { size } = fstatSync(file);
    readSync(file, room, 0, size, 0);
    closeSync(file);
    yield room.subarray(0, size);
  }
}

await merge(read(files.length));
const before = process.memoryUsage.rss();
peak = early = late = 0;
const start = performance.now();
const { rows, columns } = await merge(read(Number(count)));
const nanoseconds = (performance.now() - start) * 1e6;
console.log(
  JSON.stringify({ rows, cells: columns.get("0").cells.starts.length, nanoseconds, before, early, late, peak }),
);

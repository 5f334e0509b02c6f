// Appends records of many sizes, several at a time, and prints the sequence of each that was acknowledged, until it is killed.
// node appending-child.js <open-spool.js> <folder> <options as JSON>
import { writeSync } from "node:fs";

const [, , module, folder, options] = process.argv;
const { openSpool } = await import(module);
const spool = await openSpool(folder, JSON.parse(options));
let next = spool.last;
const appendForever = async () => {
  for (;;) {
    const number = next++;
    const bytes = Buffer.alloc(8 + ((number * 7919) % 5000), number % 251);
    bytes.writeUInt32LE(number, 0);
    const sequence = await spool.append(bytes);
    writeSync(1, `${sequence} ${number}\n`);
  }
};
await Promise.all(Array.from({ length: 8 }, appendForever));

// Opens a spool, appends a record, says so, and keeps it open until it is killed; or says why it cannot.
// node locking-child.js <open-spool.js> <folder>
import { hostname } from "node:os";

const [, , module, folder] = process.argv;
const { openSpool } = await import(module);
try {
  const spool = await openSpool(folder);
  await spool.append(Buffer.from("row"));
  console.log(`open: ${spool.last} by ${process.pid} of ${hostname()}`);
  setInterval(() => {}, 1_000);
} catch (error) {
  console.log(`${error.name}: ${error.message}`);
}

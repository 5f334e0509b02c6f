// Reads the files whose paths its parent sends, and says what became of each. With `open` they stay where they are, and
// all of their columns are read piece by piece.
import { chunksInMemory } from "../../dist/engine/in-memory.js";
import { openTable } from "../../dist/read/open-table.js";
import { readTable } from "../../dist/read/read-table.js";

async function read(path, options, open) {
  if (!open) return readTable(path, options);
  const table = await openTable(path, options);
  for (const { chunks } of table.columns.values()) chunksInMemory(chunks);
  return table;
}

process.on("message", async ({ path, format, open }) => {
  // Of the processor, whose other work is not ours.
  const started = process.cpuUsage();
  let outcome;
  try {
    const { rows, columns, unsupported } = await read(path, format ? { format } : {}, open);
    outcome = { rows, columns: [...columns.keys()], unsupported: [...unsupported] };
  } catch (error) {
    outcome = { error: error.name, message: error.message };
  }
  const { user, system } = process.cpuUsage(started);
  process.send({ ...outcome, milliseconds: (user + system) / 1000, rss: process.resourceUsage().maxRSS * 1024 });
});

// Reads the files whose paths its parent sends, and says what became of each.
import { readTable } from "../../dist/read/read-table.js";

process.on("message", async ({ path, format }) => {
  const started = performance.now();
  let outcome;
  try {
    const { rows, columns, unsupported } = await readTable(path, format ? { format } : {});
    outcome = { rows, columns: [...columns.keys()], unsupported: [...unsupported] };
  } catch (error) {
    outcome = { error: error.name, message: error.message };
  }
  process.send({ ...outcome, milliseconds: performance.now() - started, rss: process.resourceUsage().maxRSS * 1024 });
});

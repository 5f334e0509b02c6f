// One statistic over two files, and what it took: node larger-child.js ks|wasserstein|compare reference current [memory]
import { existsSync, readFileSync } from "node:fs";
import { compare, ksTest, openTable, wasserstein } from "smirnov";

const [method, before, after, memory] = process.argv.slice(2);
const options = memory ? { memory: Number(memory) } : {};
const start = performance.now();
const [reference, current] = [await openTable(before, options), await openTable(after, options)];
if (method === "compare") await compare(reference, current);
else (method === "ks" ? ksTest : wasserstein)(reference.columns.get("x"), current.columns.get("x"));
const nanoseconds = (performance.now() - start) * 1e6;
console.log(JSON.stringify({ nanoseconds, peak: peak() }));

/** Bytes. Where the system says it, without what the parent had when it started this process. */
function peak() {
  const own = "/proc/self/status";
  const line = existsSync(own) && /VmHWM:\s+(\d+)/.exec(readFileSync(own, "utf8"));
  return (line ? Number(line[1]) : process.resourceUsage().maxRSS) * 1024;
}

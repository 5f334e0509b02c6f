// One statistic over two files, and what it took: node larger-child.js ks|wasserstein|compare reference current [memory]
import { compare, ksTest, openTable, wasserstein } from "smirnov";

const [method, before, after, memory] = process.argv.slice(2);
const options = memory ? { memory: Number(memory) } : {};
const start = performance.now();
const [reference, current] = [await openTable(before, options), await openTable(after, options)];
if (method === "compare") await compare(reference, current);
else (method === "ks" ? ksTest : wasserstein)(reference.columns.get("x"), current.columns.get("x"));
const nanoseconds = (performance.now() - start) * 1e6;
console.log(JSON.stringify({ nanoseconds, peak: process.resourceUsage().maxRSS * 1024 }));

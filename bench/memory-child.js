// Compares two files and tells what it took: node memory-child.js reference current
import { compare, readTable } from "smirnov";

const start = performance.now();
const [reference, current] = process.argv.slice(2);
const report = await compare(await readTable(reference), await readTable(current));
const judged = Object.values(report.columns).filter(({ status }) => status === "ok").length;
const drifted = Object.values(report.columns).filter(({ drifted }) => drifted).length;
const nanoseconds = (performance.now() - start) * 1e6;
console.log(JSON.stringify({ judged, drifted, nanoseconds, peak: process.resourceUsage().maxRSS * 1024 }));

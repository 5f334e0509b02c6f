// A service that the benchmark loads: node serve-child.js <folder>. It tells its address, and what it was at the end.
import { createService } from "smirnov/service";

const [, , folder] = process.argv;
const dataset = { window: { rows: 100_000 } };
const service = await createService(
  {
    listen: { port: 0 },
    store: "none",
    log: { level: "error" },
    limits: { requestsPerMinute: 1e9 },
    datasets: { arrow: dataset, ndjson: dataset },
  },
  { folder },
);
const { url } = await service.listen();
process.send({ url });
process.on("message", async () => {
  await service.close();
  process.send({ peak: process.resourceUsage().maxRSS * 1024 });
  process.disconnect();
});

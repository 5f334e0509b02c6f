// A service that the benchmark loads, with the defaults: node serve-child.js <folder>. It tells its address; then what its main
// thread did between "watch" and "watched", and at the "end" what memory it took.
import { createService } from "smirnov/service";
import { watchTurns } from "./busy-clock.js";

const [, , folder] = process.argv;
const service = await createService(
  {
    listen: { port: 0 },
    log: { level: "error" },
    limits: { requestsPerMinute: 1e9 },
    datasets: { arrow: { window: { rows: 10_000 } }, ndjson: { window: { rows: 2500 } } },
  },
  { folder },
);
const { url } = await service.listen();
let watched = () => null;
process.on("message", async (message) => {
  if (message === "watch") watched = watchTurns();
  if (message === "watched") process.send(watched());
  if (message !== "end") return;
  await service.close();
  process.send({ peak: process.resourceUsage().maxRSS * 1024 });
  process.disconnect();
});
process.on("disconnect", () => process.exit());
process.send({ url });

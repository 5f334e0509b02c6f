// A service as a process of its own, for tests that end it without warning: node child.js <config.json> <folder>
// Whatever it is sent, it answers what memory is left once all was looked at and, with --expose-gc, garbage collected.
import { readFileSync } from "node:fs";
import { createService } from "../../dist/bundle/service.js";

const [, , config, folder] = process.argv;
const service = await createService(JSON.parse(readFileSync(config, "utf8")), { folder });
const { url } = await service.listen();
process.send?.({ url });
process.on("message", async () => {
  await service.idle();
  for (let k = 0; k < 3; k++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  process.send?.(process.memoryUsage());
});
process.on("SIGTERM", async () => {
  await service.close();
  process.exit(0);
});

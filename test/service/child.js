// A service as a process of its own, for tests that end it without warning: node child.js <config.json> <folder>
import { readFileSync } from "node:fs";
import { createService } from "../../dist/bundle/service.js";

const [, , config, folder] = process.argv;
const service = await createService(JSON.parse(readFileSync(config, "utf8")), { folder });
const { url } = await service.listen();
process.send?.({ url });
process.on("SIGTERM", async () => {
  await service.close();
  process.exit(0);
});

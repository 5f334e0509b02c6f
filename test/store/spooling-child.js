// Records runs into a database that is away, says so, and waits to be killed.

import { openStore } from "../../dist/store/open-store.js";
import { spoolingStore } from "../../dist/store/spooling-store.js";

const [url, folder, schema, runs] = process.argv.slice(2);
const store = await spoolingStore(() => openStore(url, { schema, timeout: 2000 }), folder, {
  retry: { first: 10, longest: 50 },
});
for (const run of JSON.parse(runs)) {
  await store.record(run);
  process.stdout.write(`${run.id}\n`);
}
setInterval(() => {}, 1000);

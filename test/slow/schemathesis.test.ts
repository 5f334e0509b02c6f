/**
 * The service against its own OpenAPI document, by schemathesis, which makes requests of it and holds the answers against it. Slow:
 * run with `SLOW=1`; `SCHEMATHESIS_EXAMPLES` sets how many requests each operation gets, `SCHEMATHESIS` where the program is.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { authorized, lines, ndjson, noon, rowsFrom, running, scratchFolder, token } from "../service/running.ts";

const program = process.env.SCHEMATHESIS ?? "schemathesis";
const examples = Number(process.env.SCHEMATHESIS_EXAMPLES ?? 100);
const isThere = spawnSync(program, ["--version"]).status === 0;

/**
 * What fits the document may be refused where a dataset's columns say so (422), nothing is there (404), or the configuration has
 * another way (409); text that is no JSON or CSV too (400). Bodies are sent as they are.
 */
const settings = `
[parameters]
"header.content-encoding" = "identity"
[checks]
positive_data_acceptance.expected-statuses = ["2xx", 404, 409, 422]
[[operations]]
include-method = ["POST", "PUT"]
checks.positive_data_acceptance.expected-statuses = ["2xx", 400, 409, 422]
`;

describe.skipIf(!process.env.SLOW || !isThere)("the OpenAPI document (needs schemathesis)", () => {
  it("is what the service does", { timeout: 1_800_000 }, async () => {
    const labels = { id: "id", target: "paid", within: "1h" };
    const { service, ask, log, folder } = await running(
      {
        auth: { tokens: [token] },
        log: { level: "error" },
        limits: { requestsPerMinute: 1e9 },
        store: "duckdb:metrics.duckdb",
        datasets: {
          orders: { window: { duration: "1m" }, against: "previous", time: "time", labels },
          clicks: { window: { rows: 20 } },
        },
      },
      { listen: true },
    );
    const rows = rowsFrom(noon, 300).map((row, id) => ({ id: String(id), ...row }));
    const headers = { ...ndjson, ...authorized };
    const first = await ask({ method: "POST", url: "/v1/orders/rows", headers, payload: lines(rows) });
    expect(first.status).toBe(202);
    await service.idle();
    const config = join(folder, "schemathesis.toml");
    writeFileSync(config, settings);
    const options = [
      ...["--header", `Authorization: Bearer ${token}`, "--max-examples", String(examples), "--checks", "all"],
      // Streams do not end.
      ...["--exclude-path", "/v1/events", "--continue-on-failure", "--suppress-health-check", "all"],
      ...["--request-timeout", "60", "--workers", "1", "--no-color"],
    ];
    const run = spawn(program, ["--config-file", config, "run", `${service.url}/openapi.json`, ...options], {
      cwd: scratchFolder(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let told = "";
    for (const stream of [run.stdout, run.stderr]) stream.on("data", (piece) => (told += piece));
    const [status] = (await once(run, "close")) as [number];
    expect(status, told).toBe(0);
    console.log(told.slice(told.indexOf("Test cases:")));
    expect(log).toEqual([]);
    expect((await ask({ url: "/readyz" })).json).toMatchObject({ status: "ready" });
  });
});

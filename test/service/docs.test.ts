/** docs/service.md: its configuration, and every request of it, as they are written there. */
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parseServiceConfig, serviceSchema } from "smirnov/service";
import { describe, expect, it } from "vitest";
import { lines, running, scratchFolder, token } from "./running.ts";

const text = readFileSync(fileURLToPath(new URL("../../docs/service.md", import.meta.url)), "utf8");
const blocks = (language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(([, code]) => code as string);
const run = promisify(execFile);
const hasCurl = await run("curl", ["--version"]).then(
  () => true,
  () => false,
);
const config = await parseServiceConfig(blocks("yaml")[0] as string, "monitor.yaml");

describe("docs/service.md", () => {
  it("shows a configuration that is right", () => {
    expect(Object.keys(config.datasets)).toEqual(["orders"]);
  });

  it("names every key of the configuration", () => {
    const {
      datasets,
      listen,
      auth,
      limits,
      exporters,
      log,
      idempotency,
      $schema: _,
      ...others
    } = serviceSchema.properties ?? {};
    const dataset = (datasets as { additionalProperties: typeof serviceSchema }).additionalProperties.properties ?? {};
    const parts = { listen, auth, limits, exporters, log, idempotency };
    const inside = Object.values(parts).flatMap((part) => Object.keys(part?.properties ?? {}));
    const missing = [...Object.keys(others), ...Object.keys(dataset), ...inside].filter(
      (name) => !text.includes(`\`${name}\``) && !new RegExp(`\`[\\w.]*\\.${name}\``).test(text),
    );
    expect(missing).toEqual([]);
  });

  it.skipIf(!hasCurl)("shows requests that are answered (needs curl)", async () => {
    const folder = scratchFolder();
    const { service } = await running(
      { ...config, auth: { tokens: [token] }, store: "duckdb:metrics.duckdb" },
      { listen: true },
    );
    const row = (k: number) => ({
      ordered_at: new Date(Date.UTC(2026, 10, 26, 10, k)).toISOString(),
      price: (k * 7) % 13,
    });
    const rows = Array.from({ length: 90 }, (_, k) => row(k));
    writeFileSync(join(folder, "rows.ndjson"), lines(rows));
    writeFileSync(join(folder, "reference.csv"), `price\n${rows.map(({ price }) => price).join("\n")}\n`);
    const commands = blocks("sh")
      .flatMap((code) => code.split("\n"))
      .filter((line) => line.includes("curl "));
    expect(commands.length).toBeGreaterThan(12);
    const environment = { PATH: process.env.PATH, URL: service.url as string, TOKEN: token };
    for (const command of commands) {
      if (/\bGET|report|history/.test(command)) await service.idle();
      const shown = command.replace("curl ", "curl -sS -o answer -w '%{http_code}' ");
      const { stdout } = await run("sh", ["-c", shown], { cwd: folder, env: environment });
      expect({
        command,
        status: stdout,
        body: stdout.startsWith("2") ? "" : readFileSync(join(folder, "answer"), "utf8"),
      }).toEqual({
        command,
        status: expect.stringMatching(/^20[02]$/),
        body: "",
      });
    }
  });
});

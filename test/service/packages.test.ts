/** What is said where packages are missing that a configuration needs: all of them, once. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { installCommand, type PeerName } from "../../dist/engine/peers.js";
import type { ServiceConfig } from "../../src/service/config.ts";
import { at, text } from "../house/repository.ts";

const root = mkdtempSync(join(tmpdir(), "smirnov-packages-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const bundle = join(root, "bundle");
cpSync(at("dist/bundle"), bundle, { recursive: true });

const app = ["fastify", "@fastify/bearer-auth", "@fastify/rate-limit", "@fastify/swagger"];
const datasets = { orders: { window: { rows: 100 } } };
let folders = 0;

/** The package in a folder that has these optional ones and no others. */
function installed(names: readonly string[]): string {
  const folder = join(root, `${++folders}`);
  symlinkSync(bundle, join(mkdirAt(folder), "bundle"));
  // The bundle finds its packages from where it really lies.
  const modules = join(root, "node_modules");
  rmSync(modules, { recursive: true, force: true });
  for (const name of ["@assemblyscript/loader", "fzstd", "papaparse", "piscina", "yaml", ...names]) {
    symlinkSync(at(join("node_modules", name)), join(mkdirAt(join(modules, name, "..")), name.split("/").at(-1)!));
  }
  return folder;
}

function mkdirAt(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return folder;
}

function ran(folder: string, words: readonly string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, words, { cwd: folder, encoding: "utf8" });
  return (stdout + stderr).trim();
}

function messageOf(names: readonly string[], config: Partial<ServiceConfig>): string {
  const script = `
    const { createService } = await import("./bundle/service.js");
    const service = await createService(JSON.parse(process.argv[1]), { logTo: { write() {} } }).catch((error) => console.log(error.message));
    await service?.close();`;
  const words = ["--input-type=module", "--eval", script, JSON.stringify({ datasets, ...config })];
  return ran(installed(names), words);
}

describe("a service whose packages are missing", () => {
  it("names all that its configuration needs, in one command", () => {
    const cases: [names: readonly string[], config: Partial<ServiceConfig>, message: string][] = [
      [
        [],
        {},
        "createService: needs the packages fastify, @fastify/bearer-auth, @fastify/rate-limit, @fastify/swagger, prom-client, " +
          "kysely and @duckdb/node-api: npm install fastify@5 @fastify/bearer-auth@10 @fastify/rate-limit@11 @fastify/swagger@9 " +
          "prom-client@15 kysely@0.28 @duckdb/node-api (or do without: exporters.prometheus: false, store: none)",
      ],
      [
        app,
        { store: "postgres://u:secret@h/d", exporters: { opentelemetry: true } },
        "createService: needs the packages prom-client, @opentelemetry/api, kysely and pg: " +
          "npm install prom-client@15 @opentelemetry/api@1 kysely@0.28 pg@8 (or do without: exporters.prometheus: false, store: none)",
      ],
      [
        [...app, "kysely", "prom-client"],
        {},
        "createService: needs the package @duckdb/node-api: npm install @duckdb/node-api (or do without: store: none)",
      ],
      [
        ["fastify", "@fastify/swagger", "@fastify/bearer-auth"],
        { store: "none", exporters: { prometheus: false } },
        "createService: needs the package @fastify/rate-limit: npm install @fastify/rate-limit@11",
      ],
      [app, { store: "none", exporters: { prometheus: false } }, ""],
    ];
    for (const [names, config, message] of cases) expect(messageOf(names, config)).toBe(message);
  });

  it("names them for the demo too, which stores nothing where the packages of a store are missing", () => {
    const demo = (names: readonly string[]) =>
      ran(installed(names), ["bundle/cli.js", "demo", "--port=0", "--windows=1"]);
    expect(demo(["fastify", "kysely"])).toBe(
      "smirnov: the demo needs packages of a service: npm install @fastify/bearer-auth@10 @fastify/rate-limit@11 " +
        "@fastify/swagger@9 prom-client@15 @duckdb/node-api",
    );
    expect(demo([...app, "prom-client"])).toMatch(/^Flights of 2001.*/);
  }, 60_000);

  it("are named in versions that the package takes", () => {
    const { peerDependencies } = JSON.parse(text("package.json")) as { peerDependencies: Record<string, string> };
    const names = Object.keys(peerDependencies) as PeerName[];
    const words = installCommand(names).split(" ").slice(2);
    for (const [k, name] of names.entries()) {
      const version = words[k]!.slice(name.length + 1);
      const range = peerDependencies[name]!;
      // What has no release yet has no range that could be told.
      if (version === "") expect(range).toContain("-");
      else expect(`${range}.`.startsWith(`^${version}.`), `${name}@${version} of ${range}`).toBe(true);
    }
    for (const file of readdirSync(at("docs")).filter((name) => name.endsWith(".md"))) {
      for (const [, line = ""] of text(`docs/${file}`).matchAll(/npm install ((?:[^\n`#]|\\\n)*)/g)) {
        for (const word of line.split(/[\s\\]+/)) {
          const named = names.find((name) => word === name || word.startsWith(`${name}@`));
          if (named) expect(word, file).toBe(installCommand([named]).split(" ").at(-1));
        }
      }
    }
  });
});

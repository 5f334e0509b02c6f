/** Optional packages: all that a configuration needs and that is missing is told at once. */
import { needsPackages, type PeerName } from "../engine/peers.js";
import type { ServiceConfig } from "./config.js";

type NeedsOf = Pick<ServiceConfig, "store" | "exporters">;

const imports = {
  fastify: () => import("fastify"),
  "@fastify/bearer-auth": () => import("@fastify/bearer-auth"),
  "@fastify/rate-limit": () => import("@fastify/rate-limit"),
  "@fastify/swagger": () => import("@fastify/swagger"),
  "prom-client": () => import("prom-client"),
  "@opentelemetry/api": () => import("@opentelemetry/api"),
  kysely: () => import("kysely"),
  "@duckdb/node-api": () => import("@duckdb/node-api"),
  pg: () => import("pg"),
} as const satisfies Record<PeerName, () => Promise<unknown>>;

/** What a store needs; none without one. */
function ofStore({ store = "duckdb:" }: NeedsOf): PeerName[] {
  if (store === "none") return [];
  return ["kysely", store.startsWith("postgres") ? "pg" : "@duckdb/node-api"];
}

function ofExporters({ exporters: { prometheus = true, opentelemetry = false } = {} }: NeedsOf): PeerName[] {
  return [
    ...(prometheus === false ? [] : (["prom-client"] as const)),
    ...(opentelemetry ? (["@opentelemetry/api"] as const) : []),
  ];
}

/** Packages that a configuration needs and that are not installed. @throws what one of them throws when it is loaded */
export async function missingPackages(config: NeedsOf): Promise<PeerName[]> {
  const app: PeerName[] = ["fastify", "@fastify/bearer-auth", "@fastify/rate-limit", "@fastify/swagger"];
  const needed = [...app, ...ofExporters(config), ...ofStore(config)];
  const found = await Promise.all(needed.map(isInstalled));
  return needed.filter((_, k) => !found[k]);
}

async function isInstalled(name: PeerName): Promise<boolean> {
  try {
    await imports[name]();
    return true;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // One that is there and lacks another of its own is broken.
    if (code === "ERR_MODULE_NOT_FOUND" && message.includes(`'${name}'`)) return false;
    throw error;
  }
}

/** @throws Error that says what to install, and what to do without */
export async function needPackages(caller: string, config: NeedsOf): Promise<void> {
  const missing = await missingPackages(config);
  if (missing.length === 0) return;
  const without = [
    ...(missing.includes("prom-client") ? ["exporters.prometheus: false"] : []),
    ...(ofStore(config).some((name) => missing.includes(name)) ? ["store: none"] : []),
  ];
  const instead = without.length > 0 ? ` (or do without: ${without.join(", ")})` : "";
  throw new Error(`${needsPackages(caller, missing)}${instead}`);
}

export async function servicePackages() {
  const [{ fastify, LogController }, bearerAuth, rateLimit, swagger] = await Promise.all([
    imports.fastify(),
    imports["@fastify/bearer-auth"](),
    imports["@fastify/rate-limit"](),
    imports["@fastify/swagger"](),
  ]);
  return {
    ...{ fastify, LogController, bearerAuth: bearerAuth.default },
    ...{ rateLimit: rateLimit.default, swagger: swagger.default },
  };
}

/** Optional packages, loaded when the service is made. */

const needed = ["fastify", "@fastify/bearer-auth", "@fastify/rate-limit", "@fastify/swagger"] as const;

/** @throws Error that says what to install */
export async function servicePackages(caller: string) {
  try {
    const [fastify, bearerAuth, rateLimit, swagger] = await Promise.all([
      import("fastify"),
      import("@fastify/bearer-auth"),
      import("@fastify/rate-limit"),
      import("@fastify/swagger"),
    ]);
    return {
      fastify: fastify.fastify,
      LogController: fastify.LogController,
      bearerAuth: bearerAuth.default,
      rateLimit: rateLimit.default,
      swagger: swagger.default,
    };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw cause;
    const all = needed.join(" ");
    throw new Error(`${caller}: needs the packages ${needed.join(", ")}: npm install ${all}`, { cause });
  }
}

/** @throws Error that says what to install */
export async function needStorePackages(caller: string, url: string): Promise<void> {
  const peer = url.startsWith("postgres") ? "pg" : "@duckdb/node-api";
  try {
    await Promise.all([import("kysely"), peer === "pg" ? import("pg") : import("@duckdb/node-api")]);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw cause;
    const install = `npm install kysely ${peer} (or store: none)`;
    throw new Error(`${caller}: the store needs the packages kysely and ${peer}: ${install}`, { cause });
  }
}

/** Optional packages that only some uses need: what to type where they are missing. */

/** In versions that they are tested with; where none stands here, the latest. */
const versions = {
  fastify: "5",
  "@fastify/bearer-auth": "10",
  "@fastify/rate-limit": "11",
  "@fastify/swagger": "9",
  "prom-client": "15",
  "@opentelemetry/api": "1",
  kysely: "0.28",
  // Its versions are all pre-releases, which no range of majors takes in.
  "@duckdb/node-api": "",
  pg: "8",
} as const;

export type PeerName = keyof typeof versions;

export function installCommand(names: readonly PeerName[]): string {
  const words = names.map((name) => (versions[name] === "" ? name : `${name}@${versions[name]}`));
  return `npm install ${words.join(" ")}`;
}

/** `createService: needs the packages pg and kysely: npm install pg@8 kysely@0.28` */
export function needsPackages(caller: string, names: readonly PeerName[]): string {
  const [first, ...others] = names;
  const last = others.pop();
  const listed = last === undefined ? `package ${first}` : `packages ${[first, ...others].join(", ")} and ${last}`;
  return `${caller}: needs the ${listed}: ${installCommand(names)}`;
}

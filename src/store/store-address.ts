/** Where a store is, from the text that names it. */
import { resolve } from "node:path";
import { shown } from "../statistics/option-checks.js";

export type StoreAddress =
  | { readonly kind: "duckdb"; readonly path: string }
  /** `?schema=` of the address. */
  | { readonly kind: "postgres"; readonly url: string; readonly schema: string | null };

/** Of a database that is gone when it is closed. */
export const inMemory = ":memory:";

/**
 * `duckdb:path`, a path that ends in .duckdb, `duckdb::memory:`, `postgres://…` or `postgresql://…`.
 *
 * @throws TypeError for what is no text, RangeError for another address; neither repeats it, for it may hold a password
 */
export function storeAddress(caller: string, url: unknown): StoreAddress {
  const wanted = "duckdb:path, a path that ends in .duckdb, duckdb::memory: or postgres://user@host/database";
  if (typeof url !== "string") throw new TypeError(`${caller}: needs ${wanted}, got ${shown(url)}`);
  if (/^postgres(ql)?:\/\//.test(url)) {
    const [, schema] = /[?&]schema=([^&#]+)/.exec(url) ?? [];
    if (isReadable(url)) return { kind: "postgres", url, schema: schema === undefined ? null : decoded(schema) };
    throw new RangeError(
      `${caller}: the address of PostgreSQL cannot be read: postgres://user:password@host:port/database, where / ? # @ of a password are %2F %3F %23 %40`,
    );
  }
  const path = url.startsWith("duckdb:") ? url.replace(/^duckdb:(\/\/)?/, "") : /\.duckdb$/i.test(url) ? url : "";
  if (path === inMemory) return { kind: "duckdb", path };
  if (path !== "" && !path.includes("\0") && !/^\w{2,}:\/\//.test(path)) return { kind: "duckdb", path: resolve(path) };
  const scheme = /^[a-z][a-z+.-]*:/i.exec(url)?.[0];
  throw new RangeError(`${caller}: needs ${wanted}, got ${scheme ? `${scheme}…` : "another text"}`);
}

/**
 * A host may be left out, where the address of a socket is given as `?host=`. With an @ behind the host, what was taken for host
 * and port was user and password, and the rest would be told as the database's name.
 */
function isReadable(url: string): boolean {
  const readable = URL.canParse(url) ? url : url.replace("@/", "@host/");
  return URL.canParse(readable) && !new URL(readable).pathname.includes("@");
}

/** In messages for other reasons too, as `postgres` or `5432`, where *** would tell the password. */
const plain = /^(?:[a-z]+|\d+)$/i;

/** Takes the password of an address out of texts: a plain one where it stands as a password, others wherever they stand alone. */
export function hiderOf({ kind, ...address }: StoreAddress): (text: string) => string {
  const url = kind === "postgres" && "url" in address ? String(address.url) : "";
  const found = [/:\/\/[^:@/?#]*:([^/?#]*)@/.exec(url)?.[1], /[?&]password=([^&#]*)/.exec(url)?.[1]];
  const secrets = found.flatMap((text) => (text ? [text, decoded(text)] : []));
  const patterns = secrets.map((secret) => {
    const quoted = secret.replace(/[^\p{L}\p{N}]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
    const places = [String.raw`(?<=://[^/@\s]*:)${quoted}(?=@)`, String.raw`(?<=password=)${quoted}(?=[&\s]|$)`];
    const alone = String.raw`(?<![\p{L}\p{N}])${quoted}(?![\p{L}\p{N}])`;
    return new RegExp(plain.test(secret) ? places.join("|") : alone, "gu");
  });
  return (text) => patterns.reduce((rest, pattern) => rest.replace(pattern, "***"), text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

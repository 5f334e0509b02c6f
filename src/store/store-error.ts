/** What went wrong with a database, in words without its password, and whose fault it was. */

import { plainWords } from "./error-words.js";

/**
 * database: it cannot be reached, is shutting down or full, or does not let us in: the same will work later. record: it refuses
 * what it was given, and always will. unknown: neither can be told.
 */
export type Blame = "database" | "record" | "unknown";

export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly blame: Blame;
  /** Of the system or of PostgreSQL. */
  readonly code: string | null;

  constructor(message: string, blame: Blame, code: string | null = null) {
    super(message);
    this.blame = blame;
    this.code = code;
  }
}

/** Classes of PostgreSQL's error codes (SQLSTATE) that are about what was written: data, constraints, limits of size. */
const ofRecord = ["21", "22", "23", "54"];
/** About the server, the connection, who may do what, locks and transactions that others undid. */
const ofDatabase = ["08", "25", "28", "3D", "40", "42", "53", "55", "57", "58", "F0", "XX"];
/** Kinds of DuckDB's errors, with which its messages begin. */
const kindsOfRecord = /^(Constraint|Conversion|Out of Range|Invalid Input|Mismatch Type|Invalid Type) Error/;
const kindsOfDatabase =
  /^(IO|Connection|Transaction\w*|TransactionContext|Out of Memory|Permission|Catalog|Interrupt|FATAL) Error/;
/** What `pg` says of connections without a code. */
const lost = /client password|connection|timeout|timed out|terminated|not queryable|pool/i;

/**
 * Whose fault an error is.
 *
 * @param error of the system, of `pg`, of DuckDB, of this store
 */
export function blameOf(error: unknown): Blame {
  if (error instanceof StoreError) return error.blame;
  if (error instanceof TypeError || error instanceof RangeError) return "record";
  const message = error instanceof Error ? error.message : String(error);
  const code = codeOf(error);
  if (code !== null && /^[0-9A-Z]{5}$/.test(code)) {
    if (ofRecord.includes(code.slice(0, 2))) return "record";
    if (ofDatabase.includes(code.slice(0, 2))) return "database";
    if (!/^E[A-Z]+$/.test(code)) return "unknown";
  }
  if (code !== null && /^E[A-Z_]+$/.test(code)) return "database";
  if (kindsOfRecord.test(message)) return "record";
  return kindsOfDatabase.test(message) || lost.test(message) ? "database" : "unknown";
}

/** Connecting to a name with several addresses ends with several errors, and no words of its own. */
function codeOf(error: unknown): string | null {
  const { code, errors } = (error ?? {}) as { code?: unknown; errors?: readonly unknown[] };
  if (typeof code === "string") return code;
  return Array.isArray(errors) && errors.length > 0 ? codeOf(errors[0]) : null;
}

function wordsOf(error: unknown): string {
  const { message, errors } = (error ?? {}) as { message?: unknown; errors?: readonly unknown[] };
  if (typeof message === "string" && message !== "") return message;
  return Array.isArray(errors) && errors.length > 0 ? wordsOf(errors[0]) : String(error);
}

/** As an error of `caller`; the original is not attached, for what it carries may hold the password. */
export function storeError(caller: string, error: unknown, hide: (text: string) => string): StoreError {
  const words = hide(plainWords(wordsOf(error).split("\n", 1)[0]!));
  return new StoreError(words.startsWith(`${caller}: `) ? words : `${caller}: ${words}`, blameOf(error), codeOf(error));
}

/** Requests that were answered already: the same key is given the same answer, and nothing is done again. */
import { createHash } from "node:crypto";
import { Problem } from "./problem.js";

/** What a request was answered. */
export interface Accepted {
  /** Of the record in the dataset's spool. */
  readonly sequence: number;
  readonly rows: number;
}

/** Plain data, as snapshots keep it. */
export interface KnownKey extends Accepted {
  readonly key: string;
  readonly hash: string;
  readonly at: number;
}

/** Hash of what a key stands for: path, type and bytes. */
export function requestHash(what: string, type: string, body: Uint8Array): string {
  return createHash("sha256").update(`${what}\n${type}\n`).update(body).digest("base64url");
}

/** @throws Problem for what is no key */
export function keyOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  // A structured field puts it in quotes.
  const key = typeof header === "string" ? header.replace(/^"(.*)"$/, "$1") : "";
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw new Problem(400, "an Idempotency-Key is 1 to 200 visible ASCII characters");
}

export class IdempotencyKeys {
  readonly #most: number;
  readonly #within: number;
  /** Oldest first. */
  readonly #known = new Map<string, KnownKey>();
  readonly #running = new Map<string, { readonly hash: string; readonly answer: Promise<Accepted> }>();

  constructor({ most, within }: { readonly most: number; readonly within: number }) {
    this.#most = most;
    this.#within = within;
  }

  /**
   * Does `work`, which adds the key, unless a request with this key was answered, or is being answered, which is waited for.
   *
   * @returns whether it had been done before
   * @throws Problem 422 for a key that stood for another request
   */
  async once(
    key: string,
    hash: string,
    now: number,
    work: () => Promise<Accepted>,
  ): Promise<Accepted & { readonly repeated: boolean }> {
    const known = this.#found(key, now) ?? this.#running.get(key);
    if (known) {
      if (known.hash !== hash) {
        throw new Problem(422, `the Idempotency-Key ${JSON.stringify(key)} was given to another request already`);
      }
      const { sequence, rows } = "answer" in known ? await known.answer : known;
      return { sequence, rows, repeated: true };
    }
    const answer = work();
    this.#running.set(key, { hash, answer });
    try {
      return { ...(await answer), repeated: false };
    } finally {
      this.#running.delete(key);
    }
  }

  /** One that was answered. */
  add(entry: KnownKey): void {
    this.#known.delete(entry.key);
    this.#known.set(entry.key, entry);
    for (const [key, { at }] of this.#known) {
      if (this.#known.size <= this.#most && at > entry.at - this.#within) break;
      this.#known.delete(key);
    }
  }

  /** Oldest first. */
  entries(upTo: number): KnownKey[] {
    return [...this.#known.values()].filter(({ sequence }) => sequence <= upTo);
  }

  #found(key: string, now: number): KnownKey | undefined {
    const found = this.#known.get(key);
    return found && found.at > now - this.#within ? found : undefined;
  }
}

/** Bodies of requests: whole, decompressed, and never more than they may be. */
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { ByteBudget } from "./byte-budget.js";
import { Problem } from "./problem.js";

export interface BodyLimits {
  /** Bytes, after decompression. */
  readonly most: number;
  /** What all bodies that wait share. */
  readonly budget: ByteBudget;
}

/** The bytes of a body, which have been taken from the budget: who is done with them gives `bytes.length` back. */
export async function readBody(
  stream: Readable,
  { encoding, length }: { readonly encoding: string | undefined; readonly length: number | undefined },
  { most, budget }: BodyLimits,
): Promise<Uint8Array> {
  const wanted = encoding === undefined || encoding === "identity" ? null : encoding;
  if (wanted !== null && wanted !== "gzip") {
    throw new Problem(415, `a body may be compressed by gzip, got content-encoding ${wanted}`, {
      headers: { "accept-encoding": "gzip" },
    });
  }
  if (length !== undefined && length > most) throw tooLarge(most, length);
  let taken = 0;
  const take = (bytes: number): void => {
    if (!budget.take(bytes)) throw tooMuch();
    taken += bytes;
  };
  try {
    // What is announced is taken at once, so that bodies that cannot be finished are not begun.
    if (wanted === null && length !== undefined) take(length);
    // Pieces of a large body are copied as they come, not all in one go.
    const whole = taken > 0 ? Buffer.allocUnsafe(taken) : null;
    const chunks: Buffer[] = [];
    let total = 0;
    for await (const chunk of wanted === null ? stream : unzipped(stream)) {
      total += (chunk as Buffer).length;
      if (total > most) throw tooLarge(most);
      if (whole && total > whole.length) throw new Problem(400, `the body is longer than content-length, ${length}`);
      if (whole) whole.set(chunk as Buffer, total - (chunk as Buffer).length);
      else {
        if (total > taken) take(total - taken);
        chunks.push(chunk as Buffer);
      }
    }
    budget.give(taken - total);
    taken = total;
    if (total === 0) throw new Problem(400, "the body is empty");
    return whole ? whole.subarray(0, total) : Buffer.concat(chunks, total);
  } catch (error) {
    budget.give(taken);
    throw error;
  }
}

async function* unzipped(stream: Readable): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  stream.on("error", (error) => gunzip.destroy(error));
  stream.on("aborted", () => gunzip.destroy(new Error("the request was given up")));
  stream.pipe(gunzip);
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (code.startsWith("Z_")) throw new Problem(400, `the body is not what gzip makes: ${message}`);
    throw error;
  } finally {
    stream.unpipe(gunzip);
    gunzip.destroy();
  }
}

function tooLarge(most: number, length?: number): Problem {
  const got = length === undefined ? "more" : `${length}`;
  return new Problem(413, `a body may have ${most} bytes, got ${got}: send fewer rows at a time`);
}

/** When to try again, in seconds. */
const soon = "1";

export function tooMuch(): Problem {
  return new Problem(429, "more was accepted than is looked at by now; try again in a second", {
    headers: { "retry-after": soon },
  });
}

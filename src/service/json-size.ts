/** JSON that is a few bytes long and takes many in memory: every object and array of it does, be it empty. */
import { TooManyBytes } from "./bounded-arena.js";
import type { BodyFormat } from "./media-types.js";

/** Of an object or array, and its place in the one that holds it. */
const bytesOfPart = 64;
/** Lines of NDJSON that are shorter are looked at one after the other. */
const longLine = 2 ** 20;

const [newline, quote, backslash, object, array] = ["\n", '"', "\\", "{", "["].map((letter) => letter.charCodeAt(0));

/** @throws TooManyBytes for one text of JSON with more objects and arrays than have room in `most` bytes */
export function needPlainJson(format: BodyFormat, body: Uint8Array, most: number): void {
  const parts = Math.floor(most / bytesOfPart);
  if (body.length <= parts) return;
  for (let from = 0; from < body.length; ) {
    const end = format === "ndjson" ? body.indexOf(newline!, from) : -1;
    const to = end < 0 ? body.length : end;
    if (format === "json" || to - from > longLine) needFewParts(body, from, to, parts);
    from = to + 1;
  }
}

function needFewParts(body: Uint8Array, from: number, to: number, most: number): void {
  let found = 0;
  for (let at = from; at < to; at++) {
    const letter = body[at];
    if (letter === quote) at = endOfText(body, at, to);
    else if ((letter === object || letter === array) && ++found > most) {
      throw new TooManyBytes(
        413,
        `a JSON text may have ${most} objects and arrays, got more: send fewer rows at a time`,
      );
    }
  }
}

function endOfText(body: Uint8Array, from: number, to: number): number {
  let at = from + 1;
  while (at < to && body[at] !== quote) at += body[at] === backslash ? 2 : 1;
  return at;
}

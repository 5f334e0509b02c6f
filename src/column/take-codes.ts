/** Dictionary codes of chosen rows. */
import type { DictionaryChunk, FixedChunk } from "../engine/chunk.js";
import { bitAt } from "./bits.js";
import { codeNumbers } from "./codes.js";
import { takeElements, wordsOf } from "./take-elements.js";
import { type Run, takeValidity } from "./take-runs.js";

/** Codes into the dictionary that all chunks share, else into one that holds the texts of all their dictionaries. */
export function takeDictionaries(
  runs: readonly Run<DictionaryChunk>[],
  rows: Uint32Array,
): Pick<DictionaryChunk, "codes" | "dictionary"> {
  const first = runs[0]!.chunk;
  const { layout } = first.codes;
  const shared = runs.every(({ chunk }) => chunk.dictionary === first.dictionary && chunk.codes.layout === layout);
  const coded = { ...takeValidity(runs, rows), scale: 0, bitOffset: 0 };
  if (!shared) return joinedCodes(runs, rows, coded);
  const bytes = takeElements(runs, rows, wordsOf(layout), ({ codes }) => codes.bytes);
  return { codes: { ...coded, layout, bytes }, dictionary: first.dictionary };
}

function joinedCodes(
  runs: readonly Run<DictionaryChunk>[],
  rows: Uint32Array,
  coded: Omit<FixedChunk, "layout" | "bytes">,
): Pick<DictionaryChunk, "codes" | "dictionary"> {
  const dictionary: (string | null)[] = [];
  const known = new Map<string | null, number>();
  const codeOf = (text: string | null): number => {
    const code = known.get(text) ?? dictionary.length;
    if (code === dictionary.length) {
      known.set(text, code);
      dictionary.push(text);
    }
    return code;
  };
  const out = new Int32Array(rows.length);
  const recoded = new Map<DictionaryChunk, { code: ArrayLike<number>; to: Int32Array }>();
  for (const { chunk, start, from, to } of runs) {
    let own = recoded.get(chunk);
    if (!own) {
      own = { code: codeNumbers(chunk.codes), to: Int32Array.from(chunk.dictionary, codeOf) };
      recoded.set(chunk, own);
    }
    const { validity, validityOffset } = chunk;
    for (let k = from; k < to; k++) {
      const row = rows[k]! - start;
      // What stands in a null row's place may be no code at all.
      if (!validity || bitAt(validity, validityOffset + row)) out[k] = own.to[own.code[row]!]!;
    }
  }
  return { codes: { ...coded, layout: "i32", bytes: new Uint8Array(out.buffer) }, dictionary };
}

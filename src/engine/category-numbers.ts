/** Distinct values of a fixed-width column with their counts, given up as soon as there are more than a limit. */
import { distinctOf, entriesOf, isWeak, newSecret, noSecret, type Secret, tableFor } from "./category-table.js";
import { countSmall, isSmall, type NumberCounts } from "./category-tally.js";
import { bitsOf, type Chunks, type FixedChunk, layoutsOf } from "./chunk.js";
import { type Dense, eachBlock, type Representation, type Selection, unsignedFlip } from "./dense.js";
import type { Engine } from "./memory.js";
import { withScratch } from "./workspace.js";

/** Rows looked at between two looks at the number of distinct values. */
const stretchRows = 65_536;

/** Room for so many distinct values is tried first; a column with more is begun again with more room. */
const rooms = [1024, 65_536, 2 ** 22];

/**
 * Counts the values of a column of numbers or truth values: "false" and "true", or numbers as JavaScript prints them
 * (64-bit integers with all digits, -0 as 0). They are in the order in which they were first seen, those of types of up
 * to 16 bits in their own. `null` when there are more than `limit`, of which as little as needed to
 * find out is read.
 */
export function countNumbers(
  chunks: Chunks<FixedChunk>,
  selection: Selection | null,
  limit: number,
): NumberCounts | null {
  if (isSmall(chunks)) return countSmall(chunks, selection, limit);
  let secret = noSecret;
  for (const room of rooms) {
    let found = countUpTo(chunks, selection, Math.min(limit, room), secret);
    if (found === "weak") {
      secret = newSecret();
      found = countUpTo(chunks, selection, Math.min(limit, room), secret) as NumberCounts | null;
    }
    if (found || room >= limit) return found;
  }
  return null;
}

/** `null` for more than `limit` distinct values, "weak" where they crowd together in a table without a secret. */
function countUpTo(
  chunks: Chunks<FixedChunk>,
  selection: Selection | null,
  limit: number,
  secret: Secret,
): NumberCounts | null | "weak" {
  return withScratch((engine, take) => {
    const representation = representationOf(chunks);
    const kernel = representation === "f64" ? engine.kernels.countDoubles : engine.kernels.countKeys;
    const table = tableFor(engine, take, limit + 1, secret);
    let rows = 0;
    let present = 0;
    for (const stretch of stretches(chunks, representation, selection)) {
      const seen = withScratch((_, takeBlock) =>
        eachBlock(stretch, engine, takeBlock, (address, length) => {
          if (distinctOf(table, engine) <= limit && !isWeak(table, engine)) kernel(table.state, address, 0, length);
        }),
      );
      if (isWeak(table, engine)) return "weak";
      if (distinctOf(table, engine) > limit) return null;
      rows += seen.rows;
      present += seen.values;
    }
    const found = entriesOf(table, engine);
    const text = printer(chunks, representation, engine);
    const counts = new Map<string, number>();
    found.addresses.forEach((address, k) => {
      counts.set(text(address), found.counts[k]!);
    });
    const values = found.counts.reduce((sum, count) => sum + count, 0);
    return { counts, rows, nulls: rows - present, nan: present - values };
  });
}

function representationOf(chunks: Chunks<FixedChunk>): Representation {
  const [layout, ...others] = layoutsOf(chunks);
  return others.length === 0 && (layout === "i64" || layout === "u64") ? layout : "f64";
}

function printer(
  chunks: Chunks<FixedChunk>,
  representation: Representation,
  engine: Engine,
): (address: number) => string {
  if (representation === "i64") return (address) => String(engine.i64[address / 8]!);
  if (representation === "u64") return (address) => String(engine.i64[address / 8]! - unsignedFlip);
  const [layout, ...others] = layoutsOf(chunks);
  if (layout === "bit" && others.length === 0) {
    return (address) => (engine.f64[address / 8] === 1 ? "true" : "false");
  }
  return (address) => String(engine.f64[address / 8]!);
}

/** The column in stretches of rows. */
function* stretches(
  chunks: Chunks<FixedChunk>,
  representation: Representation,
  selection: Selection | null,
): Generator<Dense> {
  let row = 0;
  for (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += stretchRows) {
      const rows = Math.min(stretchRows, chunk.length - from);
      const offset = (selection?.offset ?? 0) + row + from;
      const selected = selection ? { bits: selection.bits, offset } : null;
      yield { chunks: [part(chunk, from, rows)], rows, representation, selection: selected };
    }
    row += chunk.length;
  }
}

function part(chunk: FixedChunk, from: number, length: number): FixedChunk {
  const firstBit = chunk.bitOffset + from * bitsOf[chunk.layout];
  const end = Math.ceil((firstBit + length * bitsOf[chunk.layout]) / 8);
  return {
    ...chunk,
    length,
    bytes: chunk.bytes.subarray(Math.floor(firstBit / 8), end),
    bitOffset: firstBit % 8,
    validityOffset: chunk.validityOffset + from,
  };
}

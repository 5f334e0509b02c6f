// Counting categories: text in every way to store it, dictionaries, truth values and small integers. Columns are made
// before; what is timed is the counting alone, as it is for the peers.
import { columnOf } from "../dist/column/column-of.js";
import { categorySource } from "../dist/source/categories.js";
import {
  chosen,
  dictionaryOf,
  largeOf,
  lettersOf,
  namesOf,
  textOf,
  textPeerArrays,
  viewsOf,
  withNulls,
} from "./texts.js";

const most = 2 ** 22;

const countsOf = (column) => categorySource(column).categories(most).counts;

const count = (column) => countsOf(column).size;

/** What peers answer too: how many categories, and the counts of the first thousand in the order of their names. */
function answerOf(column) {
  const counts = [...countsOf(column)];
  const numbers = column.kind === "numeric";
  counts.sort(([a], [b]) => (numbers ? a - b : a < b ? -1 : Number(a > b)));
  return { distinct: counts.length, counts: counts.slice(0, 1000).map(([, found]) => found) };
}

/** The same of names and the number of each row's, one row at a time; -1 is a row without a value. */
function naively(names, codes) {
  const counts = new Map();
  for (const code of codes) if (code >= 0) counts.set(code, (counts.get(code) ?? 0) + 1);
  const inOrder = [...counts].map(([code, found]) => [names[code], found]).sort(([a], [b]) => (a < b ? -1 : 1));
  return { distinct: inOrder.length, counts: inOrder.slice(0, 1000).map(([, found]) => found) };
}

const textPeers = ["pandas str", "pandas object", "pyarrow", "polars"];
const needed = { "pandas str": "pandas", "pandas object": "pandas", pyarrow: "pyarrow", polars: "polars" };

export async function categories(bench) {
  const rows = 10 * bench.size;
  const few = Math.min(1000, rows / 100);
  for (const length of ["short", "medium", "long"]) {
    for (const skewed of [false, true]) {
      const names = namesOf(length, few);
      const codes = chosen(rows, few, skewed);
      await texts(`${length} texts, ${skewed ? "skewed" : "uniform"}`, names, codes, bench, 5);
      if (!skewed) await storages(`${length} texts`, names, codes, bench);
    }
  }
  const many = Math.round(rows / 10);
  await texts("texts, a million distinct", namesOf("medium", many), chosen(rows / 2, many, false), bench);
  await dictionaries(rows, few, bench);
  await numbers(rows, few, bench);
}

async function texts(name, names, codes, { agree, compare, peers }, faster) {
  const text = textOf(names, codes);
  const column = lettersOf(text, codes.length);
  const expected = naively(names, codes);
  agree(name, answerOf(column), expected);
  const others = [];
  for (const [k, versus] of textPeers.entries()) {
    const peer = await peers.python("value_counts", [...textPeerArrays(text), Float64Array.of(k, 0)], needed[versus]);
    agree(`${name} and ${versus}`, expected, peer?.answer);
    others.push({ against: peer, versus, ...(k === 0 && faster ? { target: { faster } } : {}) });
  }
  await compare({ name, ours: () => count(column), data: [codes], others });
  for (const { against } of others) against?.stop();
}

/** Other ways to store the same text next to Utf8. */
async function storages(name, names, codes, { agree, compare }) {
  const text = textOf(names, codes);
  const utf8 = lettersOf(text, codes.length);
  const { bits, kept } = withNulls(codes);
  const stored = {
    "Utf8, a tenth null": [lettersOf(text, codes.length, bits), kept],
    LargeUtf8: [largeOf(text, codes.length), codes],
    Utf8View: [viewsOf(text, codes.length), codes],
  };
  for (const [type, [column, counted]] of Object.entries(stored)) {
    agree(`${name}, ${type}`, answerOf(column), naively(names, counted));
    await compare({
      name: `${name}, ${type}`,
      ours: () => count(column),
      data: [codes],
      against: () => count(utf8),
      versus: "Utf8",
      target: { slower: 2 },
    });
  }
}

async function dictionaries(rows, few, { agree, compare, peers }) {
  for (const [type, array] of Object.entries({ i8: Int8Array, i16: Int16Array, i32: Int32Array, i64: BigInt64Array })) {
    const names = namesOf("medium", type === "i8" ? Math.min(few, 100) : few);
    const codes = chosen(rows, names.length, false);
    const { bits, kept } = withNulls(codes);
    const peer = await peers.python("value_counts", [codes, Float64Array.of(4, names.length)], "pandas");
    for (const [nulls, counted] of Object.entries({ "": codes, ", a tenth null": kept })) {
      const column = dictionaryOf(names, codes, type, array, nulls ? bits : null);
      const name = `dictionary of ${type}${nulls}`;
      agree(name, answerOf(column), naively(names, counted));
      if (!nulls) agree(`${name} and pandas`, answerOf(column), peer?.answer);
      // A hundred million values a second.
      await compare({
        name,
        ours: () => count(column),
        data: [codes],
        against: peer,
        versus: "pandas",
        target: { under: 10 * rows },
      });
    }
    peer?.stop();
  }
}

async function numbers(rows, few, { agree, compare, peers }) {
  const types = { bool: Uint8Array, i8: Int8Array, i16: Int16Array, i32: Int32Array };
  for (const [kind, [type, array]] of Object.entries(types).entries()) {
    const values = array.from(chosen(rows, type === "bool" ? 2 : Math.min(few, 100), false));
    const column = type === "bool" ? truths(values) : columnOf(values);
    const names = Array.from({ length: few }, (_, k) => (type === "bool" ? String(k > 0) : k));
    agree(type, answerOf(column), naively(names, values));
    const doubles = Float64Array.from(values);
    const peer = await peers.python("value_counts", [doubles, Float64Array.of(5, kind)], "pandas");
    agree(`${type} and pandas`, answerOf(column), peer?.answer);
    await compare({
      name: `values of ${type}`,
      ours: () => count(column),
      data: [values],
      against: peer,
      versus: "pandas",
    });
    peer?.stop();
  }
}

function truths(values) {
  const bytes = new Uint8Array(Math.ceil(values.length / 8));
  for (let k = 0; k < values.length; k++) bytes[k >> 3] |= values[k] << (k & 7);
  const chunk = {
    layout: "bit",
    length: values.length,
    bytes,
    bitOffset: 0,
    scale: 0,
    validity: null,
    validityOffset: 0,
  };
  return { kind: "boolean", type: "Bool", rows: values.length, unitsPerSecond: 1, chunks: [chunk] };
}

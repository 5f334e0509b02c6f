/** Profiles as JSON: for stores and tools that know nothing else. Nothing is lost, and it is about three times as long. */
import { FormatError } from "../column/format-error.js";
import { coarserCells } from "../engine/key-cells.js";
import { emptyDistinct } from "../sketch/distinct-sketch.js";
import { shown } from "../statistics/option-checks.js";
import { mostCells } from "./cells.js";
import { fromBytes } from "./from-bytes.js";
import { emptyMoments } from "./moments.js";
import type { ColumnProfile, KeyCells, NumberProfile, Profile, TextProfile } from "./profile.js";
import { checkProfile, writtenProfile } from "./to-bytes.js";

/** Anything that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

const format = "smirnov profile";
const version = 1;

/**
 * A profile as data that `JSON.stringify` writes without loss: infinities are text, registers of sketches base64.
 *
 * @throws TypeError for what is no profile
 */
export function toJson(profile: Profile): Json {
  checkProfile("toJson", profile);
  return {
    format,
    version,
    rows: profile.rows,
    columns: Array.from(profile.columns, ([name, column]) => ({ name, ...columnJson(column) })),
    unsupported: Array.from(profile.unsupported, ([name, type]) => ({ name, type })),
  };
}

function columnJson(column: ColumnProfile): { readonly [name: string]: Json } {
  const { kind, type, missing, distinct } = column;
  const sketch = { precision: distinct.precision, registers: base64(distinct.registers) };
  const common = { kind, type, null: missing.null, distinct: sketch };
  if (column.kind === "categorical") {
    const { categories, error, limit } = column;
    return { ...common, limit, error, empty: categories.empty, counts: [...categories.counts] };
  }
  const { origin: _, ...moments } = column.moments;
  const { values, sizes, halvings, next, ...quantiles } = column.quantiles;
  return {
    ...common,
    nan: missing.nan,
    unitsPerSecond: column.unitsPerSecond,
    moments: numbersJson(moments),
    cells: {
      shift: column.cells.shift,
      starts: Array.from(column.cells.starts, numberJson),
      counts: Array.from(column.cells.counts),
    },
    quantiles: { ...numbersJson(quantiles), sizes, halvings, next, values: Array.from(values, numberJson) },
  };
}

function numbersJson(numbers: object): { readonly [name: string]: Json } {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, numberJson(value)]));
}

function numberJson(value: number): Json {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? null : value > 0 ? "Infinity" : "-Infinity";
}

/**
 * The profile that `toJson` wrote, from what `JSON.parse` returns.
 *
 * @throws FormatError for what is no profile
 */
export function fromJson(json: unknown, where = "the profile"): Profile {
  const at = new JsonAt(json, where);
  const written = at.get("format").value;
  if (written !== format) throw new FormatError(where, JSON.stringify(format), shown(written));
  if (at.get("version").number() !== version) {
    throw new FormatError(where, `version ${version}`, `version ${at.get("version").number()}`);
  }
  const rows = at.get("rows").count();
  const columns = new Map<string, ColumnProfile>();
  for (const column of at.get("columns").list()) columns.set(column.get("name").text(), columnOf(column, rows));
  const unsupported = new Map<string, string>();
  for (const one of at.get("unsupported").list()) unsupported.set(one.get("name").text(), one.get("type").text());
  // Bytes are checked field by field, whatever they come from.
  return fromBytes(writtenProfile({ profile: true, rows, columns, unsupported }), where);
}

function columnOf(at: JsonAt, rows: number): ColumnProfile {
  const kind = at.get("kind").text();
  const type = at.get("type").text();
  const nulls = at.get("null").count();
  const sketch = at.get("distinct");
  const { precision, registers } = emptyDistinct();
  if (sketch.get("precision").count() !== precision) return sketch.get("precision").refuse(`precision ${precision}`);
  registers.set(sketch.get("registers").bytes(registers.length));
  const distinct = { precision, registers };
  if (kind === "categorical") {
    const counts = new Map(
      at
        .get("counts")
        .list()
        .map((pair) => [pair.get(0).text(), pair.get(1).count()]),
    );
    const categories = { counts, other: 0, distinct: 0, empty: at.get("empty").count() };
    const [limit, error] = [at.get("limit").count(), at.get("error").count()];
    const missing = { rows, null: nulls, nan: 0 };
    return { kind, type, missing, categories, error, limit, distinct } satisfies TextProfile;
  }
  if (kind !== "numeric" && kind !== "boolean" && kind !== "temporal") return at.get("kind").refuse("a kind of column");
  const quantiles = at.get("quantiles");
  return {
    kind,
    type,
    missing: { rows, null: nulls, nan: at.get("nan").count() },
    unitsPerSecond: at.get("unitsPerSecond").number(),
    moments: { ...numbersOf(at.get("moments"), emptyMoments), origin: 0n },
    cells: cellsOf(at.get("cells")),
    quantiles: {
      ...numbersOf(quantiles, { k: 0, count: 0, min: 0, max: 0, random: 0 }),
      values: quantiles.get("values").numbers(),
      sizes: quantiles.get("sizes").counts(),
      halvings: quantiles.get("halvings").counts(),
      next: quantiles.get("next").counts(),
    },
    distinct,
  } satisfies NumberProfile;
}

/** The numbers that a shape has. */
function numbersOf<T extends object>(at: JsonAt, shape: T): { [name in keyof T]: number } {
  const names = Object.entries(shape).flatMap(([name, value]) => (typeof value === "number" ? [name] : []));
  return Object.fromEntries(names.map((name) => [name, at.get(name).number()])) as { [name in keyof T]: number };
}

/** Cells that are some: only those can be written. */
function cellsOf(at: JsonAt): KeyCells {
  const shift = at.get("shift").count();
  const starts = at.get("starts").numbers();
  const counts = at.get("counts").numbers();
  const fine =
    shift < 64 &&
    starts.length === counts.length &&
    starts.length <= mostCells &&
    starts.every((start, k) => k === 0 || start > starts[k - 1]!) &&
    starts.every((start) => !Number.isNaN(start)) &&
    counts.every((count) => Number.isSafeInteger(count) && count > 0);
  if (!fine) return at.refuse("cells that rise, and their counts");
  const same = coarserCells({ starts, counts }, shift, mostCells);
  const begin = same.starts.length === starts.length && same.starts.every((start, k) => start === starts[k]);
  return begin ? same : at.refuse(`the smallest values of cells of shift ${shift}`);
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return btoa(text);
}

/** A value among JSON that may be anything, and where it stands. */
class JsonAt {
  readonly value: unknown;
  readonly #where: string;

  constructor(value: unknown, where: string) {
    this.value = value;
    this.#where = where;
  }

  get(name: string | number): JsonAt {
    const { value } = this;
    const has = typeof value === "object" && value !== null && Object.hasOwn(value, name);
    return new JsonAt(has ? (value as Record<string | number, unknown>)[name] : undefined, `${this.#where}.${name}`);
  }

  list(): JsonAt[] {
    if (!Array.isArray(this.value)) return this.refuse("a list");
    return this.value.map((value, k) => new JsonAt(value, `${this.#where}.${k}`));
  }

  text(): string {
    return typeof this.value === "string" ? this.value : this.refuse("text");
  }

  number(): number {
    const { value } = this;
    if (typeof value === "number") return value;
    if (value === null) return Number.NaN;
    if (value === "Infinity" || value === "-Infinity") return Number(value);
    return this.refuse("a number");
  }

  count(): number {
    const { value } = this;
    return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 2 ** 53
      ? value
      : this.refuse("a whole number");
  }

  numbers(): Float64Array {
    return Float64Array.from(this.list(), (one) => one.number());
  }

  counts(): number[] {
    return this.list().map((one) => one.count());
  }

  /** So many bytes that are written in base64. */
  bytes(length: number): Uint8Array {
    const text = this.text();
    if (text.length === 4 * Math.ceil(length / 3) && /^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      if (bytes.length === length) return bytes;
    }
    return this.refuse(`${length} bytes in base64`);
  }

  refuse(expected: string): never {
    throw new FormatError(this.#where, expected, shown(this.value));
  }
}

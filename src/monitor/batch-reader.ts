/** Rows as objects into columns, in one pass. */

import { nullChunk } from "../column/chunks.js";
import type { Table } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import { type BatchSchema, mostColumns } from "./batch-schema.js";
import { ColumnBuilder, learn, Refused, valueInWords, type Written } from "./column-builder.js";

/** What one batch may hold that no value was given for: beyond, its columns are refused as mostly empty. */
const freeCells = 2 ** 20;
const cellsPerValue = 16;

/** Rows that there is room for at first. */
const firstRows = 64;

/** Columns while rows come. The schema is changed when all of them were read. */
export class BatchReader {
  readonly #where: string;
  readonly #schema: BatchSchema;
  readonly #builders: ColumnBuilder[];
  readonly #byName: Map<string, ColumnBuilder>;
  /** What a row is called in messages: `row 3`, `line 4`. */
  readonly #placeOf: (row: number) => string;
  readonly #written: Written | null;
  /** Rows that will come; 0 where that is not known. */
  readonly #expected: number;
  #capacity: number;
  #rows = 0;
  #values = 0;
  /** Numbers a row in all columns that have a value. */
  #width = 0;

  constructor(
    where: string,
    schema: BatchSchema,
    expected: number,
    placeOf: (row: number) => string,
    written: Written | null = null,
  ) {
    this.#where = where;
    this.#schema = schema;
    this.#placeOf = placeOf;
    this.#written = written;
    this.#expected = expected;
    const capacity = Math.min(expected || firstRows, firstRows);
    this.#capacity = capacity;
    this.#builders = Array.from(schema, ([name, kind], place) => new ColumnBuilder(name, place, kind, capacity));
    this.#byName = new Map(this.#builders.map((builder) => [builder.name, builder]));
  }

  /** @throws FormatError for what is no object, and for a value that its column does not hold */
  addRow(row: unknown): void {
    if (typeof row !== "object" || row === null || Array.isArray(row)) {
      this.#refuse(this.#rows, null, "an object, its columns by name", valueInWords(row));
    }
    if (this.#rows === this.#capacity) this.#grow();
    // Of plain objects `for in` knows where members lie; others have members that are not their own.
    if (Object.getPrototypeOf(row) === Object.prototype && !prototypeHasMembers()) this.#addPlain(row as Members);
    else this.#addOwn(row as Members);
    this.#rows++;
  }

  /** A column's values, one after the other. */
  addColumn(name: string, values: readonly unknown[]): void {
    const builder = this.#builderOf(name, 0);
    this.#values += values.length;
    if (this.#capacity < values.length) this.#grow();
    for (let row = 0; row < values.length; row++) this.#add(builder, row, values[row]);
    this.#rows = values.length;
  }

  /** Everything that was added. Columns that did not come are null. */
  table(): Table {
    const nulls = nullChunk(this.#rows);
    const columns = this.#builders.map((builder) => [builder.name, builder.column(this.#rows, nulls)] as const);
    learn(this.#schema, this.#builders);
    return { rows: this.#rows, columns: new Map(columns), unsupported: new Map() };
  }

  #addPlain(members: Members): void {
    const row = this.#rows;
    const builders = this.#builders;
    let place = 0;
    let count = 0;
    for (const name in members) {
      let builder = builders[place];
      if (builder === undefined || builder.name !== name) builder = this.#builderOf(name, row);
      place = builder.place + 1;
      const value = members[name];
      if (typeof value === "number" && builder.numbers !== null) {
        if (row !== builder.next) builder.skipTo(row);
        builder.next = row + 1;
        builder.numbers[row] = value;
      } else this.#add(builder, row, value);
      count++;
    }
    this.#values += count;
  }

  #addOwn(members: Members): void {
    for (const name of Object.keys(members)) {
      this.#add(this.#builderOf(name, this.#rows), this.#rows, members[name]);
      this.#values++;
    }
  }

  #add(builder: ColumnBuilder, row: number, value: unknown): void {
    const width = builder.widthOf(value);
    if (width > 1) this.#values += width;
    if (width > 0 && !builder.filled) {
      this.#width += width;
      this.#checkCells();
    }
    try {
      builder.add(row, value, this.#written);
    } catch (error) {
      if (error instanceof Refused) this.#refuse(row, builder.name, error.expected, error.found);
      throw error;
    }
  }

  #builderOf(name: string, row: number): ColumnBuilder {
    const known = this.#byName.get(name);
    if (known) return known;
    const place = this.#builders.length;
    if (place === mostColumns) {
      this.#refuse(row, null, `at most ${mostColumns} columns`, `another one, ${valueInWords(name)}`);
    }
    const builder = new ColumnBuilder(name, place, null, this.#capacity);
    this.#byName.set(name, builder);
    this.#builders.push(builder);
    return builder;
  }

  #grow(): void {
    const all = this.#cellsOf(this.#expected) <= this.#allowed() ? this.#expected : 0;
    this.#capacity = Math.max(all, 2 * this.#capacity);
    this.#checkCells();
    for (const builder of this.#builders) builder.grow(this.#capacity);
  }

  #cellsOf(rows: number): number {
    return rows * this.#width;
  }

  #allowed(): number {
    return freeCells + cellsPerValue * this.#values;
  }

  /** What a batch takes in memory is in proportion to what it holds. */
  #checkCells(): void {
    const cells = this.#cellsOf(this.#capacity);
    if (cells <= this.#allowed()) return;
    this.#refuse(this.#rows, null, "columns that most rows have", `${cells} places for ${this.#values} values`);
  }

  #refuse(row: number, column: string | null, expected: string, found: string): never {
    const of = column === null ? "" : `, column ${JSON.stringify(column.slice(0, 100))}`;
    throw new FormatError(`${this.#where}: ${this.#placeOf(row)}${of}`, expected, found);
  }
}

interface Members {
  readonly [name: string]: unknown;
}

/** Somebody may have given all objects a member. */
function prototypeHasMembers(): boolean {
  for (const _ in Object.prototype) return true;
  return false;
}

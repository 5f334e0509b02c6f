import { describe, expect, it } from "vitest";
import { countCells } from "../../dist/engine/cells.js";
import { denseOf, withResident } from "../../dist/engine/dense.js";
import type { Grid } from "../../dist/engine/grid.js";
import { orderCells } from "../../dist/engine/order.js";
import { randomFrom, sample } from "../statistics/samples.ts";
import { type Arena, alignments, arena, lengths } from "./arena.ts";

const shapes = ["normal", "ten integers", "infinities", "some NaN", "one decimal", "zeros of both signs", "subnormal"];

/** Cells of as many values, and which of the cells are open. */
function cellsAndOpen(length: number, count: number, share: number, seed: number) {
  const random = randomFrom(seed);
  const cells = Uint16Array.from({ length }, () => Math.floor(random() * count));
  const open = Uint8Array.from({ length: count }, () => Number(random() < share));
  return { cells, open };
}

/** The rows that the kernels select. */
function selected(memory: Arena, index: number, length: number, open: Uint8Array, offset: number): number[] {
  const { kernels } = memory;
  const shift = Math.max(0, 24 - Math.clz32(open.length - 1));
  const groups = new Uint8Array(256);
  for (const [cell, isOpen] of open.entries()) if (isOpen) groups[cell >> shift] = 1;
  const tables = memory.room(kernels.selectionSize(), offset);
  kernels.selectionInit(tables, memory.input(groups));
  const rows = memory.room(length * 2 + 32, offset);
  const inGroups = kernels.selectRows(index, length, tables, shift, rows);
  const read = (count: number) => Array.from(new Uint16Array(memory.bytes(rows, count * 2).buffer));
  const cells = new Uint16Array(memory.bytes(index, length * 2).buffer);
  expect(read(inGroups)).toEqual(rowsWhere(length, (row) => groups[cells[row]! >> shift] === 1));
  return read(kernels.keepRows(rows, inGroups, index, memory.input(open)));
}

const rowsWhere = (length: number, wanted: (row: number) => boolean) =>
  Array.from({ length }, (_, row) => row).filter(wanted);

describe("selecting the rows of open cells", () => {
  it("is looking at each, for every length from 0 to 67, at every alignment", () => {
    for (const length of lengths) {
      for (const offset of alignments(8)) {
        for (const [count, share] of [
          [1, 1],
          [5, 0.5],
          [256, 0.1],
          [257, 0.3],
          [4096, 0.02],
          [65_536, 0.3],
        ] as const) {
          const memory = arena();
          const { cells, open } = cellsAndOpen(length, count, share, length + count);
          const index = memory.input(cells, offset);
          expect(selected(memory, index, length, open, offset)).toEqual(
            rowsWhere(length, (row) => open[cells[row]!] === 1),
          );
          memory.check();
        }
      }
    }
  });

  it("reaches the last of 65 536 rows", () => {
    const memory = arena();
    const { cells, open } = cellsAndOpen(65_536, 60_000, 0.01, 5);
    open[cells[65_535]!] = 1;
    const found = selected(memory, memory.input(cells), 65_536, open, 0);
    expect(found).toEqual(rowsWhere(65_536, (row) => open[cells[row]!] === 1));
    expect(found.at(-1)).toBe(65_535);
  });
});

describe("placing values into cells", () => {
  it("keeps the order of what shares a cell and leaves NaN out, for every length, at every alignment", () => {
    for (const length of lengths) {
      for (const offset of alignments(8)) {
        for (const wide of [false, true]) {
          const doubles = sample(shapes[length % shapes.length]!, length, length);
          const integers = BigInt64Array.from({ length }, (_, k) => BigInt.asIntN(64, BigInt(k) * 0x9e3779b97f4a7c15n));
          const { cells, open } = cellsAndOpen(length, 9, 0.6, length);
          const rows = rowsWhere(length, (row) => open[cells[row]!] === 1);
          const all = rowsWhere(length, () => true);
          const isMissing = (row: number) => !wide && Number.isNaN(doubles[row]!);
          const inCells = (some: readonly number[]) =>
            Array.from({ length: 9 }, (_, cell) => some.filter((row) => cells[row] === cell && !isMissing(row)));
          for (const way of ["all", "rows", "picked"] as const) {
            if (wide && way === "picked") continue;
            const memory = arena();
            const { kernels } = memory;
            const expected = inCells(way === "all" ? all : rows);
            const ends = expected.map((_, cell) => expected.slice(0, cell + 1).flat().length);
            const starts = memory.room(36);
            const before = Uint32Array.from(ends, (_, cell) => (cell > 0 ? ends[cell - 1]! : 0));
            kernels.alignMask(memory.input(before), 0, 9 * 32, starts);
            const values = memory.input(wide ? integers : doubles, offset);
            const index = memory.input(cells);
            const rowsAt = memory.input(Uint16Array.from(rows));
            const placed = memory.room(expected.flat().length * 8, offset);
            if (way === "all") (wide ? kernels.placeI64 : kernels.placeF64)(values, index, length, starts, placed);
            else if (way === "rows") {
              const place = wide ? kernels.placeRowsI64 : kernels.placeRowsF64;
              place(values, index, rowsAt, rows.length, starts, placed);
            } else {
              const picked = memory.input(Float64Array.from(rows, (row) => doubles[row]!));
              kernels.placePicked(picked, index, rowsAt, rows.length, starts, placed);
            }
            const count = expected.flat().length;
            const found = wide ? Array.from(memory.i64(placed, count)) : Array.from(memory.f64(placed, count));
            expect(found).toEqual(expected.flat().map((row) => (wide ? integers[row]! : doubles[row]! + 0)));
            expect(Array.from(memory.u32(starts, 9))).toEqual(ends);
            memory.check();
          }
        }
      }
    }
  });
});

it("keeping numbers leaves out NaN alone, for every length from 0 to 67", () => {
  for (const length of lengths) {
    const memory = arena();
    const values = sample(shapes[length % shapes.length]!, length, length);
    const out = memory.room(length * 8 + 8);
    const kept = memory.kernels.keepNumbers(memory.input(values), length, out);
    expect(Array.from(memory.f64(out, kept))).toEqual(
      Array.from(
        values.filter((x) => !Number.isNaN(x)),
        (x) => x + 0,
      ),
    );
    memory.check();
  }
});

describe("the values of chosen cells", () => {
  const tenths: Grid = { by: "scale", low: 0, scale: 9, count: 10 };

  it("are the same when they are asked for again, of every representation", () => {
    const random = randomFrom(1);
    const integers = Array.from({ length: 3000 }, () => BigInt(Math.floor(random() * 2 ** 50)) << 13n);
    const columns = [
      Float64Array.from({ length: 3000 }, random),
      BigInt64Array.from(integers, (k) => k - 2n ** 62n),
      BigUint64Array.from(integers, (k) => k + 2n ** 63n),
    ];
    for (const values of columns) {
      const grid = values instanceof Float64Array ? tenths : ({ by: "key", low: 0n, shift: 60, count: 9 } as const);
      withResident([denseOf(values)], ([column]) => {
        const counts = countCells(column!, grid).counts;
        const all = Uint32Array.from(counts.keys());
        const sorted = values.slice().sort();
        for (let time = 0; time < 2; time++) {
          expect(orderCells(column!, grid, all, counts, true)).toEqual(sorted);
          expect(orderCells(column!, grid, all.subarray(0, 1), counts, true)).toEqual(sorted.slice(0, counts[0]));
        }
      });
    }
  });
});

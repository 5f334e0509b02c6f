/** Files of twelve million rows a side: answers of tables in memory, in much less of it. Slow: run with `SLOW=1 npm test`. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ksTest, openTable, readTable, wasserstein } from "smirnov";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { normals, uniforms } from "../../bench/data.js";
import { partlyOther, writeArrow } from "../../bench/large-files.js";

const rows = 12_000_000;
const folder = mkdtempSync(join(tmpdir(), "smirnov-slow-"));
const file = (name: string) => join(folder, `${name}.arrow`);
const child = fileURLToPath(new URL("../../bench/larger-child.js", import.meta.url));
/** Of 192 MB of values a side: what Node itself takes, what a call may hold, and rounds of four million values. */
const most = 256 * 2 ** 20;

beforeAll(() => {
  if (!process.env.SLOW) return;
  writeArrow(file("reference"), rows, normals(1));
  writeArrow(file("independent"), rows, normals(2));
  writeArrow(file("similar"), rows, partlyOther(normals(1), normals(3), 0.01, uniforms(4)));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** The largest gap, by sorting everything. */
function naiveGap(reference: Float64Array, current: Float64Array): number {
  const [x, y] = [reference.slice().sort(), current.slice().sort()];
  let [i, j, largest] = [0, 0, 0];
  while (i < x.length && j < y.length) {
    const value = Math.min(x[i]!, y[j]!);
    while (x[i] === value) i++;
    while (y[j] === value) j++;
    largest = Math.max(largest, Math.abs(i / x.length - j / y.length));
  }
  return largest;
}

describe.skipIf(!process.env.SLOW)("samples that crowd into one cell", () => {
  it.each([1000, 2 ** 30])(
    "are divided further: half of them within %d units in the last place",
    (units) => {
      const sides = [7, 8].map((seed) => {
        const [uniform, normal] = [uniforms(seed), normals(seed)];
        const near = () => 1e6 * (1 + Math.floor(uniform() ** (seed / 7) * units) * 2 ** -52);
        return Float64Array.from({ length: rows }, (_, k) => (k % 2 === 0 ? near() : 1e9 * normal()));
      }) as [Float64Array, Float64Array];
      const { statistic } = ksTest(...sides);
      expect(Math.abs(statistic - naiveGap(...sides))).toBeLessThan(1e-15);
    },
    120_000,
  );
});

describe.skipIf(!process.env.SLOW)("files of twelve million rows", () => {
  for (const other of ["independent", "similar"]) {
    it.each(["ks", "wasserstein", "compare"])(
      `take bounded memory: ${other}, %s`,
      (method) => {
        const paths = [file("reference"), file(other)];
        const { status, stdout, stderr } = spawnSync(process.execPath, [child, method, ...paths, `${2 ** 26}`], {
          encoding: "utf8",
        });
        expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
        expect(JSON.parse(stdout).peak).toBeLessThan(most);
      },
      120_000,
    );

    it(`give the answers of tables in memory: ${other}`, async () => {
      const paths = [file("reference"), file(other)];
      const stored = await Promise.all(paths.map((path) => openTable(path, { memory: 2 ** 26 })));
      const read = await Promise.all(paths.map((path) => readTable(path)));
      const [a, b, c, d] = [...stored, ...read].map(({ columns }) => columns.get("x")!);
      for (const call of [ksTest, wasserstein]) expect(call(a!, b!)).toEqual(call(c!, d!));
    }, 120_000);
  }
});

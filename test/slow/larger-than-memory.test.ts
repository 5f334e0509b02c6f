/** Files of twelve million rows a side: answers of tables in memory, in much less of it. */
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
/** Of 192 MB of values a side: what Node itself takes, and what a call may hold. */
const most = 190 * 2 ** 20;

beforeAll(() => {
  writeArrow(file("reference"), rows, normals(1));
  writeArrow(file("independent"), rows, normals(2));
  writeArrow(file("similar"), rows, partlyOther(normals(1), normals(3), 0.01, uniforms(4)));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe("files of twelve million rows", () => {
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
